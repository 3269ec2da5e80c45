"""Calls and texts of ours as people get them: a reminder, a promised call; and the line answers as before after them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from api.callbacks import call_due
from api.reminders import remind_due
from desk.ports import Reminder
from store.call_backs import CallBackStore
from store.reminders import ReminderStore
from store.tables.call_backs import CallBackRow
from store.tables.reminders import ReminderRow
from tests.api.conftest import PHONE
from tests.pretend_twilio.test_gateway import until

MORNING = datetime(2026, 12, 3, 16, 0, tzinfo=UTC)
ANOTHER = "+15125550188"


def plan(floor, channel):
    about = date(2026, 12, 4)
    made = datetime(2026, 11, 23, tzinfo=UTC)
    with floor.db.work() as session:
        ReminderStore(session).plan(
            Reminder(f"T-1:{channel}", "T-1", "c", channel, PHONE, "payment", about, MORNING, "en", made)
        )
    floor.clock.moment = MORNING
    assert remind_due(floor.line) == 1
    floor.sent()


def promise(floor):
    """Somebody in line on the phone rings off for a call back in a quarter of an hour."""
    call = floor.phone.call(PHONE).press("0").is_now("waiting")
    row = floor.handoff()
    with floor.db.work() as session:
        store = CallBackStore(session, floor.clock)
        store.schedule(row.id, PHONE, "en", floor.clock.now() + timedelta(minutes=15))
    call.hang_up()
    floor.clock.forward(minutes=16)
    assert call_due(floor.line) == 1
    floor.sent()


def answers_texts(floor, who=ANOTHER):
    """A text is answered: what is said or not said before changes nothing for others."""
    before = len(floor.phone.texts(who))
    floor.phone.text("what is a lien", who)
    floor.sent()
    until(lambda: len(floor.phone.texts(who)) > before)


def row(floor, kind):
    with floor.db.read() as session:
        return session.query(kind).one()


def test_a_reminder_by_text_is_answered_in_its_thread(floor):
    plan(floor, "sms")
    (body,) = floor.phone.texts(PHONE)
    assert "utter_reminder_text" in body
    floor.phone.text("2", PHONE)
    floor.sent()
    until(lambda: len(floor.phone.texts(PHONE)) > 1)
    answers_texts(floor)


@pytest.mark.parametrize("machine", [False, True])
def test_a_reminder_by_call_says_who_calls_and_nothing_to_a_machine(floor, machine):
    plan(floor, "voice")
    call = floor.phone.answer(PHONE, machine=machine)
    if machine:
        assert call.is_now("over").everything == ""
    else:
        call.is_now("listening").hears("utter_reminder_call")
        call.press("0").is_now("waiting")
    answers_texts(floor)


def test_nine_in_a_reminder_ends_calls_and_texts(floor):
    plan(floor, "voice")
    call = floor.phone.answer(PHONE).press("9").is_now("over")
    assert "utter_calls_stopped" in call.everything
    answers_texts(floor)


def test_a_promised_call_leads_to_the_head_of_the_line(floor):
    promise(floor)
    call = floor.phone.answer(PHONE).is_now("listening").hears("utter_callback_call")
    call.press("1").is_now("waiting")
    handoff = floor.handoff()
    assert (handoff.state, handoff.head, row(floor, CallBackRow).state) == ("waiting", True, "answered")
    floor.accept("ana", handoff)
    floor.sent()
    call.settle().hears("utter_hold_agent")
    answers_texts(floor)


def test_a_promised_call_that_nobody_takes_is_tried_again(floor):
    promise(floor)
    floor.phone.advance(90)
    floor.clock.forward(minutes=16)
    assert call_due(floor.line) == 1
    floor.sent()
    assert row(floor, CallBackRow).tries == 2
    answers_texts(floor)


def test_after_days_ahead_and_back_again_texts_are_answered(floor):
    """A clock that was wrong and is put right."""
    plan(floor, "sms")
    assert row(floor, ReminderRow).state == "placed"
    answers_texts(floor)
    floor.clock.moment -= timedelta(days=10)
    answers_texts(floor)
    answers_texts(floor, "+15125550189")
    answers_texts(floor, PHONE)
