"""A complaint, and the word with a supervisor: both are kept with their time and go to a person at once."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable

from desk import handoff
from desk.answer import Answer, Say, together
from desk.intakes.values import plain
from desk.ports import Request
from desk.visit import Visit

MAY_MEAN_SUPERVISOR = ("talk_to_agent", "request_callback", "complaint", "collection_appeal_other")
SUPERVISOR = "a supervisor"
_SUPERVISOR = re.compile(
    r"\b(?:supervisors?|supervisora|managers?|your boss|in charge|gerente|jefe|jefa|encargad[oa])\b"
)


def complaint(here: Visit) -> Answer:
    """Kept in the caller's own words; a person takes it from there."""
    here.asks_for("complaint")
    _keep(here)
    return together(Answer(say=(Say("utter_complaint_noted"),)), handoff.person(here, reason="complaint"))


def or_supervisor(topic: Callable[[Visit], Answer]) -> Callable[[Visit], Answer]:
    """The topic's own answer, unless a supervisor is asked for."""

    def answer(here: Visit) -> Answer:
        return supervisor(here) if _SUPERVISOR.search(plain(here.heard.text)) else topic(here)

    return answer


def supervisor(here: Visit) -> Answer:
    """A person who may decide: the hand-off says so, and the wish is kept with its time."""
    here.asks_for(SUPERVISOR)
    if here.heard.intent == "complaint":
        here.asks_for("complaint")
        _keep(here)
    if here.heard.intent == "collection_appeal_other":
        here.asks_for("appeal (CAP) or manager")
    return together(
        Answer(say=(Say("utter_supervisor_noted"),)), handoff.person(here, reason="asks for a supervisor")
    )


def _keep(here: Visit) -> None:
    if here.case is None:
        return
    request = Request(
        key=secrets.token_urlsafe(12),
        taxpayer=here.case.id,
        conversation=here.contact.id,
        kind="complaint",
        status="submitted",
        asked_at=here.desk.clock.now(),
        facts={"words": here.heard.text[:400]},
    )
    same = (one for one in here.desk.requests.of(here.case.id) if one.kind == "complaint")
    if all(one.conversation != here.contact.id for one in same):
        here.desk.requests.open(request)
