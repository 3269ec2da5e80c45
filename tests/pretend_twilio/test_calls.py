"""A call is played as Twilio plays it: keys, speech, silence, queues, endings, and documents it refuses."""

import pytest

from channels import voice
from pretend_twilio.webhooks import Reply

BASE = "https://line.example"
VOICE, NEXT, WAIT = "/twilio/voice", "/twilio/voice/next", "/twilio/voice/wait"
PERSON = "+15555550143"


def ask(text="How can I help?", **more):
    return voice.ask(text, action=BASE + NEXT, language="en", **more)


def response(inside):
    return f"<Response>{inside}</Response>"


def test_the_first_webhook_carries_what_twilio_sends(phone, app):
    app.answers[VOICE] = ask()
    call = phone.call()
    call.hears("how can i help").is_now("listening")
    fields = app.fields(VOICE)
    assert (fields["CallSid"], fields["From"], fields["To"]) == (call.sid, PERSON, phone.number)
    assert fields["CallStatus"] == "in-progress"
    assert fields["FromCity"] == ""


def test_speech_goes_to_the_action_with_its_confidence(phone, app):
    app.answers |= {VOICE: ask(), NEXT: ask("I heard you.")}
    phone.call().say("I got a CP504", 0.5).hears("i heard you")
    assert app.fields(NEXT)["SpeechResult"] == "I got a CP504"
    assert app.fields(NEXT)["Confidence"] == "0.5000000"


def test_confidence_may_be_missing(phone, app):
    app.answers |= {VOICE: ask(), NEXT: ask()}
    phone.call().say("hello", None)
    assert "Confidence" not in app.fields(NEXT)


@pytest.mark.parametrize("key", ["0", "*", "#", "1"])
def test_one_key_is_enough_where_one_is_wanted(phone, app, key):
    app.answers |= {VOICE: ask(), NEXT: ask()}
    phone.call().press(key)
    assert app.fields(NEXT)["Digits"] == key
    assert "SpeechResult" not in app.fields(NEXT)


def test_nine_keys_or_silence_end_an_identity_item(phone, app):
    app.answers |= {
        VOICE: voice.ask_identity("Key it.", item="tin", action=BASE + NEXT, language="en"),
        NEXT: ask(),
    }
    call = phone.call().press("90000000")
    assert app.times(NEXT) == 0
    call.press("1")
    assert app.fields(NEXT)["Digits"] == "900000001"
    phone.call().press("0").silence()
    assert app.fields(NEXT)["Digits"] == "0"


def test_the_finishing_key_is_not_part_of_the_digits(phone, app):
    app.answers |= {VOICE: ask(listen="amount"), NEXT: ask()}
    phone.call().press("200#")
    assert app.fields(NEXT)["Digits"] == "200"


def test_a_key_cuts_the_line_short(phone, app):
    app.answers |= {VOICE: ask("A long explanation. " * 20), NEXT: ask("The menu.")}
    call = phone.world.calls.dial(PERSON)
    assert call.state == "speaking"
    phone.world.calls.press(call, "*")
    assert app.times(NEXT) == 1
    assert call.heard[-1].text == "The menu."


def test_speech_is_not_heard_where_only_keys_are(phone, app):
    app.answers |= {VOICE: voice.confirm("One is yes.", action=BASE + NEXT, language="en"), NEXT: ask()}
    phone.call().say("yes").is_now("listening")
    assert app.times(NEXT) == 0


def test_silence_is_posted_when_asked_for_and_goes_on_when_not(phone, app):
    app.answers |= {VOICE: ask(), NEXT: ask("Are you there?")}
    phone.call().silence().hears("are you there")
    assert app.fields(NEXT)["SpeechResult"] == ""
    app.answers[VOICE] = response(f'<Gather action="{BASE + NEXT}"/><Say>Nobody there.</Say>')
    phone.call().silence().hears("nobody there").is_now("over")
    assert app.times(NEXT) == 1


