"""Reminders and promised calls: once, in the hours of the law, nothing about taxes, and STOP ends them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from api.callbacks import call_due
from api.reminders import remind_due
from desk.contact import Contact
from desk.ports import HandoffWanted, Reminder
from store.call_backs import CallBackStore
from store.conversations import Conversations
from store.opt_outs import OptOuts
from store.reminders import ReminderStore
from store.tables.handoffs import HandoffRow
from store.tables.reminders import ReminderRow
from tests.api.conftest import PHONE

MORNING = datetime(2026, 12, 3, 16, 0, tzinfo=UTC)
"""Ten o'clock in Austin."""
NIGHT = datetime(2026, 12, 3, 5, 0, tzinfo=UTC)


def plan(line, channel="sms", at=MORNING, about=date(2026, 12, 4)):
    reminder = Reminder(
        f"T-1:payment:{about}:{channel}", "T-1", "c", channel, PHONE, "payment", about, at, "en",
        datetime(2026, 11, 23, tzinfo=UTC),
    )  # fmt: skip
    with line.db.work() as session:
        ReminderStore(session).plan(reminder)


def state(line):
    with line.db.read() as session:
        return [(one.state, one.why) for one in session.scalars(select(ReminderRow))]


def test_a_reminder_goes_out_once_and_says_nothing_of_taxes(line):
    plan(line)
    assert remind_due(line.line) == 0
    line.clock.moment = MORNING
    assert remind_due(line.line) == 1
    assert remind_due(line.line) == 0
    line.settled()
    assert len(line.phones.sent) == 1
    body = line.phones.sent[0].pii_body
    assert "utter_reminder_text" in body
    assert "$" not in body
    assert "payment" not in body
    assert state(line) == [("placed", None)]


def test_at_night_it_waits_for_the_morning(line):
    plan(line, at=NIGHT)
    line.clock.moment = NIGHT
    assert remind_due(line.line) == 0
    # Eight o'clock in El Paso, the westernmost place of Texas, is 15:00 UTC.
    line.clock.moment = datetime(2026, 12, 3, 15, 0, tzinfo=UTC)
    assert remind_due(line.line) == 1


def test_stop_ends_what_was_planned(line):
    plan(line)
    line.text("please stop texting me")
    line.settled()
    assert state(line) == [("stopped", "stop")]
    line.clock.moment = MORNING
    assert remind_due(line.line) == 0


def test_a_day_that_is_over_is_not_reminded_of(line):
    plan(line)
    line.clock.moment = MORNING + timedelta(days=2)
    assert remind_due(line.line) == 0
    assert state(line) == [("cancelled", "the day is over")]


def test_the_answer_1_goes_to_the_case_and_asks_who_it_is(line):
    plan(line)
    line.clock.moment = MORNING
    remind_due(line.line)
    line.settled()
    line.text("1")
    line.settled()
    assert line.bot.turns[-1]["intent"] == "case_status"
    line.text("2")
    line.settled()


def outbound(line, kind, key, sid="CA" + "9" * 32, **fields):
    base = {"CallSid": sid, "From": "+15550100000", "To": PHONE, "Direction": "outbound-api"}
    return line.twilio(f"/twilio/outbound/{kind}/{key}", {**base, "CallStatus": "in-progress", **fields})


def rung(line):
    """The kind and key of the call that was placed last."""
    return line.phones.called[-1][1].split("/twilio/outbound/")[1].split("/")


def test_a_call_tells_a_machine_nothing_and_a_person_who_calls(line):
    plan(line, channel="call")
    line.clock.moment = MORNING
    remind_due(line.line)
    line.until(lambda: line.phones.called)
    kind, key = rung(line)
    machine = outbound(line, kind, key, AnsweredBy="machine_start")
    assert "<Say" not in machine.text
    assert "<Hangup" in machine.text
    person = outbound(line, kind, key, AnsweredBy="human")
    assert "utter_reminder_call" in person.text
    assert outbound(line, kind, key, AnsweredBy="human").text == person.text
    on = outbound(line, kind, f"{key}/key", Digits="1")
    assert line.bot.turns[-1]["intent"] == "case_status"
    assert on.status_code == 200


def test_nine_ends_all_calls(line):
    plan(line, channel="call")
    line.clock.moment = MORNING
    remind_due(line.line)
    line.until(lambda: line.phones.called)
    kind, key = rung(line)
    assert "utter_calls_stopped" in outbound(line, kind, f"{key}/key", Digits="9").text
    with line.db.read() as session:
        assert OptOuts(session).has(PHONE)


@pytest.fixture
def promised(line):
    """A call promised for ten o'clock in Austin, to somebody in a chat."""
    chat = line.chat()
    with line.db.work() as session:
        wanted = HandoffWanted("collection", 5, "a plan", {"verified": "identity", "told": []})
        CallBackStore(session, line.clock).promise(Contact(chat.id, "web", "en"), wanted, PHONE, MORNING)
    return chat


def handoff(line):
    with line.db.read() as session:
        return session.scalars(select(HandoffRow)).one()


def test_a_promised_call_is_placed_in_time_and_brings_the_person_into_line_with_the_story(line, promised):
    assert call_due(line.line) == 0
    with line.db.read() as session:
        assert Conversations(session).row(promised.id).state == "bot"
    line.clock.moment = MORNING
    assert call_due(line.line) == 1
    line.until(lambda: line.phones.called)
    kind, key = rung(line)
    assert "utter_callback_call" in outbound(line, kind, key, AnsweredBy="human").text
    put = outbound(line, kind, f"{key}/key", Digits="1")
    assert "<Enqueue" in put.text
    row = handoff(line)
    assert (row.state, row.channel, row.callback_at) == ("waiting", "voice", None)
    assert row.card["verified"] == "none"
    with line.db.read() as session:
        call = Conversations(session).by_call("CA" + "9" * 32)
        assert (call.id, call.taxpayer, call.state) == (row.conversation, None, "queue")


def test_nobody_answers_three_times_and_it_is_written_down(line, promised):
    for at in range(3):
        line.clock.moment = MORNING + timedelta(minutes=16 * at)
        assert call_due(line.line) == 1
        assert call_due(line.line) == 0
    line.clock.moment = MORNING + timedelta(hours=2)
    assert call_due(line.line) == 0
    line.until(lambda: len(line.phones.called) == 3)
    row = handoff(line)
    assert (row.state, row.disposition) == ("closed", "not_reached")


def test_no_key_leaves_the_promise_standing(line, promised):
    line.clock.moment = MORNING
    call_due(line.line)
    line.until(lambda: line.phones.called)
    kind, key = rung(line)
    assert "<Hangup" in outbound(line, kind, f"{key}/key").text
    assert handoff(line).state == "waiting"


def test_somebody_who_wants_a_person_now_need_not_wait_for_the_call(line, promised):
    promised.post(choice="person")
    row = handoff(line)
    assert (row.state, row.callback_at) == ("waiting", None)
    line.clock.moment = MORNING
    assert call_due(line.line) == 0


def test_only_twilio_may_ask_for_it(line):
    answer = line.http.post("/twilio/outbound/callback/x", data={"CallSid": "CA1"})
    assert answer.status_code == 403


def test_start_after_a_stop_in_own_words_is_confirmed(line):
    line.text("ya no me escriban por favor")
    line.settled()
    line.text("START")
    line.settled()
    assert "utter_sms_start" in line.phones.bodies()[-1]
    line.text("STOP")
    line.text("START")
    line.settled()
    assert [one for one in line.phones.bodies() if "utter_sms_start" in one] == [line.phones.bodies()[-1]]
