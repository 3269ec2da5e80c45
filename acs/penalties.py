"""What paying late and filing late cost: month by month, as 26 USC 6651 counts them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from acs import law
from acs.bills import demanded_on, free_until, paid_by, return_due, taxes
from acs.case import Agreement, Assessment, Case, Module
from acs.days import penalty_month_end, penalty_month_start, plus, rolled
from acs.errors import NotKnown
from acs.money import ZERO, cents, total
from acs.notices import is_kind

Day = datetime.date
PAY, FILE = "penalties.failure_to_pay", "penalties.failure_to_file"


@dataclass(frozen=True)
class Month:
    """One penalty month: its first day, the tax it rests on, its rate, and the dollars it adds."""

    start: Day
    end: Day
    base: Decimal
    rate: Decimal

    @property
    def amount(self) -> Decimal:
        return self.base * self.rate


@dataclass(frozen=True)
class Penalties:
    """Dollars accrued by the day, whether assessed or not; the `open` parts are not assessed yet."""

    failure_to_file: Decimal
    failure_to_pay: Decimal
    open_failure_to_file: Decimal
    open_failure_to_pay: Decimal


def penalties(module: Module, case: Case, today: Day) -> Penalties:
    """Both penalties of a module. Raises NotPublished or NotKnown when a needed figure is missing."""
    open_pay = _open_failure_to_pay(module, case, today)
    open_file = _open_failure_to_file(module, case, today)
    pay = total(a.amount for a in module.assessments if a.kind == "failure_to_pay")
    file = total(a.amount for a in module.assessments if a.kind == "failure_to_file")
    return Penalties(file + open_file, pay + open_pay, open_file, open_pay)


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


def pay_rate(module: Module, case: Case, start: Day, end: Day) -> Decimal:
    """The late-payment rate of one month: in an agreement, after a levy notice, or the usual one."""
    if case.individual and filed_on_time(module):
        spans = (s for s in map(agreement_days, case.agreements) if s)
        if any(first <= end and (last is None or last >= start) for first, last in spans):
            return law.amount(f"{PAY}.rate_in_agreement", on=start)
    notice = next((n.date for n in module.notices if is_kind(n.code, "levy_notice")), None)
    if notice and start > plus(notice, law.number(f"{PAY}.days_after_levy_notice", on=notice)):
        return law.amount(f"{PAY}.rate_after_levy_notice", on=start)
    return law.amount(f"{PAY}.rate", on=start)


def _months(
    module: Module, case: Case, anchor: Day, taxed: Decimal, before: Decimal, today: Day
) -> list[Month]:
    """The late-payment months of one tax until today, cut at the cap.

    `before` is the tax of the module that payments reach first. A month counts in full on the first day it is
    unpaid, and only payments made before it began make it smaller (26 USC 6651(b)(2)).
    """
    cap, used, found, number = law.amount(f"{PAY}.cap", on=anchor), ZERO, [], 1
    while (start := penalty_month_start(anchor, number)) <= today and used < cap:
        end = penalty_month_end(anchor, number)
        last_before = rolled(plus(start, -1)) if number == 1 else plus(start, -1)
        base = min(taxed, before + taxed - paid_by(module, last_before))
        if base <= 0:
            break
        rate = min(pay_rate(module, case, start, end), cap - used)
        used += rate
        found.append(Month(start, end, base, rate))
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


def _open_failure_to_pay(module: Module, case: Case, today: Day) -> Decimal:
    covered = covered_until(module, "failure_to_pay")
    open_amount = _after(shown_tax_months(module, case, today), covered)
    for place, extra in enumerate(taxes(module)):
        if extra.kind != "additional_tax":
            continue
        before = total(a.amount for a in taxes(module)[:place])
        months = added_tax_months(extra, before, module, case, today)
        room = _room_beside_late_filing(extra, module, today)
        whole = total(m.amount for m in months)
        open_amount += min(_after(months, covered), max(ZERO, room - (whole - _after(months, covered))))
    return cents(open_amount)


def _after(months: Sequence[Month], covered: Day | None) -> Decimal:
    return total(m.amount for m in months if covered is None or m.start > covered)


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


def was_removed(module: Module, case: Case, kind: str) -> bool:
    """The account shows that this penalty of this very return was taken off."""
    same = (r for r in case.returns if (r.form, r.period) == (module.form, module.period))
    return any(p.kind == kind and p.removed for r in same for p in r.penalties)


def _open_failure_to_file(module: Module, case: Case, today: Day) -> Decimal:
    if not taxes(module) or was_removed(module, case, "failure_to_file"):
        return ZERO
    covered = covered_until(module, "failure_to_file")
    spans = _late_filing_months(module, today)
    if not spans:
        return ZERO
    if covered is not None:
        spans = [span for span in spans if span[0] > covered]
    net = _net_amount(module)
    rate = law.amount(f"{FILE}.rate", on=spans[0][0]) if spans else ZERO
    by_month = {m.start: m.amount for m in shown_tax_months(module, case, today)}
    added = total(max(ZERO, net * rate - _same_month(by_month, span)) for span in spans)
    return cents(added if covered is not None else max(added, _minimum(module, net, today)))


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
