"""Texts and chats: a task for each who waits, made and ended once; what Twilio tells counts once, in any order."""

import json
import time

import pytest
from sqlalchemy import select

from store.tables.conversations import Inbound
from store.tables.handoffs import HandoffRow
from tests.api.conftest import PHONE, PUBLIC
from tests.pretend_twilio.floor import ASSIGNMENT, EVENTS, NOTE
from tests.pretend_twilio.test_gateway import until


def test_a_text_hand_off_is_one_task_that_ends_when_an_agent_takes_it(floor):
    row = floor.asks_for_person()
    assert floor.states() == ["pending"]
    floor.accept("ana", row)
    floor.accept("ana", row)
    floor.sent()
    assert floor.states() == ["canceled"]
    floor.desk("ana", f"handoffs/{row.id}/complete", NOTE)
    floor.sent()
    assert floor.states() == ["canceled"]
    assert len(floor.outbox("task")) == 1


def test_a_task_that_twilio_is_slow_to_take_is_not_made_for_nobody(floor):
    floor.phone.world.faults.fail_next(path="Tasks", status=503, after=False)
    floor.phone.text("get me a person please", PHONE)
    until(lambda: [one for one in floor.outbox("task") if one.attempts and one.state != "pending"])
    floor.accept("ana", floor.handoff())
    floor.due()
    floor.sent()
    assert "pending" not in floor.states()


def test_a_transfer_is_a_new_task_for_the_new_queue(floor):
    row = floor.asks_for_person()
    floor.accept("ana", row)
    floor.desk("ana", f"handoffs/{row.id}/transfer", {"queue": "appeals", "note": "Hearing."})
    floor.sent()
    first, second = floor.phone.tasks()
    assert (first["assignment_status"], second["assignment_status"]) == ("canceled", "pending")
    assert second["task_queue_friendly_name"] == "appeals"


def test_signing_off_puts_the_caller_back_in_line_at_twilio_too(floor):
    row = floor.asks_for_person()
    floor.accept("ana", row)
    floor.desk("ana", "session", method="DELETE")
    floor.sent()
    assert floor.states() == ["canceled", "pending"]


def test_who_accepts_at_twilio_has_the_caller_in_the_console(floor):
    floor.worker("ana")
    row = floor.asks_for_person()
    until(lambda: floor.handoff().state == "active")
    assert floor.handoff().agent == "ana"
    assert floor.states() == ["assigned"]
    until(lambda: any("utter_person_joined" in text for text in floor.phone.texts(PHONE)))
    floor.accept("ana", row)
    floor.sent()
    assert floor.states() == ["assigned"]
    floor.desk("ana", f"handoffs/{row.id}/complete", NOTE)
    floor.sent()
    assert floor.states() == ["completed"]


def test_the_same_event_again_and_late_ones_change_nothing(floor):
    row = floor.asks_for_person()
    for _ in range(3):
        assert floor.event("reservation.accepted", row, sid="EV1").status == 204
    floor.event("reservation.timeout", row, sid="EV2")
    floor.event("reservation.accepted", row, sid="EV3", worker="ben")
    floor.event("task.canceled", row, sid="EV4")
    now = floor.handoff()
    assert (now.state, now.agent, now.moves) == ("active", "ana", [])
    with floor.db.read() as session:
        kept = session.scalars(select(Inbound).where(Inbound.source == "taskrouter")).all()
    assert [one.external_id for one in kept] == ["EV1", "EV2", "EV3", "EV4"]
    assert all(one.done_at for one in kept)
    joined = [text for text in floor.phone.texts(PHONE) if "utter_person_joined" in text]
    floor.sent()
    assert len(joined) <= 1


def test_an_event_about_an_earlier_stay_in_line_is_nobodys(floor):
    row = floor.asks_for_person()
    floor.accept("ana", row)
    floor.desk("ana", f"handoffs/{row.id}/transfer", {"queue": "appeals", "note": "Hearing."})
    floor.event("reservation.accepted", row, sid="EV1", worker="ben")
    assert floor.handoff().state == "waiting"
    floor.event("reservation.accepted", row, sid="EV2", worker="ben", key=f"{row.handoff_key}.1")
    assert floor.handoff().agent == "ben"


@pytest.mark.parametrize("kind", ["reservation.timeout", "reservation.rejected"])
def test_who_passes_at_twilio_passes_here_and_the_caller_waits_on(floor, kind):
    row = floor.asks_for_person()
    with floor.db.work() as session:
        kept = session.get_one(HandoffRow, row.id)
        kept.state, kept.reserved_for = "reserved", "ana"
        kept.reserved_until = floor.clock.now().replace(year=2027)
    floor.event(kind, row, sid="EV1", worker="ben")
    assert floor.handoff().reserved_for == "ana"
    floor.event(kind, row, sid="EV2", worker="ana")
    now = floor.handoff()
    assert (now.state, now.passed_by, now.waiting_since) == ("waiting", ["ana"], row.waiting_since)


def test_a_task_twilio_gives_up_is_made_anew_a_few_times(floor):
    row = floor.asks_for_person()
    router = floor.phone.world.taskrouter
    for _ in range(6):
        for task in floor.phone.tasks():
            router.end(task, "canceled", "Task TTL Exceeded")
        floor.phone.advance(0)
        floor.sent()
    assert floor.states() == ["canceled"] * 4
    assert floor.handoff().state == "waiting"
    assert floor.accept("ana", row)["state"] == "active"


def test_strangers_and_nonsense_in_events_are_harmless(floor):
    row = floor.asks_for_person()
    floor.event("reservation.accepted", row, sid="EV1", worker="nobody here")
    floor.event("reservation.accepted", row, sid="EV2", worker="")
    floor.event("reservation.accepted", row, sid="EV3", key="no-such-key")
    floor.event("worker.activity.update", row, sid="EV4")
    fields = {
        "AccountSid": floor.phone.world.account_sid,
        "EventType": "task.canceled",
        "TaskAttributes": "[1",
    }
    assert floor.phone.world.webhooks.send(PUBLIC + EVENTS, fields).status == 204
    assert floor.handoff().state == "waiting"


def test_a_second_agent_is_not_given_a_caller_who_has_one(floor):
    row = floor.asks_for_person()
    attributes = json.dumps({"handoff_key": row.handoff_key, "channel": "sms"})
    asked = {"AccountSid": floor.phone.world.account_sid, "TaskAttributes": attributes}

    def instructed():
        return json.loads(floor.phone.world.webhooks.send(PUBLIC + ASSIGNMENT, asked, seconds=5).text)

    assert instructed() == {"instruction": "accept"}
    floor.accept("ana", row)
    assert instructed() == {"instruction": "reject"}


def test_an_assignment_is_answered_in_time_without_the_database(floor, monkeypatch):
    def stuck():
        time.sleep(4)
        raise OSError

    monkeypatch.setattr(floor.line.db, "read", stuck)
    url, account = PUBLIC + ASSIGNMENT, floor.phone.world.account_sid
    for channel, wanted in (("voice", "dequeue"), ("chat", "accept")):
        task = json.dumps({"handoff_key": "x", "channel": channel})
        begun = time.monotonic()
        reply = floor.phone.world.webhooks.send(url, {"AccountSid": account, "TaskAttributes": task})
        assert (reply.status, json.loads(reply.text)) == (200, {"instruction": wanted})
        assert time.monotonic() - begun < 4
