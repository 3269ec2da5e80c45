"""Texts: sent, delivered or not, opted out of, and texts that come in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from pretend_twilio.basics import TwilioRefusal, not_found, rfc2822

if TYPE_CHECKING:
    from pretend_twilio.world import Record, World

E164 = re.compile(r"\+[1-9]\d{6,14}")
STOP = {"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"}
START = {"START", "YES", "UNSTOP"}
HELP = {"HELP", "INFO"}
STOPPED = "You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe."
STARTED = "You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply."
HELPED = "Reply STOP to unsubscribe. Msg&Data Rates May Apply."

# Numbers that fail on purpose. The first five are Twilio's own magic numbers; the others are ours.
MAGIC: dict[str, tuple[int, int, str]] = {
    "+15005550001": (400, 21211, "The 'To' number +15005550001 is not a valid phone number."),
    "+15005550002": (400, 21612, "The 'To' phone number: +15005550002, is not currently reachable"),
    "+15005550003": (400, 21408, "Permission to send an SMS has not been enabled for the region"),
    "+15005550004": (400, 21610, "Attempt to send to unsubscribed recipient"),
    "+15005550009": (400, 21614, "'To' number: +15005550009, is not a valid mobile number"),
    "+15005550195": (429, 20429, "Too Many Requests"),
}
UNDELIVERED = {"+15005550193": 30003, "+15005550194": 30006}


class Messages:
    """The Messages resource and the carriers behind it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.records: list[Record] = []
        self.opted_out: set[tuple[str, str]] = set()
        self._callbacks: dict[str, str] = {}

    def create(self, params: dict[str, str]) -> Record:
        """POST Messages.json, with the refusals Twilio makes."""
        to, body = params.get("To", ""), params.get("Body", "")
        sender = params.get("From", "")
        if params.get("MessagingServiceSid"):
            sender = sender or self.world.numbers[0]
        self._refuse(to, sender, body)
        record = self._record(sender, to, body, "outbound-api", "queued")
        record["messaging_service_sid"] = params.get("MessagingServiceSid")
        if params.get("MessagingServiceSid"):
            record["status"] = "accepted"
        self._callbacks[record["sid"]] = params.get("StatusCallback", "")
        self._deliver(record)
        return record

    def _refuse(self, to: str, sender: str, body: str) -> None:
        if not to:
            raise TwilioRefusal(400, 21604, "A 'To' phone number is required.")
        if not sender:
            raise TwilioRefusal(400, 21603, "A 'From' phone number is required.")
        if not E164.fullmatch(to):
            raise TwilioRefusal(400, 21211, f"Invalid 'To' Phone Number: {to}")
        if not E164.fullmatch(sender):
            raise TwilioRefusal(400, 21212, f"Invalid 'From' Number: {sender}")
        if sender not in self.world.numbers:
            raise TwilioRefusal(
                400, 21606, f"The 'From' phone number {sender} is not a valid, SMS-capable number"
            )
        if to == sender:
            raise TwilioRefusal(400, 21266, "'To' and 'From' number cannot be the same")
        if not body:
            raise TwilioRefusal(400, 21602, "Message body is required.")
        if len(body) > 1600:
            raise TwilioRefusal(400, 21617, "The concatenated message body exceeds the 1600 character limit")
        if to in MAGIC:
            raise TwilioRefusal(*MAGIC[to])
        if (to, sender) in self.opted_out:
            raise TwilioRefusal(400, 21610, "Attempt to send to unsubscribed recipient")

    def _deliver(self, record: Record) -> None:
        code = UNDELIVERED.get(record["to"])
        ending = ("undelivered", code) if code else ("delivered", None)
        for seconds, (status, error) in enumerate([("sent", None), ending], 1):
            self.world.later(seconds, lambda s=status, e=error: self._now(record, s, e))  # type: ignore[misc]

    def _now(self, record: Record, status: str, error: int | None) -> None:
        with self.world.lock:
            if record["status"] == "canceled":
                return
            record["status"] = status
            record["error_code"] = error
            record["date_updated"] = rfc2822(self.world.clock.now())
        callback = self._callbacks.get(record["sid"])
        if callback:
            self.world.webhooks.send(callback, self._status_fields(record))

    def _status_fields(self, record: Record) -> dict[str, str]:
        fields = {
            "AccountSid": self.world.account_sid,
            "ApiVersion": "2010-04-01",
            "From": record["from"],
            "MessageSid": record["sid"],
            "MessageStatus": record["status"],
            "SmsSid": record["sid"],
            "SmsStatus": record["status"],
            "To": record["to"],
        }
        return fields | ({"ErrorCode": str(record["error_code"])} if record["error_code"] else {})

    def come_in(self, sender: str, body: str, *, to: str = "", media: int = 0, tell: bool = True) -> Record:
        """A person texts the line: stored, keywords handled as Twilio does, then the webhook.

        `tell=False` stores it without calling the app, as when the app is down (T11).
        """
        number = to or self.world.numbers[0]
        record = self._record(sender, number, body, "inbound", "received")
        record["num_media"] = str(media)
        kind = self._keyword(sender, number, body)
        if tell:
            fields = self._inbound_fields(record, media)
            if kind and self.world.advanced_opt_out:
                fields["OptOutType"] = kind
            reply = self.world.webhooks.send(self.world.doors.sms, fields)
            if reply.good:
                self._answer_twiml(reply.text, sender, number)
        return record

    def _keyword(self, sender: str, number: str, body: str) -> str:
        word = body.strip().upper()
        pair = (sender, number)
        if word in STOP:
            was_in = pair not in self.opted_out
            self.opted_out.add(pair)
            return self._says("STOP", pair, STOPPED if was_in else "")
        if word in START:
            was_out = pair in self.opted_out
            self.opted_out.discard(pair)
            return self._says("START", pair, STARTED if was_out else "")
        if word in HELP:
            return self._says("HELP", pair, HELPED)
        return ""

    def _says(self, kind: str, pair: tuple[str, str], text: str) -> str:
        if text:
            self._record(pair[1], pair[0], text, "outbound-reply", "delivered")
        return kind

    def _answer_twiml(self, text: str, sender: str, number: str) -> None:
        try:
            root = ElementTree.fromstring(text) if text.strip() else None
        except ElementTree.ParseError:
            self.world.alert(12100, "Document parse failure", self.world.doors.sms)
            return
        for message in root.iter("Message") if root is not None else ():
            body = "".join(message.itertext()).strip()
            if body and (sender, number) not in self.opted_out:
                self._deliver(self._record(number, sender, body, "outbound-reply", "queued"))

    def _inbound_fields(self, record: Record, media: int) -> dict[str, str]:
        sid = record["sid"]
        empty = dict.fromkeys(["FromCity", "FromState", "FromZip", "ToCity", "ToState", "ToZip"], "")
        fields = empty | {
            "AccountSid": self.world.account_sid,
            "ApiVersion": "2010-04-01",
            "Body": record["body"],
            "From": record["from"],
            "FromCountry": "US",
            "MessageSid": sid,
            "NumMedia": str(media),
            "NumSegments": record["num_segments"],
            "SmsMessageSid": sid,
            "SmsSid": sid,
            "SmsStatus": "received",
            "To": record["to"],
            "ToCountry": "US",
        }
        for index in range(media):
            fields[f"MediaUrl{index}"] = (
                f"https://api.twilio.com/2010-04-01/Accounts/{self.world.account_sid}/Messages/{sid}/Media/ME{index:032x}"
            )
            fields[f"MediaContentType{index}"] = "image/jpeg"
        return fields

    def _record(self, sender: str, to: str, body: str, direction: str, status: str) -> Record:
        with self.world.lock:
            now = rfc2822(self.world.clock.now())
            sid = self.world.sids.new("SM")
            uri = f"/2010-04-01/Accounts/{self.world.account_sid}/Messages/{sid}"
            record: Record = {
                "account_sid": self.world.account_sid,
                "api_version": "2010-04-01",
                "body": body,
                "date_created": now,
                "date_sent": now,
                "date_updated": now,
                "direction": direction,
                "error_code": None,
                "error_message": None,
                "from": sender,
                "messaging_service_sid": None,
                "num_media": "0",
                "num_segments": str(max(1, -(-len(body) // 153))),
                "price": None,
                "price_unit": "USD",
                "sid": sid,
                "status": status,
                "subresource_uris": {"media": f"{uri}/Media.json"},
                "to": to,
                "uri": f"{uri}.json",
            }
            self.records.append(record)
            return record

    def find(self, sid: str) -> Record:
        """One text by its SID; 404 when there is none."""
        for record in self.records:
            if record["sid"] == sid:
                return record
        raise not_found(f"/Messages/{sid}")

    def thread(self, person: str) -> list[Record]:
        """All texts to and from one person, oldest first."""
        return [r for r in self.records if person in (r["from"], r["to"])]

    def update(self, sid: str, params: dict[str, str]) -> Record:
        """Cancels a text that waits, or empties the body of one that went."""
        record = self.find(sid)
        if params.get("Status") == "canceled":
            if record["status"] not in {"accepted", "queued", "scheduled"}:
                raise TwilioRefusal(400, 30409, "Message is not in a cancelable state")
            record["status"] = "canceled"
        if params.get("Body") == "":
            record["body"] = ""
        return record

    def delete(self, sid: str) -> None:
        """Removes a text from the log."""
        self.records.remove(self.find(sid))


def listed(records: list[Record], params: dict[str, str], when: Any) -> list[Record]:
    """The texts a list request asks for, newest first. `when` reads a record's time of sending."""
    found = list(reversed(records))
    for name, key in (("To", "to"), ("From", "from")):
        if params.get(name):
            found = [r for r in found if r[key] == params[name]]
    if params.get("DateSent>"):
        found = [r for r in found if when(r) >= params["DateSent>"]]
    if params.get("DateSent<"):
        found = [r for r in found if when(r) <= params["DateSent<"]]
    if params.get("DateSent"):
        found = [r for r in found if when(r)[:10] == params["DateSent"][:10]]
    return found
