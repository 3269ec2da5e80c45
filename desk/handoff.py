"""A person, please: the right queue, an honest wait, and a card with the whole story."""

from __future__ import annotations

from datetime import date
from typing import Any

from acs import law
from acs.errors import NotPublished
from desk import forms, history
from desk.answer import Answer, Fact, Say, number, text
from desk.ports import HandoffWanted
from desk.visit import Visit

ORDINARY, SOON, FIRST = 5, 3, 1


def person(here: Visit, *, reason: str | None = None, queue: str | None = None) -> Answer:
    """Puts the caller in the queue for a person. Always works, identity proved or not."""
    here.asks_for("a person")
    asked = wanted(here, reason=reason, queue=queue)
    here.desk.contacts.keep(here.contact)
    here.desk.handoffs.open(here.contact, asked)
    here.contact.state = "queue"
    here.contact.asked = None
    return Answer(say=(Say("utter_to_person"), *_wait(here, asked.queue)), turned_to="queue")


def wanted(here: Visit, *, reason: str | None = None, queue: str | None = None) -> HandoffWanted:
    """Which queue, how urgent, why, and the card with the whole story."""
    return HandoffWanted(
        queue=queue or queue_of(here),
        priority=FIRST if queue == "urgent" else _priority(here),
        reason=reason or _reason(here),
        card=card(here),
    )


def wait_time(here: Visit) -> Answer:
    """How long the line is, as a range and never as a promise."""
    said = (*_wait(here, queue_of(here)), *hours(here.today), Say("utter_about_wait_time"))
    return Answer(say=said, ask=Say("utter_offer_person"), choices=("person", "request_callback", "menu"))


def hours(today: date) -> tuple[Say, ...]:
    """When people usually answer, by the clock where the caller is; nothing where the hours are not known."""
    try:
        open_from = law.rule("lines.hours", on=today).value
    except NotPublished:
        return ()
    return (
        Say("utter_line_hours", {"opens": _clock(open_from["opens"]), "closes": _clock(open_from["closes"])}),
    )


def _clock(hour: int) -> Fact:
    """An hour of the day, 1 to 23."""
    shown = (hour - 1) % 12 + 1
    spanish = "de la mañana" if hour < 12 else "de la tarde" if hour < 19 else "de la noche"
    return text(f"{shown} {'a.m.' if hour < 12 else 'p.m.'}", f"{shown} {spanish}")


def card(here: Visit) -> dict[str, Any]:
    """What the agent's screen opens with, so that nothing has to be told twice."""
    story, view = here.contact.story, here.view
    known = here.case
    requests = here.desk.requests.of(known.id) if known else ()
    return {
        "taxpayer": {"id": known.id, "name": known.name.full} if known else None,
        "verified": "identity" if view else "none",
        "speaks_for": here.contact.authority,
        "headline": history.headline(here),
        "draft_note": history.draft(here),
        "reason": _reason(here),
        "own_words": list(story.own_words),
        "notices": list(story.notices) + _mailed(here),
        "balance": view["balance"] if view else None,
        "deadlines": [one for one in here.deadlines() if not one["passed"]],
        "told": [dict(one) for one in story.told],
        "asked_for": list(story.asked_for),
        "offered": list(story.offered),
        "open_requests": [
            {
                "kind": one.kind,
                "status": one.status,
                "asked_at": one.asked_at.isoformat(),
                "facts": dict(one.facts),
            }
            for one in requests
        ],
        "plan_draft": forms.draft(here, "plan"),
        "drafts": forms.drafts(here),
    }


def _mailed(here: Visit) -> list[dict[str, Any]]:
    modules = here.case.modules if here.case else ()
    return [
        {"code": one.code, "date": one.date.isoformat(), "period": module.period, "on_file": True}
        for module in modules
        for one in module.notices
    ]


def queue_of(here: Visit) -> str:
    """The queue by the case where it is known, otherwise by what is asked."""
    by_need = {
        "business_payroll_tax": "business",
        "bankruptcy": "insolvency",
        "taxpayer_advocate": "advocate",
        "private_collection_agency": "private_agency",
    }
    if here.heard.intent in by_need:
        return by_need[here.heard.intent]
    if here.case is None:
        return "collection"
    if any(one.kind == "bankruptcy" and one.to is None for one in here.case.holds):
        return "insolvency"
    if any(one.kind == "identity_theft" and one.to is None for one in here.case.holds):
        return "identity_theft"
    if here.case.kind == "business":
        return "business"
    to = here.case.assignment.to if here.case.assignment else "acs"
    return {
        "revenue_officer": "revenue_officer",
        "private_agency": "private_agency",
        "appeals": "appeals",
    }.get(to, "collection")


def _priority(here: Visit) -> int:
    """1 is served first. A deadline within three days or a levy under way goes before the rest."""
    near = any(not one["passed"] and one["days_left"] <= 3 for one in here.deadlines())
    taken = any(one.released is None for one in (here.case.levies if here.case else ()))
    return SOON if near or taken else ORDINARY


def _reason(here: Visit) -> str:
    if here.contact.story.reason:
        return here.contact.story.reason
    asked = [one["what"] for one in here.contact.story.asked_for if one["what"] != "a person"]
    return asked[-1] if asked else here.heard.intent.replace("_", " ")


def _wait(here: Visit, queue: str) -> tuple[Say, ...]:
    minutes = here.desk.handoffs.wait_minutes(queue)
    if minutes is None:
        return (Say("utter_wait_unknown"),)
    return (Say("utter_wait_range", {"least": number(minutes[0]), "most": number(minutes[1])}),)
