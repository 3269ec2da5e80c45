"""'What happened to my request?' Each open request with its day and its next step; near days and drafts first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desk import forms, plan_form, plans
from desk.answer import Answer, Fact, Say, day, form, words
from desk.intakes.options import GO_ON
from desk.intakes.records import OPEN
from desk.intakes.topics import INTAKES
from desk.notices import grouped
from desk.ports import Request
from desk.representing import greeting
from desk.standing import held
from desk.visit import BRIEF, Visit

MOST = 3
OTHERS = {plan_form.TOPIC: "payment_plan"}
"""Forms that are no intake and are gone on with like one, and the word for each."""
NEAR_DAYS = 10
"""A last day this near is told before anything else."""


def open_requests(here: Visit) -> list[Request]:
    """What is asked for and not done, the latest of each kind and period, the newest last."""
    if here.case is None:
        return []
    latest: dict[tuple[str, str], Request] = {}
    for one in here.desk.requests.of(here.case.id):
        if one.status in OPEN and _may_be_told(here, one):
            latest[one.kind, str(one.facts.get("period"))] = one
    kinds = {one.kind for one in latest.values() if one.status != "asked"}
    return [one for one in latest.values() if one.status != "asked" or one.kind not in kinds]


def _may_be_told(here: Visit, request: Request) -> bool:
    """A representative hears of requests for the periods of the form, and of those for no period."""
    period = request.facts.get("period")
    return here.authority is None or not period or here.authority.covers(str(period))


def told(here: Visit) -> tuple[Say, ...]:
    """The open requests, each with what comes next."""
    found = open_requests(here)[-MOST:]
    if found:
        here.shows("requests")
    return tuple(_one(one) for one in found)


def of_kind(here: Visit, kind: str) -> tuple[Say, ...]:
    """The same for one kind."""
    return tuple(_one(one) for one in open_requests(here) if one.kind == kind)[-1:]


def _one(request: Request) -> Say:
    facts: dict[str, Fact] = {
        "what": words(f"request_{request.kind}"),
        "asked": day(request.asked_at.date()),
    }
    due, needed = request.facts.get("due"), request.facts.get("form")
    if request.status == "to_sign" and needed and _is_day(due):
        return Say("utter_request_to_sign_by", {**facts, "form": form(str(needed)), "due": day(str(due))})
    if request.status == "to_sign" and needed:
        return Say("utter_request_to_sign", {**facts, "form": form(str(needed))})
    if request.status == "promised" and _is_day(due):
        return Say("utter_request_promised", {**facts, "due": day(str(due))})
    key = {
        "asked": "utter_request_asked",
        "to_sign": "utter_request_to_send",
        "handed": "utter_request_handed",
    }
    return Say(key.get(request.status, "utter_request_status"), facts)


def _is_day(value: object) -> bool:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return len(str(value)) == 10


def before(here: Visit, answer: Answer) -> Answer:
    """After identity is proved: what is near or open is told first, and a draft can be gone on with."""
    if held(here, "bankruptcy") or not here.verified:
        return answer
    first = (*greeting(here), *_first(here))
    answer = replace(answer, say=(*first, *(one for one in answer.say if one not in first)))
    topic = started(here)
    now = (f"intake:{topic}", topic)
    if topic is None or answer.start or answer.turned_to or here.contact.asked in now:
        return here.close(answer)
    what = {"what": words(f"request_{OTHERS.get(topic, topic)}")}
    if answer.ask is None or answer.ask.words in ("utter_what_next", "utter_anything_else"):
        here.contact.asked = f"intake:{topic}"
        answer = replace(
            answer, ask=Say("utter_intake_go_on", what), choices=("yes", "no", "person"), listen="yes_no"
        )
    else:
        choices = (GO_ON, *answer.choices) if set(answer.choices) != {"yes", "no"} else answer.choices
        answer = replace(answer, say=(*answer.say, Say("utter_intake_waiting", what)), choices=choices)
    return here.close(answer)


def _first(here: Visit) -> tuple[Say, ...]:
    """A day that is near, and what another contact left open."""
    near = [
        one
        for one in here.deadlines()
        if not one["passed"] and one["days_left"] <= NEAR_DAYS and one["kind"] != "equivalent_hearing"
    ]
    days = grouped(near)[:1]
    left = [one for one in open_requests(here) if one.conversation != here.contact.id][-2:]
    if left:
        here.shows("requests")
    if here.contact.channel in BRIEF:
        # Whoever listens hears one of them; its own day stands in it where a form must be sent.
        left = left[-1:]
        days = () if any(one.status == "to_sign" and one.facts.get("due") for one in left) else days
    return (*days, *(_one(one) for one in left))


def started(here: Visit) -> str | None:
    """The topic of a request or a plan that was begun and neither sent nor dropped."""
    if here.only_hears:
        return None
    open_now = forms.opened(here)
    found = [one for one in forms.drafts(here) if _goes_on(here, one)]
    return next((one for one in found if open_now is None or open_now.topic != one), None)


def _goes_on(here: Visit, topic: str) -> bool:
    if topic == plan_form.TOPIC:
        return here.view is not None and plans.best(here) is not None
    return topic in INTAKES and INTAKES[topic].fits(here)
