"""One case on one day, while the day's rules work on it: what is known, what was done, when to look again."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from acs.asof import known_on, with_spouse
from acs.case import Agreement, Assessment, Case, FollowUp, Levy, Module, Note, Notice, Payment
from acs.day.words import told
from acs.days import rolled
from acs.errors import NotPublished
from acs.expiry import module_expires
from acs.levies import owed
from acs.money import ZERO

Day = datetime.date
BY = "ACS day"


@dataclass(frozen=True)
class Event:
    """Something the day did. `code` is the kind, `what` the letter, source or office, `until` a last day it set."""

    day: Day
    code: str
    what: str = ""
    periods: tuple[str, ...] = ()
    until: Day | None = None


def told_days(case: Case) -> Iterator[Day]:
    """Every day a case file gives for something that happened; some may lie ahead."""
    for m in case.modules:
        yield from (a.date for a in m.assessments)
        yield from (p.date for p in m.payments)
        yield from (n.date for n in m.notices)
        yield from (d for h in m.hearings for d in (h.requested, h.determined) if d)
        if m.filed:
            yield m.filed
    yield from (d for a in case.agreements for d in (a.requested, a.accepted, a.ended) if d)
    yield from (d for h in case.holds for d in (h.since, h.to) if d)
    yield from (d for n in case.liens for d in (n.filed, n.released) if d)
    yield from (d for v in case.levies for d in (v.served, v.released) if d)
    yield from (r.filed for r in case.returns if r.filed)
    yield from (f.opened for f in case.follow_ups)
    alone = (case.assignment.since if case.assignment else None, case.passport.certified, case.deceased)
    yield from (d for d in alone if d)


def settled_by(case: Case, today: Day) -> bool:
    """Nothing in the file lies ahead and its lists are in order: what is known is the file itself."""
    if any(day > today for day in told_days(case)):
        return False
    lists: Iterator[tuple[Assessment | Payment | Notice, ...]] = (
        part for m in case.modules for part in (m.assessments, m.payments, m.notices)
    )
    return all(a.date <= b.date for part in lists for a, b in pairwise(part))


class Work:
    """The case in the middle of its day. Rules read `known` and `owing`, and change the case only through here."""

    def __init__(self, case: Case, on: Day, household: Mapping[str, Case] | None = None) -> None:
        self.case, self.on = case, on
        self.household = household or {}
        self.events: list[Event] = []
        self.later: set[Day] = set()
        self._refresh()

    def _refresh(self) -> None:
        self.known = self.case if settled_by(self.case, self.on) else known_on(self.case, self.on)
        self.owing = tuple(m for m in self.known.modules if owed(m) > 0 and not self.expired(m))

    def expired(self, module: Module) -> bool:
        """The time to collect the period is over."""
        last = self.expiry(module)
        return last is not None and last < self.on

    def expiry(self, module: Module) -> Day | None:
        """The last day to collect a period, as far as known today."""
        try:
            return module_expires(module, self.known, self.on)
        except NotPublished:
            return None  # a day before the tables begin: the person who looks will see it

    def shared(self) -> tuple[Module, ...]:
        """The joint periods that stand in the spouse's file, as known today; letters on them go out from there."""
        if not self.household:
            return ()
        others = {key: known_on(c, self.on) for key, c in self.household.items() if key != self.case.id}
        return with_spouse(self.known, others).modules[len(self.known.modules) :]

    def clear(self) -> bool:
        """Nothing is left to collect: every period is paid, interest and all, or its time is over."""
        modules = (*self.known.modules, *self.shared())
        return bool(modules) and all(self.settled(m) for m in modules)

    def settled(self, module: Module) -> bool:
        from acs.ledger import balance  # the dearest figure of all: only when nothing assessed is left

        if self.expired(module):
            return True
        return owed(module) <= 0 and balance(module, self.known, self.on).payoff == ZERO

    def due(self, day: Day | None) -> bool:
        """Has the day come? If not, the case is looked at again on it."""
        if day is None or day <= self.on:
            return day is not None
        self.later.add(day)
        return False

    def due_at_work(self, day: Day | None) -> bool:
        """The same for what is done on business days only."""
        return self.due(rolled(max(day, self.on)) if day else None)

    # Changes. Each writes a line of history.

    def tell(self, code: str, what: str = "", periods: Sequence[str] = (), until: Day | None = None) -> None:
        self.events.append(Event(self.on, code, what, tuple(periods), until))

    def change(self, **values: Any) -> None:
        self.case = replace(self.case, **values)
        self._refresh()

    def send(self, code: str, modules: Sequence[Module], until: Day | None = None) -> None:
        """Issues one letter for one or several periods."""
        wanted = {(m.form, m.period) for m in modules}
        sent = Notice(code=code, date=self.on, deadline=until)
        changed = tuple(
            replace(m, notices=(*m.notices, sent)) if (m.form, m.period) in wanted else m
            for m in self.case.modules
        )
        self.change(modules=changed)
        self.tell("letter", code, [m.period for m in modules], until)

    def put(self, name: str, old: Any, new: Any) -> bool:
        """Puts `new` in the place of `old` in a list of the case. False when the file knows its future already."""
        items = list(getattr(self.case, name))
        if old not in items:
            return False
        items[items.index(old)] = new
        self.change(**{name: tuple(items)})
        return True

    def add(self, name: str, new: Any) -> None:
        self.change(**{name: (*getattr(self.case, name), new)})

    def plan(self, old: Agreement, code: str, **values: Any) -> bool:
        """Moves a plan on and says so."""
        done = self.put("agreements", old, replace(old, **values))
        if done:
            self.tell(code, old.kind)
        return done

    def release(self, levy: Levy, why: str) -> None:
        if self.put("levies", levy, replace(levy, released=self.on)):
            self.tell(
                "levy_released", levy.kind if not levy.source else f"{levy.kind}: {levy.source}", (why,)
            )

    def follow(self, wanted: Mapping[tuple[str, str | None], Day]) -> None:
        """Leaves open exactly the follow-ups of this kind that are wanted; new ones are told, old ones keep their day."""
        kept = [f for f in self.case.follow_ups if (f.code, f.period) in wanted or f.code == "person"]
        open_now = {(f.code, f.period) for f in kept}
        new = [
            FollowUp(code=code, opened=self.on, due=max(due, self.on), period=period)
            for (code, period), due in sorted(wanted.items(), key=lambda one: (one[0][0], one[0][1] or ""))
            if (code, period) not in open_now
        ]
        if new or len(kept) != len(self.case.follow_ups):
            closed = [f for f in self.case.follow_ups if f not in kept]
            self.change(follow_ups=(*kept, *new))
            for one in closed:
                self.tell("follow_up_closed", one.code, (one.period,) if one.period else ())
            for one in new:
                self.tell("follow_up", one.code, (one.period,) if one.period else (), one.due)

    def written(self) -> Case:
        """The case with a note for every event of the day."""
        if not self.events:
            return self.case
        notes = tuple(Note(at=e.day, by=BY, text=told(e)) for e in self.events)
        return replace(self.case, notes=(*self.case.notes, *notes))
