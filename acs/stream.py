"""The stream of letters: which one is next for a period, and from which day. The day's work and the forecast ask here.

Every function takes the case as known on `today` (`acs.asof.known_on`) and one of its periods. A day that is
given may lie in the past: then the letter is overdue.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from acs import law
from acs.bills import bill_for, free_until
from acs.case import Case, LevyKind, LevySource, LevySourceKind, Module, Notice
from acs.days import last_day, plus, rolled
from acs.deadlines import bar_end, first_cdp_notice, hearing_deadline, timely
from acs.errors import NotPublished
from acs.facts import low_income
from acs.levies import owed
from acs.money import total
from acs.notices import is_kind, notice_info

Day = datetime.date

# What keeps every letter back, and what keeps back all but the yearly reminder.
SILENT = ("bankruptcy", "identity_theft", "disaster", "combat_zone")
RESTING = ("hardship", "offer", "innocent_spouse")


@dataclass(frozen=True)
class Letter:
    """A letter that is next: its code, the first day it may be dated, and where that day comes from."""

    code: str
    day: Day
    source: str


def code(case: Case, step: str, on: Day) -> str:
    """The name of a step's letter for a person or a business: 'intent' is CP504 or CP504B."""
    return str(law.rule(f"stream.letters.{case.kind}", on=on).value[step])


def cycle(day: Day) -> Day:
    """The day itself or the next one on which bills and reminders are dated."""
    return plus(day, (law.number("stream.weekday", on=day) - day.weekday()) % 7)


def dated(letter: Letter, today: Day) -> Day:
    """The day a letter can carry, today at the earliest: notices in their weekly cycle, others on business days."""
    day = max(letter.day, today)
    return cycle(day) if letter.code.startswith("CP") else rolled(day)


def deadline(letter: str, on: Day, module: Module) -> Day | None:
    """The last day that is printed on a letter of that date, if it prints one."""
    if is_kind(letter, "bill") and not is_kind(letter, "correction"):
        return rolled(free_until(on, module))
    return last_day(letter, on)


def silent(case: Case) -> bool:
    """Nothing may be sent: a stay, a death, or a hold that postpones everything."""
    return case.deceased is not None or any(h.to is None and h.kind in SILENT for h in case.holds)


def resting(case: Case, today: Day) -> bool:
    """Collection stands still; only the yearly reminder goes on. So it does in the days after a plan or offer ended."""
    if any(h.kind in RESTING and h.to is None for h in case.holds) or _offer_just_ended(case, today):
        return True
    return any(
        a.status == "pending"
        or (a.status in ("active", "defaulted") and a.ended is None)
        or ((end := bar_end(a)) is not None and today <= end)
        for a in case.agreements
    )


def _offer_just_ended(case: Case, today: Day) -> bool:
    ended = (h.to for h in case.holds if h.kind == "offer" and h.to)
    return any(today <= plus(d, law.number("levies.bar_days.after_rejection", on=d)) for d in ended)


def heard(module: Module, case: Case, today: Day) -> bool:
    """A hearing on a levy of this period was asked for in time and is not final yet."""
    return any(
        h.kind == "levy"
        and timely(h, module, case)
        and (
            h.determined is None
            or today <= plus(h.determined, law.number("appeals.court_days", on=h.determined))
        )
        for h in module.hearings
    )


def office(case: Case) -> str:
    return case.assignment.to if case.assignment else "notice_stream"


def last_of(module: Module, kind: str) -> Notice | None:
    return next((n for n in reversed(module.notices) if is_kind(n.code, kind)), None)


def reached(module: Module) -> tuple[str, Day] | None:
    """How far the stream has come, and since when: the furthest step among the letters sent."""
    for step in ("cdp_notice", "levy_notice"):
        if found := last_of(module, step):
            return step, found.date
    by_name = {info.code: n for n in module.notices if (info := notice_info(n.code))}
    for name, step in (("CP503", "second"), ("CP501", "first")):
        if name in by_name:
            return step, by_name[name].date
    found = last_of(module, "bill")
    return ("bill", found.date) if found else None


def next_letter(module: Module, case: Case, today: Day) -> Letter | None:
    """The next letter of the stream for a period that is owed, or None while nothing is to follow."""
    if silent(case):
        return None
    bill = _bill(module, case, today)
    if bill or resting(case, today) or heard(module, case, today):
        return bill
    if office(case) == "notice_stream":
        return _reminder(module, case, today)
    return _in_the_office(module, case, today) if office(case) == "acs" else None


def _bill(module: Module, case: Case, today: Day) -> Letter | None:
    """The first bill of a period, or the bill for what was added to it (26 USC 6303)."""
    if not module.assessments or owed(module) <= 0:
        return None
    if not module.notices:
        first = min(a.date for a in module.assessments)
        return Letter(code(case, "bill", today), cycle(first), "26 USC 6303(a)")
    newest = max(module.assessments, key=lambda a: a.date)
    days = law.number("notices.demand_days", on=newest.date)
    if bill_for(newest, module) is None and today <= plus(newest.date, days):
        if any(n.date >= newest.date for n in module.notices):
            return None  # a later letter tells of it already
        return Letter(code(case, "change", today), cycle(newest.date), "26 USC 6303(a)")
    return None


def _weeks(key: str, on: Day) -> tuple[int, str]:
    rule = law.rule(key, on=on)
    return 7 * int(rule.value), rule.cite


