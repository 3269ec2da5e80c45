"""Texts: kept, acknowledged, answered once in order; STOP is STOP; nothing is sent twice whatever Twilio does."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from channels.errors import BadNumber, TooMany
from store.tables.conversations import Conversation, Inbound, Message
from store.tables.outbox import Outbound
from tests.api.conftest import PHONE
from tests.api.fakes import UNKNOWN


def test_a_text_is_acknowledged_empty_and_answered_by_a_text(line: Any) -> None:
    answer = line.text("I got a CP504 letter")
    assert answer.status_code == 200
    assert "<Message" not in answer.text
    assert "<Response" in answer.text
    line.settled()
    (body,) = line.phones.bodies()
    assert body.startswith("<utter_sms_hello en sms>")
    assert "I got a CP504 letter" in body
    line.text("and what now please")
    line.settled()
    assert "utter_sms_hello" not in line.phones.bodies()[1]


def test_the_same_text_again_does_nothing(line: Any) -> None:
    for _ in range(5):
        line.text("I got a CP504 letter", sid="SM1")
    line.settled()
    line.clock.forward(days=30)
    line.text("I got a CP504 letter", sid="SM1")
    line.settled()
    assert len(line.phones.sent) == len(line.bot.turns) == 1


def test_twenty_texts_are_answered_in_order(line: Any) -> None:
    for at in range(20):
        line.text(f"this is number {at} of them")
    line.settled(20)
    asked = [one["text"] for one in line.bot.turns]
    assert asked == [f"this is number {at} of them" for at in range(20)]
    for at, body in enumerate(line.phones.bodies()):
        assert f"number {at} of" in body


def test_more_than_anybody_types_stays_in_the_thread_and_patience_is_asked_for_once(line: Any) -> None:
    line.bot.delay = 0.4
    for at in range(26):
        line.text(f"this is number {at} of them")
    line.text("I want to kill myself")
    line.settled(30)
    bodies = line.phones.bodies()
    asked = [one for one in bodies if "utter_sms_too_many" in one]
    assert len(asked) == 1
    answered = [one for one in bodies if "of them" in one]
    assert 20 <= len(answered) < 26
    assert any("utter_distress_person" in one for one in bodies)
    with line.db.read() as session:
        assert session.query(Message).filter_by(sender="you").count() == 27


def test_a_number_answers_what_was_offered(line: Any) -> None:
    line.bot.say("utter_menu", choices=["balance_inquiry", "person"])
    line.text("hello to you there")
    line.settled()
    assert line.phones.bodies()[0].endswith("\n1 (balance_inquiry en)\n2 (person en)")
    line.text("1")
    line.settled()
    assert line.bot.turns[1]["intent"] == "balance_inquiry"
    line.bot.say("utter_menu", choices=["balance_inquiry", "person"])
    line.text("what else is there")
    line.text("2")
    line.settled()
    assert "utter_to_person" in line.phones.bodies()[-1]


def test_a_day_of_silence_begins_anew_and_unproved(line: Any) -> None:
    line.text("first words from me")
    line.settled()
    with line.db.work() as session:
        session.query(Conversation).one().taxpayer = "T-1"
    line.clock.forward(hours=25)
    line.text("second words from me")
    line.settled()
    with line.db.read() as session:
        assert [one.taxpayer for one in session.query(Conversation).order_by(Conversation.opened_at)] == [
            "T-1",
            None,
        ]


def test_fifteen_idle_minutes_and_a_text_is_a_strangers_again(line: Any) -> None:
    line.text("first words from me")
    line.settled()
    with line.db.work() as session:
        session.query(Conversation).one().taxpayer = "T-1"
    line.clock.forward(minutes=16)
    line.text("second words from me")
    line.settled()
    with line.db.read() as session:
        assert session.query(Conversation).one().taxpayer is None


@pytest.mark.parametrize("word", ["STOP", "stop.", "Unsubscribe"])
def test_twilios_stop_is_answered_by_twilio_alone(line: Any, word: str) -> None:
    line.text(word)
    line.text("are you still there my friend")
    line.settled()
    assert line.phones.sent == []
    assert line.bot.turns == []


def test_opt_out_type_makes_the_line_silent(line: Any) -> None:
    line.text("please go away", OptOutType="STOP")
    line.text("hello again my friends")
    line.settled()
    assert line.phones.sent == []


@pytest.mark.parametrize("words", ["please stop texting me", "ALTO", "no me manden más mensajes"])
def test_our_stop_is_confirmed_once_and_lasts(make_line: Any, words: str) -> None:
    first = make_line()
    with first.http:
        first.text(words)
        first.text(words)
        first.settled()
        assert len(first.phones.sent) == 1
        assert "utter_sms_stop" in first.phones.bodies()[0]
    second = make_line()
    with second.http:
        second.text("what do I owe you now")
        second.settled()
        assert second.phones.sent == []
        second.text("START")
        second.text("what do I owe you now")
        second.settled()
        # Twilio was never told of this stop, so START is confirmed by us.
        confirmed, answered = second.phones.bodies()
        assert "utter_sms_start" in confirmed
        assert "utter_echo" in answered


def test_stop_reaches_a_reply_that_is_still_waiting(line: Any) -> None:
    line.phones.trouble = [(TooMany("slow down", status=429, retryable=True), False)]
    line.text("hello to all of you")
    line.until(line.put_off)
    line.text("STOP")
    line.clock.forward(minutes=10)
    line.settled()
    assert line.phones.sent == []


def test_stop_the_levy_goes_to_the_bot(line: Any) -> None:
    line.text("stop the levy")
    line.settled()
    assert line.bot.turns
    assert len(line.phones.sent) == 1


def test_help_in_spanish_is_ours_to_answer(line: Any) -> None:
    line.text("ayuda")
    line.settled()
    assert "utter_sms_help" in line.phones.bodies()[0]


def test_an_opt_out_heard_by_the_bot_counts(line: Any) -> None:
    line.bot.say("utter_opt_out_done", intent="opt_out")
    line.text("I would rather you left me alone from now on")
    line.settled()
    line.text("hello there once more")
    line.settled()
    assert len(line.phones.sent) == 1
    assert "utter_opt_out_done" in line.phones.bodies()[0]


def test_an_unknown_outcome_is_looked_up_before_it_is_sent_again(line: Any) -> None:
    line.phones.trouble = [(UNKNOWN, True)]
    line.text("hello to all of you")
    line.until(line.put_off)
    assert len(line.phones.sent) == 1
    line.clock.forward(minutes=1)
    line.settled()
    assert len(line.phones.sent) == 1


def test_an_unknown_outcome_that_did_not_happen_is_sent(line: Any) -> None:
    line.phones.trouble = [(UNKNOWN, False)]
    line.text("hello to all of you")
    line.until(line.put_off)
    assert line.phones.sent == []
    line.clock.forward(minutes=1)
    line.settled()
    assert len(line.phones.sent) == 1


def test_a_process_that_died_while_sending_looks_first(make_line: Any) -> None:
    before = make_line()
    with before.http:
        before.text("hello to all of you")
        before.settled()
        sent = before.phones.sent
        with before.db.work() as session:
            row = session.query(Outbound).one()
            row.state, row.sid = "attempted", None
    after = make_line()
    after.phones.sent = sent
    with after.http:
        after.settled()
        assert len(after.phones.sent) == 1


def test_busy_is_tried_again_and_a_bad_number_is_not(line: Any) -> None:
    line.phones.trouble = [(TooMany("429", status=429, retryable=True), False)]
    line.text("hello to all of you")
    line.until(line.put_off)
    line.clock.forward(minutes=1)
    line.settled()
    assert len(line.phones.sent) == 1
    line.phones.trouble = [(BadNumber("no such number", code=21211, status=400), False)]
    line.text("and again to all of you")
    line.settled()
    assert len(line.phones.sent) == 1


def test_texts_that_came_while_we_were_away_are_found(make_line: Any) -> None:
    made = make_line()
    made.phones.inbound = [
        SimpleNamespace(sid=f"SM{at}", pii_from=PHONE, pii_body=f"this is number {at} of them")
        for at in range(3)
    ]
    with made.http:
        made.until(lambda: len(made.phones.sent) == 3)
        made.text("this is number 1 of them", sid="SM1")
        made.settled()
        assert len(made.phones.sent) == 3


def test_late_status_reports_move_nothing_backwards(line: Any) -> None:
    line.text("hello to all of you")
    line.settled()
    sid = line.phones.sent[0].sid
    for status in ("sent", "delivered", "sending", "queued", "nonsense"):
        assert line.twilio("/twilio/status", {"MessageSid": sid, "MessageStatus": status}).status_code == 204
    with line.db.read() as session:
        assert session.query(Outbound).one().status == "delivered"


def test_a_hand_off_by_text_makes_one_task(make_line: Any) -> None:
    made = make_line(twilio_workspace_sid="WS1", twilio_workflow_sid="WW1")
    with made.http:
        made.bot.broken = "dead"
        made.text("get me a person please")
        made.settled()
        made.text("a person I said please")
        made.settled()
        (task,) = made.phones.tasks.values()
        assert task["queue"] == "collection"
        assert PHONE not in str(task)


def test_media_without_words_and_numbers_of_no_one(line: Any) -> None:
    line.text("", NumMedia="1", MediaUrl0="https://example.org/x.jpg")
    line.settled()
    assert "utter_empty" in line.phones.bodies()[0]
    with line.db.read() as session:
        assert session.query(Inbound).count() == 1
