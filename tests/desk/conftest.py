"""A desk of plain dictionaries, and the words it speaks with."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from channels.words import Words

HERE = Path(__file__).parent
_spec = importlib.util.spec_from_file_location("desk_fakes", HERE / "fakes.py")
assert _spec
assert _spec.loader
fakes = importlib.util.module_from_spec(_spec)
sys.modules["desk_fakes"] = fakes
_spec.loader.exec_module(fakes)


@pytest.fixture
def desk():
    return fakes.FakeDesk()


@pytest.fixture(scope="session")
def words() -> Words:
    return Words.load(HERE.parents[1] / "domain.yml")


@pytest.fixture(scope="session")
def spoken(words):
    """The whole reply as the caller reads it."""

    def speak(answer, language="en", channel="web"):
        says = answer.says(brief=channel != "web")
        return " ".join(words.render(s.words, s.facts, language=language, channel=channel) for s in says)

    return speak
