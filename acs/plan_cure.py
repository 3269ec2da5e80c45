"""The payments a plan still waits for: what cures a missed payment before the plan ends (26 USC 6159(b)(5))."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from acs.case import Agreement, Case
from acs.days import plus_months

Day = datetime.date
KINDS_PAID = ("payment", "levy")


@dataclass(frozen=True)
class Missed:
    """The days on which a payment was due and none has come since, oldest first, and their sum in dollars."""

    days: tuple[Day, ...]
    amount: Decimal


def missed(case: Case, plan: Agreement, today: Day) -> Missed:
    """What is missing by the account, counted from the last payment made in the plan.

    The account does not say which payment belongs to which month; one that came counts for all days up to it. The
    first payment is due on the first such day a month after the plan was accepted. Empty where day or amount is
    not known.
    """
    if plan.monthly is None or plan.day is None or plan.accepted is None:
        return Missed((), Decimal(0))
    paid = [
        one.date
        for module in case.modules
        for one in module.payments
        if one.kind in KINDS_PAID and plan.accepted <= one.date <= today
    ]
    since = max(paid, default=plus_months(plan.accepted, 1) - datetime.timedelta(days=1))
    days = tuple(_due_after(since, plan.day, today))
    return Missed(days, plan.monthly * len(days))


def _due_after(since: Day, day: int, today: Day) -> list[Day]:
    due = since.replace(day=min(day, 28))
    if due <= since:
        due = plus_months(due, 1)
    found: list[Day] = []
    while due < today:
        found.append(due)
        due = plus_months(due, 1)
    return found
