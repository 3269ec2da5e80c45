"""What paying late and filing late cost: month by month, as 26 USC 6651 counts them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from acs import law
from acs.bills import demanded_on, free_until, paid_by, paid_on, return_due, taxes
from acs.case import Agreement, Assessment, Case, Module
from acs.days import penalty_month_end, penalty_month_start, plus, rolled
from acs.errors import NotKnown
from acs.money import ZERO, cents, total
from acs.notices import is_kind

Day = datetime.date
PAY, FILE = "penalties.failure_to_pay", "penalties.failure_to_file"


@dataclass(frozen=True)
class Month:
    """One penalty month: its first and last day, the tax it rests on, its rate, and the dollars it adds.

    `rate` is None where the dollars are the smallest penalty the law allows.
    """

    start: Day
    end: Day
    base: Decimal
    rate: Decimal | None
    amount: Decimal


@dataclass(frozen=True)
class Penalties:
    """Dollars accrued by the day, whether assessed or not, and the months no assessment holds yet."""

    failure_to_file: Decimal
    failure_to_pay: Decimal
    file_months: tuple[Month, ...] = ()
    pay_months: tuple[Month, ...] = ()


def penalties(module: Module, case: Case, today: Day) -> Penalties:
    """Both penalties of a module. Raises NotPublished or NotKnown when a needed figure is missing."""
    shown = shown_tax_months(module, case, today)
    pay_months = _open_failure_to_pay(module, case, shown, today)
    file_months = _open_failure_to_file(module, case, shown, today)
    pay = total(a.amount for a in module.assessments if a.kind == "failure_to_pay")
    file = total(a.amount for a in module.assessments if a.kind == "failure_to_file")
    return Penalties(
        file + cents(total(m.amount for m in file_months)),
        pay + cents(total(m.amount for m in pay_months)),
        tuple(file_months), tuple(pay_months),
    )  # fmt: skip


def covered_until(module: Module, kind: str) -> Day | None:
    """An assessed penalty covers every month that had begun by its date; only later months still accrue."""
    return max((a.date for a in module.assessments if a.kind == kind), default=None)


# Paying late.


def agreement_days(agreement: Agreement) -> tuple[Day, Day | None] | None:
    """First and last day an instalment agreement was in effect: from acceptance; short-term plans are none."""
    if (
        agreement.kind == "short_term"
        or agreement.accepted is None
        or agreement.status in ("pending", "rejected")
    ):
        return None
    if agreement.status in ("terminated", "completed") and agreement.ended is None:
        return None
    return agreement.accepted, agreement.ended


def filed_on_time(module: Module) -> bool:
    due = return_due(module)
    return module.filed is not None and due is not None and module.filed <= rolled(due)


@dataclass(frozen=True)
class _Rates:
    """What sets the late-payment rate of a month: the days of agreements, and the first levy notice's tenth day."""

    agreements: tuple[tuple[Day, Day | None], ...]
    raised_after: Day | None

    def on(self, start: Day, end: Day) -> Decimal:
        """The rate of one month: in an agreement, after a levy notice, or the usual one."""
        if any(first <= end and (last is None or last >= start) for first, last in self.agreements):
            return law.amount(f"{PAY}.rate_in_agreement", on=start)
        if self.raised_after and start > self.raised_after:
            return law.amount(f"{PAY}.rate_after_levy_notice", on=start)
        return law.amount(f"{PAY}.rate", on=start)


def _rates(module: Module, case: Case) -> _Rates:
    low = case.individual and filed_on_time(module)
    spans = tuple(s for s in map(agreement_days, case.agreements) if s) if low else ()
    notice = next((n.date for n in module.notices if is_kind(n.code, "levy_notice")), None)
    raised = plus(notice, law.number(f"{PAY}.days_after_levy_notice", on=notice)) if notice else None
    return _Rates(spans, raised)


def _months(
    module: Module, case: Case, anchor: Day, taxed: Decimal, before: Decimal, today: Day
) -> list[Month]:
    """The late-payment months of one tax until today, cut at the cap.

    `before` is the tax of the module that payments reach first. A month counts in full on the first day it is
    unpaid, and only payments made before it began make it smaller (26 USC 6651(b)(2)).
    """
    cap, used, found, number = law.amount(f"{PAY}.cap", on=anchor), ZERO, [], 1
    rates, paid = _rates(module, case), ZERO
    waiting = sorted(((paid_on(p, module), p.amount) for p in module.payments), reverse=True)
    while (start := penalty_month_start(anchor, number)) <= today and used < cap:
        end = penalty_month_end(anchor, number)
        last_before = rolled(plus(start, -1)) if number == 1 else plus(start, -1)
        while waiting and waiting[-1][0] <= last_before:
            paid += waiting.pop()[1]
        base = min(taxed, before + taxed - paid)
        if base <= 0:
            break
        rate = min(rates.on(start, end), cap - used)
        used += rate
        found.append(Month(start, end, base, rate, base * rate))
        number += 1
    return found


def shown_tax_months(module: Module, case: Case, today: Day) -> list[Month]:
    """Months of 26 USC 6651(a)(2): the tax shown on the return, from its due date."""
    shown = total(a.amount for a in module.assessments if a.kind == "tax")
    if not shown:
        return []
    if module.due is None:
        raise _no_due_date()
    return _months(module, case, module.due, shown, ZERO, today)


def added_tax_months(
    extra: Assessment, before: Decimal, module: Module, case: Case, today: Day
) -> list[Month]:
    """Months of 26 USC 6651(a)(3): tax added later, from the end of the days to pay its bill.

    `before` is the tax of the module assessed earlier, which payments reach first.
    """
    anchor = free_until(demanded_on(extra, module), module)
    return _months(module, case, anchor, extra.amount, before, today)


