"""The letters of a day: the stream, the yearly reminder, the officer's meeting."""

from __future__ import annotations

import datetime
from collections import defaultdict

from acs import law
from acs.case import Module
from acs.day.work import Work
from acs.days import plus, rolled
from acs.notices import is_kind
from acs.stream import dated, deadline, next_letter, office, silent, yearly_letter

Day = datetime.date
MEETING = "Letter 725-B"


def letters(work: Work) -> None:
    """Periods whose turn it is for the same letter get it in one piece."""
    turn: dict[tuple[str, Day | None], list[Module]] = defaultdict(list)
    for module in work.owing:
        letter = next_letter(module, work.known, work.on)
        if letter is None or not work.due(dated(letter, work.on)):
            letter = yearly_letter(module, work.known, work.on)
        if letter is not None and work.due(dated(letter, work.on)):
            turn[letter.code, deadline(letter.code, work.on, module)].append(module)
    for (code, until), modules in turn.items():
        work.send(code, modules, until)
    _meeting(work)


def _meeting(work: Work) -> None:
    """A revenue officer writes before coming; the name on the letter must be known."""
    place = work.known.assignment
    if office(work.known) != "revenue_officer" or place is None or place.since is None or not place.name:
        return
    told = any(is_kind(n.code, "officer") and n.date >= place.since for m in work.owing for n in m.notices)
    if told or silent(work.known) or not work.owing:
        return
    first, ahead = (law.number(f"stream.officer.{k}_days", on=work.on) for k in ("letter", "meeting"))
    if work.on > plus(place.since, 2 * (first + ahead)):
        return  # the officer has had the case for long and wrote without us
    if work.due_at_work(plus(place.since, first)):
        work.send(MEETING, work.owing[:1], rolled(plus(work.on, ahead)))