def test_silence_comes_by_itself_when_time_passes(phone, app):
    app.answers |= {VOICE: ask(timeout=6), NEXT: ask("Still there?")}
    call = phone.call()
    call.wait(5.9)
    assert app.times(NEXT) == 0
    call.wait(0.2).hears("still there")


def test_one_moment_and_then_the_answer(phone, app):
    app.answers |= {
        VOICE: voice.hold("One moment.", language="en", then=BASE + NEXT),
        NEXT: ask("Here it is."),
    }
    phone.call().hears("one moment. here it is").is_now("listening")


def test_hanging_up_tells_the_app(phone, app):
    app.answers[VOICE] = ask()
    phone.call().hang_up().is_now("over")
    assert app.fields("/twilio/status")["CallStatus"] == "completed"


def test_an_empty_answer_hangs_up(phone, app):
    app.answers[VOICE] = response("")
    phone.call().is_now("over")


@pytest.mark.parametrize(
    "bad",
    [
        Reply(500, "oops", "text/html"),
        Reply(200, "<html>", "text/html"),
        Reply(200, "{}", "application/json"),
        Reply(failure="read"),
        Reply(200, response("<Say>hi</Say>" * 6000), "text/xml"),
    ],
)
def test_a_bad_answer_goes_to_the_fallback_and_then_apologises(phone, app, bad):
    app.answers |= {VOICE: bad, "/twilio/fallback": voice.fallback()}
    phone.call().hears("your call is not lost").is_now("waiting")
    assert "ErrorCode" in app.fields("/twilio/fallback")
    app.answers["/twilio/fallback"] = bad
    phone.call().hears("application error").is_now("over")


def test_a_connection_failure_is_tried_once_more(phone, app):
    app.answers[VOICE] = Reply(failure="connect")
    phone.call()
    assert app.times(VOICE) == 2
    app.answers[VOICE] = Reply(500)
    phone.call()
    assert app.times(VOICE) == 3


def test_a_replay_is_the_same_request(phone, app):
    app.answers[VOICE] = ask()
    phone.call()
    sent = phone.webhooks(VOICE)[0]
    assert phone.world.webhooks.again(sent).text == sent.reply.text
    assert app.asked[0] == app.asked[-1]


def test_a_document_twilio_would_misread_is_in_the_debugger(phone, app):
    app.answers[VOICE] = response('<Say langauge="en-US">hi</Say>')
    phone.call()
    assert any("langauge" in alert.text for alert in phone.world.alerts)


def test_going_round_in_circles_ends(phone, app):
    app.answers[VOICE] = voice.redirect(BASE + VOICE)
    phone.call().is_now("over")
    assert app.times(VOICE) < 60


# In line for a person.


def in_line(workflow=""):
    return voice.enqueue(
        "One moment.", language="en", action=BASE + NEXT, wait_url=BASE + WAIT, workflow_sid=workflow,
        queue="collection", attributes={"handoff_key": "h1", "queue": "urgent"}, priority=7,
    )  # fmt: skip


def test_waiting_in_line_hears_the_wait_document_again_and_again(phone, app):
    app.answers |= {VOICE: in_line(), WAIT: voice.wait("Three people are ahead.", language="en", seconds=30)}
    call = phone.call().is_now("waiting").hears("three people")
    call.wait(100)
    assert app.times(WAIT) >= 3
    assert app.fields(WAIT)["QueuePosition"] == "1"
    call.hang_up()
    assert app.fields(NEXT)["QueueResult"] == "hangup"


def test_leaving_the_line_goes_on_at_the_action(phone, app):
    app.answers |= {
        VOICE: in_line(),
        WAIT: voice.wait("Press 1 to be called back.", language="en", action=BASE + "/twilio/voice/leave"),
        "/twilio/voice/leave": voice.leave_line("All right.", language="en"),
        NEXT: ask("We will call you."),
    }
    phone.call().press("1").hears("all right. we will call you").is_now("listening")
    assert app.fields(NEXT)["QueueResult"] == "leave"


