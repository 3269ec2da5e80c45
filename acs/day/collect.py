"""Liens and levies on a day: filed, served and released where the law allows it, and never what the office may not do."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from acs import law
from acs.case import Levy, LevySource, Lien, Module
from acs.day.work import Work
from acs.days import last_day, plus, plus_business, rolled
from acs.levies import levy_power, owed
from acs.notices import is_kind
from acs.stream import (
    LEVY_OF,
    code,
    cycle,
    first_assessed,
    levy_day,
    lien_due,
    office,
    silent,
    usable_sources,
)

Day = datetime.date
MAY = {"wages": "levy_wages", "bank": "levy_bank", "other": "levy_other_payments", "social_security": "levy_other_payments"}  # fmt: skip
LIEN_LETTER = "Letter 3172"


def _may(work: Work, action: str) -> bool:
    """The office that has the case may do this. Only the collection system acts by itself: others have people."""
    return office(work.known) == "acs" and action in law.names("assignment.acs.can", on=work.on)


# Releases.


def releases(work: Work) -> None:
    _release_levies(work)
    _release_liens(work)


def _release_levies(work: Work) -> None:
    standing = [v for v in work.known.levies if v.released is None and not _paid_out(v, work)]
    why = _why_release(work) if standing else None
    if why and work.due_at_work(work.on):
        for levy in standing:
            work.release(levy, why)


def _paid_out(levy: Levy, work: Work) -> bool:
    """A levy that takes once has nothing left to release: a refund, and an account after the bank's days."""
    if levy.kind == "bank":
        return not _later(work, plus(levy.served, law.number("levies.bank_hold_days", on=levy.served) + 1))
    return levy.kind == "state_refund"


def _later(work: Work, day: Day) -> bool:
    return not work.due(day)


def _why_release(work: Work) -> str | None:
    """The law's grounds (26 USC 6343(a)(1), (e)); the others need a person's judgement."""
    if work.clear():
        paid = all(owed(m) <= 0 for m in (*work.known.modules, *work.shared()))
        return "paid" if paid else "expired"
    if any(
        a.status in ("active", "defaulted") and a.ended is None and a.kind != "short_term"
        for a in work.known.agreements
    ):
        return "plan_in_effect"
    return "hardship_hold" if any(h.kind == "hardship" and h.to is None for h in work.known.holds) else None


def _release_liens(work: Work) -> None:
    """A lien goes thirty days after its last period is paid or can not be collected any more (26 USC 6325(a))."""
    for lien in work.known.liens:
        if lien.released is not None:
            continue
        named = [
            m
            for m in (*work.known.modules, *work.shared())
            if (first := first_assessed(m)) and first <= lien.filed
        ]
        if not named or not all(work.settled(m) for m in named):
            continue
        day = max(_settled_on(m, work) for m in named)
        if work.due(plus(day, law.number("liens.release_days", on=day))):
            what = "paid" if all(owed(m) <= 0 for m in named) else "expired"
            if work.put("liens", lien, Lien(filed=lien.filed, released=work.on)):
                work.tell("lien_released", what)


def _settled_on(module: Module, work: Work) -> Day:
    if owed(module) <= 0:
        return max([p.date for p in module.payments] or [first_assessed(module) or work.on])
    return work.expiry(module) or work.on


# Liens.


def liens(work: Work) -> None:
    _lien_letters(work)
    ready = lien_due(work.known, work.owing, work.on) if _may(work, "file_lien") else None
    if ready and work.due_at_work(ready[0]):
        work.add("liens", Lien(filed=work.on))
        work.tell("lien_filed", periods=[m.period for m in ready[1]])


def lien_letters_missing(work: Work, lien: Lien) -> list[Module]:
    """Periods a filing names that were not written to about it."""
    return [
        m
        for m in work.owing
        if (first := first_assessed(m))
        and first <= lien.filed
        and not any(is_kind(n.code, "lien_notice") and n.date >= lien.filed for n in m.notices)
        and not any(o.filed < lien.filed and o.filed >= first for o in work.known.liens)
    ]


def letter_limit(lien: Lien) -> Day:
    return plus_business(lien.filed, law.number("liens.notice_business_days", on=lien.filed))


def _lien_letters(work: Work) -> None:
    """The letter with the hearing right, within five business days of the filing (26 USC 6320(a))."""
    for lien in work.known.liens:
        if lien.released is not None or work.on > (limit := letter_limit(lien)):
            continue  # too late for the machine: a person has to look
        days = law.number("stream.lien.letter_business_days", on=lien.filed)
        missing = lien_letters_missing(work, lien)
        if missing and work.due_at_work(plus_business(lien.filed, days)):
            until = rolled(plus(limit, law.number("appeals.lien_cdp_days", on=lien.filed)))
            work.send(LIEN_LETTER, missing, until)


# Levies.


def levies(work: Work) -> None:
    """One source at a time, and only where nothing of the law stands in the way."""
    if office(work.known) != "acs" or silent(work.known):
        return
    ready = [
        m
        for m in work.owing
        if work.due(levy_day(m, work.known)) and levy_power(m, work.known, work.on).allowed
    ]
    source = _next_source(work) if ready else None
    if source is None:
        return
    if source.kind == "benefit":
        ready = _warned_of_benefit(work, ready)
    last = max((v.served for v in work.known.levies), default=None)
    gap = plus(last, law.number("stream.levy_gap_days", on=work.on)) if last else work.on
    kind = LEVY_OF[source.kind]
    if ready and _may(work, MAY[kind]) and work.due_at_work(gap):
        work.add("levies", Levy(kind=kind, source=source.name, served=work.on))
        what = f"{kind}: {source.name}" if source.name else kind
        work.tell("levy_served", what, [m.period for m in ready])


def _next_source(work: Work) -> LevySource | None:
    order: Sequence[str] = law.names("stream.levy_order", on=work.on)
    left = usable_sources(work.known, work.on)
    return min(left, key=lambda s: order.index(s.kind), default=None)


def _warned_of_benefit(work: Work, ready: list[Module]) -> list[Module]:
    """Social Security has a final letter of its own: periods whose letter went out and whose days are over."""
    name = code(work.known, "benefit", work.on)
    told = {m.period: next((n for n in m.notices if n.code == name), None) for m in ready}
    silent_ones = [m for m in ready if told[m.period] is None]
    if silent_ones and work.due(cycle(work.on)):
        work.send(name, silent_ones, last_day(name, work.on))
    return [
        m
        for m in ready
        if (sent := told[m.period])
        and work.due_at_work(plus(sent.deadline or last_day(name, sent.date) or sent.date, 1))
    ]


def refund_letters(work: Work) -> None:
    """A state refund was taken: the hearing right follows, unless one was given before (26 USC 6330(f))."""
    if silent(work.known):
        return
    for levy in work.known.levies:
        if levy.kind != "state_refund":
            continue
        name = code(work.known, "refund", work.on)
        modules = [
            m
            for m in work.owing
            if not any(is_kind(n.code, "cdp_notice") for n in m.notices)
            and any(is_kind(n.code, "levy_notice") and n.date <= levy.served for n in m.notices)
        ]
        if modules and work.due_at_work(plus(levy.served, 1)):
            work.send(name, modules, last_day(name, work.on))
