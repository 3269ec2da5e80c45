"""Everything the doors say has words in domain.yml, in both languages, on every channel."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from api.needs import WORDS
from channels.words import CHANNELS, LANGUAGES, Words
from desk.answer import money, number, text
from desk.choices import CHOICES

ROOT = Path(__file__).resolve().parents[2]
FACTS: dict[str, Any] = {
    "operator": text("a demonstration", "una demostración"), "link": text("https://a.example/b", "https://a.example/b"),
    "minutes": number(10), "least": number(8), "most": number(20), "choice": text("A letter", "Una carta"),
    "key": number(1), "amount": money("200"), "heard": text("a plan", "un plan"),
    "rest": text("That is all.", "Eso es todo."), "pin": text("4821", "4821"),
}  # fmt: skip


@pytest.fixture(scope="module")
def words() -> Words:
    return Words.load(ROOT / "domain.yml")


@pytest.mark.parametrize("key", sorted(WORDS))
def test_the_doors_have_their_words(words: Words, key: str) -> None:
    assert words.placeholders(key) <= set(WORDS[key])
    said = {
        (language, channel): words.render(
            key, {name: FACTS[name] for name in WORDS[key]}, language=language, channel=channel
        )
        for language in LANGUAGES
        for channel in CHANNELS
    }
    assert said["en", "web"] != said["es", "web"]


def test_every_choice_has_a_label(words: Words) -> None:
    for choice in CHOICES:
        if choice not in ("inform", "out_of_scope", "distress"):
            for language in LANGUAGES:
                words.label(choice, language=language, channel="web")


def test_the_list_is_complete() -> None:
    said = set()
    for file in (ROOT / "api").glob("*.py"):
        if file.name != "needs.py":
            said |= set(re.findall(r'"(utter_[a-z_]+[a-z])"', file.read_text()))
    assert said <= set(WORDS), said - set(WORDS)
