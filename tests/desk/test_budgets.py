"""How many turns it takes, for every need and every case: a useful answer in one, a plan offered in three and set up in
five after identity."""

from __future__ import annotations

import pytest
from desk_fakes import FakeCases, FakeDesk, Talk

from desk import plan_at_hand, plans, standing
from desk.intakes.needs import MESSAGE
from desk.reply import TOPICS

SMALL = frozenset(
    "affirm deny inform repeat help_menu nlu_fallback out_of_scope verify_identity change_language greet".split()
)
"""What is no need of its own."""
PEOPLE = sorted(FakeCases().cases)


def wants_a_plan(taxpayer):
    """A desk where this person may have a simple plan set up; None where another answer comes first."""
    desk = FakeDesk()
    desk.proves(taxpayer)
    here = desk.visit("payment_plan_options")
    other = plan_at_hand.tell(here) or standing.of_plan(here) or standing.held(here, "bankruptcy")
    return None if other or plans.best(here) is None else FakeDesk()


@pytest.mark.parametrize("intent", sorted(TOPICS.keys() - SMALL))
@pytest.mark.parametrize("taxpayer", [None, "T-1018"])
def test_the_first_reply_to_every_need_says_something(desk, intent, taxpayer):
    if taxpayer:
        desk.proves(taxpayer)
    answers = Talk(desk).say(intent, intent.replace("_", " "))
    assert [one for answer in answers for one in answer.say] or intent == MESSAGE


def test_somebody_may_have_a_plan():
    assert len([one for one in PEOPLE if wants_a_plan(one)]) >= 5


@pytest.mark.parametrize("taxpayer", PEOPLE)
def test_a_plan_is_offered_at_once_and_set_up_in_five_turns_after_identity(taxpayer):
    desk = wants_a_plan(taxpayer)
    if desk is None:
        return
    talk = Talk(desk)
    talk.say("payment_plan_options", "can i pay monthly")
    desk.proves(taxpayer)
    talk.say("verified", "")
    assert desk.contacts.get("c").asked == "plan", "offered with the proof itself"
    five = [("affirm", "yes", {}), ("affirm", "yes", {}), ("inform", "the 15th", {"day": "15"}), ("affirm", "yes", {}),
            ("affirm", "yes", {})]  # fmt: skip
    for intent, text, entities in five:
        talk.say(intent, text, **entities)
    kinds = [one.kind for one in desk.requests.of(taxpayer)]
    assert kinds == ["payment_plan"]
