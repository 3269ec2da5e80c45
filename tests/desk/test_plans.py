"""'Can I pay 200 a month?' and setting the plan up, step by step."""

from __future__ import annotations

from decimal import Decimal

from desk_fakes import Talk, said

from desk import plan_form
from desk.reply import reply


def test_a_stranger_hears_that_it_depends_and_why_we_ask_who_they_are(desk, spoken):
    answer = desk.says("setup_payment_plan", amount="200.00")
    assert "$200.00 a month" in spoken(answer)
    assert answer.secure_form == "identity"
    assert answer.start is None


def test_one_reply_has_the_meaning_the_date_the_balance_and_the_judgement(desk, spoken):
    desk.proves("T-1001")
    text = spoken(desk.says("payment_plan_options", notice="CP504", date="2026-11-09", amount="200.00"))
    payoff = desk.visit("x").view["balance"]["payoff"]
    assert "CP504" in text
    assert "December 9, 2026" in text
    assert f"{Decimal(payoff):,.2f}" in text
    assert "$200.00 a month works" in text


def test_too_little_is_said_with_the_minimum_of_the_view(desk, spoken):
    desk.proves("T-1001")
    text = spoken(desk.says("payment_plan_options", amount="20.00"))
    enough = desk.visit("x").option("simple_plan")["terms"]["monthly_recommended"]
    assert "too little" in text
    assert enough in text


def test_setting_up_opens_the_form_with_what_was_already_said(desk):
    desk.proves("T-1001")
    answer = desk.says("setup_payment_plan", amount="200.00", day="15")
    assert answer.start == "plan"
    assert desk.drafts.get("T-1001", "plan") == {"amount": "200.00", "day": 15}


def test_yes_after_the_offer_opens_the_form(desk):
    desk.proves("T-1001")
    desk.says("payment_plan_options", amount="200.00")
    assert desk.says("affirm").start == "plan"


def test_the_question_asked_before_identity_is_answered_after_it(desk, spoken):
    desk.says("payment_plan_options", notice="CP504", amount="200.00")
    desk.proves("T-1001")
    assert "$200.00 a month works" in spoken(desk.says("verified"))


def test_a_plan_is_requested_once_and_stands_on_the_case_as_pending(desk, spoken):
    desk.proves("T-1001")
    desk.drafts.put("T-1001", "plan", {"amount": "200.00", "day": 15, "debit": True})
    first = plan_form.submit(desk.visit("affirm"))
    desk.drafts.put("T-1001", "plan", {"amount": "200.00", "day": 15, "debit": True})
    plan_form.submit(desk.visit("affirm"))
    agreements = desk.cases.get("T-1001").agreements
    assert [(a.status, a.monthly, a.day, a.direct_debit) for a in agreements] == [
        ("pending", Decimal("200.00"), 15, True)
    ]
    assert len(desk.requests.requests) == 1
    assert "agreement_pending" in desk.visit("x").view["levy"]["blocked_by"]
    assert "$200.00 a month" in spoken(first)


def test_an_amount_heard_in_two_ways_is_asked_again(desk):
    desk.proves("T-1001")
    here = desk.visit("inform")
    here.heard = said("inform", amount="150.00")
    object.__setattr__(here.heard, "ambiguous_amount", True)
    trouble = plan_form.take_amount(here)
    assert trouble is not None
    assert trouble.say[0].words == "utter_plan_amount_ambiguous"


def test_the_day_of_the_month_is_1_to_28(desk):
    desk.proves("T-1001")
    assert plan_form.take_day(desk.visit("inform", day="29")) is not None
    assert plan_form.take_day(desk.visit("inform", day="28")) is None


def test_no_form_opens_while_bankruptcy_stops_collection(desk):
    desk.proves("T-1014")
    assert desk.says("setup_payment_plan", amount="200.00").start is None


def test_missing_returns_are_named_as_the_reason(desk, spoken):
    desk.proves("T-1017")
    text = spoken(desk.says("payment_plan_options"))
    assert "2023" in text
    assert "2024" in text


def test_an_active_plan_comes_before_any_new_one(desk, spoken):
    desk.proves("T-1008")
    assert "$300.00 a month" in spoken(desk.says("setup_payment_plan", amount="200.00"))


def test_a_bare_amount_is_still_about_a_plan_after_identity(desk, spoken):
    for intent, guesses in (("inform", ()), ("nlu_fallback", ("setup_payment_plan",))):
        desk.contacts.contacts.clear()
        here = desk.visit(intent, amount="200.00")
        object.__setattr__(here.heard, "guesses", guesses)
        reply(here)
        desk.proves("T-1001")
        assert "$200.00 a month works" in spoken(desk.says("verified"))


def test_a_plan_that_was_begun_is_offered_at_the_next_contact(desk, spoken):
    # T-1001 gave the amount in a chat and left; on the phone it goes on with the day.
    talk = Talk(desk)
    desk.proves("T-1001")
    talk.say("setup_payment_plan", "200 a month please", amount="200.00")
    talk.say("affirm", "yes")
    talk.say("deny", "stop, not now")
    assert not desk.requests.requests
    later = Talk(desk, "later", "voice")
    desk.contacts.get("later").taxpayer = "T-1001"
    desk.contacts.get("later").pending = {"intent": "balance_inquiry", "entities": []}
    first = later.say("verified")
    assert "You had started on a payment plan" in spoken(first[0], channel="voice")
    went_on = later.say("affirm", "yes")
    assert [one.words for one in went_on[-1].says()][-1] == "utter_ask_plan_day"
    assert desk.drafts.get("T-1001", "plan")["amount"] == "200.00"
