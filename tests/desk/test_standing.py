"""Bankruptcy, holds and other offices: what comes before any talk of paying."""

from __future__ import annotations

import pytest

ASKS = [
    "balance_inquiry",
    "payment_plan_options",
    "wage_levy",
    "cannot_pay_hardship",
    "case_status",
    "cdp_appeal",
    "notice_question",
]


@pytest.mark.parametrize("intent", ASKS)
@pytest.mark.parametrize("language", ["en", "es"])
def test_an_open_bankruptcy_ends_all_collection_talk(desk, spoken, intent, language):
    desk.proves("T-1014")
    text = spoken(desk.says(intent), language)
    assert "$" not in text
    assert ("insolvency" if language == "en" else "insolvencia") in text


def test_a_right_asked_for_in_bankruptcy_is_still_on_the_card(desk):
    desk.proves("T-1014")
    desk.says("cdp_appeal")
    assert any("hearing" in one["what"] for one in desk.contacts.get("c").story.asked_for)
    desk.says("affirm")
    assert desk.handoffs.opened[0].queue == "insolvency"


@pytest.mark.parametrize(
    ("taxpayer", "told"),
    [
        ("T-1012", "offer is being decided"), ("T-1013", "on hold because you cannot pay"), ("T-1015", "identity theft"),
        ("T-1021", "made with that officer"), ("T-1022", "made with that agency"),
    ],
)  # fmt: skip
def test_no_new_plan_where_collection_waits_or_another_office_has_the_case(desk, spoken, taxpayer, told):
    desk.proves(taxpayer)
    for intent in ("payment_plan_options", "setup_payment_plan", "short_term_extension"):
        answer = desk.says(intent, amount="200.00")
        assert told in spoken(answer)
        assert answer.start is None


def test_the_agency_is_named_with_its_number(desk, spoken):
    desk.proves("T-1022")
    assert "800-555-0196" in spoken(desk.says("setup_payment_plan"))


def test_a_pending_hearing_is_said_and_not_called_late(desk, spoken):
    # Naomi asked on October 13, 2026, within the 30 days of her LT11.
    desk.proves("T-1007")
    for intent in ("cdp_appeal", "case_status", "notice_question"):
        text = spoken(desk.says(intent))
        assert "October 13, 2026" in text
        assert "has passed" not in text
        assert "equivalent" not in text


def test_time_gone_says_both_that_it_ended_and_what_is_left(desk, spoken):
    # LT11 of September 14, 2026: the 30 days ended October 14; the equivalent hearing is open for a year.
    desk.proves("T-1006")
    text = spoken(desk.says("notice_question", notice="LT11"))
    assert text.index("October 14, 2026") < text.index("September 14, 2027")


def test_while_the_better_hearing_is_open_the_lesser_is_not_spoken_of(desk, spoken):
    desk.proves("T-1005")
    assert "equivalent" not in spoken(desk.says("notice_question", notice="LT11"))
