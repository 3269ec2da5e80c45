"""Every last day of a case: what it is for, which letter set it, and whether it has passed.

A deadline printed on the letter wins; the computed day stands beside it as a check.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from acs import law
from acs.bills import free_window
from acs.case import Agreement, Case, Hearing, Lien, Module, Notice
from acs.days import plus, plus_business, plus_years, rolled
from acs.errors import NotPublished
from acs.notices import NoticeInfo, is_kind, notice_info
from acs.view_types import DeadlineView

Day = datetime.date
ROLL = "7503"


@dataclass(frozen=True)
class Deadline:
    """One last day. `computed` is None when only the letter can tell; `last_day` is the one that counts."""

    kind: str
    last_day: Day
    source: str
    period: str | None = None
    notice: str | None = None
    notice_date: Day | None = None
    computed: Day | None = None
    form: str | None = None
    form_of_tax: str | None = None

    def passed(self, today: Day) -> bool:
        return today > self.last_day

    def view(self, today: Day) -> DeadlineView:
        return {
            "kind": self.kind, "period": self.period, "notice": self.notice,
            "notice_date": self.notice_date.isoformat() if self.notice_date else None,
            "last_day": self.last_day.isoformat(),
            "computed_last_day": self.computed.isoformat() if self.computed else None,
            "days_left": max(0, (self.last_day - today).days), "form": self.form,
            "passed": self.passed(today), "source": self.source,
        }  # fmt: skip


def deadlines(case: Case) -> list[Deadline]:
    """All last days of the case, earliest first."""
    found = [d for m in case.modules for d in module_deadlines(m, case)]
    found += [*_bank_levies(case), *_levy_bars(case)]
    return sorted(found, key=lambda d: (d.last_day, d.kind, d.period or ""))


def module_deadlines(module: Module, case: Case) -> list[Deadline]:
    found: list[Deadline] = []
    for part in (_letters, _hearings, _lien, _court):
        try:
            found += part(module, case)
        except NotPublished:
            continue  # a day before the tables begin: there is nothing to tell
    return found


def hearing_deadline(module: Module, case: Case, kind: str) -> Deadline | None:
    """The last day for a hearing on a levy ('cdp_hearing') or a lien ('lien_cdp_hearing'), if there is one."""
    try:
        found = _hearings(module, case) if kind == "cdp_hearing" else _lien(module, case)
    except NotPublished:
        return None
    return next((d for d in found if d.kind == kind), None)


def first_cdp_notice(module: Module) -> Notice | None:
    """One hearing notice per period (26 USC 6330(a)(1)): a second one gives no new days."""
    return next((n for n in module.notices if is_kind(n.code, "cdp_notice")), None)


def timely(hearing: Hearing, module: Module, case: Case) -> bool:
    """Was the hearing asked for in time? Without the letter in the file it is taken as timely."""
    kind = "cdp_hearing" if hearing.kind == "levy" else "lien_cdp_hearing"
    deadline = hearing_deadline(module, case, kind)
    return deadline is None or hearing.requested <= deadline.last_day


def _of(
    kind: str, module: Module, notice: Notice, computed: Day | None, source: str, form: str | None
) -> Deadline:
    last_day = notice.deadline or computed
    assert last_day is not None
    return Deadline(
        kind, last_day, source, module.period, notice.code, notice.date, computed, form, module.form
    )


def _letters(module: Module, case: Case) -> list[Deadline]:
    found: list[Deadline] = []
    for notice in module.notices:
        info = notice_info(notice.code)
        found += _letter(notice, info, module) if info else _unknown(notice, module)
    return found


def _unknown(notice: Notice, module: Module) -> Iterator[Deadline]:
    if notice.deadline:
        yield _of("notice_response", module, notice, None, "the date printed on the notice", None)


def _letter(notice: Notice, info: NoticeInfo, module: Module) -> Iterator[Deadline]:
    days = info.reply_days(notice.date)
    computed = rolled(plus(notice.date, days)) if days is not None else None
    cite = _cite(info, notice.date)
    if "bill" in info.kinds:
        free = rolled(free_window(Notice(code=notice.code, date=notice.date), module)[1])
        if "correction" not in info.kinds:
            yield _of("interest_free_payment", module, notice, free, f"26 USC 6601(e)(3), {ROLL}", None)
            return
        yield Deadline("interest_free_payment", free, f"26 USC 6601(e)(3), {ROLL}", module.period, notice.code,
                       notice.date, free, None, module.form)  # fmt: skip
    if "agreement_default" in info.kinds:
        yield _of("agreement_termination", module, notice, computed, cite, info.form)
        return
    if notice == first_cdp_notice(module) or "lien_notice" in info.kinds:
        return  # its hearing days are told on their own
    if computed or notice.deadline:
        yield _of("notice_response", module, notice, computed, cite, info.form)


def _cite(info: NoticeInfo, on: Day) -> str:
    try:
        cite = law.rule(info.reply_key, on=on).cite if info.reply_key else "the date printed on the notice"
    except NotPublished:
        return info.source
    return f"{cite}, {ROLL}" if "USC" in cite else cite


def _hearings(module: Module, case: Case) -> list[Deadline]:
    notice = first_cdp_notice(module)
    if notice is None:
        return []
    computed = rolled(plus(notice.date, law.number("appeals.cdp_days", on=notice.date)))
    late = rolled(plus_years(notice.date, law.number("appeals.equivalent_years", on=notice.date)))
    return [
        _of("cdp_hearing", module, notice, computed, f"26 USC 6330(a)(3)(B), {ROLL}", "12153"),
        Deadline("equivalent_hearing", late, f"26 CFR 301.6330-1(i); 26 USC {ROLL}", module.period, notice.code,
                 notice.date, late, "12153", module.form),
    ]  # fmt: skip


def _lien(module: Module, case: Case) -> list[Deadline]:
    letter = next((n for n in module.notices if is_kind(n.code, "lien_notice")), None)
    lien = _lien_of(module, letter, case)
    if lien is None and letter is None:
        return []
    if lien is not None:
        days = law.number("liens.notice_business_days", on=lien.filed)
        start = plus_business(lien.filed, days)
    else:
        assert letter is not None
        start = letter.date  # the safe reading when the filing day is not in the file
    day = lien.filed if lien else start
    computed = rolled(plus(start, law.number("appeals.lien_cdp_days", on=day)))
    late = rolled(plus_years(start, law.number("appeals.equivalent_years", on=start)))
    printed = letter.deadline if letter else None
    code, sent = (letter.code, letter.date) if letter else (None, lien.filed if lien else None)
    return [
        Deadline("lien_cdp_hearing", printed or computed, f"26 USC 6320(a)(3)(B), {ROLL}", module.period, code, sent,
                 computed, "12153", module.form),
        Deadline("equivalent_hearing", late, f"26 CFR 301.6320-1(i); 26 USC {ROLL}", module.period, code, sent,
                 late, "12153", module.form),
    ]  # fmt: skip


def _lien_of(module: Module, letter: Notice | None, case: Case) -> Lien | None:
    """The first lien filing that can name this module: after its assessment, before its letter."""
    assessed = min((a.date for a in module.assessments), default=None)
    filings = sorted(case.liens, key=lambda n: n.filed)
    fitting = [
        n for n in filings if assessed and assessed <= n.filed and (letter is None or n.filed <= letter.date)
    ]
    return fitting[0] if fitting else None


def _court(module: Module, case: Case) -> list[Deadline]:
    found = []
    for hearing in module.hearings:
        if hearing.determined and timely(hearing, module, case):
            day = rolled(plus(hearing.determined, law.number("appeals.court_days", on=hearing.determined)))
            found.append(
                Deadline("tax_court_petition", day, f"26 USC 6330(d)(1), {ROLL}", module.period, None,
                         hearing.determined, day, None, module.form)
            )  # fmt: skip
    return found


def _bank_levies(case: Case) -> Iterator[Deadline]:
    """The bank keeps the money 21 days before it pays. Nobody has to act then, so the day is not rolled."""
    for levy in case.levies:
        if levy.kind == "bank" and levy.released is None:
            try:
                day = plus(levy.served, law.number("levies.bank_hold_days", on=levy.served))
            except NotPublished:
                continue
            yield Deadline("bank_levy_release", day, "26 USC 6332(c)", notice_date=levy.served, computed=day)


def _levy_bars(case: Case) -> Iterator[Deadline]:
    """The last day on which a levy is still barred after a plan ended, was refused, or is about to end."""
    over = False
    for agreement in case.agreements:
        end = bar_end(agreement)
        over = over or end is not None
        if end:
            source = "26 USC 6331(k)(2)(D)" if agreement.status == "terminated" else "26 USC 6331(k)(2)(B)"
            yield Deadline("levy_bar_end", end, source, notice_date=agreement.ended, computed=end)
    for module in case.modules:
        notice = next((n for n in reversed(module.notices) if is_kind(n.code, "agreement_default")), None)
        if notice and not over:
            try:
                ends = notice.deadline or plus(
                    notice.date, law.number("notices.cp523.reply_days", on=notice.date)
                )
                day = plus(ends, law.number("levies.bar_days.after_termination", on=ends))
            except NotPublished:
                continue
            yield Deadline(
                "levy_bar_end", day, "26 USC 6331(k)(2)(D)", module.period, notice.code, notice.date, day
            )


def bar_end(agreement: Agreement) -> Day | None:
    """The end of the 30 days after a plan was refused or ended, or None."""
    key = {"rejected": "after_rejection", "terminated": "after_termination"}.get(agreement.status)
    if key is None or agreement.ended is None or agreement.kind == "short_term":
        return None
    try:
        return plus(agreement.ended, law.number(f"levies.bar_days.{key}", on=agreement.ended))
    except NotPublished:
        return None
