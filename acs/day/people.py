"""What the day leaves to people: it opens a follow-up with a date, and closes it when the matter is settled."""

from __future__ import annotations

import datetime

from acs import law
from acs.assignment import agency_for, agency_stops, leaves_queue
from acs.case import Hold
from acs.day.collect import letter_limit, lien_letters_missing
from acs.day.plans import default_ends, review_day
from acs.day.work import Work
from acs.days import plus, rolled
from acs.errors import NotPublished
from acs.levies import owed
from acs.stream import levy_day, office, resting, silent, usable_sources

Day = datetime.date
Wanted = dict[tuple[str, str | None], Day]

# Holds that somebody decides; the others end by themselves or are reviewed later.
DECIDED = ("offer", "bankruptcy", "innocent_spouse", "identity_theft")


def people(work: Work) -> None:
    days: dict[str, int] = law.rule("stream.follow_up", on=work.on).value
    wanted: Wanted = {}
    for part in (_plans, _holds, _hearings, _periods, _office, _liens):
        part(work, days, wanted)
    work.follow(wanted)


def _plans(work: Work, days: dict[str, int], wanted: Wanted) -> None:
    for plan in work.known.agreements:
        if plan.status == "pending":
            asked = plan.requested or work.on
            day = review_day(plan)
            if day is None or work.due(rolled(day)):
                wanted["plan_request", None] = plus(asked, days["plan_request"])
        elif plan.status == "defaulted" and plan.ended is None and default_ends(work) is None:
            wanted["plan_end", None] = plus(work.on, days["plan_end"])
        elif plan.status == "active" and plan.kind == "partial_pay" and plan.accepted:
            day = plus(plan.accepted, days["plan_review"])
            wanted |= {("plan_review", None): day} if work.due(day) else {}


def _holds(work: Work, days: dict[str, int], wanted: Wanted) -> None:
    for hold in work.known.holds:
        if hold.to is None and (hold.kind in DECIDED or _hardship_due(hold, days, work)):
            wanted[hold.kind, None] = plus(hold.since, days[hold.kind])
    if work.known.deceased:
        wanted["estate", None] = plus(work.known.deceased, days["estate"])


def _hardship_due(hold: Hold, days: dict[str, int], work: Work) -> bool:
    return hold.kind == "hardship" and work.due(plus(hold.since, days["hardship"]))


def _hearings(work: Work, days: dict[str, int], wanted: Wanted) -> None:
    for module in work.known.modules:
        for hearing in module.hearings:
            if hearing.determined is None and owed(module) > 0:
                wanted["hearing", module.period] = plus(hearing.requested, days["hearing"])


def _periods(work: Work, days: dict[str, int], wanted: Wanted) -> None:
    """The time to collect a period is over: a person checks the date and closes it."""
    for module in work.known.modules:
        if owed(module) > 0 and work.expired(module):
            last = work.expiry(module) or work.on
            wanted["expired_period", module.period] = plus(last, days["expired_period"])


def _office(work: Work, days: dict[str, int], wanted: Wanted) -> None:
    place, case = work.known.assignment, work.known
    since = place.since if place and place.since else work.on
    if not work.owing:
        return
    if office(case) == "revenue_officer" and place and not place.name:
        wanted["officer", None] = plus(since, days["officer"])
    waited = office(case) == "queue" and work.due(leaves_queue(case, work.on))
    if waited and not agency_stops(case, work.on, owes=True) and _no_agencies(work):
        wanted["agency_list", None] = plus(since, days["agency_list"])
    if office(case) == "acs" and not resting(case, work.on) and not silent(case):
        ready = [d for m in work.owing if (d := levy_day(m, case)) and work.due(d)]
        if ready and not usable_sources(case, work.on) and all(v.released for v in case.levies):
            wanted["no_source", None] = plus(min(ready), days["no_source"])


def _no_agencies(work: Work) -> bool:
    try:
        agency_for(work.known, work.on)
    except NotPublished:
        return True
    return False


def _liens(work: Work, days: dict[str, int], wanted: Wanted) -> None:
    for lien in work.known.liens:
        if lien.released is None and lien_letters_missing(work, lien):
            limit = letter_limit(lien)
            if work.due(plus(limit, 1)):
                wanted["lien_letter", None] = plus(limit, days["lien_letter"])
