"""Confirmed: the request goes in once, with a note in the case, and the caller hears what is still to be done."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from desk import handoff
from desk.answer import Answer, Say, day, together, words
from desk.intakes import records
from desk.intakes.model import Intake
from desk.visit import Visit

HEADINGS = {
    "to_sign": "TP asks for {wish}. To be signed and sent",
    "promised": "TP promises: {wish}",
    "handed": "TP tells of {wish}. To a person",
    "submitted": "TP asks for {wish}",
}


def submit(here: Visit, intake: Intake) -> Answer:
    """Puts the request in, once: the draft it is made of is gone afterwards."""
    values = records.draft(here, intake.topic)
    asked = {
        one.name: values[one.name]
        for one in intake.questions
        if one.name in values and one.when(here, values)
    }
    if not intake.fits(here):
        return Answer(
            say=(Say("utter_intake_changed_case"),), ask=Say("utter_offer_person"), choices=("person", "menu")
        )
    _keep(here, intake, asked)
    here.asks_for(f"{intake.wish}: {_in_words(intake.status)}")
    here.shows("requests")
    return _told(here, intake, asked)


def _keep(here: Visit, intake: Intake, values: dict[str, Any]) -> None:
    """The request and the note in the case; without a case the answers go on the card alone."""
    terms = intake.terms(here, values)
    if here.case is None:
        here.asks_for(f"{intake.wish} ({records.in_note(intake, values)})")
        return
    facts = {**values, **{name: value for name, value in terms.items() if value is not None}}
    known = records.open_request(here, intake.topic)
    if known and known.status == "asked":
        here.desk.requests.change(known.key, status=intake.status, facts=facts)
    else:
        records.put(here, intake, status=intake.status, facts=facts)
    here.desk.cases.add_note(here.case.id, "ACS Line", note(intake, values, facts), here.desk.clock.now())


def note(intake: Intake, values: dict[str, Any], facts: dict[str, Any]) -> str:
    """One line in the case notes, as agents write them."""
    told = HEADINGS[intake.status].format(wish=intake.wish)
    period = f" for {facts['period']}" if facts.get("period") else ""
    needed = f", Form {facts['form']}" if facts.get("form") else ""
    by = f" by {facts['due']}" if facts.get("due") else ""
    answers = records.in_note(intake, values)
    return f"{told}{period}{needed}{by}. {answers + '. ' if answers else ''}Read back and confirmed."


def _in_words(status: str) -> str:
    return {"to_sign": "taken down, form to be signed", "promised": "promised"}.get(
        status, "request submitted"
    )


def _told(here: Visit, intake: Intake, values: dict[str, Any]) -> Answer:
    what = {"what": words(f"request_{intake.topic}"), "asked": day(here.today)}
    said = Answer(
        say=(Say(f"utter_intake_done_{intake.status}", what), *intake.after(here, values)),
        sources=intake.sources,
    )
    if intake.to_person:
        return together(said, handoff.person(here, reason=intake.wish, queue=intake.queue))
    here.contact.asked = "more"
    return replace(said, ask=Say("utter_anything_else"), choices=("menu", "person"))
