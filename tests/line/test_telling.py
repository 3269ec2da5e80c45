"""The tellers of stories notice what is wrong: a stray figure, an unknown key, too many turns."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.line import figures
from tests.line.cast import Cast, put
from tests.line.expected import look, same, ways
from tests.line.stories import StoryError, story

SAY = {"name": "one", "turns": [{"say": "hello"}]}


def test_figures_are_found_in_both_languages():
    found = figures.written("You owe $1,204.55 by December 9, 2026; son $43 antes del 1 de enero de 2027.")
    assert found.money == {Decimal("1204.55"), Decimal("43.00")}
    assert found.days == {date(2026, 12, 9), date(2027, 1, 1)}


def test_typed_facts_count_where_a_voice_says_words():
    says = [[{"words": "x", "facts": {"a": {"kind": "list", "value": [{"kind": "money", "value": "5.10"}]}}}]]
    assert figures.told(says).money == {Decimal("5.10")}
    assert figures.told([[{"facts": {"d": {"kind": "date", "value": "2026-12-09"}}}]]).days == {
        date(2026, 12, 9)
    }


def test_an_amount_of_no_view_no_law_and_no_caller_is_left_over():
    view = {"balance": {"payoff": "8868.94"}, "deadlines": [{"last_day": "2026-12-09"}]}
    told = figures.written("You owe $8,868.95 by December 9, 2026.")
    assert (told - figures.law() - figures.inside(view)).money == {Decimal("8868.95")}
    assert not (told - figures.law() - figures.inside(view)).days


def test_the_law_is_read_with_its_fees():
    assert {Decimal("22.00"), Decimal("178.00"), Decimal("205.00")} <= figures.law().money


def test_every_person_has_numbers_of_their_own():
    cast = Cast()
    first, second = cast.people("rosa", None)[0], cast.people("rosa", None)[0]
    assert {first.id, first.tin, first.phone} & {second.id, second.tin, second.phone} == set()
    daniel, susan = cast.people("daniel", None)
    assert daniel.case["spouse"] == susan.id


def test_changes_reach_deep_into_a_case():
    case = {"modules": [{"notices": [1]}], "liens": [1]}
    put(case, "modules.0.notices", [])
    put(case, "liens", "nothing")
    assert case == {"modules": [{"notices": []}]}


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "no turns"},
        {**SAY, "chanel": "sms"},
        {**SAY, "channel": "fax"},
        {"name": "two deeds", "turns": [{"say": "a", "press": "1"}]},
        {"name": "unknown", "turns": [{"say": "a", "heers": ["b"]}]},
        {"name": "long", "turns at most": 1, "turns": [{"say": "a"}, {"say": "b"}]},
        {"name": "late", "after identity at most": 1, "turns": [{"prove": True}, {"say": "a"}, {"say": "b"}]},
    ],
)
def test_a_story_that_cannot_be_told_is_refused(wrong):
    with pytest.raises(StoryError):
        story(wrong, "here")


def test_places_in_the_view():
    view = {
        "balance": {"payoff": "1.00"},
        "modules": [{"period": "2023", "interest": "2.00"}],
        "deadlines": [{"kind": "cdp_hearing", "last_day": "2026-12-02"}],
        "options": [{"option": "hardship", "eligible": False, "terms": {"form": "433-F"}}],
    }
    assert look(view, "balance.payoff") == "1.00"
    assert look(view, "modules.2023.interest") == "2.00"
    assert look(view, "deadlines.cdp_hearing") == "2026-12-02"
    assert look(view, "options.hardship") is False
    assert look(view, "options.hardship.form") == "433-F"
    assert same("1.00", 1.0)
    assert same("2026-12-02", date(2026, 12, 2))
    assert not same("1.01", 1.0)


def test_expected_figures_are_words_on_the_phone():
    assert ways({"money": 8868.94}, "en", voice=False) == ["$8,868.94"]
    assert ways({"date": date(2026, 12, 9)}, "es", voice=False) == ["9 de diciembre de 2026"]
    assert ways({"notice": "CP504"}, "en", voice=True) == ["C P five oh four"]
    assert len(ways({"any": ["a", {"money": 1.0}]}, "en", voice=False)) == 2
