"""The gateway, the real adapter and the official client against the pretend Twilio: texts and calls end to end."""

import shutil
import time

import pytest
from starlette.testclient import TestClient

from acs.casefile import load
from api.app import make_app
from api.bot import HttpBot
from channels.twilio import Phones
from pretend_twilio.testing import Phone
from pretend_twilio.transport import via_client
from store.cases import import_cases
from store.db import Database
from tests.api.conftest import CASES, PHONE, PUBLIC
from tests.api.fakes import SECRET, FakeBot, FakeClock, ShownWords
from wiring.settings import Settings


class PlainWords(ShownWords):
    """A key as itself, without what a voice would stumble over."""

    def render(self, *args, **more):
        return super().render(*args, **more).replace("<", "").replace(">", "")


class Post:
    """Into the gateway once it stands; the world is made before it."""

    client = None

    def __call__(self, *args):
        return via_client(self.client)(*args)


@pytest.fixture
def bot():
    return FakeBot()


@pytest.fixture
def phone(empty_sqlite, tmp_path, bot):
    post = Post()
    phone = Phone(post, public_url=PUBLIC)
    file = tmp_path / "line.sqlite"
    (tmp_path / "cases.yml").write_text(CASES)
    shutil.copy(empty_sqlite, file)
    with Database(f"sqlite:///{file}").work() as session:
        import_cases(session, load(tmp_path / "cases.yml"))
    settings = Settings(
        _env_file=None, database_url=f"sqlite:///{file}", public_url=PUBLIC, acs_secret=SECRET,
        twilio_account_sid=phone.world.account_sid, twilio_auth_token=phone.world.auth_token,
        twilio_number=phone.number,
    )  # fmt: skip
    db = Database(settings.database_url)
    phones = Phones(
        phone.world.account_sid, phone.world.auth_token, number=phone.number, http_client=phone.http_client
    )
    clock = phone.line_clock = FakeClock()
    wire = HttpBot("http://bot", SECRET, transport=bot.transport)
    app = make_app(settings, db=db, bot=wire, phones=phones, clock=clock, words=PlainWords())
    with TestClient(app, base_url=PUBLIC) as client:
        post.client = phone.browser = client
        yield phone
    db.engine.dispose()


def until(true, seconds=5.0):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def test_a_text_is_answered_by_text(phone, bot):
    bot.say("utter_notice")
    phone.text("I got a CP504", PHONE)
    until(lambda: phone.texts(PHONE))
    assert "utter_notice en sms" in " ".join(phone.texts(PHONE))
    assert bot.turns[0]["text"] == "I got a CP504"


def test_a_text_sent_twice_is_answered_once(phone, bot):
    phone.world.webhooks.repeat = 2
    phone.text("hello", PHONE)
    until(lambda: phone.texts(PHONE))
    time.sleep(0.3)
    assert len(bot.turns) == 1


def test_stop_is_left_to_twilio_and_please_stop_gets_one_word(phone, bot):
    phone.text("STOP", PHONE)
    time.sleep(0.3)
    assert len(phone.texts(PHONE)) == 1
    assert "unsubscribed" in phone.texts(PHONE)[0]
    other = "+15125550144"
    phone.text("please stop texting me", other)
    until(lambda: phone.texts(other))
    phone.text("are you there", other)
    time.sleep(0.3)
    assert len(phone.texts(other)) == 1
    assert bot.turns == []


def test_a_text_survives_a_503_after_it_was_sent(phone, bot):
    phone.world.faults.fail_next(path="Messages", status=503, after=True)
    bot.say("utter_notice")
    phone.text("I got a CP504", PHONE)
    until(lambda: phone.world.faults.count == 1)
    time.sleep(0.2)
    phone.line_clock.forward(minutes=10)
    until(lambda: phone.browser.get("/readyz").json()["unsent_outbound"] == 0, 20)
    assert [text for text in phone.texts(PHONE) if "utter_notice" in text] == phone.texts(PHONE)[-1:]


def test_a_call_is_greeted_heard_and_answered(phone, bot):
    call = phone.call(PHONE).is_now("listening").hears("utter_greeting").hears("utter_spanish_offer")
    bot.say("utter_notice")
    call.say("I got a CP504").hears("utter_notice en voice").is_now("listening")
    assert bot.turns[0]["text"] == "I got a CP504"
    call.hang_up()


def test_no_document_of_the_call_is_one_twilio_would_misread(phone, bot):
    call = phone.call(PHONE).say("hello")
    call.press("#").press("*").press("2").silence().silence().silence()
    call.hang_up()
    assert [alert for alert in phone.world.alerts if alert.code] == []


def test_zero_puts_the_caller_in_line_for_a_person(phone, bot):
    call = phone.call(PHONE).press("0").is_now("waiting")
    call.wait(40).is_now("waiting")
    call.hang_up().is_now("over")


def test_a_replayed_turn_gets_the_same_document(phone, bot):
    phone.call(PHONE).say("I got a CP504")
    sent = phone.webhooks("/twilio/voice/")[-1]
    assert phone.world.webhooks.again(sent).text == sent.reply.text
    assert len(bot.turns) == 1


def test_a_dead_bot_still_leads_to_a_person(phone, bot):
    bot.broken = "dead"
    call = phone.call(PHONE).say("I got a CP504")
    assert call.state in {"listening", "waiting"}
    call.press("0").is_now("waiting")
