"""Who has the case, what they can do, whether a private agency may hold it, and when the case moves on."""

from __future__ import annotations

import datetime
import zlib
from decimal import Decimal

from acs import law
from acs.case import Assignment, Case
from acs.days import plus, plus_years
from acs.deadlines import timely
from acs.errors import NotKnown, NotPublished
from acs.facts import Facts, low_income, no_guideline
from acs.levies import owed
from acs.money import total
from acs.stream import levy_day, office, reached, resting, silent, usable_sources
from acs.view_types import AssignmentView, PrivateAgencyView

Day = datetime.date

# Holds that keep a case away from private agencies (26 USC 6306(d)).
HOLDS = ("offer", "innocent_spouse", "identity_theft", "combat_zone", "bankruptcy", "hardship", "disaster")


def assignment_view(facts: Facts) -> AssignmentView:
    """The office and the lists of what it can and can't do; nobody asked yet means the notice stream."""
    place, to = facts.case.assignment, facts.assigned()
    view: AssignmentView = {"to": to, "can": _names(to, "can", facts), "cannot": _names(to, "cannot", facts)}
    view["since"] = place.since.isoformat() if place and place.since else None
    if place and to in ("revenue_officer", "private_agency"):
        view["name"], view["phone"], view["office"] = place.name, place.phone, place.office
    return view


def _names(to: str, list_name: str, facts: Facts) -> list[str]:
    try:
        return list(law.names(f"assignment.{to}.{list_name}", on=facts.today))
    except NotPublished:
        return []


def private_agency_view(facts: Facts) -> PrivateAgencyView:
    """May a private agency hold the case? `reasons` name what forbids it; `reason` says when low income can't be told."""
    case, today = facts.case, facts.today
    reasons = agency_stops(case, today, owes=bool(facts.owing))
    view: PrivateAgencyView = {"may_hold": not reasons, "reasons": reasons, "agencies": None}
    try:
        view["agencies"] = [one["name"] for one in law.rule("agencies.under_contract", on=today).value]
    except NotPublished as no_list:
        view["reason"], view["reason_es"] = no_list.words, no_list.words_es
    missing = no_guideline(case, today) if case.individual and case.agi is not None else None
    if not reasons and isinstance(missing, NotPublished | NotKnown):
        view["reason"], view["reason_es"] = missing.words, missing.words_es
    return view


def agency_stops(case: Case, today: Day, *, owes: bool) -> list[str]:
    """What keeps a case away from a private agency; empty when one may hold it (26 USC 6306(c), (d))."""
    checks = {
        "nothing_owed": not owes,
        "deceased": case.deceased is not None,
        "under_age": _under_age(case, today),
        "agreement": any(
            a.status == "pending" or (a.status in ("active", "defaulted") and a.ended is None)
            for a in case.agreements
        ),
        "low_income": low_income(case, today, "agency_share"),
        "levy": any(v.released is None for v in case.levies),
        "appeal": office(case) == "appeals"
        or any(h.determined is None for m in case.modules for h in m.hearings),
    }
    held = {h.kind for h in case.holds if h.to is None}
    return [code for code, yes in checks.items() if yes] + [kind for kind in HOLDS if kind in held]


def _under_age(case: Case, today: Day) -> bool:
    if case.date_of_birth is None:
        return False
    try:
        return today < plus_years(case.date_of_birth, law.number("assignment.agency_minimum_age", on=today))
    except NotPublished:
        return False


# Where the case goes next. Days may lie in the past; None means it stays where it is.


def agency_for(case: Case, today: Day) -> Assignment:
    """One of the agencies under contract, always the same for a case. Raises NotPublished without a list."""
    listed = law.rule("agencies.under_contract", on=today).value
    one = listed[zlib.crc32(case.id.encode()) % len(listed)]
    return Assignment(
        to="private_agency", since=today, name=one["name"], phone=one["phone"], office=one["place"]
    )


def leaves_stream(case: Case, today: Day) -> Day | None:
    """The day the notices are through and the collection system takes the case."""
    if office(case) != "notice_stream" or resting(case, today) or silent(case):
        return None
    weeks = law.number("stream.weeks_to_office", on=today)
    found = [
        plus(at[1], 7 * weeks if at[0] == "levy_notice" else 0)
        for m in case.modules
        if owed(m) > 0 and (at := reached(m)) and at[0] in ("levy_notice", "cdp_notice")
    ]
    return min(found, default=None)


def goes_to_appeals(case: Case, today: Day) -> Day | None:
    """A hearing on a levy was asked for in time for every period that is owed: Appeals has the case."""
    open_days: list[Day] = []
    for module in case.modules:
        if owed(module) <= 0:
            continue
        asked = [
            h.requested
            for h in module.hearings
            if h.kind == "levy" and h.determined is None and timely(h, module, case)
        ]
        if not asked:
            return None
        open_days.append(min(asked))
    return max(open_days, default=None) if office(case) == "acs" and not silent(case) else None


def leaves_appeals(case: Case, today: Day) -> Day | None:
    """The last decision is final: the collection system goes on."""
    hearings = [h for m in case.modules for h in m.hearings]
    if office(case) != "appeals" or not hearings or any(h.determined is None for h in hearings):
        return None
    last = max(h.determined for h in hearings if h.determined)
    return plus(last, law.number("appeals.court_days", on=last) + 1)


def goes_to_officer(case: Case, today: Day) -> Day | None:
    """Large debts go to the field after some time, by amounts that the operator sets."""
    if not _workable(case, today) or not case.assignment or case.assignment.since is None:
        return None
    payroll = case.trust_fund and case.operating
    limit: Decimal = law.amount(f"stream.officer.{'payroll_amount' if payroll else 'amount'}", on=today)
    if total(owed(m) for m in case.modules) < limit:
        return None
    return plus(case.assignment.since, law.number("stream.officer.days", on=today))


def goes_to_queue(case: Case, today: Day) -> Day | None:
    """Everything was tried and nothing is known to levy: the case waits."""
    if not _workable(case, today) or not case.assignment or case.assignment.since is None:
        return None
    if usable_sources(case, today) or any(v.released is None for v in case.levies):
        return None
    tried = [levy_day(m, case) for m in case.modules if owed(m) > 0]
    days = [d for d in tried if d is not None]
    if not days or len(days) != len(tried):
        return None
    return max([*days, plus(case.assignment.since, law.number("stream.queue.days", on=today))])


def _workable(case: Case, today: Day) -> bool:
    hearing = any(h.determined is None for m in case.modules for h in m.hearings)
    return office(case) == "acs" and not resting(case, today) and not silent(case) and not hearing


def leaves_queue(case: Case, today: Day) -> Day | None:
    """Nobody worked the case for long: a private agency may get it, if the law lets it."""
    if office(case) != "queue" or not case.assignment or case.assignment.since is None:
        return None
    return plus(case.assignment.since, law.number("stream.agency.days", on=today))
