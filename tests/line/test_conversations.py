"""The talks of tests/conversations, said to the running line as people say them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

pytestmark = pytest.mark.line

HERE = Path(__file__).resolve().parents[1] / "conversations"
DEMO = Path(__file__).resolve().parents[2] / "demo" / "cases"
WORDS = {"say", "choose", "prove", "hears", "never", "offers", "form", "state"}


def scripts() -> Iterator[Any]:
    for file in sorted(HERE.glob("*/*.yml")):
        for script in yaml.safe_load(file.read_text()):
            yield pytest.param(script, id=f"{file.parent.name}: {script['name']}")


@pytest.fixture(scope="session")
def demo() -> dict[str, tuple[str, str, str]]:
    """How each of the demo people proves who they are, by first name."""
    found = {}
    for file in DEMO.glob("*.yml"):
        for one in yaml.safe_load(file.read_text())["taxpayers"]:
            if one["kind"] == "individual":
                name = one["name"]["first"].lower()
                found[name] = (str(one["tin"]), str(one["date_of_birth"]), str(one["address"]["zip"]))
    return found


@pytest.mark.parametrize("script", list(scripts()))
def test_the_talk_goes_as_written(chat, demo, script):
    talk = chat(script.get("language", "en"))
    for turn in script["talk"]:
        assert not turn.keys() - WORDS, f"unknown: {turn.keys() - WORDS}"
        reply = take(talk, turn, demo)
        for wanted in turn.get("hears", ()):
            assert wanted in reply, f"after {turn}: {reply}"
        for unwanted in turn.get("never", ()):
            assert unwanted not in reply, f"after {turn}: {reply}"
        assert questions(reply) <= 2, f"too many questions after {turn}: {reply}"
        shown(talk, turn)


def take(talk, turn, demo) -> str:
    if "prove" in turn:
        verified, reply = talk.prove(*demo[turn["prove"]])
        assert verified, turn
        return reply
    return talk.choose(turn["choose"]) if "choose" in turn else talk.say(turn["say"])


def questions(reply: str) -> int:
    """A question and its 'Shall I?' count as two."""
    return len(re.findall(r"\?", reply))


def shown(talk, turn) -> None:
    if "state" in turn:
        assert talk.state == turn["state"], turn
    if "form" in turn:
        assert bool(talk.last[-1]["secure_form"]) is turn["form"], turn
    buttons = {one["id"] for message in getattr(talk, "last", []) for one in message["choices"]}
    missing = set(turn.get("offers", ())) - buttons
    assert "prove" in turn or not missing, f"{turn}: no button for {missing} among {buttons}"