def _reminder(module: Module, case: Case, today: Day) -> Letter | None:
    at = reached(module)
    follows = {"bill": "first", "first": "second", "second": "intent"}
    if at is None or at[0] not in follows:
        return None
    days, cite = _weeks("notices.weeks_between", today)
    return Letter(code(case, follows[at[0]], today), cycle(plus(at[1], days)), cite)


def _in_the_office(module: Module, case: Case, today: Day) -> Letter | None:
    """In the collection system the reminders that are left are skipped: notice of intent, then the final notice."""
    at = reached(module)
    if at is None:
        return None
    days, cite = _weeks("notices.weeks_between", today)
    if at[0] == "cdp_notice":
        return _warning(module, case, today)
    start = _resumed(module, at[1], today)
    if isinstance(start, Letter):
        return start
    since = case.assignment.since if case.assignment and case.assignment.since else at[1]
    if at[0] != "levy_notice":
        return Letter(code(case, "intent", today), cycle(max(plus(start, days), since)), cite)
    ready = plus(since, law.number("stream.final_notice_days", on=today))
    federal = {s.kind for s in case.levy_sources} == {"benefit"}
    final = code(case, "federal", today) if federal else "LT11"
    day = rolled(max(plus(start, days), ready))
    return Letter(final, day, "26 USC 6330(a), 6331(d)")


def _resumed(module: Module, since: Day, today: Day) -> Day | Letter:
    """After more than a year without a letter the stream starts again with an LT38, and goes on from there."""
    quiet = law.number("stream.yearly_days", on=today)
    if (today - module.notices[-1].date).days > quiet:
        return Letter("LT38", rolled(today), "irs.gov, Understanding your LT38")
    again = [n.date for n in module.notices if n.code == "LT38"]
    return max([since, *again])


def _warning(module: Module, case: Case, today: Day) -> Letter | None:
    """The hearing days are over and there is nothing the office knows to levy: LT16 asks to call, once."""
    day = levy_day(module, case)
    if day is None or usable_sources(case, today) or any(v.released is None for v in case.levies):
        return None
    cdp = first_cdp_notice(module)
    if cdp is None or any(n.code == "LT16" and n.date >= cdp.date for n in module.notices):
        return None
    return Letter("LT16", day, "irs.gov, Understanding your LT16")


def yearly_letter(module: Module, case: Case, today: Day) -> Letter | None:
    """The reminder that is due when a year went by without any letter (26 USC 7524)."""
    if silent(case) or not module.notices or office(case) == "private_agency":
        return None
    days = law.number("stream.yearly_days", on=today)
    name = "LT39" if office(case) == "acs" and not resting(case, today) else code(case, "yearly", today)
    day = plus(module.notices[-1].date, days)
    return Letter(name, rolled(day) if name == "LT39" else cycle(day), "26 USC 7524")


def demanded(module: Module, today: Day) -> bool:
    """A bill was sent and its ten days are over without payment (26 USC 6321, 6331(a))."""
    bill = next((n for n in module.notices if is_kind(n.code, "bill")), None)
    if bill is None:
        return bool(module.notices)  # the file holds only later letters
    return today > plus(bill.date, law.number("levies.days_after_demand", on=bill.date))


def lien_due(case: Case, owing: Sequence[Module], today: Day) -> tuple[Day, tuple[Module, ...]] | None:
    """When the office files a notice of lien and for which periods; None while it does not (IRM 5.12.2)."""
    if office(case) != "acs" or resting(case, today) or silent(case) or case.assignment is None:
        return None
    periods = tuple(m for m in owing if not _named(m, case) and demanded(m, today))
    amount = total(owed(m) for m in periods)
    if not periods or amount < law.amount("liens.filing_amount", on=today):
        return None
    since = case.assignment.since or min(first_assessed(m) or today for m in periods)
    return rolled(plus(since, law.number("stream.lien.days", on=today))), periods


def first_assessed(module: Module) -> Day | None:
    return min((a.date for a in module.assessments), default=None)


def _named(module: Module, case: Case) -> bool:
    """An open notice of lien names the period already."""
    first = first_assessed(module)
    return first is None or any(n.released is None and n.filed >= first for n in case.liens)


LEVY_OF: dict[LevySourceKind, LevyKind] = {
    "employer": "wages", "bank": "bank", "payer": "other", "benefit": "social_security",
}  # fmt: skip


def usable_sources(case: Case, today: Day) -> tuple[LevySource, ...]:
    """What is known to levy and was not levied yet. Social Security of a household with little income is left alone."""
    taken = {(v.kind, v.source) for v in case.levies}
    poor = low_income(case, today)
    return tuple(
        s
        for s in case.levy_sources
        if (LEVY_OF[s.kind], s.name) not in taken and not (poor and s.kind == "benefit")
    )


def levy_day(module: Module, case: Case) -> Day | None:
    """The first day the office would levy: the hearing days are over, and its own wait after the final notice."""
    cdp = first_cdp_notice(module)
    hearing = hearing_deadline(module, case, "cdp_hearing")
    if cdp is None or hearing is None:
        return None
    return rolled(max(plus(hearing.last_day, 1), plus(cdp.date, _wait(cdp.date))))


def _wait(day: Day) -> int:
    """Days the office waits after a final notice of that day; none for a day before the figure is known."""
    try:
        return law.number("levies.wait_after_final_notice", on=day)
    except NotPublished:
        return 0