def test_a_workflow_makes_a_task_which_dies_with_the_call(phone, app, phones):
    place = phones.ensure_workspace()
    app.answers |= {VOICE: in_line(place.workflow_sid), WAIT: voice.wait("Wait.", language="en")}
    call = phone.call().is_now("waiting")
    task = phones.find_task("h1")
    assert task.status == "pending"
    assert task.queue == "urgent"
    assert task.attributes["call_sid"] == call.sid
    assert phone.tasks()[0]["priority"] == 7
    call.hang_up()
    assert phones.find_task("h1").status == "canceled"


def test_an_unknown_workflow_is_a_system_error(phone, app):
    app.answers |= {VOICE: in_line("WW" + "0" * 32), NEXT: ask("I could not put you through.")}
    phone.call().hears("could not put you through")
    assert app.fields(NEXT)["QueueResult"] == "system-error"


def test_a_call_in_line_is_put_through_over_rest(phone, app, phones):
    app.answers |= {VOICE: in_line(), WAIT: voice.wait("Wait.", language="en")}
    call = phone.call()
    assert phones.redirect_call(call.sid, twiml=voice.connect("+15550100123", said="Here is Ana."))
    phone.advance(0)
    call.settle().is_now("talking")
    assert "Here is Ana." in call.everything
    assert app.fields(NEXT)["QueueResult"] == "redirected"
    phone.world.calls.unbridge(call.raw)
    call.is_now("over")


def test_the_app_may_change_the_call_from_within_its_own_webhook(phone, app, phones):
    def answer(fields):
        assert phones.redirect_call(fields["CallSid"], url=BASE + "/twilio/voice/other")
        return ask("This is never listened to.")

    app.answers |= {VOICE: answer, "/twilio/voice/other": ask("The other document.")}
    phone.call().settle().hears("the other document").is_now("listening")


def test_a_relative_url_in_a_document_sent_with_a_request_is_refused(phone, app, phones):
    app.answers[VOICE] = ask()
    call = phone.call()
    phones.redirect_call(call.sid, twiml=response("<Redirect>/twilio/voice/next</Redirect>"))
    call.settle().is_now("over")
    assert any(alert.code == 11100 for alert in phone.world.alerts)


# Calls of ours.


def test_a_call_back_is_answered(phone, app, phones):
    app.answers[VOICE] = ask("This is the line calling.")
    sid = phones.place_call(PERSON, url=BASE + VOICE, status_callback=BASE + "/twilio/status")
    call = phone.answer().hears("the line calling").is_now("listening")
    assert call.sid == sid
    assert app.fields(VOICE)["AnsweredBy"] == "human"
    assert app.fields(VOICE)["Direction"] == "outbound-api"
    assert phones.call_status(sid) == "in-progress"


@pytest.mark.parametrize(
    ("number", "status"), [("+15005550190", "busy"), ("+15005550191", "no-answer"), (PERSON, "no-answer")]
)
def test_a_call_back_that_nobody_takes(phone, app, phones, number, status):
    sid = phones.place_call(number, url=BASE + VOICE, status_callback=BASE + "/twilio/status")
    phone.advance(120)
    assert phones.call_status(sid) == status
    assert app.fields("/twilio/status")["CallStatus"] == status
    assert app.times(VOICE) == 0


def test_a_voicemail_answers(phone, app, phones):
    app.answers[VOICE] = voice.hang_up("Please call us.", language="en")
    phones.place_call("+15005550192", url=BASE + VOICE)
    phone.advance(30)
    assert app.fields(VOICE)["AnsweredBy"] == "machine_start"


def test_a_call_that_is_over_cannot_be_changed(phone, app, phones):
    app.answers[VOICE] = ask()
    call = phone.call().hang_up()
    assert phones.redirect_call(call.sid, url=BASE + NEXT) is False
    assert phones.end_call(call.sid) is False
    assert phones.end_call("CA" + "0" * 32) is False


def test_the_line_ends_a_call_over_rest(phone, app, phones):
    app.answers[VOICE] = ask()
    call = phone.call()
    assert phones.end_call(call.sid) is True
    phone.advance(0)
    call.is_now("over")
