"""Who has the case, what they can do, and whether a private agency may hold it."""

from __future__ import annotations

import datetime

from acs import law
from acs.days import plus_years
from acs.errors import NotPublished
from acs.facts import Facts, low_income
from acs.view_types import AssignmentView, PrivateAgencyView

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
    """May a private agency hold the case? `reasons` name what forbids it."""
    reasons = _forbidden(facts)
    return {"may_hold": not reasons, "reasons": reasons}


def _forbidden(facts: Facts) -> list[str]:
    case = facts.case
    checks = {
        "nothing_owed": not facts.owing,
        "deceased": case.deceased is not None,
        "under_age": _under_age(facts),
        "agreement": facts.agreement is not None or any(a.status == "pending" for a in case.agreements),
        "low_income": low_income(case, facts.today, "agency_share"),
        "levy": any(v.released is None for v in case.levies),
        "appeal": any(h.determined is None for m in case.modules for h in m.hearings),
    }
    return [code for code, yes in checks.items() if yes] + [kind for kind in HOLDS if facts.on_hold(kind)]


def _under_age(facts: Facts) -> bool:
    born: datetime.date | None = facts.case.date_of_birth
    if born is None:
        return False
    try:
        return facts.today < plus_years(born, law.number("assignment.agency_minimum_age", on=facts.today))
    except NotPublished:
        return False
