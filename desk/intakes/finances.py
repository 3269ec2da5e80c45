"""A plan that a person decides by income and expenses: the questions of Form 433-F, taken as a draft before."""

from __future__ import annotations

from typing import Any

from desk.answer import Say, form
from desk.intakes.living import HARDSHIP, left_over
from desk.intakes.model import Intake, Question, Values
from desk.standing import held
from desk.visit import Visit

TOPIC = "finances"
PLANS = ("regular_plan", "partial_pay_plan")
PEOPLE = "433-F"
"""The statement for people; a business fills in one that asks for other things, with a person."""


def statement(here: Visit) -> str | None:
    """The financial statement a plan by income and expenses takes in this case; None where no such plan is open."""
    found = [one for name in PLANS if (one := here.option(name)) and one["eligible"]]
    asked = [one["terms"].get("financial_statement") for one in found]
    return next((one for one in asked if one), None)


def _fits(here: Visit) -> bool:
    holds = any(held(here, one) for one in ("hardship", "offer", "bankruptcy", "identity_theft"))
    return statement(here) == PEOPLE and not holds


def _terms(here: Visit, values: Values) -> dict[str, Any]:
    left = left_over(values)
    terms: dict[str, Any] = {"form": statement(here)}
    return terms if left is None else {**terms, "left_over": f"{left:.2f}"}


def _next(here: Visit, values: Values) -> tuple[Say, ...]:
    return (Say("utter_finances_next", {"form": form(statement(here) or PEOPLE)}),)


FINANCES = Intake(
    topic=TOPIC,
    wish="payment plan by income and expenses",
    questions=(
        Question("monthly", "money", hears=r"\b(?:(?:can|could) pay|offer|puedo pagar|podria pagar)\b"),
        *HARDSHIP.questions,
    ),
    fits=_fits,
    status="handed",
    terms=_terms,
    after=_next,
    to_person=True,
    shares=HARDSHIP.topic,
    own=("monthly",),
    sources=("26 USC 6159", "IRM 5.14.1"),
)
