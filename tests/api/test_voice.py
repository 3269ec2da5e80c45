"""Calls: every turn answered in time and the same when asked again; nobody goes round in circles."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest

from store.handoffs import HandoffStore
from store.tables.conversations import Conversation, Inbound


def row_of(line: Any, call: Any) -> Conversation:
    with line.db.read() as session:
        found: Conversation = session.query(Conversation).filter_by(call_sid=call.sid).one()
        return found


def test_the_first_prompt_is_honest_and_offers_spanish(line: Any) -> None:
    call = line.call()
    assert "utter_greeting en voice" in call.heard()
    assert "utter_spanish_offer es voice" in call.heard()
    gather = call.tree().find(".//Gather")
    assert gather is not None
    assert gather.attrib["input"] == "dtmf speech"
    assert gather.attrib["hints"]
    assert call.url.startswith("https://")


def test_a_turn_is_answered_and_listens_again(line: Any) -> None:
    call = line.call()
    line.bot.say("utter_cp504", listen="date")
    assert "<utter_cp504 en voice>" in call.say("I got a C P five oh four")
    assert call.verb("Gather")
    assert line.bot.turns[0]["channel"] == "voice"


def test_the_same_turn_again_is_the_same_to_the_byte(line: Any) -> None:
    call = line.call()
    start = line.twilio(
        "/twilio/voice", {"CallSid": call.sid, "From": "+15125550143", "CallStatus": "ringing"}
    )
    assert start.text == call.twiml
    path = call.path()
    call.say("I got a letter from you")
    first = call.twiml
    for said in ("I got a letter from you", "something else"):
        again = line.twilio(path, {"CallSid": call.sid, "SpeechResult": said, "Confidence": "0.9"})
        assert again.text == first
    assert len(line.bot.turns) == 1


def test_a_turn_repeated_after_a_restart_is_the_same_to_the_byte(make_line: Any) -> None:
    before = make_line()
    with before.http:
        call = before.call()
        path = call.path()
        call.say("I got a letter from you")
    after = make_line()
    with after.http:
        again = after.twilio(path, {"CallSid": call.sid, "SpeechResult": "x", "Confidence": "0.9"})
        assert again.text == call.twiml
        assert after.bot.turns == []


def test_two_is_spanish_at_first_and_the_word_is_too(line: Any) -> None:
    for way in ("key", "word"):
        call = line.call()
        if way == "key":
            call.press("2")
        else:
            call.say("español")
        assert line.bot.turns[-1]["entities"] == [{"entity": "language", "value": "es"}]


@pytest.mark.parametrize("slip", ["7", ""])
def test_two_is_still_spanish_after_a_wrong_key_or_silence_at_the_greeting(line: Any, slip: str) -> None:
    call = line.call()
    heard = call.press(slip) if slip else call.silence()
    assert "utter_greeting" not in heard
    assert "utter_spanish_offer es voice" in heard
    call.press("2")
    assert line.bot.turns[-1]["entities"] == [{"entity": "language", "value": "es"}]


def test_after_the_menu_was_read_two_is_its_second_line(line: Any) -> None:
    call = line.call()
    call.press("7")
    call.press("7")
    call.press("2")
    assert line.bot.turns[-1]["intent"] == "balance_inquiry"


def test_one_is_the_amount_that_was_named_and_other_keys_are_dollars(line: Any) -> None:
    call = line.call()
    line.bot.say("utter_ask_plan_amount", listen="amount", choices=["that_amount", "person"])
    call.say("i want a plan")
    line.bot.say("utter_x", listen="amount", choices=["that_amount", "person"])
    call.press("1")
    assert line.bot.turns[-1]["intent"] == "affirm"
    call.press("250")
    assert line.bot.turns[-1]["text"] == "$250"


def test_spanish_works_with_the_bot_dead(line: Any) -> None:
    line.bot.broken = "dead"
    call = line.call()
    assert "utter_language_changed es voice" in call.press("2")
    assert 'language="es-' in call.twiml


def test_keys_work_everywhere(line: Any) -> None:
    call = line.call()
    line.bot.say("utter_menu", choices=["balance_inquiry", "payment_plan_options"])
    first = call.say("what can you do")
    assert "utter_press_key" in first
    assert call.press("#") == first
    call.press("2")
    assert line.bot.turns[-1]["intent"] == "payment_plan_options"
    call.press("*")
    assert line.bot.turns[-1]["intent"] == "help_menu"
    call.press("0")
    assert call.verb("Enqueue")
    assert "utter_to_person" in call.heard()


def test_a_key_nobody_offered_is_no_silence(line: Any) -> None:
    call = line.call()
    line.bot.say("utter_menu", choices=["balance_inquiry", "payment_plan_options"])
    first = call.say("what can you do")
    wrong = call.press("7")
    assert "utter_key_not_offered" in wrong
    assert wrong.endswith(first)
    assert "utter_not_heard" not in wrong
    call.press("2")
    assert line.bot.turns[-1]["intent"] == "payment_plan_options"


def test_keys_nobody_offered_lead_to_the_menu_and_then_to_a_person(line: Any) -> None:
    call = line.call()
    line.bot.say("utter_menu", choices=["balance_inquiry", "payment_plan_options"])
    call.say("what can you do")
    call.press("7")
    assert "utter_use_keys" in call.press("7")
    call.press("9")
    assert call.verb("Enqueue")


def test_zero_is_always_a_person_and_the_others_keep_their_order(line: Any) -> None:
    call = line.call()
    line.bot.say("utter_menu", choices=["balance_inquiry", "person", "payment_plan_options"])
    heard = call.say("what can you do")
    keys = re.findall(r"\((\w+) en\)[^(<]*? (\d)(?!\S)", heard)
    assert keys == [("balance_inquiry", "1"), ("payment_plan_options", "2"), ("person", "0")]
    call.press("2")
    assert line.bot.turns[-1]["intent"] == "payment_plan_options"


def test_silence_twice_is_keys_and_then_a_person(line: Any) -> None:
    call = line.call()
    assert "utter_not_heard" in call.silence()
    assert "utter_use_keys" in call.silence()
    assert "utter_press_key" in call.heard()
    call.silence()
    assert call.verb("Enqueue")
    assert line.bot.turns == []


def test_a_good_turn_between_starts_the_count_anew(line: Any) -> None:
    call = line.call()
    call.silence()
    call.silence()
    call.say("I got a letter from you")
    assert "utter_not_heard" in call.silence()


@pytest.mark.parametrize("confidence", [None, "0.31", "", "rubbish"])
def test_what_may_be_misheard_is_asked_about_first(line: Any, confidence: str | None) -> None:
    call = line.call()
    heard = call.say("set up a plan for me", confidence=confidence)
    assert "utter_did_i_hear" in heard
    assert "set up a plan for me" in heard
    assert line.bot.turns == []
    call.press("1")
    assert line.bot.turns[0]["text"] == "set up a plan for me"


def test_an_amount_is_read_back_and_acts_only_on_one(line: Any) -> None:
    call = line.call()
    heard = call.say("I can pay two hundred dollars a month")
    assert "utter_heard_amount" in heard
    assert '"200.00"' in heard
    assert line.bot.turns == []
    gather = call.tree().find(".//Gather")
    assert gather is not None
    assert gather.attrib["input"] == "dtmf"
    assert "utter_heard_wrong" in call.press("2")
    assert line.bot.turns == []
    call.say("I can pay one hundred dollars a month")
    call.press("1")
    assert [one["text"] for one in line.bot.turns] == ["I can pay one hundred dollars a month"]


def test_an_amount_can_be_keyed(line: Any) -> None:
    call = line.call()
    line.bot.say("utter_ask_amount", listen="amount")
    call.say("set up a plan for me")
    call.press("150")
    assert line.bot.turns[-1]["text"] == "$150"


def test_yes_and_no_by_key(line: Any) -> None:
    call = line.call()
    line.bot.say("utter_shall_i", listen="yes_no")
    call.say("set up a plan for me")
    call.press("1")
    assert line.bot.turns[-1]["intent"] == "affirm"


@pytest.mark.parametrize("how", ["dead", "slow", "empty", "html"])
def test_a_broken_bot_is_a_person_in_time(line: Any, how: str) -> None:
    call = line.call()
    line.bot.broken = how
    begun = time.monotonic()
    heard = call.say("I got a letter from you")
    assert time.monotonic() - begun < 3.0
    assert "utter_degraded" in heard or "utter_one_moment" in heard
    if "utter_one_moment" in heard:
        line.bot.broken = "dead"
        call.post(call.path())
    call.press("1")
    assert call.verb("Enqueue")


def test_a_turn_that_takes_too_long_is_fetched_again(line: Any) -> None:
    from api import voice

    call = line.call()
    line.bot.delay = 0.5
    voice.WITHIN, was = 0.1, voice.WITHIN
    try:
        heard = call.say("I got a letter from you")
    finally:
        voice.WITHIN = was
    assert "utter_one_moment" in heard
    call.post(call.path())
    assert "utter_echo" in call.heard()
    assert len(line.bot.turns) == 1


def test_in_line_with_a_workflow_and_without(make_line: Any) -> None:
    for sid in ("", "WW00000000000000000000000000000001"):
        made = make_line(twilio_workflow_sid=sid, twilio_workspace_sid="WS1" if sid else "")
        made.phones.there = bool(sid)
        with made.http:
            call = made.call()
            call.press("0")
            queue = call.tree().find(".//Enqueue")
            assert queue is not None
            assert queue.attrib["waitUrl"].endswith("/twilio/voice/queue/wait")
            assert queue.attrib.get("workflowSid", "") == sid
            if sid:
                assert "handoff_key" in (queue.findtext("Task") or "")
                assert "5125550143" not in call.twiml
            wait = made.twilio("/twilio/voice/queue/wait", {"CallSid": call.sid, "QueuePosition": "1"})
            assert "utter_hold" in wait.text
        made.db.engine.dispose()


@pytest.mark.parametrize("status", ["completed", "canceled", "failed"])
def test_hanging_up_leaves_the_line_and_drops_the_digits(line: Any, status: str) -> None:
    call = line.call()
    call.press("0")
    assert row_of(line, call).state == "queue"
    line.twilio("/twilio/status", {"CallSid": call.sid, "CallStatus": status})
    row = row_of(line, call)
    assert row.state == "closed"
    assert row.held is None
    with line.db.read() as session:
        assert HandoffStore(session, line.clock).of(row.id) is None
    line.twilio("/twilio/status", {"CallSid": call.sid, "CallStatus": "ringing"})
    assert row_of(line, call).call_status == status


def test_hanging_up_in_the_middle_of_the_identity_items(line: Any) -> None:
    call = line.call()
    line.bot.say("utter_ask_identity", secure_form="identity")
    call.say("how much do i owe")
    call.press("900701234")
    assert (row_of(line, call).held or {}).get("identity")
    line.twilio("/twilio/status", {"CallSid": call.sid, "CallStatus": "completed"})
    assert row_of(line, call).held is None
    with line.db.read() as session:
        assert not any("900701234" in str(one.body) for one in session.query(Inbound))


def test_a_private_number_said_aloud_is_hidden(line: Any) -> None:
    call = line.call()
    heard = call.say("my social is nine zero zero seven zero one two three four and i got a letter")
    assert "utter_number_hidden" in heard
    assert line.bot.turns[0]["text"] == "my social is [hidden] and i got a letter"


def test_the_last_resort_needs_neither_database_nor_bot(line: Any) -> None:
    line.db.engine.dispose()
    line.line.db = None
    line.bot.broken = "dead"
    answer = line.twilio("/twilio/fallback", {"CallSid": "CA1", "ErrorCode": "11200"})
    assert answer.status_code == 200
    assert "<Enqueue" in answer.text or "<Dial" in answer.text
    assert "<Enqueue" not in line.twilio("/twilio/fallback", {"MessageSid": "SM1"}).text


def test_assignment_is_answered_by_what_it_is(line: Any) -> None:
    call = line.twilio("/twilio/taskrouter/assignment", {"TaskAttributes": '{"channel": "voice"}'})
    assert call.json() == {"instruction": "dequeue"}
    text = line.twilio("/twilio/taskrouter/assignment", {"TaskAttributes": '{"channel": "sms"}'})
    assert text.json() == {"instruction": "accept"}
    assert line.twilio("/twilio/taskrouter/events", {"EventType": "task.created"}).status_code == 204


def test_the_pound_key_alone_repeats_an_identity_item_and_counts_as_no_miss(line: Any) -> None:
    line.bot.say("utter_ask_identity", secure_form="identity")
    call = line.call()
    asked = call.say("how much do i owe")
    for _ in range(4):
        call.post(call.path(), Digits="", FinishedOnKey="#")
        assert call.heard() == asked
        assert call.path().endswith("/tin")
    call.press("900701234")
    call.post(call.path(), Digits="", FinishedOnKey="#")
    assert call.path().endswith("/zip"), "a business has no birthday"


@pytest.mark.parametrize(
    "slips", [("8", "", "8"), ("", "8", ""), ("", "8", "8"), ("8", "8", ""), ("8", "", "")]
)
def test_silence_and_wrong_keys_by_turns_lead_to_a_person_as_well(line: Any, slips: tuple[str, ...]) -> None:
    call = line.call()
    call.say("what is a lien")
    for slip in slips:
        assert not call.verb("Enqueue")
        call.press(slip) if slip else call.silence()
    assert call.verb("Enqueue")


def test_words_between_begin_the_count_anew(line: Any) -> None:
    call = line.call()
    for slip in ("8", ""):
        call.press(slip) if slip else call.silence()
    call.say("what is a lien")
    call.press("8")
    call.silence()
    assert not call.verb("Enqueue")
