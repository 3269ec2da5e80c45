"""Every kind of plan with the points that open or close it, and what it asks."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from acs import facts as f
from acs import law
from acs.days import plus
from acs.deadlines import deadlines
from acs.facts import Facts, option
from acs.money import shown
from acs.plan_amounts import fees, floor, months_max, plan_terms
from acs.reasons import reason
from acs.view_types import OptionView, Reason

Day = datetime.date


def pay_now(facts: Facts) -> OptionView:
    terms: dict[str, Any] = {
        "amount": shown(facts.payoff),
        "per_day": shown(facts.per_day),
        "good_through": facts.today.isoformat(),
    }
    if facts.missing is not None:
        terms |= {"reason": facts.missing.words, "reason_es": facts.missing.words_es}
    return option("pay_now", [f.owes(facts)], **terms)


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
    unpaid = [m.period for m in facts.owing if f.year_of(m.period) in years]
    planned = any(
        f.lately(facts, a.accepted, count) and a.kind != "short_term" for a in facts.case.agreements
    )
    reasons = [
        f.owes(facts),
        reason("individual", facts.case.individual),
        reason("tax_within_guaranteed_limit", facts.tax <= limit, limit=f.dollars(limit)),
        reason("income_tax_only", all(m.form in forms for m in facts.owing)),
        reason("filed_prior_years", not late, years=count, periods=", ".join(late)),
        reason("paid_prior_years", not unpaid, years=count, periods=", ".join(unpaid)),
        reason("no_plan_prior_years", not planned, years=count),
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
    payroll = any(m.form in law.names("plans.trust_fund_forms", on=today) for m in facts.owing)
    if (case.trust_fund or payroll) and case.operating:  # a sole proprietor in business is one too
        return law.rule("plans.simple.limit_trust_fund", on=today)
    if case.individual:
        return law.rule("plans.simple.limit_individual", on=today)
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
    warned = any(d.kind == "agreement_termination" for d in deadlines(facts.case))
    running = any(a.status == "active" for a in facts.case.agreements)
    broken = ended or (warned and running)
    reasons = [reason("plan_defaulted", broken), f.returns_filed(facts), f.no_bankruptcy(facts)]
    return option("reinstate_plan", reasons, **_current(facts), **fees(facts, "change"))


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
