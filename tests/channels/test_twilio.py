"""The adapter on the official client: what is sent, what is found again, and what every failure means."""

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from channels.errors import BadNumber, NotFound, NotReached, OptedOut, Refused, TooMany, UnknownOutcome
from channels.twilio import Phones
from channels.twilio_codes import MEANINGS, error_for, meaning
from channels.twilio_http import address
from pretend_twilio.testing import Phone
from pretend_twilio.webhooks import Reply

PERSON = "+15555550143"


@pytest.fixture
def phone():
    return Phone(lambda url, fields, headers, seconds: Reply(200, "<Response/>", "text/xml"))


@pytest.fixture
def phones(phone):
    return Phones(
        phone.world.account_sid, phone.world.auth_token, number=phone.number, http_client=phone.http_client
    )


# Texts.


def test_a_text_is_sent_delivered_and_found_again(phone, phones):
    before = phone.world.clock.now()
    sid = phones.send_text(PERSON, "Your plan is set.", status_callback="https://line.example/twilio/status")
    phone.advance(5)
    assert phone.texts() == ["Your plan is set."]
    assert phones.text_status(sid).status == "delivered"
    assert [sent.fields["MessageStatus"] for sent in phone.webhooks("status")] == ["sent", "delivered"]
    assert [text.sid for text in phones.find_texts(PERSON, since=before, body="Your plan is set.")] == [sid]
    assert phones.find_texts(PERSON, since=before, body="Another.") == []
    assert phones.find_texts(PERSON, since=before + timedelta(seconds=1), body="Your plan is set.") == []


def test_what_came_in_while_we_were_away_is_listed_oldest_first(phone, phones):
    phone.text("too old", tell=False)
    phone.advance(60)
    since = phone.world.clock.now()
    for number in range(120):
        phone.text(f"text {number}", tell=False)
        phone.advance(1)
    phones.send_text(PERSON, "ours")
    found = phones.list_inbound(since=since)
    assert [text.pii_body for text in found] == [f"text {number}" for number in range(120)]
    assert phone.webhooks() == []


@pytest.mark.parametrize(
    ("to", "kind", "code"),
    [
        ("+15005550001", BadNumber, 21211),
        ("12", BadNumber, 21211),
        ("+15005550002", BadNumber, 21612),
        ("+15005550004", OptedOut, 21610),
        ("+15005550009", BadNumber, 21614),
        ("+15005550195", TooMany, 20429),
    ],
)
def test_numbers_that_fail_on_purpose(phones, to, kind, code):
    with pytest.raises(kind) as error:
        phones.send_text(to, "hello")
    assert error.value.code == code
    assert error.value.retryable is (kind is TooMany)
    assert set(error.value.friendly) == {"en", "es"}


def test_after_stop_nothing_goes_out_until_start(phone, phones):
    phone.text("STOP")
    with pytest.raises(OptedOut):
        phones.send_text(PERSON, "hello")
    phone.text("START")
    phones.send_text(PERSON, "hello again")
    assert phone.texts()[-1] == "hello again"


@pytest.mark.parametrize("body", ["", "a" * 1601])
def test_a_body_twilio_refuses(phones, body):
    with pytest.raises(Refused) as error:
        phones.send_text(PERSON, body)
    assert error.value.code in {21602, 21617}


def test_a_failed_delivery_has_a_meaning(phone, phones):
    sid = phones.send_text("+15005550194", "hello")
    phone.advance(5)
    assert phones.text_status(sid).status == "undelivered"
    assert meaning(phones.text_status(sid).error_code).kind == "bad_number"


# What every failure means.


def test_a_429_was_not_done_and_may_be_sent_again(phone, phones):
    phone.world.faults.fail_next(path="Messages", status=429)
    with pytest.raises(TooMany) as error:
        phones.send_text(PERSON, "hello")
    assert error.value.retryable
    assert phone.texts() == []


@pytest.mark.parametrize("after", [True, False])
@pytest.mark.parametrize("status", [500, 503, 0])
def test_a_5xx_or_silence_is_an_unknown_outcome_to_be_looked_up(phone, phones, status, after):
    before = phone.world.clock.now()
    phone.world.faults.fail_next(path="Messages", status=status, after=after)
    with pytest.raises(UnknownOutcome) as error:
        phones.send_text(PERSON, "hello")
    assert not error.value.retryable
    assert len(phones.find_texts(PERSON, since=before, body="hello")) == int(after)


def test_reading_again_is_always_safe(phone, phones):
    phone.world.faults.fail_next("GET", "Messages", status=503)
    with pytest.raises(UnknownOutcome) as error:
        phones.list_inbound(since=phone.world.clock.now())
    assert error.value.retryable


def test_a_wrong_token_is_refused(phone):
    wrong = Phones(phone.world.account_sid, "wrong", number=phone.number, http_client=phone.http_client)
    with pytest.raises(Refused) as error:
        wrong.send_text(PERSON, "hello")
    assert error.value.code == 20003


def test_what_is_not_there(phones):
    with pytest.raises(NotFound):
        phones.text_status("SM" + "0" * 32)


def test_every_meaning_speaks_both_languages():
    for code, found in MEANINGS.items():
        assert found.en, code
        assert found.es, code
        assert found.en != found.es


def test_an_error_nobody_knows_is_refused_and_not_repeated():
    error = error_for(400, 99999, "new")
    assert type(error) is Refused
    assert not error.retryable


