"""A plan that is there already: missed, to be changed, waiting, in default, or not there at all."""

from __future__ import annotations

from decimal import Decimal

from desk import forms, plan_form


def wishes(desk):
    return [one["what"] for one in desk.contacts.get("c").story.asked_for]


def test_a_wish_for_a_pending_plan_is_noted_on_the_card(desk, spoken):
    desk.proves("T-1001")
    desk.cases.add_agreement(
        "T-1001", {"kind": "simple", "status": "pending", "monthly": Decimal(200), "day": 15}
    )
    assert "$250.00 a month" in spoken(desk.says("change_plan", amount="250.00"))
    assert "change of the payment plan to 250.00 a month" in wishes(desk)


def test_a_missed_payment_of_an_active_plan(desk, spoken):
    desk.proves("T-1008")
    assert "as soon as you can" in spoken(desk.says("missed_payment"))


def test_a_plan_in_default_is_told_with_its_terms_and_its_last_day(desk, spoken):
    # CP523 of October 26, 2026: 30 days end November 25 (26 USC 6159(b)(5)).
    desk.proves("T-1009")
    text = spoken(desk.says("missed_payment", notice="CP523"))
    assert "$225.00 a month, on day 10, is in default" in text
    assert text.count("November 25, 2026") == 1
    # September 10, October 10 and November 10 have passed since the payment of August 10: 3 x $225.
    assert "3 payments are missing, $675.00" in text
    assert "reinstatement of the payment plan" in wishes(desk)


def test_who_has_no_plan_is_told_so_first(desk, spoken):
    desk.proves("T-1001")
    assert spoken(desk.says("missed_payment")).startswith("I see no payment plan")


def test_yes_after_a_pending_plan_hands_nobody_over(desk, spoken):
    desk.proves("T-1001")
    desk.says("cdp_appeal")  # leaves the offer of a person open
    desk.cases.add_agreement(
        "T-1001", {"kind": "simple", "status": "pending", "monthly": Decimal(200), "day": 15}
    )
    desk.says("payment_plan_options")
    assert desk.says("affirm").turned_to is None


def test_more_time_answers_first_with_the_last_day(desk, spoken):
    # 180 days from November 22, 2026 is May 21, 2027.
    desk.proves("T-1001")
    text = spoken(desk.says("short_term_extension"))
    assert text.startswith("Yes: you can have until May 21, 2027")


def test_a_stranger_with_a_missed_payment_hears_of_missed_payments(desk, spoken):
    assert "After a missed payment" in spoken(desk.says("missed_payment"))


def test_a_number_no_month_has_corrects_the_amount(desk):
    desk.proves("T-1001")
    here = desk.visit("inform", text="ok 260")
    plan_form.hear_amount_for_day(here)
    assert here.heard.amount == Decimal(260)
    here = desk.visit("inform", text="the 15")
    plan_form.hear_amount_for_day(here)
    assert here.heard.amount is None


def test_after_a_change_of_mind_no_ends_the_talk(desk):
    desk.proves("T-1001")
    desk.says("cdp_appeal")
    forms.start(desk.visit("setup_payment_plan"), "plan")
    forms.cancel(desk.visit("deny"))
    assert desk.says("deny").says()[0].words == "utter_goodbye"
