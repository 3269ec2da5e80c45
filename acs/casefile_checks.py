"""What no account can say: a payment taken before there was a debt, a plan for nothing, a day before its cause.

Each finding names the place in the file and the way out. What is merely unusual is let in: tax withheld or paid before
the assessment, an extension, a return for a year nobody asked about.
"""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from acs.asof import known_on
from acs.case import Agreement, Case, Module, Notice
from acs.ledger import balance
from acs.notices import canonical, is_kind, known_codes, notice_info
from acs.periods import period_start

Day = datetime.date
Path = tuple[str | int, ...]
LOOKS_LIKE_A_LETTER = re.compile(r"(CP|LT|L|ST|FTF|CBS)\d{1,5}[A-Z]{0,3}")
AFTER_ASSESSMENT = ("bill", "reminder", "levy_notice", "cdp_notice", "lien_notice", "agreement_default")
RUNNING = ("active", "defaulted")


@dataclass(frozen=True)
class Finding:
    """Where (keys and places in lists, the last one is named), what, and a near spelling."""

    path: Path
    message: str
    suggestion: str | None = None


def findings(case: Case) -> Iterator[Finding]:
    """Everything of a case that can't be so, in the order of the file."""
    if case.deceased and case.date_of_birth and case.deceased < case.date_of_birth:
        yield Finding(("deceased",), _before(case.deceased, "date_of_birth", case.date_of_birth))
    if case.spouse == case.id:
        yield Finding(("spouse",), "is the taxpayer; write the other one's id.")
    yield from _returns(case)
    seen: set[tuple[str, str]] = set()
    for place, module in enumerate(case.modules):
        if (module.form, module.period) in seen:
            yield Finding(
                ("modules", place),
                f"form {module.form} for {module.period} stands here twice; put all of it in one entry.",
            )
        seen.add((module.form, module.period))
        for found in _module(module):
            yield Finding(("modules", place, *found.path), found.message, found.suggestion)
    for place, agreement in enumerate(case.agreements):
        for found in _agreement(agreement, case):
            yield Finding(("agreements", place, *found.path), found.message, found.suggestion)
    yield from _case_actions(case)


def _before(day: Day, cause: str, of: Day) -> str:
    return f"{day} is before {cause} {of}; correct one of the two days."


def _returns(case: Case) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for place, one in enumerate(case.returns):
        if (one.form, one.period) in seen:
            yield Finding(
                ("returns", place),
                f"form {one.form} for {one.period} stands here twice; keep one of the two.",
            )
        seen.add((one.form, one.period))
        yield from _not_before_period(one.period, ("returns", place), due=one.due, filed=one.filed)


def _not_before_period(period: str, path: Path, **days: Day | None) -> Iterator[Finding]:
    start = period_start(period)
    for key, day in days.items():
        if start and day and day < start:
            yield Finding(
                (*path, key), f"{day} is before the period {period} begins; correct the day or the period."
            )


def _module(module: Module) -> Iterator[Finding]:
    yield from _not_before_period(
        module.period, (), due=module.due, extended_to=module.extended_to, filed=module.filed
    )
    if module.due and module.extended_to and module.extended_to < module.due:
        yield Finding(("extended_to",), _before(module.extended_to, "due", module.due))
    first = min((a.date for a in module.assessments), default=None)
    for place, assessment in enumerate(module.assessments):
        yield from _not_before_period(module.period, ("assessments", place), date=assessment.date)
    for place, payment in enumerate(module.payments):
        path: Path = ("payments", place)
        yield from _not_before_period(module.period, path, date=payment.date)
        if payment.kind == "levy" and (first is None or payment.date < first):
            yield Finding(
                (*path, "date"),
                f"{payment.date}: money is taken by levy only after an assessment; the first one is "
                f"{first or 'missing'}. Correct the day, or the kind of payment.",
            )
    for place, notice in enumerate(module.notices):
        for found in _notice(notice, first):
            yield Finding(("notices", place, *found.path), found.message, found.suggestion)
    for place, hearing in enumerate(module.hearings):
        where: Path = ("hearings", place)
        if hearing.determined and hearing.determined < hearing.requested:
            yield Finding((*where, "determined"), _before(hearing.determined, "requested", hearing.requested))
        if first and hearing.requested < first:
            yield Finding((*where, "requested"), _before(hearing.requested, "the first assessment", first))


