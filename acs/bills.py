"""Notice and demand: which letter asked for an assessment, and until when it can be paid without interest."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from acs import law
from acs.case import Assessment, Module, Notice, Payment
from acs.days import plus, plus_business, rolled
from acs.money import total
from acs.notices import is_kind

Day = datetime.date
TAX = ("tax", "additional_tax")


def taxes(module: Module) -> tuple[Assessment, ...]:
    return tuple(a for a in module.assessments if a.kind in TAX)


def return_due(module: Module) -> Day | None:
    """The day the return was due, extension included."""
    return max((d for d in (module.due, module.extended_to) if d), default=None)


def paid_on(payment: Payment, module: Module) -> Day:
    """The day a payment counts from: withholding is paid on the due date at the latest (26 USC 6513(b)(1)).

    Paid by the next business day after a due date that is a day off is paid on it (26 USC 7503).
    """
    if module.due and (payment.kind == "withholding" or payment.date <= rolled(module.due)):
        return min(payment.date, module.due)
    return payment.date


def paid_by(module: Module, day: Day) -> Decimal:
    """Everything paid on or before a day, in dollars."""
    return total(p.amount for p in module.payments if paid_on(p, module) <= day)


def bill_for(assessment: Assessment, module: Module) -> Notice | None:
    """The first bill dated on or after the assessment, within the days the law gives for it (26 USC 6303(a))."""
    last = plus(assessment.date, law.number("notices.demand_days", on=assessment.date))
    bills = (n for n in module.notices if is_kind(n.code, "bill"))
    return next((n for n in bills if assessment.date <= n.date <= last), None)


def demanded_on(assessment: Assessment, module: Module) -> Day:
    """The day of notice and demand: the bill's date, or the assessment's when no bill stands in the file."""
    bill = bill_for(assessment, module)
    return bill.date if bill else assessment.date


def first_billed(bill_date: Day, module: Module) -> tuple[Assessment, ...]:
    """The assessments that a bill of that date is the notice and demand for: no earlier bill asked for them."""
    return tuple(
        a
        for a in module.assessments
        if a.date <= bill_date and ((bill := bill_for(a, module)) is None or bill.date >= bill_date)
    )


def billed(bill_date: Day, module: Module) -> Decimal:
    """The dollars a bill of that date is the notice and demand for: what it asks for first, as far as not paid."""
    owed = total(a.amount for a in module.assessments if a.date <= bill_date) - paid_by(module, bill_date)
    new = total(a.amount for a in first_billed(bill_date, module))
    return max(min(owed, new), Decimal(0))


def free_until(bill_date: Day, module: Module) -> Day:
    """Last interest-free day after a bill, before any roll: 21 calendar or 10 business days (26 USC 6601(e)(3))."""
    if billed(bill_date, module) >= law.amount("interest.large_bill", on=bill_date):
        return plus_business(bill_date, law.number("interest.free_business_days", on=bill_date))
    return plus(bill_date, law.number("interest.free_days", on=bill_date))


def free_window(bill: Notice, module: Module) -> tuple[Day, Day]:
    """The bill's date and the last day to pay without further interest; a printed deadline wins when later."""
    computed = rolled(free_until(bill.date, module))
    return bill.date, max(computed, bill.deadline or computed)


@dataclass(frozen=True)
class Window:
    """The days after a notice and demand in which what it asks for first can be paid without further interest."""

    start: Day
    last: Day
    assessments: tuple[Assessment, ...]

    def has(self, day: Day) -> bool:
        return self.start < day <= self.last


def windows(module: Module) -> list[Window]:
    """The interest-free windows of a module: one for each first bill of an assessment, oldest first."""
    bills = {b.date: b for b in (bill_for(a, module) for a in module.assessments) if b}
    return [
        Window(*free_window(bill, module), first_billed(day, module)) for day, bill in sorted(bills.items())
    ]
