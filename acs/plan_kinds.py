"""Every kind of plan with the points that open or close it, and what it asks."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from acs import facts as f
from acs import law
from acs.case import Agreement
from acs.days import months_between, plus
from acs.errors import NotPublished
from acs.facts import Facts, option
from acs.money import shown
from acs.periods import year_of
from acs.plan_amounts import fees, floor, months_max, no_amount, plan_terms
from acs.plan_cure import missed
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
    months = max(1, months_between(facts.today, last))
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
        "short_term_plan", reasons, days_max=days, last_payment=last.isoformat(), months_max=months,
        monthly_minimum=None if facts.payoff is None else shown(floor(facts.payoff, months)),
        online=facts.assigned() != "revenue_officer", **fees(facts, "none"),
        **(no_amount(facts) if facts.payoff is None else {}),
    )  # fmt: skip


def guaranteed_plan(facts: Facts) -> OptionView:
    limit = law.amount("plans.guaranteed.limit", on=facts.today)
    count = law.number("plans.guaranteed.prior_years", on=facts.today)
    forms = law.names("plans.guaranteed.forms", on=facts.today)
    years = f.years_before(facts, count)
    late = [
        f"{r.form} {r.period}"
        for r in facts.case.returns
        if year_of(r.period) in years and _missing(r.filed, r.due, facts.today)
    ]
    unpaid = [m.period for m in facts.owing if year_of(m.period) in years]
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
    trust_fund = case.trust_fund and not case.individual  # the flag is a business's own
    if (trust_fund or payroll) and case.operating:  # a sole proprietor with payroll tax is one too
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
    """By the end of the time to collect, with a financial statement; people up to a limit may be spared it."""
    spared = _no_statement(facts)
    form = None if spared else statement(facts)
    limit = law.amount("plans.no_statement.limit", on=facts.today) if spared else None
    telling = (
        reason("no_statement_asked", True, limit=f.dollars(limit))
        if limit is not None
        else reason("financial_statement_needed", True, form=form)
    )
    return option(
        "regular_plan", _statement_plan(facts), telling=[telling],
        **plan_terms(facts, None), financial_statement=form,
    )  # fmt: skip


def _no_statement(facts: Facts) -> bool:
    """A person up to the limit whose case no revenue officer works; the plan must then pay all of it in time."""
    try:
        limit = law.amount("plans.no_statement.limit", on=facts.today)
    except NotPublished:
        return False
    return facts.case.individual and facts.assessed <= limit and facts.assigned() != "revenue_officer"


def partial_pay_plan(facts: Facts) -> OptionView:
    years = law.number("plans.partial_pay.review_years", on=facts.today)
    amount = reason("amount_by_statement", True)
    return option(
        "partial_pay_plan", _statement_plan(facts),
        telling=[reason("financial_statement_needed", True, form=statement(facts)), reason("partial_pay_only", True)],
        months_max=months_max(facts, None), monthly_minimum=None, monthly_recommended=None,
        reason=amount["text"], reason_es=amount["text_es"], review_every_years=years, financial_statement=statement(facts), **fees(facts),
    )  # fmt: skip


def _statement_plan(facts: Facts) -> list[Reason]:
    return [
        f.owes(facts),
        f.returns_filed(facts),
        f.no_bankruptcy(facts),
        reason("no_plan_in_effect", facts.agreement is None),
        f.in_time(facts),
    ]


def statement(facts: Facts) -> str:
    """The financial statement the office that has the case asks for."""
    if facts.assigned() == "revenue_officer":
        return "433-A" if facts.case.individual else "433-B"
    return "433-F" if facts.case.individual else "433-B"


def change_plan(facts: Facts) -> OptionView:
    plan = facts.agreement
    reasons = [reason("plan_in_effect", plan is not None), f.no_bankruptcy(facts)]
    return option("change_plan", reasons, **_current(facts, plan))


def reinstate_plan(facts: Facts) -> OptionView:
    """The latest plan is in default or has ended, or a letter says since its acceptance that it will end."""
    plan = facts.agreement or next(
        (a for a in reversed(facts.case.agreements) if a.status != "rejected"), None
    )
    broken = plan is not None and (plan.status in ("defaulted", "terminated") or _warned(plan, facts))
    reasons = [reason("plan_defaulted", broken), f.returns_filed(facts), f.no_bankruptcy(facts)]
    return option("reinstate_plan", reasons, **_current(facts, plan), **_missed(facts, plan))


def _missed(facts: Facts, plan: Agreement | None) -> dict[str, Any]:
    """The payments that have not come, by the account: what cures the plan while it still stands."""
    found = missed(facts.case, plan, facts.today) if plan is not None else None
    return {} if found is None or not found.days else {
        "missed_payments": len(found.days), "missed_amount": shown(found.amount)
    }  # fmt: skip


def _warned(plan: Agreement, facts: Facts) -> bool:
    since = plan.accepted or Day.min
    return plan.status == "active" and any(
        d.kind == "agreement_termination" and d.notice_date and d.notice_date >= since
        for d in facts.deadlines
    )


def _current(facts: Facts, plan: Agreement | None) -> dict[str, Any]:
    """The plan there is, and what another of its kind would ask; the fee is that of a change."""
    if plan is None:
        return {"current": None, **plan_terms(facts, None, "change")}
    own = {"guaranteed": "plans.guaranteed.months", "simple": "plans.simple.months"}.get(plan.kind)
    try:
        terms = plan_terms(facts, own, "change")
    except NotPublished:  # the kind's own limit is younger than the day
        terms = plan_terms(facts, None, "change")
    current = {
        "kind": plan.kind, "status": plan.status, "monthly": shown(plan.monthly), "day": plan.day,
        "direct_debit": plan.direct_debit,
    }  # fmt: skip
    return {"current": current, **terms}
