"""Texts over Twilio: send one, find what was sent, list what came in while we were away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from channels.twilio_http import asking

MOST = 1000
MOST_INBOUND = 50_000


@dataclass(frozen=True)
class Text:
    """A text as Twilio keeps it. `at` is when Twilio made it (UTC); `pii` fields are never logged."""

    sid: str
    status: str
    at: datetime
    pii_from: str
    pii_to: str
    pii_body: str
    error_code: int | None = None
    media: int = 0


class Texts:
    """The part of Phones that is about texts."""

    client: Any
    number: str
    messaging_service_sid: str

    def send_text(self, to: str, body: str, *, status_callback: str = "") -> str:
        """Sends one text and gives its MessageSid.

        OptedOut, BadNumber, Refused: not sent. TooMany, NotReached: not sent, send again later.
        UnknownOutcome: look with `find_texts` before sending again.
        """
        sender: dict[str, Any] = {"from_": self.number}
        if self.messaging_service_sid:
            sender = {"messaging_service_sid": self.messaging_service_sid}
        if status_callback:
            sender["status_callback"] = status_callback
        with asking():
            return str(self.client.messages.create(to=to, body=body, **sender).sid)

    def find_texts(self, to: str, *, since: datetime, body: str) -> list[Text]:
        """The texts with exactly this body that went to `to` at or after `since` (UTC), newest first."""
        with asking(reads=True):
            found = self.client.messages.stream(to=to, page_size=50)
            recent = _until(found, since)
            return [text for text in recent if text.pii_body == body and text.status != "received"]

    def list_inbound(self, *, since: datetime) -> list[Text]:
        """The texts that came in for our number at or after `since` (UTC), oldest first."""
        with asking(reads=True):
            found = self.client.messages.stream(to=self.number, date_sent_after=since, page_size=1000)
            came = [_text(one) for one in islice(found, MOST_INBOUND) if str(one.direction) == "inbound"]
        # Twilio's times are whole seconds and its list begins with the newest: within one second the list tells.
        return sorted((text for text in reversed(came) if text.at >= since), key=lambda text: text.at)

    def text_status(self, sid: str) -> Text:
        """One text as it now stands."""
        with asking(reads=True):
            return _text(self.client.messages(sid).fetch())


def _until(found: Iterator[Any], since: datetime) -> Iterator[Text]:
    for one in islice(found, MOST):
        text = _text(one)
        if text.at < since:
            return
        yield text


def _text(one: Any) -> Text:
    return Text(
        sid=one.sid,
        status=str(one.status),
        at=one.date_created,
        pii_from=one.from_ or "",
        pii_to=one.to or "",
        pii_body=one.body or "",
        error_code=one.error_code,
        media=int(one.num_media or 0),
    )
