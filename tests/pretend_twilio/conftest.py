"""A small app of the kind the pretend Twilio calls, and a phone to call it with."""

from dataclasses import dataclass, field

import pytest

from channels.signature import genuine
from pretend_twilio.testing import PUBLIC_URL, TOKEN, Phone
from pretend_twilio.webhooks import Reply
from tests.pretend_twilio.floor import build, floor, quick_passwords  # noqa: F401


@dataclass
class App:
    """Answers each path with what the test put there: TwiML, or a function of the fields, or a Reply."""

    answers: dict = field(default_factory=dict)
    asked: list = field(default_factory=list)
    forged: int = 0

    def post(self, url, fields, headers, seconds):
        path = url.removeprefix(PUBLIC_URL)
        if not genuine(url, fields.items(), headers["X-Twilio-Signature"], TOKEN):
            self.forged += 1
        self.asked.append((path, dict(fields)))
        answer = self.answers.get(path, "<Response/>")
        answer = answer(fields) if callable(answer) else answer
        return answer if isinstance(answer, Reply) else Reply(200, answer, "text/xml")

    def fields(self, path):
        """The fields of the last post to a path."""
        return [fields for asked, fields in self.asked if asked == path][-1]

    def times(self, path):
        """How often a path was asked."""
        return sum(asked == path for asked, _ in self.asked)


@pytest.fixture
def app():
    return App()


@pytest.fixture
def phone(app):
    phone = Phone(app.post)
    yield phone
    assert app.forged == 0, "a webhook was not signed as Twilio signs"


@pytest.fixture
def phones(phone):
    """The real adapter on the official client, with the pretend Twilio below."""
    from channels.twilio import Phones

    world = phone.world
    return Phones(world.account_sid, world.auth_token, number=phone.number, http_client=phone.http_client)
