"""What a plan costs: the even minimum, the payment that really pays off, the months it takes, the fee."""

from __future__ import annotations

import datetime
from decimal import ROUND_CEILING, Decimal
from functools import lru_cache
from typing import Any

from acs import facts as f
from acs import law
from acs.errors import NotKnown, NotPublished
from acs.facts import Facts
from acs.interest import RATE
from acs.money import CENT, cents, shown

Day = datetime.date
HALF_CENT = CENT / 2


@lru_cache(maxsize=4096)
def monthly_cost(today: Day) -> Decimal:
    """What a dollar owed grows by in a month in a plan: daily interest for a twelfth of a year, and the penalty."""
    yearly = law.amount(RATE, on=today)
    month = (1 + yearly / 365) ** (Decimal(365) / 12) - 1
    return month + law.amount("penalties.failure_to_pay.rate_in_agreement", on=today)


def floor(balance: Decimal, months: int) -> Decimal:
    """The estimated minimum: the balance spread evenly."""
    return cents(balance / months)


def recommended(balance: Decimal, months: int, today: Day) -> Decimal:
    """The payment that really pays the balance off in so many months."""
    cost = monthly_cost(today)
    return cents(balance * cost / (1 - (1 + cost) ** -months))


def months_to_pay(balance: Decimal, monthly: Decimal, today: Day) -> int | None:
    """Payments until nothing is owed, a few cents aside; None when the payment never catches up.

    The recommended payment is a rounded figure, so every payment counts half a cent more: it pays off in its months.
    """
    cost = monthly_cost(today)
    if balance <= 0:
        return 0
    if monthly <= balance * cost:
        return None
    left = 1 - balance * cost / (monthly + HALF_CENT)
    exact = -left.ln() / (1 + cost).ln()
    return int((exact - Decimal("0.01")).to_integral_value(rounding=ROUND_CEILING)) or 1


def months_max(facts: Facts, key: str | None) -> int | None:
    """The longest plan: the kind's own limit or the months left to collect, whichever is shorter."""
    own = law.number(key, on=facts.today) if key else None
    return min((m for m in (own, facts.months_left) if m is not None), default=None)


def fees(facts: Facts, kind: str = "set_up") -> dict[str, Any]:
    """The fee by way in dollars, reduced for low income."""
    poor = f.low_income(facts.case, facts.today) and kind != "none"
    rule = law.rule(f"plans.fees.{kind}{'_low_income' if poor else ''}", on=facts.today)
    return {
        "fee": {way: f"{Decimal(v):.2f}" for way, v in rule.value.items()},
        "low_income": poor, "fee_source": rule.cite, **_unknown_income(facts, kind),
    }  # fmt: skip


def _unknown_income(facts: Facts, kind: str) -> dict[str, Any]:
    """Where no guideline tells low income, the usual fee is shown and the words say what is not known."""
    if kind == "none" or not facts.case.individual or facts.case.agi is None:
        return {}
    missing = f.no_guideline(facts.case, facts.today)
    if not isinstance(missing, NotPublished | NotKnown):
        return {}
    return {"low_income": None, "fee_reason": missing.words, "fee_reason_es": missing.words_es}


def plan_terms(facts: Facts, key: str | None, fee: str = "set_up") -> dict[str, Any]:
    """months_max, monthly_minimum, monthly_recommended and fee; null with a reason where a figure is missing."""
    months = months_max(facts, key)
    terms: dict[str, Any] = {"months_max": months, "monthly_minimum": None, "monthly_recommended": None}
    if facts.payoff is None or not months or facts.payoff <= 0:
        terms |= no_amount(facts)
    else:
        terms["monthly_minimum"] = shown(floor(facts.payoff, months))
        try:
            terms["monthly_recommended"] = shown(recommended(facts.payoff, months, facts.today))
        except NotPublished as missing_rate:
            terms |= {"reason": missing_rate.words, "reason_es": missing_rate.words_es}
    terms["online"] = facts.assigned() != "revenue_officer"
    return terms | fees(facts, fee)


def no_amount(facts: Facts) -> dict[str, Any]:
    """Why there is no monthly amount: a figure is not published, nothing is owed, or the time to collect is over."""
    missing = facts.missing if facts.payoff is None else None
    if missing is not None:
        return {"reason": missing.words, "reason_es": missing.words_es}
    why = f.in_time(facts) if facts.owing else f.owes(facts)
    return {"reason": why["text"], "reason_es": why["text_es"]}
