"""Whether to take a request down: offered after the explanation, begun with a yes, gone on with later."""

from __future__ import annotations

from dataclasses import replace

from desk import forms, plan_form
from desk.answer import Answer, Say, words
from desk.intakes import records
from desk.intakes.model import Intake
from desk.intakes.records import draft, keep
from desk.intakes.status import of_kind
from desk.intakes.topics import INTAKES
from desk.intakes.values import read
from desk.visit import Visit, keep_question

OFFERED = "intake:"
"""`asked` while the question is whether to take a request down: "intake:hearing"."""
TOLD_BEFORE = {"income"}
"""Answers that may have been told in passing; they begin no questions."""
AGAIN = frozenset("already_paid dispute message".split())
"""Requests of which there may be several at a time."""


def offer(here: Visit, topic: str, told: Answer) -> Answer:
    """The explanation, and the question whether to take the request down now. The wish itself is kept already."""
    intake = INTAKES[topic]
    records.asked_now(here, intake)
    if told.turned_to or told.start:
        return told
    if here.view is None and not intake.anyone:
        return _before_identity(here, told)
    if not intake.fits(here) or here.only_hears:
        return told
    what = {"what": words(f"request_{topic}")}
    known = records.open_request(here, topic)
    if known and known.status != "asked" and topic not in AGAIN:
        return _known_already(here, told, topic)
    if here.resumed:
        told = replace(told, say=tuple(one for one in told.say if not _heard_before(here, one.words)))
    begun = bool(draft(here, topic).keys() - TOLD_BEFORE)
    _hear_ahead(here, intake)
    if forms.opened(here) is not None:
        return replace(told, say=(*told.say, Say("utter_intake_after_this", what)))
    here.contact.asked = f"{OFFERED}{topic}"
    ask = "utter_intake_go_on" if begun else f"utter_intake_offer_{intake.status}"
    return replace(
        told, ask=Say(ask, what), choices=("yes", "no", "person"), listen="yes_no", secure_form=None
    )


def _heard_before(here: Visit, key: str) -> bool:
    """A general answer given before identity was proved need not be given again."""
    return key.startswith("utter_about_") and any(one["words"] == key for one in here.contact.story.told)


def _before_identity(here: Visit, told: Answer) -> Answer:
    """The general answer stays; whoever proves who they are next goes on from here."""
    if told.secure_form is None:
        keep_question(here)
        choices = ("identity", *(one for one in told.choices if one != "identity"))
        return replace(told, choices=choices)
    return told


def _known_already(here: Visit, told: Answer, topic: str) -> Answer:
    return Answer(
        say=(*of_kind(here, topic), *told.say),
        ask=Say("utter_offer_person"),
        choices=("person", "menu"),
        sources=told.sources,
    )


def _hear_ahead(here: Visit, intake: Intake) -> None:
    """What the caller has already told need not be asked."""
    own = here.contact.story.own_words
    asked = here if here.heard.text or not own else replace(here, heard=replace(here.heard, text=own[-1]))
    kept = draft(here, intake.topic)
    sure = [one for one in intake.questions if one.ahead and (one.kind != "when" or asked.heard.told_days)]
    found = {one.name: read(asked, one) for one in sure if one.name not in kept}
    only = {one.name: one.outranks for one in sure if one.outranks}
    told = {
        name: value for name, value in found.items() if value is not None and only.get(name, value) == value
    }
    if told:
        keep(here, intake.topic, told)


def begin(here: Visit, topic: str) -> Answer:
    """Opens the questions, or goes on where they stopped."""
    if topic == plan_form.TOPIC:
        return plan_form.resume(here)
    intake = INTAKES[topic]
    here.contact.asked = None
    if not intake.fits(here) or (here.view is None and not intake.anyone):
        return Answer(
            say=(Say("utter_intake_not_here"),), ask=Say("utter_offer_person"), choices=("person", "menu")
        )
    records.asked_now(here, intake)
    if told := _told_elsewhere(here, intake):
        keep(here, topic, told)
    return forms.start(here, topic)


def _told_elsewhere(here: Visit, intake: Intake) -> dict[str, object]:
    """Answers given to the same questions for another request: nobody is asked them twice."""
    others = [one for one in INTAKES.values() if intake.shares == one.topic or one.shares == intake.topic]
    kept = draft(here, intake.topic)
    found: dict[str, object] = {}
    for other in others:
        known = records.open_request(here, other.topic)
        values = {**(known.facts if known else {}), **draft(here, other.topic)}
        found |= {one.name: values[one.name] for one in intake.questions if values.get(one.name) is not None}
    return {name: value for name, value in found.items() if name not in kept}


def declined(here: Visit) -> Answer:
    """No to the offer: nothing is sent; that it was asked for stays noted."""
    here.contact.asked = "more"
    return Answer(
        say=(Say("utter_intake_declined"),), ask=Say("utter_anything_else"), choices=("menu", "person")
    )
