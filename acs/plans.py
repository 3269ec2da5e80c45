"""Paying over time: which plans are open, what they ask each month, and whether an amount works."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Any

from acs import facts as f
from acs import law
from acs.asof import known_on, with_spouse
from acs.case import Case
from acs.days import plus, plus_months
from acs.errors import NotPublished
from acs.facts import Facts, gather, option
from acs.interest import RATE
from acs.money import cents, shown
from acs.reasons import reason
from acs.view_types import OptionView, Reason

Day = datetime.date


# Amounts.


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
    """Payments until nothing is owed, a few cents aside; None when the payment never catches up."""
    cost = monthly_cost(today)
    if balance <= 0:
        return 0
    if monthly <= balance * cost:
        return None
    left = 1 - balance * cost / monthly
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
        "low_income": poor,
        "fee_source": rule.cite,
    }


def plan_terms(facts: Facts, key: str | None) -> dict[str, Any]:
    """months_max, monthly_minimum, monthly_recommended and fee; null with a reason where a figure is missing."""
    months = months_max(facts, key)
    terms: dict[str, Any] = {"months_max": months, "monthly_minimum": None, "monthly_recommended": None}
    if facts.payoff is None:
        missing = facts.missing
        terms |= {
            "reason": missing.words if missing else None,
            "reason_es": missing.words_es if missing else None,
        }
    elif months and facts.payoff > 0:
        terms["monthly_minimum"] = shown(floor(facts.payoff, months))
        try:
            terms["monthly_recommended"] = shown(recommended(facts.payoff, months, facts.today))
        except NotPublished as missing_rate:
            terms |= {"reason": missing_rate.words, "reason_es": missing_rate.words_es}
    terms["online"] = facts.assigned() != "revenue_officer"
    return terms | fees(facts)


# The plans.


def pay_now(facts: Facts) -> OptionView:
    return option(
        "pay_now", [f.owes(facts)], telling=[f.known_balance(facts)],
        amount=shown(facts.payoff), per_day=shown(facts.per_day), good_through=facts.today.isoformat(),
    )  # fmt: skip


def short_term_plan(facts: Facts) -> OptionView:
    limit = law.amount("plans.short_term.limit", on=facts.today)
    days = law.number("plans.short_term.days", on=facts.today)
    last = plus(facts.today, days)
    last = min(last, facts.expiry) if facts.expiry else last
    known = facts.payoff if facts.payoff is not None else facts.assessed
    reasons = [
        f.owes(facts),
        reason("individual", facts.case.individual),
        f.known_balance(facts),
        reason("under_short_term_limit", known < limit, limit=f.dollars(limit)),
        f.no_bankruptcy(facts),
        reason("no_plan_in_effect", facts.agreement is None),
        f.in_time(facts),
    ]
    return option(
        "short_term_plan", reasons, days_max=days, last_payment=last.isoformat(), months_max=days // 30,
        monthly_minimum=None if facts.payoff is None else shown(floor(facts.payoff, days // 30)),
        online=facts.assigned() != "revenue_officer", **fees(facts, "none"),
    )  # fmt: skip


def guaranteed_plan(facts: Facts) -> OptionView:
    limit = law.amount("plans.guaranteed.limit", on=facts.today)
    count = law.number("plans.guaranteed.prior_years", on=facts.today)
    forms = law.names("plans.guaranteed.forms", on=facts.today)
    years = f.years_before(facts, count)
    late = [
        f"{r.form} {r.period}"
        for r in facts.case.returns
        if f.year_of(r.period) in years and _missing(r.filed, r.due, facts.today)
    ]
    unpaid = sorted(m.period for m in facts.owing)[:-1]
    planned = any(
        f.lately(facts, a.accepted, count) and a.kind != "short_term" for a in facts.case.agreements
    )
    reasons = [
        f.owes(facts),
        reason("individual", facts.case.individual),
        reason("tax_within_guaranteed_limit", facts.tax <= limit, limit=f.dollars(limit)),
        reason("income_tax_only", all(m.form in forms for m in facts.owing)),
        reason("filed_prior_years", not late, periods=", ".join(late)),
        reason("paid_prior_years", not unpaid, periods=", ".join(unpaid)),
        reason("no_plan_prior_years", not planned),
        f.returns_filed(facts),
        f.no_bankruptcy(facts),
        reason("no_plan_in_effect", facts.agreement is None),
        f.in_time(facts),
    ]
    return option("guaranteed_plan", reasons, **plan_terms(facts, "plans.guaranteed.months"))


def _missing(filed: Day | None, due: Day | None, today: Day) -> bool:
    return filed is None and (due is None or due < today)


def simple_limit(facts: Facts) -> law.Rule:
    """The most that may be assessed: people, closed sole proprietors and businesses with and without payroll tax."""
    case, today = facts.case, facts.today
    if case.individual:
        return law.rule("plans.simple.limit_individual", on=today)
    payroll = any(m.form in law.names("plans.trust_fund_forms", on=today) for m in facts.owing)
    if (case.trust_fund or payroll) and case.operating:
        return law.rule("plans.simple.limit_trust_fund", on=today)
    return law.rule("plans.simple.limit_business", on=today)


def simple_plan(facts: Facts) -> OptionView:
    limit = Decimal(simple_limit(facts).value)
    reasons = [
        f.owes(facts),
        reason("assessed_within_limit", facts.assessed <= limit, limit=f.dollars(limit)),
        f.returns_filed(facts),
        f.no_bankruptcy(facts),
        reason("no_plan_in_effect", facts.agreement is None),
        f.in_time(facts),
    ]
    return option(
        "simple_plan",
        reasons,
        **plan_terms(facts, "plans.simple.months"),
        financial_statement=None,
        assessed_limit=shown(limit),
    )


def regular_plan(facts: Facts) -> OptionView:
    return option(
        "regular_plan", _statement_plan(facts), telling=[reason("financial_statement_needed", True)],
        **plan_terms(facts, None), financial_statement=_statement(facts),
    )  # fmt: skip


def partial_pay_plan(facts: Facts) -> OptionView:
    years = law.number("plans.partial_pay.review_years", on=facts.today)
    return option(
        "partial_pay_plan", _statement_plan(facts), telling=[reason("financial_statement_needed", True)],
        months_max=months_max(facts, None), monthly_minimum=None, monthly_recommended=None,
        review_every_years=years, financial_statement=_statement(facts), **fees(facts),
    )  # fmt: skip


def _statement_plan(facts: Facts) -> list[Reason]:
    return [
        f.owes(facts),
        f.returns_filed(facts),
        f.no_bankruptcy(facts),
        reason("no_plan_in_effect", facts.agreement is None),
        f.in_time(facts),
    ]


def _statement(facts: Facts) -> str:
    if facts.assigned() == "revenue_officer":
        return "433-A" if facts.case.individual else "433-B"
    return "433-F" if facts.case.individual else "433-B"


def change_plan(facts: Facts) -> OptionView:
    plan = facts.agreement
    return option(
        "change_plan", [reason("plan_in_effect", plan is not None), f.no_bankruptcy(facts)],
        **_current(facts), **fees(facts, "change"),
    )  # fmt: skip


def reinstate_plan(facts: Facts) -> OptionView:
    ended = any(a.status in ("defaulted", "terminated") for a in facts.case.agreements)
    warned = any(d.kind == "agreement_termination" for d in _deadlines(facts))
    running = any(a.status == "active" for a in facts.case.agreements)
    broken = ended or (warned and running)
    reasons = [reason("plan_defaulted", broken), f.returns_filed(facts), f.no_bankruptcy(facts)]
    return option("reinstate_plan", reasons, **_current(facts), **fees(facts, "change"))


def _deadlines(facts: Facts) -> list[Any]:
    from acs.deadlines import deadlines  # the plans need a letter's day only here

    return deadlines(facts.case)


def _current(facts: Facts) -> dict[str, Any]:
    plan = facts.agreement or next(
        (a for a in reversed(facts.case.agreements) if a.status != "rejected"), None
    )
    if plan is None:
        return {"current": None}
    return {
        "current": {
            "kind": plan.kind, "status": plan.status, "monthly": shown(plan.monthly), "day": plan.day,
            "direct_debit": plan.direct_debit,
        }
    }  # fmt: skip


# Does this amount work?


@dataclass(frozen=True)
class PlanJudgement:
    """The answer to 'could I pay so much a month?'. Dollars; None where a figure is not published.

    `kind` is the plan that fits, `months` the payments until all is paid (None: it never is, or too late),
    `why` the points that decide, in both languages.
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
    enough = monthly >= low
    why.append(reason("amount_meets_floor", enough, amount=f.dollars(monthly), floor=f.dollars(low)))
    if best is not None:
        why.append(reason("amount_pays_off", pays_off, recommended=f.dollars(Decimal(best))))
    return PlanJudgement(
        enough=enough, pays_off=pays_off, floor=low, recommended=Decimal(best) if best else None,
        months=months if pays_off else None, months_max=most,
        last_payment=_last_payment(facts.today, day, months) if pays_off and months else None,
        kind=plan["option"] if enough and plan["eligible"] else None, fee=plan["terms"]["fee"], why=tuple(why),
    )  # fmt: skip


def _best(facts: Facts, monthly: Decimal) -> OptionView:
    """The easiest plan that takes the amount: guaranteed, then simple, then with a financial statement."""
    for make in (guaranteed_plan, simple_plan, regular_plan):
        try:
            plan = make(facts)
        except NotPublished:
            continue
        least = plan["terms"]["monthly_minimum"]
        if plan["eligible"] and least is not None and monthly >= Decimal(least):
            return plan
    simple = simple_plan(facts)
    return simple if simple["eligible"] else regular_plan(facts)


def _day_reason(facts: Facts, day: int | None) -> list[Reason]:
    if day is None:
        return []
    last = law.number("plans.payment_day.last", on=facts.today)
    return [reason("payment_day_allowed", 1 <= day <= last, day=day, last=last)]


def _last_payment(today: Day, day: int | None, months: int) -> Day:
    """The first payment is on the next such day of the month (or a month from now), the last one so many later."""
    if day is None:
        return plus_months(today, months)
    first = today.replace(day=min(day, 28))
    return plus_months(first if first > today else plus_months(first, 1), months - 1)
