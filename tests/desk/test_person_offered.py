"""Whoever is offered a person and says yes is put through, whatever was talked about."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desk.reply import TOPICS
from desk.visit import OFFERS_A_PERSON

ROOM = Path(__file__).parents[2] / "desk"
STATEMENTS = {"utter_distress_person", "utter_form_or_person", "utter_to_person"}
PEOPLE = [
    None,
    "T-1001",
    "T-1006",
    "T-1008",
    "T-1009",
    "T-1012",
    "T-1014",
    "T-1017",
    "T-1018",
    "T-1022",
    "T-1024",
]


@pytest.mark.parametrize("taxpayer", PEOPLE)
@pytest.mark.parametrize("intent", sorted(TOPICS))
def test_a_yes_to_a_person_is_a_person(desk, taxpayer, intent):
    if taxpayer:
        desk.proves(taxpayer)
    answer = desk.says(intent)
    if not answer.ask or answer.start or not answer.ask.words.endswith("_person"):
        return
    assert answer.ask.words in OFFERS_A_PERSON
    assert desk.says("affirm").turned_to == "queue"


def test_every_question_that_ends_in_person_offers_one():
    named = {
        words
        for page in ROOM.rglob("*.py")
        for words in re.findall(r'"(utter_\w+_person)"', page.read_text())
    }
    assert named - OFFERS_A_PERSON == STATEMENTS