def _open_failure_to_pay(module: Module, case: Case, shown: list[Month], today: Day) -> list[Month]:
    """The late-payment months that no assessment holds and no relief took away."""
    covered, relief = covered_until(module, "failure_to_pay"), _relief(module, case)
    found = _after(shown, covered, relief)
    for place, extra in enumerate(taxes(module)):
        if extra.kind != "additional_tax":
            continue
        before = total(a.amount for a in taxes(module)[:place])
        months = added_tax_months(extra, before, module, case, today)
        open_months = _after(months, covered, relief)
        held = total(m.amount for m in months) - total(m.amount for m in open_months)
        found += _within(open_months, _room_beside_late_filing(extra, module, today) - held)
    return found


def _within(months: Sequence[Month], room: Decimal) -> list[Month]:
    """As many months as the room leaves dollars for; the last one may be cut."""
    found = []
    for month in months:
        amount = min(month.amount, room)
        if amount <= 0:
            break
        found.append(replace(month, amount=amount))
        room -= amount
    return found


def _after(months: Sequence[Month], covered: Day | None, relief: tuple[Day, Day] | None) -> list[Month]:
    later = [m for m in months if covered is None or m.start > covered]
    return [m for m in later if relief is None or not relief[0] <= m.start <= relief[1]]


def _relief(module: Module, case: Case) -> tuple[Day, Day] | None:
    """The days for which late payment was taken off this period: by Notice 2024-7, or as far as the account tells.

    The file does not say when another relief was given; it is taken to reach to the last assessment.
    """
    removed = removed_by(module, case, "failure_to_pay")
    if removed == "notice_2024_7":
        days = law.rule(f"{PAY}.relief_of_2024", on=module.due or covered_all(module)).value
        bill = min((n.date for n in module.notices if is_kind(n.code, "bill")), default=days["from"])
        return max(days["from"], bill), days["until"]
    return (datetime.date.min, covered_all(module)) if removed else None


def covered_all(module: Module) -> Day:
    """The day of the last assessment: what was taken off before it stays off."""
    return max((a.date for a in module.assessments), default=datetime.date.min)


def _room_beside_late_filing(extra: Assessment, module: Module, today: Day) -> Decimal:
    """The cap on added tax less what late filing already took of it (26 CFR 301.6651-1(f), example 1)."""
    cap = law.amount(f"{PAY}.cap", on=today) * extra.amount
    share = law.amount(f"{FILE}.rate", on=today) * len(_late_filing_months(module, today))
    return cap - share * extra.amount


# Filing late.


def _late_filing_months(module: Module, today: Day) -> list[tuple[Day, Day]]:
    """The months or parts of months a return was late, at most as many as reach the cap."""
    anchor = return_due(module)
    if anchor is None:
        raise _no_due_date()
    if filed_on_time(module):
        return []
    until = module.filed or today
    most = int(law.amount(f"{FILE}.cap", on=anchor) / law.amount(f"{FILE}.rate", on=anchor))
    starts = ((penalty_month_start(anchor, k), penalty_month_end(anchor, k)) for k in range(1, most + 1))
    return [span for span in starts if span[0] <= until]


def removed_by(module: Module, case: Case, kind: str) -> str | None:
    """How the account shows that this penalty of this very return was taken off, or None."""
    same = (r for r in case.returns if (r.form, r.period) == (module.form, module.period))
    return next((p.removed for r in same for p in r.penalties if p.kind == kind and p.removed), None)


def _open_failure_to_file(module: Module, case: Case, shown: list[Month], today: Day) -> list[Month]:
    """The late-filing months that no assessment holds, or the smallest penalty when that is more."""
    if not taxes(module) or removed_by(module, case, "failure_to_file"):
        return []
    covered = covered_until(module, "failure_to_file")
    spans = _late_filing_months(module, today)
    if covered is not None:
        spans = [span for span in spans if span[0] > covered]
    if not spans:
        return []
    net = _net_amount(module)
    rate = law.amount(f"{FILE}.rate", on=spans[0][0])
    by_month = {m.start: m.amount for m in shown}
    months = [
        Month(first, last, net, rate, max(ZERO, net * rate - _same_month(by_month, (first, last))))
        for first, last in spans
    ]
    least = ZERO if covered is not None else _minimum(module, net, today)
    if least > total(m.amount for m in months):
        return [Month(spans[0][0], spans[-1][1], net, None, least)]
    return months


def _same_month(by_month: dict[Day, Decimal], span: tuple[Day, Day]) -> Decimal:
    """The late-payment dollars of the month a late-filing month falls in (26 USC 6651(c)(1))."""
    starts = [s for s in by_month if span[0] <= s <= span[1]] or [s for s in by_month if s <= span[0]][-1:]
    return by_month[starts[0]] if starts else ZERO


def _net_amount(module: Module) -> Decimal:
    """The tax less what was paid by the due date (26 USC 6651(b)(1))."""
    if module.due is None:
        raise _no_due_date()
    timely = paid_by(module, rolled(module.due))
    return max(ZERO, total(a.amount for a in taxes(module)) - timely)


def _minimum(module: Module, net: Decimal, today: Day) -> Decimal:
    """The least a late income tax return costs after sixty days; late payment does not reduce it."""
    due = return_due(module)
    assert due is not None
    late = (module.filed or today) - due
    if late.days <= law.number(f"{FILE}.minimum_after_days", on=due):
        return ZERO
    if not net or module.form not in law.names(f"{FILE}.minimum_forms", on=due):
        return ZERO
    return min(law.amount(f"{FILE}.minimum", on=due), net)


def _no_due_date() -> NotKnown:
    return NotKnown(
        "The due date of this tax is not in the case file.",
        "La fecha de vencimiento no está en el expediente.",
    )
