"""What is owed on a day: tax, penalties and interest of one period, to the cent.

Payments count from their own day and go to tax first, then penalties, then interest. Since interest compounds on
everything that bears interest, the total does not depend on that order; the late-payment base does.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from acs.bills import demanded_on, paid_on, return_due, taxes, windows
from acs.case import Assessment, Case, Module
from acs.errors import LawError, NotKnown, NotPublished
from acs.interest import daily_rate, factor
from acs.money import ZERO, cents, total
from acs.penalties import penalties

Day = datetime.date
OTHER = ("estimated_tax", "accuracy")


@dataclass(frozen=True)
class Balance:
    """One module on one day, in dollars. None: the figure is not published or not known; `words` say why.

    `tax` is unpaid tax; penalties and interest are everything accrued so far, assessed or not.
    """

    tax: Decimal
    failure_to_file: Decimal | None
    failure_to_pay: Decimal | None
    interest: Decimal | None
    other_penalties: Decimal
    paid: Decimal
    assessed: Decimal
    payoff: Decimal | None
    per_day: Decimal | None
    words: str | None = None
    words_es: str | None = None


@dataclass(frozen=True)
class Interest:
    accrued: Decimal
    per_day: Decimal


def balance(module: Module, case: Case, today: Day) -> Balance:
    """The balance of a module; `module` and `case` hold nothing dated after `today`."""
    gross_tax = total(a.amount for a in taxes(module))
    other = total(a.amount for a in module.assessments if a.kind in OTHER)
    paid = total(p.amount for p in module.payments)
    assessed = max(ZERO, total(a.amount for a in module.assessments) - paid)
    missing: LawError | None = None
    file = pay = accrued = per_day = payoff = None
    try:
        found = penalties(module, case, today)
        file, pay = found.failure_to_file, found.failure_to_pay
    except (NotPublished, NotKnown) as error:
        missing = error
    try:
        interest = interest_on(module, today)
        accrued, per_day = interest.accrued, interest.per_day
    except (NotPublished, NotKnown) as error:
        missing = error
    if file is not None and pay is not None and accrued is not None:
        payoff = max(ZERO, gross_tax + file + pay + other + accrued - paid)
    elif gross_tax == other == ZERO and not module.assessments:
        file = pay = accrued = per_day = payoff = ZERO
        missing = None
    return Balance(
        tax=max(ZERO, gross_tax - paid), failure_to_file=file, failure_to_pay=pay, interest=accrued,
        other_penalties=other, paid=paid, assessed=assessed, payoff=payoff, per_day=per_day,
        words=getattr(missing, "words", None), words_es=getattr(missing, "words_es", None),
    )  # fmt: skip


def interest_from(assessment: Assessment, module: Module) -> Day:
    """The day interest starts: tax from its due date, late filing and accuracy from the return's due date with
    extensions, every other penalty from its bill (26 USC 6601(a), (e)(2))."""
    if assessment.kind in ("tax", "additional_tax"):
        start = module.due
    elif assessment.kind in ("failure_to_file", "accuracy"):
        start = return_due(module)
    else:
        return demanded_on(assessment, module)
    if start is None:
        raise NotKnown(
            "The due date of this tax is not in the case file.",
            "La fecha de vencimiento no está en el expediente.",
        )
    return start


def interest_on(module: Module, today: Day) -> Interest:
    """Interest to the day, in dollars, and what one more day costs.

    Interest that was assessed stands as assessed for everything assessed by then; counting goes on from there.
    """
    assessed = [a for a in module.assessments if a.kind == "interest"]
    since = max((a.date for a in assessed), default=None)
    end = _stops(module, today)
    book = _Book(module, since)
    book.run(end)
    accrued = cents(total(a.amount for a in assessed) + book.interest)
    per_day = cents(book.owed * daily_rate(today)) if not _free(module, today) and book.owed > 0 else ZERO
    return Interest(accrued, per_day)


def _free(module: Module, today: Day) -> Day | None:
    """The date of the first bill while its interest-free days still run, or None."""
    return next((start for start, last in windows(module)[:1] if start <= today <= last), None)


def _stops(module: Module, today: Day) -> Day:
    """The day interest is counted to: today, or the first bill's date while paying today would stop it there."""
    return _free(module, today) or today


class _Book:
    """Everything that bears interest, in the order of the days, with its interest so far."""

    def __init__(self, module: Module, since: Day | None) -> None:
        self.owed = self.interest = self.credit = Decimal(0)
        self.day: Day | None = None
        self.entries: list[tuple[Day, int, Decimal]] = []  # day, 0 charge or 1 payment, dollars
        for a in module.assessments:
            self._charge(a, interest_from(a, module) if a.kind != "interest" else a.date, since)
        for p in module.payments:
            day = _counts_from(paid_on(p, module), module)
            self.entries.append((max(day, since) if since else day, 1, p.amount))
        self.entries.sort()

    def _charge(self, a: Assessment, start: Day, since: Day | None) -> None:
        """What assessed interest covers starts anew on its date; a later assessment brings its own past along."""
        if since is None or start >= since:
            self.entries.append((start, 0, a.amount))
        elif a.date <= since:
            self.entries.append((since, 0, a.amount))
        else:
            past = a.amount * (factor(start, since) - 1)
            self.interest += past
            self.entries.append((since, 0, a.amount + past))

    def run(self, end: Day) -> None:
        for day, kind, amount in self.entries:
            self._grow(min(day, end))
            if kind == 0:
                used = min(self.credit, amount)
                self.credit -= used
                self.owed += amount - used
            else:
                self.credit += max(Decimal(0), amount - self.owed)
                self.owed = max(Decimal(0), self.owed - amount)
        self._grow(end)

    def _grow(self, day: Day) -> None:
        if self.day is not None and day > self.day and self.owed > 0:
            added = self.owed * (factor(self.day, day) - 1)
            self.owed += added
            self.interest += added
        self.day = day if self.day is None else max(day, self.day)


def _counts_from(day: Day, module: Module) -> Day:
    """A payment inside a bill's interest-free days counts from the bill's date (26 USC 6601(e)(3))."""
    return next((start for start, last in windows(module) if start < day <= last), day)
