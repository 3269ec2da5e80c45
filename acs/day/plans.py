"""Payment plans on a day: accepted, watched, in default, cured, ended, paid off. What needs judgement is left to a person."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from acs import law
from acs.case import Agreement, Module
from acs.day.work import Work
from acs.days import last_day, plus, plus_months, rolled
from acs.errors import LawError, NotPublished
from acs.facts import gather
from acs.levies import owed
from acs.money import total
from acs.notices import is_kind
from acs.plan_kinds import guaranteed_plan, short_term_plan, simple_plan
from acs.stream import code, cycle, silent

Day = datetime.date
JUDGED = {"short_term": short_term_plan, "guaranteed": guaranteed_plan, "simple": simple_plan}
LAST_COMMON_DAY = 28  # of every month


def plans(work: Work) -> None:
    for plan in work.known.agreements:
        if plan.status == "pending":
            _review(work, plan)
        elif plan.status == "active" and plan.ended is None:
            _watch(work, plan)
        elif plan.status == "defaulted" and plan.ended is None:
            _in_default(work, plan)


# Asked for.


def review_day(plan: Agreement) -> Day | None:
    """When a plan that no person has to weigh is accepted; None when a person has to."""
    if plan.requested is None or plan.kind not in JUDGED:
        return None
    days: dict[str, int] = law.rule("stream.plan.review_days", on=plan.requested).value
    return plus(plan.requested, days[plan.kind])


def _review(work: Work, plan: Agreement) -> None:
    handed = any(f.code == "plan_request" for f in work.known.follow_ups)
    if not handed and work.due_at_work(review_day(plan)) and _fits(work, plan):
        work.plan(plan, "plan_accepted", status="active", accepted=work.on)


def _fits(work: Work, plan: Agreement) -> bool:
    """The plan is open to the case and asks enough a month; a figure that is missing makes it a person's."""
    known = replace(work.known, modules=(*work.known.modules, *work.shared()))
    try:
        option = JUDGED[plan.kind](gather(known, work.on))
    except LawError:
        return False
    least = option["terms"].get("monthly_minimum")
    if plan.kind == "short_term":
        return option["eligible"]
    return bool(option["eligible"] and least and plan.monthly and plan.monthly >= Decimal(least))


# In effect.


def _watch(work: Work, plan: Agreement) -> None:
    if work.clear():
        work.plan(plan, "plan_completed", status="completed", ended=work.on)
    elif plan.accepted is None:
        return
    elif plan.kind == "short_term":
        if (over := _time_is_up(plan)) and work.due_at_work(over):
            work.plan(plan, "plan_terminated", status="terminated", ended=work.on)
    elif not silent(work.known) and _broken(work, plan) and work.due_at_work(work.on):
        _send_default(work, plan)


def _time_is_up(plan: Agreement) -> Day | None:
    """The day after a short-term plan's last; None when it is older than the table of how long they last."""
    assert plan.accepted is not None
    try:
        return plus(plan.accepted, law.number("plans.short_term.days", on=plan.accepted) + 1)
    except NotPublished:
        return None


def _send_default(work: Work, plan: Agreement) -> None:
    name = code(work.known, "default", work.on)
    if work.owing and work.plan(plan, "plan_default", status="defaulted"):
        work.send(name, work.owing, last_day(name, work.on))


def _broken(work: Work, plan: Agreement) -> bool:
    """A reason to end the plan (26 USC 6159(b)(2)-(4)): payments missed, a new debt, a return not filed."""
    limit = law.number("stream.plan.missed", on=work.on)
    return missed(work, plan) >= limit or any([*_new_debts(work, plan), *_late_returns(work, plan)])


def payment_day(plan: Agreement, number: int) -> Day:
    """The day of payment `number` (1, 2, ...): the first is in the month after acceptance."""
    assert plan.accepted is not None
    month = plus_months(plan.accepted.replace(day=1), number)
    return month.replace(day=min(plan.day or plan.accepted.day, LAST_COMMON_DAY))


