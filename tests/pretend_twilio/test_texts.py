"""Texts come in as Twilio brings them: keywords answered by Twilio itself, and the app told all the same."""

import pytest

from pretend_twilio.testing import Phone

SMS = "/twilio/sms"
PERSON = "+15555550143"


def test_a_text_reaches_the_app_with_many_empty_fields(phone, app):
    sid = phone.text("I got a CP504")
    fields = app.fields(SMS)
    assert (fields["MessageSid"], fields["Body"], fields["From"]) == (sid, "I got a CP504", PERSON)
    assert fields["FromCity"] == fields["ToZip"] == ""
    assert fields["NumMedia"] == "0"


def test_an_answer_in_twiml_is_sent(phone, app):
    app.answers[SMS] = "<Response><Message>Hello &amp; welcome</Message></Response>"
    phone.text("hi")
    assert phone.texts() == ["Hello & welcome"]


@pytest.mark.parametrize(
    "word", ["STOP", "stop ", "Unsubscribe", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"]
)
def test_twilio_answers_stop_once_and_the_app_is_still_told(phone, app, word):
    phone.text(word)
    phone.text(word)
    assert len(phone.texts()) == 1
    assert app.times(SMS) == 2
    assert "OptOutType" not in app.fields(SMS)


def test_please_stop_is_not_twilios_business(phone, app):
    phone.text("please stop")
    assert phone.texts() == []


def test_advanced_opt_out_names_itself(app):
    phone = Phone(app.post, advanced_opt_out=True)
    phone.text("HELP")
    assert app.fields(SMS)["OptOutType"] == "HELP"
    assert len(phone.texts()) == 1


def test_an_answer_to_someone_who_opted_out_goes_nowhere(phone, app):
    app.answers[SMS] = "<Response><Message>Sorry to see you go</Message></Response>"
    phone.text("STOP")
    assert "Sorry to see you go" not in phone.texts()


def test_a_photo_without_words(phone, app):
    phone.text("", media=2)
    assert app.fields(SMS)["Body"] == ""
    assert app.fields(SMS)["MediaUrl1"].startswith("https://api.twilio.com/")


def test_a_webhook_may_come_twice_or_never(phone, app):
    phone.world.webhooks.repeat = 1
    phone.text("once")
    assert app.times(SMS) == 2
    assert app.asked[0] == app.asked[1]
    phone.world.webhooks.lose = 2
    phone.text("lost")
    assert app.times(SMS) == 2
    assert phone.world.alerts[-1].code == 11200