# Tasks.


def test_a_workspace_is_made_once_and_found_by_name(phone, phones):
    with pytest.raises(NotFound):
        phones.create_task({"handoff_key": "h1"})
    made = phones.ensure_workspace(assignment_url="https://line.example/twilio/taskrouter/assignment")
    again = Phones(
        phone.world.account_sid, phone.world.auth_token, number=phone.number, http_client=phone.http_client
    )
    assert again.ensure_workspace() == made
    assert len(phone.world.taskrouter.all("WS")) == 1
    assert len(phone.world.taskrouter.all("WQ")) == 9


def test_a_task_goes_to_its_queue_and_is_found_by_its_key(phones):
    phones.ensure_workspace()
    sid = phones.create_task({"handoff_key": "h-1", "queue": "appeals"}, priority=5)
    other = phones.create_task({"handoff_key": "h-2", "queue": "nowhere"})
    assert phones.find_task("h-1").sid == sid
    assert phones.find_task("h-1").queue == "appeals"
    assert phones.find_task("h-2").sid == other
    assert phones.find_task("h-2").queue == "collection"
    assert phones.find_task("h-3") is None


def test_an_unknown_outcome_is_settled_by_the_key(phone, phones):
    phones.ensure_workspace()
    phone.world.faults.fail_next(path="Tasks", status=503, after=True)
    with pytest.raises(UnknownOutcome):
        phones.create_task({"handoff_key": "h1"})
    assert phones.find_task("h1").status == "pending"
    phone.world.faults.fail_next(path="Tasks", status=503)
    with pytest.raises(UnknownOutcome):
        phones.create_task({"handoff_key": "h2"})
    assert phones.find_task("h2") is None


def test_a_task_is_canceled_once(phone, phones):
    phones.ensure_workspace()
    sid = phones.create_task({"handoff_key": "h1"})
    assert phones.cancel_task(sid, reason="caller gone") is True
    assert phones.cancel_task(sid) is False
    assert phones.cancel_task("WT" + "0" * 32) is False
    assert phones.find_task("h1").status == "canceled"


def test_a_waiting_task_cannot_be_completed(phones):
    phones.ensure_workspace()
    sid = phones.create_task({"handoff_key": "h1"})
    with pytest.raises(Refused):
        phones.complete_task(sid)


@pytest.mark.parametrize("key", ["", None, 'h" OR "1" == "1', "a b", "x" * 121])
def test_a_key_that_could_be_an_expression_is_refused(phones, key):
    with pytest.raises(ValueError, match="handoff_key"):
        phones.create_task({"handoff_key": key})


def test_twiml_too_long_for_a_request_is_refused_here(phones):
    with pytest.raises(ValueError, match="4,000"):
        phones.redirect_call("CA1", twiml="a" * 4001)
    with pytest.raises(ValueError, match="either"):
        phones.redirect_call("CA1")


# The way there.


@pytest.mark.parametrize(
    ("url", "base", "real"),
    [
        (
            "https://api.twilio.com/2010-04-01/Accounts/AC1",
            "",
            "https://api.twilio.com/2010-04-01/Accounts/AC1",
        ),
        ("https://api.twilio.com/2010-04-01/A", "http://x:1", "http://x:1/api/2010-04-01/A"),
        (
            "https://taskrouter.twilio.com/v1/Workspaces",
            "http://x:1/t",
            "http://x:1/t/taskrouter/v1/Workspaces",
        ),
        ("https://api.ashburn.us1.twilio.com/v1/A?b=c", "http://x:1", "http://x:1/api/v1/A?b=c"),
        ("http://x:1/api/v1/A?Page=1", "http://x:1", "http://x:1/api/v1/A?Page=1"),
    ],
)
def test_where_a_request_goes(url, base, real):
    assert address(url, base) == real


@pytest.mark.parametrize(
    "url", ["https://evil.example/x", "https://api.twilio.com.evil.example/", "http://x:12/a"]
)
def test_the_token_goes_nowhere_else(url):
    with pytest.raises(NotReached):
        address(url, "http://x:1")


def test_nobody_listening_was_never_done():
    phones = Phones("AC" + "a" * 32, "t", number="+15550100000", api_base="http://127.0.0.1:9")
    with pytest.raises(NotReached) as error:
        phones.send_text(PERSON, "hello")
    assert error.value.retryable


@pytest.fixture
def slow_server():
    paths = []

    class Slow(BaseHTTPRequestHandler):
        def do_POST(self):
            paths.append(self.path)
            threading.Event().wait(1.0)

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Slow)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server, paths
    server.shutdown()
    server.server_close()


def test_a_slow_answer_is_an_unknown_outcome_and_asked_only_once(slow_server):
    server, paths = slow_server
    base = f"http://127.0.0.1:{server.server_port}"
    phones = Phones("AC" + "a" * 32, "t", number="+15550100000", api_base=base, timeout=0.3)
    with pytest.raises(UnknownOutcome) as error:
        phones.send_text(PERSON, "hello")
    assert not error.value.retryable
    assert paths == [f"/api/2010-04-01/Accounts/AC{'a' * 32}/Messages.json"]


def test_no_words_in_any_log(phone, phones, caplog):
    with caplog.at_level("DEBUG"):
        phones.send_text(PERSON, "a secret about taxes")
    assert "secret" not in caplog.text
