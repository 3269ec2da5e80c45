"""Calls: in line with a task, held for the agent who took the case, sent on, and ended with a good-bye."""

import pytest
from sqlalchemy import select

from channels.words import Words
from store.handoffs import HandoffStore
from store.tables.agents import AgentRow
from store.tables.conversations import Conversation
from tests.api.conftest import PHONE
from tests.pretend_twilio.floor import NOTE
from tests.pretend_twilio.test_gateway import until
from wiring.settings import ROOT


def test_a_call_in_the_workflow_is_taken_in_the_console_held_and_ended(floor):
    call = floor.phone.call(PHONE).press("0").is_now("waiting")
    assert call.raw.stay.task
    row = floor.handoff()
    assert floor.accept("ana", row)["state"] == "active"
    floor.sent()
    call.settle().is_now("waiting").hears("utter_hold_agent en voice")
    assert floor.states() == ["canceled"]
    floor.worker("ben")
    floor.phone.advance(60)
    call.is_now("waiting")
    floor.desk("ana", f"handoffs/{row.id}/complete", NOTE)
    floor.sent()
    call.wait(10).is_now("over")
    assert "utter_ended en voice" in call.everything
    assert len(floor.outbox("call_redirect")) == 1
    assert floor.handoff().disposition == "plan"


def test_a_call_in_a_plain_queue_hears_that_a_person_has_the_case(build, quick_passwords):
    floor = build(lambda phones: setattr(phones, "ensure_workspace", None))
    call = floor.phone.call(PHONE).press("0").is_now("waiting")
    call.wait(40).hears("utter_hold").does_not_hear("utter_hold_agent")
    floor.accept("ana", floor.handoff())
    call.wait(40).is_now("waiting").hears("utter_hold_agent").does_not_hear("utter_hold en")
    floor.desk("ana", f"handoffs/{floor.handoff().id}/complete", NOTE)
    until(lambda: floor.outbox("call_redirect")[0].state == "sent")
    call.wait(10).is_now("over")
    assert "utter_ended" in call.heard


def test_in_spanish_too(floor):
    call = floor.phone.call(PHONE).press("2").press("0").is_now("waiting")
    floor.accept("ana", floor.handoff())
    floor.sent()
    call.settle().hears("utter_hold_agent es voice")


def test_a_worker_is_put_through_to_the_call_and_has_the_card(floor):
    floor.worker("ana", contact_uri="client:ana")
    call = floor.phone.call(PHONE).press("0")
    call.settle().is_now("talking")
    until(lambda: floor.handoff().agent == "ana")
    row = floor.handoff()
    floor.accept("ana", row)
    floor.sent()
    call.settle().is_now("talking")
    floor.desk("ana", f"handoffs/{row.id}/complete", NOTE)
    floor.sent()
    call.wait(10).is_now("over")
    assert floor.states() == ["completed"]


def test_when_the_agents_screen_is_lost_the_talk_goes_on(floor):
    floor.worker("ana", contact_uri="client:ana")
    call = floor.phone.call(PHONE).press("0")
    until(lambda: floor.handoff().agent == "ana")
    floor.clock.forward(minutes=5)
    until(lambda: floor.handoff().state == "waiting")
    floor.sent()
    call.settle().is_now("talking")


def test_a_held_call_whose_agent_signs_off_is_in_line_again(floor):
    call = floor.phone.call(PHONE).press("0")
    floor.accept("ana", floor.handoff())
    floor.sent()
    floor.desk("ana", "session", method="DELETE")
    floor.sent()
    call.settle().is_now("waiting").hears("utter_back_in_line")
    assert floor.states() == ["canceled", "pending"]


def test_a_transferred_call_waits_in_the_new_queue(floor):
    call = floor.phone.call(PHONE).press("0")
    row = floor.handoff()
    floor.accept("ana", row)
    floor.desk("ana", f"handoffs/{row.id}/transfer", {"queue": "appeals", "note": "Hearing."})
    floor.sent()
    call.settle().is_now("waiting")
    assert floor.phone.tasks()[-1]["task_queue_friendly_name"] == "appeals"
    assert floor.states()[-1] == "pending"


def test_a_promised_call_back_ends_the_call_with_a_good_bye(floor):
    call = floor.phone.call(PHONE).press("0")
    row = floor.handoff()
    floor.accept("ana", row)
    floor.desk("ana", f"handoffs/{row.id}/callback", {"at": "2026-11-24T15:00:00Z"})
    floor.sent()
    call.wait(10).is_now("over")
    assert "utter_ended" in call.everything
    assert floor.handoff().callback_at is not None
    assert floor.handoff().state == "waiting"


def test_a_workflow_that_is_gone_leaves_the_caller_in_the_plain_queue(floor):
    del floor.phone.world.taskrouter.made[floor.line.workspace.workflow_sid]
    call = floor.phone.call(PHONE).press("0").is_now("waiting")
    assert call.raw.stay.queue == "collection"
    call.wait(40).is_now("waiting").hears("utter_hold")


def test_hanging_up_ends_the_task_and_rings_nobody(floor):
    call = floor.phone.call(PHONE).press("0").hang_up().is_now("over")
    floor.sent()
    assert floor.states() == ["canceled"]
    floor.phone.advance(5)
    assert floor.handoff().state == "closed"
    with floor.db.read() as session:
        row = session.scalar(select(Conversation).where(Conversation.call_sid == call.sid))
        assert row.state == "closed"
        assert HandoffStore(session, floor.clock).of(row.id) is None
        assert session.scalar(select(AgentRow.presence).where(AgentRow.name == "ana")) == "offline"


@pytest.mark.parametrize(
    ("language", "words"), [("en", "A person has your case"), ("es", "ya tiene su caso")]
)
def test_the_words_on_hold_are_there_in_both_languages(language, words):
    assert words in Words.load(ROOT / "domain.yml").render(
        "utter_hold_agent", {}, language=language, channel="voice"
    )
