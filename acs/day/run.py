"""The day of one case, in order; and the next day on which anything at all could happen to it."""

from __future__ import annotations

import bisect
import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from acs import law
from acs.case import Case
from acs.day.collect import levies, liens, refund_letters, releases
from acs.day.letters import letters
from acs.day.moves import moves, passport
from acs.day.people import people
from acs.day.plans import plans, reminders
from acs.day.work import Event, Work, told_days
from acs.days import plus
from acs.deadlines import bar_end, deadlines
from acs.notices import is_kind

Day = datetime.date
RULES = (plans, releases, moves, refund_letters, letters, reminders, liens, levies, passport, people)
MOST_ROUNDS = 8


@dataclass(frozen=True)
class Looked:
    """A case after its day: what it is now, what was done, and when it has to be looked at again (None: never)."""

    case: Case
    events: tuple[Event, ...]
    next_look: Day | None


def run(case: Case, on: Day, household: Mapping[str, Case] | None = None) -> tuple[Case, list[Event]]:
    """What the day `on` does to a case; `household` by id is where a spouse's joint periods stand.

    Pure, and the same day again does nothing more. Raises LawError when a figure the day needs is missing.
    """
    looked = look(case, on, household)
    return looked.case, list(looked.events)


def look(case: Case, on: Day, household: Mapping[str, Case] | None = None) -> Looked:
    """The day's work, with the next day that can matter."""
    work = Work(case, on, household)
    for _ in range(MOST_ROUNDS):
        done = len(work.events)
        work.later.clear()
        for rule in RULES:
            rule(work)
        if len(work.events) == done:
            break
    ahead = min((d for d in (*work.later, *_ahead(work)) if d > on), default=None)
    return Looked(work.written(), tuple(work.events), ahead)


def caught_up(case: Case, start: Day, on: Day, household: Mapping[str, Case] | None = None) -> Looked:
    """Every day from `start` to `on`, one after the other; days on which nothing can happen are skipped."""
    events: list[Event] = []
    day: Day | None = start
    while day is not None and day <= on:
        looked = look(case, day, household)
        case, day = looked.case, looked.next_look
        events += looked.events
    return Looked(case, tuple(events), day)


# When to look again. Too early costs a look; too late would be wrong.


def _ahead(work: Work) -> Iterator[Day]:
    yield from told_days(work.case)
    for other in work.household.values():
        yield from told_days(other)
    for deadline in deadlines(work.known):
        yield plus(deadline.last_day, 1)
    yield from _bars(work)
    yield _next_change_of_law(work.on)


def _bars(work: Work) -> Iterator[Day]:
    """The day after each wait the law puts before a levy, and after the time to collect."""
    on, known = work.on, work.known
    for agreement in known.agreements:
        if end := bar_end(agreement):
            yield plus(end, 1)
    for hold in known.holds:
        if hold.kind == "offer" and hold.to:
            yield plus(hold.to, law.number("levies.bar_days.after_rejection", on=hold.to) + 1)
    demand, intent = (law.number(f"levies.days_after_{k}", on=on) for k in ("demand", "intent"))
    for module in (*known.modules, *work.shared()):
        for notice in module.notices:
            if is_kind(notice.code, "bill"):
                yield plus(notice.date, demand + 1)
            elif is_kind(notice.code, "levy_notice"):
                yield plus(notice.date, intent + 1)
        for hearing in module.hearings:
            if hearing.determined:
                yield plus(hearing.determined, law.number("appeals.court_days", on=hearing.determined) + 1)
        last = work.expiry(module)
        if last:
            yield plus(last, 1)


@cache
def _changes_of_law() -> tuple[Day, ...]:
    """Days on which a figure begins or ends. Interest moves no case by itself."""
    days: set[Day] = set()
    for key in map(str, law.keys()):
        if not key.startswith("interest."):
            for rule in law.table(key).rules:
                days |= {rule.since, *([plus(rule.until, 1)] if rule.until else [])}
    return tuple(sorted(days))


def _next_change_of_law(on: Day) -> Day:
    days = _changes_of_law()
    place = bisect.bisect_right(days, on)
    return days[place] if place < len(days) else datetime.date(on.year + 1, 1, 1)
