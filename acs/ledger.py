"""What is owed on a day: tax, penalties and interest of one period, to the cent.

Payments count from their own day and go to tax first, then penalties, then interest. Since interest compounds on
everything that bears interest, the total does not depend on that order; the late-payment base does.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from acs.bills import Window, demanded_on, paid_on, return_due, taxes, windows
from acs.case import Assessment, Case, Module
from acs.errors import LawError, NotKnown, NotPublished
from acs.interest import daily_rate, factor, pieces
from acs.money import ZERO, cents, total
from acs.penalties import Penalties, penalties

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
    penalties: Penalties | None = None
    interest_found: Interest | None = None


@dataclass(frozen=True)
class Segment:
    """Some days of interest: the first and last that count, what it rests on, the yearly rate, what it adds."""

    first: Day
    last: Day
    base: Decimal
    rate: Decimal
    added: Decimal


@dataclass(frozen=True)
class Interest:
    """Interest in dollars: all of it, what one more day costs, and the days that make it up."""

    accrued: Decimal
    per_day: Decimal
    segments: tuple[Segment, ...] = ()


def balance(module: Module, case: Case, today: Day) -> Balance:
    """The balance of a module; `module` and `case` hold nothing dated after `today`."""
    gross_tax = total(a.amount for a in taxes(module))
    other = total(a.amount for a in module.assessments if a.kind in OTHER)
    paid = total(p.amount for p in module.payments)
    assessed = max(ZERO, total(a.amount for a in module.assessments) - paid)
    missing: LawError | None = None
    found: Penalties | None = None
    interest: Interest | None = None
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
        penalties=found, interest_found=interest,
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
    While a bill's days run, what it asks for first is shown as if paid today: it bears no interest since its date.
    """
    assessed = [a for a in module.assessments if a.kind == "interest"]
    since = max((a.date for a in assessed), default=None)
    free = windows(module)
    still = next((w.start for w in free[:1] if w.start <= today <= w.last), None)
    book = _Book(module, since, free)
    if still is None:
        book.set_aside(next((w for w in free[1:] if w.start <= today <= w.last), None))
    book.run(
        still or today
    )  # the first bill asks for everything: paying today would stop interest at its date
    accrued = cents(total(a.amount for a in assessed) + book.interest)
    per_day = cents(book.owed * daily_rate(today)) if not still and book.owed > 0 else ZERO
    return Interest(accrued, per_day, tuple(book.segments))


class _Book:
    """Everything that bears interest, in the order of the days, with its interest so far."""

    def __init__(self, module: Module, since: Day | None, free: list[Window]) -> None:
        self.owed = self.interest = self.credit = Decimal(0)
        self.day: Day | None = None
        self.segments: list[Segment] = []
        self.entries: list[tuple[Day, int, Decimal]] = []  # day; 0 charge, 1 payment, 2 set aside; dollars
        self.left = {w.start: self._asked(w, module, since) for w in free[1:]}
        for a in module.assessments:
            self._charge(a, interest_from(a, module) if a.kind != "interest" else a.date, since)
        for p in module.payments:
            for day, amount in self._parts(paid_on(p, module), p.amount, free):
                self.entries.append((max(day, since) if since else day, 1, amount))
        self.entries.sort()

    def _asked(self, window: Window, module: Module, since: Day | None) -> Decimal:
        """What a later bill is the demand for, with the interest on it to the bill's date."""
        asked = Decimal(0)
        for a in window.assessments:
            start = interest_from(a, module) if a.kind != "interest" else a.date
            if since and a.date <= since:
                start = max(start, since)
            asked += a.amount * factor(start, window.start)
        return asked

    def _parts(self, day: Day, amount: Decimal, free: list[Window]) -> Iterator[tuple[Day, Decimal]]:
        """A payment inside a bill's days counts from the bill's date as far as it pays what that bill asked for
        first (26 USC 6601(e)(3): "the amount so paid"); what is more counts from its own day."""
        window = next((w for w in free if w.has(day)), None)
        if window is None:
            yield day, amount
            return
        part = min(amount, self.left.get(window.start, amount))
        if part:
            yield window.start, part
        if window.start in self.left:
            self.left[window.start] -= part
        if amount > part:
            yield day, amount - part

    def set_aside(self, window: Window | None) -> None:
        """Takes what a bill still asks for out of what bears interest, from the bill's date."""
        if window is not None:
            self.entries.append((window.start, 2, self.left[window.start]))
            self.entries.sort()

    def _charge(self, a: Assessment, start: Day, since: Day | None) -> None:
        """What assessed interest covers starts anew on its date; a later assessment brings its own past along."""
        if since is None or start >= since:
            self.entries.append((start, 0, a.amount))
        elif a.date <= since:
            self.entries.append((since, 0, a.amount))
        else:
            past = self._grown(a.amount, start, since)
            self.entries.append((since, 0, a.amount + past))

    def run(self, end: Day) -> None:
        """Takes in everything up to `end` and grows to it."""
        for day, kind, amount in self.entries:
            self._grow(min(day, end))
            if kind == 0:
                used = min(self.credit, amount)
                self.credit -= used
                self.owed += amount - used
            elif kind == 2:
                self.owed -= min(self.owed, amount)
            else:
                self.credit += max(Decimal(0), amount - self.owed)
                self.owed = max(Decimal(0), self.owed - amount)
        self._grow(end)

    def _grow(self, day: Day) -> None:
        if self.day is not None and day > self.day and self.owed > 0:
            self.owed += self._grown(self.owed, self.day, day)
        self.day = day if self.day is None else max(day, self.day)

    def _grown(self, base: Decimal, start: Day, end: Day) -> Decimal:
        """Notes the interest of an amount between two days and returns it."""
        whole = Decimal(0)
        for piece in pieces(start, end):
            added = (base + whole) * (piece.factor - 1)
            self.segments.append(Segment(piece.first, piece.last, base + whole, piece.rate, added))
            whole += added
        self.interest += whole
        return whole