def payments_due(plan: Agreement, today: Day) -> int:
    """Payment days that have come by a day."""
    assert plan.accepted is not None
    count = (today.year - plan.accepted.year) * 12 + today.month - plan.accepted.month
    return max(0, count - (count > 0 and payment_day(plan, count) > today))


def missed(work: Work, plan: Agreement) -> int:
    """Payments that should have come, a few days' grace aside, less those that did."""
    if not plan.monthly or plan.accepted is None:
        return 0
    grace = law.number("stream.plan.grace_days", on=work.on)
    expected = payments_due(plan, plus(work.on, -grace))
    work.due(plus(payment_day(plan, expected + 1), grace))
    made = total(
        p.amount
        for m in (*work.known.modules, *work.shared())
        for p in m.payments
        if p.kind == "payment" and p.date >= plan.accepted
    )
    return max(0, expected - int(made / plan.monthly))


def _new_debts(work: Work, plan: Agreement) -> Iterator[Module]:
    """Periods first assessed after the plan began whose bill was not paid in its days."""
    for module in work.owing:
        first = min((a.date for a in module.assessments), default=None)
        bill = next((n for n in module.notices if is_kind(n.code, "bill")), None)
        if first and plan.accepted and first > plan.accepted and bill and owed(module) > 0:
            last = bill.deadline or last_day(bill.code, bill.date) or bill.date
            if work.due(plus(last, 1)):
                yield module


def _late_returns(work: Work, plan: Agreement) -> Iterator[str]:
    for one in work.known.returns:
        if one.filed is not None or one.due is None or plan.accepted is None or one.due <= plan.accepted:
            continue
        if work.due(plus(one.due, law.number("stream.plan.return_days", on=one.due))):
            yield one.period


# In default.


def default_ends(work: Work) -> tuple[Day, Day] | None:
    """Date and last day of the newest letter that said the plan would end."""
    sent = [n for m in work.known.modules for n in m.notices if is_kind(n.code, "agreement_default")]
    newest = max(sent, key=lambda n: n.date, default=None)
    if newest is None:
        return None
    return newest.date, newest.deadline or last_day(newest.code, newest.date) or newest.date


def _in_default(work: Work, plan: Agreement) -> None:
    if work.clear():
        work.plan(plan, "plan_completed", status="completed", ended=work.on)
        return
    letter = default_ends(work)
    if letter is None:
        return  # nobody told the taxpayer: a person looks at it
    if _cured(work, plan, letter[0]):
        work.plan(plan, "plan_cured", status="active")
    elif work.due_at_work(plus(letter[1], 1)):
        work.plan(plan, "plan_terminated", status="terminated", ended=work.on)


def _cured(work: Work, plan: Agreement, since: Day) -> bool:
    """Everything is caught up, and something was paid since the letter."""
    paid = any(p.kind == "payment" and p.date >= since for m in work.known.modules for p in m.payments)
    return paid and bool(plan.monthly) and missed(work, plan) == 0 and not _broken(work, plan)


def reminders(work: Work) -> None:
    """The monthly reminder of a plan that is not debited, on the first period that is owed."""
    plan = next((a for a in work.known.agreements if a.status == "active" and a.ended is None), None)
    if plan is None or plan.kind == "short_term" or plan.direct_debit or not (plan.monthly and plan.accepted):
        return
    if not work.owing or silent(work.known):
        return
    number = payments_due(plan, work.on) + 1
    ahead = law.number("stream.plan.reminder_days", on=work.on)
    sent = [n.date for n in work.owing[0].notices if is_kind(n.code, "agreement_reminder")]
    for payment in (payment_day(plan, number), payment_day(plan, number + 1)):
        day = cycle(max(plus(payment, -ahead), work.on))
        told = any(date > plus(payment, -ahead - 7) for date in sent)
        if not told and day < payment and work.due(day):
            work.send(code(work.known, "plan", work.on), work.owing[:1], rolled(payment))
            return