def _notice(notice: Notice, first: Day | None) -> Iterator[Finding]:
    bare = canonical(notice.code)
    if notice_info(notice.code) is None and not LOOKS_LIKE_A_LETTER.fullmatch(bare):
        near = difflib.get_close_matches(bare, known_codes(), n=1, cutoff=0.5)
        message = f"'{notice.code}' is not the code of an IRS letter; it stands at the letter's top or bottom right."
        yield Finding(("code",), message, near[0] if near else None)
    if notice.deadline and notice.deadline < notice.date:
        yield Finding(("deadline",), _before(notice.deadline, "date", notice.date))
    if first and notice.date < first and any(is_kind(notice.code, kind) for kind in AFTER_ASSESSMENT):
        yield Finding(("date",), _before(notice.date, "the first assessment", first))


def _agreement(plan: Agreement, case: Case) -> Iterator[Finding]:
    if plan.requested and plan.accepted and plan.accepted < plan.requested:
        yield Finding(("accepted",), _before(plan.accepted, "requested", plan.requested))
    begun = plan.accepted or plan.requested
    if plan.ended and begun and plan.ended < begun:
        name = "accepted" if plan.accepted else "requested"
        yield Finding(("ended",), _before(plan.ended, name, begun))
    if plan.accepted and plan.status in ("pending", "rejected"):
        yield Finding(
            ("accepted",), f"a plan that is {plan.status} has no such day; take it out, or change the status."
        )
    if plan.ended and plan.status in ("pending", "active"):
        yield Finding(
            ("ended",), f"a plan that is {plan.status} has no such day; take it out, or change the status."
        )
    if plan.status in (*RUNNING, "pending") and not _something_owed(plan, case):
        yield Finding(
            ("status",),
            f"'{plan.status}' is a plan without a balance; add the period that is owed, or end the plan.",
        )


def _something_owed(plan: Agreement, case: Case) -> bool:
    """A period is assessed and not paid by the last day of the file; a joint one may stand with the spouse."""
    if case.spouse:
        return True
    if plan.status == "pending" and any(not m.assessments for m in case.modules):
        return True  # asked for before the return was taken in
    days = [a.date for m in case.modules for a in m.assessments]
    if not days:
        return False
    last = max([*days, *(p.date for m in case.modules for p in m.payments)])
    known = known_on(case, last)
    found = [balance(m, known, last).payoff for m in known.modules if m.assessments]
    return any(payoff is None or payoff > 0 for payoff in found)


def _case_actions(case: Case) -> Iterator[Finding]:
    first = min((a.date for m in case.modules for a in m.assessments), default=None)
    first = None if case.spouse else first  # a joint period may stand with the spouse
    for place, hold in enumerate(case.holds):
        if hold.to and hold.to < hold.since:
            yield Finding(("holds", place, "to"), _before(hold.to, "from", hold.since))
    for place, lien in enumerate(case.liens):
        if lien.released and lien.released < lien.filed:
            yield Finding(("liens", place, "released"), _before(lien.released, "filed", lien.filed))
        if first and lien.filed < first:
            yield Finding(("liens", place, "filed"), _before(lien.filed, "the first assessment", first))
    for place, levy in enumerate(case.levies):
        if levy.released and levy.released < levy.served:
            yield Finding(("levies", place, "released"), _before(levy.released, "served", levy.served))
        if first and levy.served < first:
            yield Finding(("levies", place, "served"), _before(levy.served, "the first assessment", first))
