"""Calls over Twilio: ring someone back, send a call elsewhere, end it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from channels.errors import NotFound, Refused
from channels.twilio_http import asking

LONGEST_TWIML = 4000
OVER = 21220
"""Twilio's number for "the call is not in progress"."""


class Calls:
    """The part of Phones that is about calls."""

    client: Any
    number: str

    def place_call(self, to: str, *, url: str, status_callback: str = "", detect_machine: bool = True) -> str:
        """Rings `to`; when answered Twilio asks `url` for TwiML. Gives the CallSid.

        With `detect_machine` the post carries AnsweredBy, so that nothing is said to a voicemail.
        """
        more: dict[str, Any] = {"machine_detection": "Enable"} if detect_machine else {}
        if status_callback:
            events = ["initiated", "ringing", "answered", "completed"]
            more |= {"status_callback": status_callback, "status_callback_event": events}
        with asking():
            return str(self.client.calls.create(to=to, from_=self.number, url=url, **more).sid)

    def find_calls(self, to: str, *, since: datetime) -> list[str]:
        """The CallSids of our own calls to this number made at or after `since` (UTC)."""
        with asking(reads=True):
            found = self.client.calls.list(to=to, from_=self.number, limit=50)
            return [str(one.sid) for one in found if one.date_created and one.date_created >= since]

    def redirect_call(self, call_sid: str, *, twiml: str = "", url: str = "") -> bool:
        """Sends a call on to other TwiML or another URL. False: the call is over (the caller hung up)."""
        if bool(twiml) == bool(url):
            raise ValueError("Give either twiml or url.")
        if len(twiml) > LONGEST_TWIML:
            raise ValueError("TwiML in a request may have 4,000 characters; give a url instead.")
        return self._update(call_sid, {"twiml": twiml} if twiml else {"url": url, "method": "POST"})

    def end_call(self, call_sid: str) -> bool:
        """Hangs up. False: it was over already."""
        return self._update(call_sid, {"status": "completed"})

    def call_status(self, call_sid: str) -> str:
        """queued, ringing, in-progress, completed, busy, failed, no-answer or canceled."""
        with asking(reads=True):
            return str(self.client.calls(call_sid).fetch().status)

    def _update(self, call_sid: str, change: dict[str, Any]) -> bool:
        try:
            with asking():
                self.client.calls(call_sid).update(**change)
        except NotFound:
            return False
        except Refused as error:
            if error.code == OVER:
                return False
            raise
        return True
