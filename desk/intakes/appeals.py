"""Hearing and appeal: Form 12153 for Collection Due Process or the equivalent hearing, Form 9423 for the rest."""

from __future__ import annotations

from typing import Any

from acs.view_types import DeadlineView
from desk.answer import Say, day, form, listing, notice, year
from desk.intakes.model import Intake, Question, Values
from desk.notices import waiting_hearings
from desk.visit import Visit

HEARINGS = ("cdp_hearing", "lien_cdp_hearing", "equivalent_hearing")


def open_hearings(here: Visit) -> list[DeadlineView]:
    """Hearings that can still be asked for, the better kind first; none for a year where one is pending."""
    asked = {module.period for module, _ in waiting_hearings(here)}
    return [
        one
        for kind in HEARINGS
        for one in here.deadlines(kind=kind)
        if not one["passed"] and one["period"] not in asked
    ]


def hearing_years(here: Visit) -> tuple[str, ...]:
    """The years (or quarters) with a hearing still open."""
    return tuple(dict.fromkeys(one["period"] for one in open_hearings(here) if one["period"]))


def _hearing_terms(here: Visit, values: Values) -> dict[str, Any]:
    """Which hearing it is, on which letter, and until when the signed form must be mailed."""
    found = open_hearings(here)
    mine = [one for one in found if one["period"] == values.get("year")] or found
    if not mine:
        return {}
    best = mine[0]
    same = [one for one in mine if one["kind"] == best["kind"] and one["period"] == best["period"]]
    return {
        "hearing": best["kind"],
        "period": best["period"],
        "notice": best["notice"],
        "notice_date": best["notice_date"],
        "form": best["form"] or "12153",
        "due": min(one["last_day"] for one in same),
    }


def _hearing_next(here: Visit, values: Values) -> tuple[Say, ...]:
    terms = _hearing_terms(here, values)
    if not terms:
        return ()
    facts = {
        "form": form(terms["form"]),
        "last_day": day(terms["due"]),
        "notice": notice(terms["notice"] or ""),
    }
    return (Say("utter_hearing_sign", facts),)


def _years(here: Visit) -> dict[str, Any]:
    return {"years": listing([year(one) for one in hearing_years(here)])}


def _reasons(here: Visit) -> tuple[str, ...]:
    lien = any(one["kind"] == "lien_cdp_hearing" for one in open_hearings(here)) or bool(
        here.case and here.case.liens
    )
    joint = any(one.joint for one in (here.case.modules if here.case else ()))
    return tuple(
        one
        for one, fits in (
            ("hear_cannot_pay", True), ("hear_not_owed", True), ("hear_spouse", joint), ("hear_lien", lien),
            ("hear_other", True),
        )
        if fits
    )  # fmt: skip


HEARING = Intake(
    topic="hearing",
    wish="hearing (Collection Due Process or equivalent)",
    questions=(
        Question(
            "year", "year", offered=hearing_years, facts=_years, hears=r"\b(?:year|ano|period)\b", ahead=True
        ),
        Question("reason", "choice", offered=_reasons, hears=r"\b(?:reason|razon|motivo)\b"),
        Question(
            "instead",
            "choice",
            options=("want_plan", "want_hold", "want_offer", "want_none"),
            when=lambda here, values: values.get("reason") in ("hear_cannot_pay", "hear_other", "hear_lien"),
            hears=r"\b(?:instead|en lugar|en vez|plan)\b",
        ),
        Question("why", "text", hears=r"\b(?:words|explanation|palabras|explicacion)\b"),
    ),
    fits=lambda here: bool(open_hearings(here)),
    status="to_sign",
    terms=_hearing_terms,
    after=_hearing_next,
    at_once=True,
    sources=("26 USC 6330", "26 USC 6320"),
)

ACTIONS = {
    "lien": "cap_lien",
    "levy": "cap_levy",
    "proposed_levy": "cap_proposed_levy",
    "plan_rejected": "cap_plan_rejected",
    "plan_ended": "cap_plan_ended",
}


def _appealable(here: Visit) -> tuple[str, ...]:
    option = here.option("collection_appeal")
    return (
        tuple(ACTIONS[one] for one in (option["terms"].get("actions") or ()) if one in ACTIONS)
        if option
        else ()
    )


APPEAL = Intake(
    topic="appeal",
    wish="appeal (CAP) or manager",
    questions=(
        Question("action", "choice", offered=_appealable, hears=r"\b(?:action|decision)\b", ahead=True),
        Question("why", "text", hears=r"\b(?:why|reason|por que|razon)\b"),
        Question("wanted", "text", hears=r"\b(?:want|solution|quiero|solucion)\b"),
    ),
    fits=lambda here: bool(_appealable(here)),
    terms=lambda here, values: {"form": "9423", "period": None},
    after=lambda here, values: (Say("utter_appeal_next", {"form": form("9423")}),),
    at_once=True,
    sources=("Publication 1660",),
)
