"""Every state a talk can come to, found by walking: from each of them a person, or a promised call, is two turns away."""

from __future__ import annotations

import copy

import pytest
import yaml
from desk_fakes import LEAVES, ROOT, FakeDesk, Talk, said

from desk import forms
from desk.choices import CHOICES
from desk.intakes import records
from desk.reply import TOPICS
from desk.visit import visit

PEOPLE = [None, "T-1018", "T-1023"]
"""Nobody proved; a wage levy stands; a debt no simple plan takes."""
ANSWERS = (
    ("inform", "2", {}), ("inform", "200 dollars", {"amount": "200.00"}), ("inform", "the 15th", {"day": "15"}),
    ("inform", "on december 20", {"date": "2026-12-20"}), ("inform", "it was a mistake of theirs", {}),
    ("inform", "8005550143", {"phone": "8005550143"}), ("affirm", "yes", {}), ("inform", "skip", {}),
)  # fmt: skip
MOST = 250


def state(desk, conversation="c"):
    """What decides how the talk goes on: the open question, the open form and its step, what waits for identity."""
    contact = desk.contacts.get(conversation)
    here = visit(desk.desk, conversation, said("nothing", ""))
    form = forms.opened(here)
    place = records.place(here) if form else None
    step = (place.asked if place else None) or (
        form.step(here) if form and (form.anyone or here.verified) else ""
    )
    topic = form.topic if form else ""
    return (
        contact.taxpayer,
        contact.asked,
        topic,
        step,
        (contact.pending or {}).get("intent"),
        contact.state,
    )


def copied(desk):
    """The same moment once more, to go on from another way; the cases do not change."""
    cases, desk.cases.cases = desk.cases.cases, {}
    twin = FakeDesk.__new__(FakeDesk)
    twin.__dict__.update(copy.deepcopy(desk.__dict__))
    desk.cases.cases = cases
    twin.cases.cases = dict(cases)
    return twin


def moves(answers, first):
    """What can be said next: every need at the start, afterwards what is offered or answers the question."""
    offered = [one for answer in answers for one in answer.choices if one in CHOICES]
    chosen = [(CHOICES[one][0], "", {e["entity"]: e["value"] for e in CHOICES[one][1]}) for one in offered]
    needs = [(one, one.replace("_", " "), {}) for one in TOPICS] if first else []
    return [*needs, *chosen, *ANSWERS]


def walk(taxpayer):
    """All states that can be reached, each with a desk that stands in it."""
    desk = FakeDesk()
    if taxpayer:
        desk.proves(taxpayer)
    found, todo = {state(desk): desk}, [(desk, [], True)]
    while todo and len(found) < MOST:
        desk, answers, first = todo.pop(0)
        for intent, text, entities in moves(answers, first):
            there = copied(desk)
            said_back = Talk(there).say(intent, text, **entities)
            key = state(there)
            if key not in found and key[-1] == "bot":
                found[key] = there
                todo.append((there, said_back, False))
    return found


def wait_for(desk):
    """Whether somebody now waits in line, or has a promised call."""
    return bool(desk.handoffs.opened or desk.call_backs.promised)


@pytest.fixture(scope="module", params=PEOPLE, ids=str)
def states(request):
    return walk(request.param)


def test_the_walk_goes_far(states):
    forms_seen = {key[2] for key in states}
    asked = {key[1] for key in states}
    assert len(states) >= 25
    assert {"callback"} <= forms_seen
    assert asked & {"person", "identity", "more"}


def test_a_person_is_one_turn_away_from_every_state(states):
    for key, desk in states.items():
        there = copied(desk)
        Talk(there).say("talk_to_agent", "agent")
        assert there.handoffs.opened, key


def test_a_promised_call_is_at_most_two_turns_away_where_the_number_is_known(states):
    for key, desk in states.items():
        there = copied(desk)
        there.contacts.get("c").phone = "+15125550143"
        there.drafts.drop("c", "callback")
        Talk(there).say("request_callback", "call me back as soon as you can")
        Talk(there).say("affirm", "yes")
        assert wait_for(there), key


def test_what_ends_a_form_is_the_rule_of_the_dialogue():
    rules = yaml.safe_load((ROOT / "data" / "rules.yml").read_text(encoding="utf-8"))["rules"]
    (rule,) = [one for one in rules if one["rule"] == "what ends a form, its draft kept"]
    assert {one["intent"] for one in rule["steps"][0]["or"]} == LEAVES
