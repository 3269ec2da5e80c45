"""Why it grew: the steps of the case view, to the cent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal


def test_why_it_grew_names_the_largest_steps_of_the_view(desk, spoken):
    desk.proves("T-1009")
    text = spoken(desk.says("balance_inquiry", text="why did it grow so much"))
    growth = desk.visit("x").view["modules"][0]["growth"]
    # Ten months at 1 % of $10,250: the largest step of Carla's account.
    assert "$1,025.00 of it" in text
    largest = max(
        (one for one in growth if one["kind"] == "interest_accrued"), key=lambda one: Decimal(one["amount"])
    )
    assert f"{Decimal(largest['amount']):,.2f}" in text


def test_how_much_alone_is_not_drowned_in_steps(desk, spoken):
    desk.proves("T-1009")
    assert "of it:" not in spoken(desk.says("balance_inquiry", text="how much do i owe"))


def test_the_rate_of_this_quarter_is_said_before_anyone_is_known(desk, spoken):
    # Rev. Rul. 2026-15: 7 % from October 1, 2026.
    answer = desk.says("interest_question")
    assert "7% a year" in spoken(answer)
    assert "7% al año" in spoken(answer, "es")


def test_a_rate_not_out_yet_is_not_guessed(desk, spoken, monkeypatch):
    monkeypatch.setattr(desk.desk.clock, "today", lambda: date(2027, 5, 3))
    text = spoken(desk.says("interest_question"))
    assert "not published yet" in text
    assert "%" not in text
