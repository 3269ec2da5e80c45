"""The words of letters and sheets: both languages whole, equal in their figures, plain to read."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from acs import law
from acs.view import case_view
from letters.letter import letter
from letters.page import Bullets, Page, Paragraph
from letters.sheets import FORMS, sheet
from letters.words import FOLDER, HOLE, Words, figure, sentences, topics
from tests.letters.reading import ease, grade
from tests.letters.sample import CODES, DAY, person

SAME = {"Total", "No"}
ALL = [(topic, key, pair) for topic in topics() for key, pair in sentences(topic)]
NOT_WORDS = {"like", "scope", "answer", "source", "entries"}


@pytest.mark.parametrize(("topic", "key", "pair"), ALL, ids=[f"{t}:{k}" for t, k, _ in ALL])
def test_both_languages_are_there_and_differ(topic, key, pair):
    english, spanish = pair
    assert english.strip()
    assert spanish.strip()
    assert english in SAME or english != spanish
    assert sorted(HOLE.findall(english)) == sorted(HOLE.findall(spanish))
    assert all(law.rule(hole, on=date(2026, 11, 22)) for hole in HOLE.findall(english) if "." in hole)


@pytest.mark.parametrize("topic", topics())
def test_every_sentence_is_a_pair(topic):
    """A sentence in one language alone would slip through the test above."""

    def check(node, where):
        if isinstance(node, dict):
            for name, child in node.items():
                assert isinstance(name, str), f"{where}.{name}: quote this key"
                if name not in NOT_WORDS:
                    check(child, f"{where}.{name}")
        elif isinstance(node, list) and not all(isinstance(one, str) for one in node):
            for place, child in enumerate(node):
                check(child, f"{where}.{place}")
        elif node != []:
            assert isinstance(node, list), where
            assert len(node) == 2, where

    check(yaml.safe_load((FOLDER / f"{topic}.yml").read_text(encoding="utf-8")), topic)


def prose(page: Page) -> str:
    lines = [b.text for b in page.blocks if isinstance(b, Paragraph) and not b.small]
    return " ".join([*lines, *(item for b in page.blocks if isinstance(b, Bullets) for item in b.items)])


@pytest.mark.parametrize("code", CODES)
def test_a_letter_reads_easily(code):
    """Grade 8 at most in English (Flesch-Kincaid); "normal" or easier in Spanish (Fernández-Huerta, 60 and up)."""
    assert grade(prose(letter(person(code), code, DAY, "en"))) <= 8
    assert ease(prose(letter(person(code), code, DAY, "es"))) >= 60


@pytest.mark.parametrize("form", FORMS)
def test_a_sheet_reads_easily(form):
    case = person("LT11")
    view = case_view(case, DAY)
    assert grade(prose(sheet(form, case, view, {}, "en"))) <= 8
    assert ease(prose(sheet(form, case, view, {}, "es"))) >= 60


def test_figures_of_the_law_are_written_as_people_write_them():
    day = date(2026, 11, 22)
    assert figure(law.rule("offers.fee", on=day)) == "$205"
    assert figure(law.rule("levies.benefit_share", on=day)) == "15%"
    assert figure(law.rule("lines.taxpayer_advocate", on=day)) == "877-777-4778"
    assert figure(law.rule("appeals.court_days", on=day)) == "30"


def test_a_hole_without_a_value_is_an_error():
    with pytest.raises(KeyError):
        Words("frame", "en", DAY).say("call.with_id")
    with pytest.raises(KeyError, match=r"frame\.yml has no 'call\.nobody'"):
        Words("frame", "en", DAY).say("call.nobody")
