"""Reads what a tax person wrote: stories and talks, with every key checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

TESTS = Path(__file__).resolve().parents[1]
SCENARIOS, CONVERSATIONS = TESTS / "scenarios", TESTS / "conversations"
TODAY = date(2026, 11, 22)
DEEDS = ("say", "choose", "prove", "press", "silence", "hang up", "wait", "comes back")
EXPECTED = (
    "hears", "never", "asks", "offers", "form", "state", "queue", "language", "request", "no request", "noted",
    "recorded",
)  # fmt: skip
STORY = {
    "name", "topic", "kind", "channel", "language", "today", "case", "with", "facts", "turns", "talk",
    "turns at most", "after identity at most", "fails",
}  # fmt: skip
CHANNELS = ("web", "sms", "voice")
KINDS = ("happy", "ineligible", "corrected", "abandoned", "other")


class StoryError(ValueError):
    """What is wrong with a story, and in which one."""


@dataclass(frozen=True)
class Story:
    """One story: who, when, on which channel, and turn by turn what is done and what must come of it."""

    where: str
    name: str
    turns: tuple[dict[str, Any], ...]
    topic: str = ""
    kind: str = "other"
    channel: str = "web"
    language: str = "en"
    today: date = TODAY
    case: str | dict[str, Any] | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    fails: str = ""

    @property
    def id(self) -> str:
        return f"{self.where}: {self.name}"


def scenarios() -> Iterator[Story]:
    """Every story of tests/scenarios."""
    for file in sorted(SCENARIOS.glob("*.yml")):
        for raw in yaml.safe_load(file.read_text(encoding="utf-8")):
            yield story(raw, file.stem)


def conversations() -> Iterator[Story]:
    """Every talk of tests/conversations; who proves identity in it is whom it is about."""
    for file in sorted(CONVERSATIONS.glob("*/*.yml")):
        for raw in yaml.safe_load(file.read_text(encoding="utf-8")):
            if "talk" in raw:
                raw["turns"] = raw.pop("talk")
            proved = [one["prove"] for one in raw["turns"] if isinstance(one.get("prove"), str)]
            named = [one for one in proved if one not in PROOFS]
            if named and "case" not in raw:
                raw["case"] = named[0]
            for one in raw["turns"]:
                if one.get("prove") in named:
                    one["prove"] = True
            yield story(raw, file.parent.name)


PROOFS = ("right", "wrong", "caller id", "spouse", "representative")
"""What `prove:` may say: the right items (true is the same), wrong ones, the caller ID instead of the ZIP code,
those of the spouse, or of
the first representative on file."""


def story(raw: dict[str, Any], where: str) -> Story:
    """One story, or StoryError that says what it must look like."""
    name = raw.get("name")
    if not name or not raw.get("turns"):
        raise StoryError(f"{where}: a story needs a name and turns: {raw}")

    def wrong(what: str) -> StoryError:
        return StoryError(f"{where}: {name}: {what}")

    if unknown := raw.keys() - STORY:
        raise wrong(f"unknown keys {sorted(unknown)}; known are {sorted(STORY)}")
    for turn in raw["turns"]:
        if len([one for one in DEEDS if one in turn]) != 1:
            raise wrong(f"a turn has exactly one of {', '.join(DEEDS)}: {turn}")
        if unknown := turn.keys() - {*DEEDS, *EXPECTED}:
            raise wrong(f"unknown keys {sorted(unknown)} in {turn}; known are {', '.join(EXPECTED)}")
        if isinstance(turn.get("prove"), str) and turn["prove"] not in PROOFS:
            raise wrong(f"prove is true or one of {PROOFS}")
    if raw.get("channel", "web") not in CHANNELS or raw.get("kind", "other") not in KINDS:
        raise wrong(f"channel is one of {CHANNELS}, kind is one of {KINDS}")
    spoken = [one for one in raw["turns"] if set(one) & {"say", "choose", "press", "prove", "silence"}]
    proofs = [at for at, one in enumerate(spoken) if "prove" in one]
    after = len(spoken) - proofs[0] - 1 if proofs else 0
    for limit, turns in (("turns at most", len(spoken) - len(proofs)), ("after identity at most", after)):
        if turns > raw.get(limit, turns):
            raise wrong(f"it takes {turns} turns and allows itself {raw[limit]} ({limit})")
    return Story(
        where, name, tuple(raw["turns"]), raw.get("topic", ""), raw.get("kind", "other"), raw.get("channel", "web"),
        raw.get("language", "en"), raw.get("today", TODAY), raw.get("case"), raw.get("with") or {},
        raw.get("facts") or {}, raw.get("fails", ""),
    )  # fmt: skip
