"""Where the case goes on a day, and whether its debt is certified for the passport."""

from __future__ import annotations

from dataclasses import replace

from acs import law
from acs.assignment import (
    agency_for,
    agency_stops,
    goes_to_appeals,
    goes_to_officer,
    goes_to_queue,
    leaves_appeals,
    leaves_queue,
    leaves_stream,
)
from acs.case import AssignedTo, Assignment, Passport
from acs.day.work import Work
from acs.errors import NotPublished
from acs.facts import Facts
from acs.levies import owed
from acs.money import total
from acs.passport import passport_view
from acs.stream import code, office

CERTIFIED, REVERSED = "CP508C", "CP508R"


def moves(work: Work) -> None:
    if not work.owing:
        return
    case, on = work.known, work.on
    if work.due_at_work(leaves_stream(case, on)) or work.due_at_work(leaves_appeals(case, on)):
        _to(work, "acs")
    elif work.due_at_work(goes_to_appeals(case, on)):
        _to(work, "appeals")
    elif work.due_at_work(goes_to_officer(case, on)):
        _to(work, "revenue_officer")
    elif work.due_at_work(goes_to_queue(case, on)):
        _to(work, "queue")
    elif work.due_at_work(leaves_queue(case, on)):
        _to_agency(work)
    elif office(case) == "private_agency" and _not_for_agency(work) and work.due_at_work(on):
        _to(work, "acs")


def _to(work: Work, to: AssignedTo) -> None:
    work.change(assignment=Assignment(to=to, since=work.on))
    work.tell("moved", to)


def _not_for_agency(work: Work) -> bool:
    return bool(agency_stops(work.known, work.on, owes=bool(work.owing)))


def _to_agency(work: Work) -> None:
    """With the letter that names the agency. Without a list of agencies in force a person has to renew it first."""
    if _not_for_agency(work):
        return
    try:
        place = agency_for(work.known, work.on)
    except NotPublished:
        return
    work.change(assignment=place)
    work.tell("moved", "private_agency", (place.name,) if place.name else ())
    work.send(code(work.known, "agency", work.on), work.owing)


# The passport.


def passport(work: Work) -> None:
    """Certified when every point of 26 USC 7345 is met; taken back when one of its grounds is there."""
    if not work.known.individual or not work.due_at_work(work.on):
        return
    certified = work.known.passport.certified is not None
    if not certified and not _large(work):
        return
    known = replace(work.known, modules=(*work.known.modules, *work.shared()))
    seen = passport_view(Facts(known, work.on, ()))
    if not certified and seen["certifiable"]:
        work.change(passport=Passport(certified=work.on))
        work.tell("passport_certified")
        _write(work, CERTIFIED)
    elif certified and (_reversed_by(seen["reasons"], work) or work.clear()):
        work.change(passport=Passport())
        work.tell("passport_reversed")
        _write(work, REVERSED)


def _large(work: Work) -> bool:
    """Spares most cases the long look."""
    try:
        least = law.amount("passport.threshold", on=work.on)
    except NotPublished:
        return False
    return total(owed(m) for m in (*work.known.modules, *work.shared())) > least


def _reversed_by(reasons: list[str], work: Work) -> bool:
    return bool(set(reasons) & set(law.names("stream.passport_reverse", on=work.on)))


def _write(work: Work, letter: str) -> None:
    modules = work.owing[:1] or work.known.modules[:1]
    if modules:
        work.send(letter, modules)
