"""A levy that is there, one that may come, and what only another office could do."""

from __future__ import annotations

from datetime import date

import pytest


def test_a_wage_levy_says_since_when_what_is_kept_and_what_ends_it(desk, spoken):
    desk.proves("T-1018")
    text = spoken(desk.says("wage_levy"))
    kept = desk.visit("x").view["levy"]["exempt_wages"]["weekly"]
    assert text.startswith("There is a levy on your pay since October 19, 2026")
    assert kept["without_statement"] in text
    assert kept["with_statement"] in text
    assert "when a plan is accepted" in text


def test_a_year_whose_table_of_exempt_pay_is_not_out_is_answered_without_figures(desk, spoken, monkeypatch):
    """Pub. 1494 for 2027 is not published: the levy is told of, no figure is, and nothing fails."""
    monkeypatch.setattr(type(desk.desk.clock), "today", lambda _: date(2027, 2, 1))
    desk.proves("T-1018")
    text = spoken(desk.says("wage_levy"))
    assert text.startswith("There is a levy on your pay since October 19, 2026")
    assert "$" not in text


def test_a_bank_levy_says_the_last_day_it_can_be_released(desk, spoken):
    desk.proves("T-1019")
    assert "until December 1, 2026" in spoken(desk.says("bank_levy"))
    assert desk.contacts.get("c").asked == "intake:levy_release"


@pytest.mark.parametrize("intent", ["wage_levy", "bank_levy"])
def test_without_a_levy_the_answer_comes_first_and_no_release_is_offered(desk, spoken, intent):
    desk.proves("T-1005")
    text = spoken(desk.says(intent))
    assert text.startswith("Today your pay and bank accounts cannot be levied")
    assert "release, I can" not in text


def test_a_house_is_not_for_acs_and_the_caller_hears_who_has_the_case(desk, spoken):
    desk.proves("T-1001")
    text = spoken(desk.says("property_seizure"))
    assert text.startswith("The ACS cannot take a house")
    assert "letter stage" in text


def test_a_state_refund_from_the_day_after_the_notice_runs_out(desk, spoken):
    desk.proves("T-1001")
    assert "December 10, 2026" in spoken(desk.says("refund_offset"))


def test_asking_to_stop_a_levy_is_on_the_card_even_for_a_stranger(desk):
    desk.says("wage_levy")
    assert "levy" in desk.contacts.get("c").story.asked_for[0]["what"]
