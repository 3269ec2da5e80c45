"""'Could I pay so much a month?' Which plan takes it, when it ends, and if not, what would."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from acs import facts as f
from acs import law
from acs.asof import known_on, with_spouse
from acs.case import Case
from acs.days import plus_months
from acs.errors import NotPublished
from acs.facts import Facts, gather
from acs.plan_amounts import floor, months_to_pay, recommended
from acs.plan_kinds import guaranteed_plan, partial_pay_plan, regular_plan, simple_plan
from acs.reasons import reason
from acs.view_types import OptionView, Reason

Day = datetime.date
__all__ = ["PlanJudgement", "floor", "judge", "months_to_pay", "recommended"]


@dataclass(frozen=True)
class PlanJudgement:
    """The answer to 'could I pay so much a month?'. Dollars; None where a figure is not published.

    An amount is `enough` when it meets the floor and really pays off in time. `kind` is the plan that fits,
    `months` the payments until all is paid (None: it never is, or too late), `instead` the plan to ask for when
    none fits, `why` the points that decide, in both languages.
    """

    enough: bool
    pays_off: bool
    floor: Decimal | None
    recommended: Decimal | None
    months: int | None
    months_max: int | None
    last_payment: Day | None
    kind: str | None
    fee: dict[str, str]
    why: tuple[Reason, ...]
    instead: str | None = None


def judge(
    case: Case,
    today: Day,
    monthly: Decimal,
    day: int | None = None,
    *,
    cases: Mapping[str, Case] | None = None,
) -> PlanJudgement:
    """Weighs a monthly amount (and a payment day) against the plans that are open to the case.

    Never raises for a missing figure: then `floor` is None and `why` says what is not published.
    """
    facts = gather(
        with_spouse(known_on(case, today), {k: known_on(c, today) for k, c in (cases or {}).items()}), today
    )
    try:
        return _judge(facts, monthly, day)
    except NotPublished as missing:
        why = reason("figure_published", False, why=missing.words, why_es=missing.words_es)
        return PlanJudgement(False, False, None, None, None, None, None, None, {}, (why,))


def _judge(facts: Facts, monthly: Decimal, day: int | None) -> PlanJudgement:
    plan = _best(facts, monthly)
    most, least, best = (
        plan["terms"]["months_max"],
        plan["terms"]["monthly_minimum"],
        plan["terms"]["monthly_recommended"],
    )
    why = [*plan["reasons"], *_day_reason(facts, day)]
    if facts.payoff is None or not facts.owing or most is None or least is None:
        why += [f.known_balance(facts)] if facts.payoff is None else []
        return PlanJudgement(
            False, False, None, None, None, most, None, None, plan["terms"]["fee"], tuple(why)
        )
    low = Decimal(least)
    months = months_to_pay(facts.payoff, monthly, facts.today)
    pays_off = months is not None and months <= most
    meets = monthly >= low
    enough = meets and pays_off
    why.append(reason("amount_meets_floor", meets, amount=f.dollars(monthly), floor=f.dollars(low)))
    if best is not None:
        why.append(reason("amount_pays_off", pays_off, recommended=f.dollars(Decimal(best))))
    rest = None if enough else _rest(facts)
    why += [reason("partial_pay_only", True)] if rest else []
    return PlanJudgement(
        enough=enough, pays_off=pays_off, floor=low, recommended=Decimal(best) if best else None,
        months=months if pays_off else None, months_max=most,
        last_payment=_last_payment(facts.today, day, months) if pays_off and months else None,
        kind=plan["option"] if enough and plan["eligible"] else None, fee=plan["terms"]["fee"], why=tuple(why),
        instead=rest,
    )  # fmt: skip


def _rest(facts: Facts) -> str | None:
    """The plan for an amount that never pays it all, when it can be asked for."""
    return "partial_pay_plan" if partial_pay_plan(facts)["eligible"] else None


def _best(facts: Facts, monthly: Decimal) -> OptionView:
    """The easiest plan the amount pays off in time: guaranteed, then simple, then with a financial statement."""
    for make in (guaranteed_plan, simple_plan, regular_plan):
        try:
            plan = make(facts)
        except NotPublished:
            continue
        least = plan["terms"]["monthly_minimum"]
        if plan["eligible"] and least is not None and monthly >= Decimal(least):
            months = months_to_pay(facts.payoff or Decimal(0), monthly, facts.today)
            if months is not None and months <= plan["terms"]["months_max"]:
                return plan
    simple = simple_plan(facts)
    return simple if simple["eligible"] else regular_plan(facts)


def _pays(facts: Facts, monthly: Decimal, terms: Mapping[str, Any]) -> bool:
    """The amount meets the floor, and with interest and penalties the debt is gone within the plan's months."""
    if (
        facts.payoff is None
        or terms["monthly_minimum"] is None
        or monthly < Decimal(terms["monthly_minimum"])
    ):
        return False
    months = months_to_pay(facts.payoff, monthly, facts.today)
    return months is not None and months <= terms["months_max"]


def _day_reason(facts: Facts, day: int | None) -> list[Reason]:
    if day is None:
        return []
    last = law.number("plans.payment_day.last", on=facts.today)
    return [reason("payment_day_allowed", 1 <= day <= last, day=day, last=last)]


def _last_payment(today: Day, day: int | None, months: int) -> Day:
    """The first payment is on the next such day of the month (or a month from now), the last one so many later."""
    if day is None:
        return plus_months(today, months)
    first = today.replace(day=min(day, law.number("plans.payment_day.last", on=today)))
    return plus_months(first if first > today else plus_months(first, 1), months - 1)
