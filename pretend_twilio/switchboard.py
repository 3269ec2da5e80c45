"""All calls: who rings whom, what a person does on the phone, and what the REST API does to a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pretend_twilio.basics import TwilioRefusal, not_found
from pretend_twilio.call import Call
from pretend_twilio.messages import E164
from pretend_twilio.player import BUSY_NUMBERS, Player

if TYPE_CHECKING:
    from pretend_twilio.line import LineQueue
    from pretend_twilio.world import Record, World

VOICEMAIL = "+15005550192"
BAD = {
    "+15005550001": (400, 21217, "The phone number you are attempting to call, +15005550001, is not valid."),
    "+15005550002": (400, 21214, "The 'To' phone number provided cannot be reached."),
    "+15005550003": (400, 21215, "Account not authorized to make an international call."),
}
LONGEST_TWIML = 4000


class Switchboard:
    """The Calls resource and the people at the other end."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.calls: dict[str, Call] = {}
        self.player = Player(world)
        world.taskrouter.on_assigned.append(self._assigned)

    @property
    def queues(self) -> dict[str, LineQueue]:
        """The queues of the older kind."""
        return self.player.queues

    # What a person does.

    def dial(self, caller: str, called: str = "") -> Call:
        """A person calls the line."""
        call = self._new(caller, called or self.world.numbers[0], "inbound", "ringing")
        call.url, call.status_callback = self.world.doors.voice, self.world.doors.status
        self.poke(call, "begin")
        return call

    def answer(self, call: Call, *, machine: bool = False) -> None:
        """A person (or a voicemail) picks up a call of ours."""
        if call.mode != "ringing" or call.over:
            return
        if call.machine_detection:
            call.answered_by = "machine_start" if machine else "human"
        self.poke(call, "play_twiml", call.url) if call.by_twiml else self.poke(call, "begin")

    def press(self, call: Call, keys: str) -> None:
        """Keys 0-9 * #, one after the other."""
        if not keys or set(keys) - set("0123456789*#"):
            raise ValueError("A telephone has only the keys 0 to 9, * and #.")
        self.poke(call, "press", keys)

    def say(self, call: Call, text: str, confidence: float | None = 0.92) -> None:
        """Speaks; the recogniser hears exactly that."""
        self.poke(call, "say", text, confidence)

    def silence(self, call: Call) -> None:
        """Says nothing until Gather gives up."""
        self.poke(call, "silence")

    def hang_up(self, call: Call) -> None:
        """Hangs up."""
        self.poke(call, "hang_up", "You have hung up")

    def bridge(self, call: Call, who: str) -> None:
        """Someone joins the call."""
        self.poke(call, "bridge", who)

    def unbridge(self, call: Call) -> None:
        """The other side hangs up first."""
        self.poke(call, "unbridge")

    def poke(self, call: Call, *event: Any) -> None:
        """One thing happens to a call. Whoever finds the call idle plays it; nobody waits for another.

        So an app may change a call over REST from within its own webhook, as it may with Twilio.
        """
        call.inbox.append(event)
        while call.inbox:
            if not call.busy.acquire(blocking=False):
                return
            try:
                while call.inbox:
                    self.player.handle(call, call.inbox.popleft())
            finally:
                call.busy.release()

    # What the REST API does.

    def place(self, params: dict[str, str], events: list[str]) -> Call:
        """POST Calls.json: the number rings until somebody answers or the time is up."""
        to, sender, url = params.get("To", ""), params.get("From", ""), params.get("Url", "")
        self._refuse(to, sender, url, params.get("Twiml", ""))
        call = self._new(sender, to, "outbound-api", "queued")
        call.url, call.status_callback = url, params.get("StatusCallback", "")
        call.status_events = tuple(e for group in events for e in group.split()) or ("completed",)
        call.machine_detection = params.get("MachineDetection", "")
        if not url:
            call.by_twiml, call.url = True, params["Twiml"]
        self.world.later(1, lambda: self._ring(call, int(params.get("Timeout", "60"))))
        return call

    def _refuse(self, to: str, sender: str, url: str, twiml: str) -> None:
        if not E164.fullmatch(to):
            raise TwilioRefusal(400, 21211, f"Invalid 'To' Phone Number: {to}")
        if sender not in self.world.numbers:
            raise TwilioRefusal(400, 21210, f"'From' phone number not verified: {sender}")
        if not url and not twiml:
            raise TwilioRefusal(400, 21205, "Url parameter is required.")
        if len(twiml) > LONGEST_TWIML:
            raise TwilioRefusal(400, 32018, "Twiml exceeds 4000 characters")
        if to in BAD:
            raise TwilioRefusal(*BAD[to])

    def _ring(self, call: Call, seconds: int) -> None:
        if call.over:
            return
        call.status = "ringing"
        self.player.tell_status(call, "ringing")
        failed = BUSY_NUMBERS.get(call.called)
        if failed:
            self._unanswered(call, failed)
        elif call.called == VOICEMAIL:
            self.answer(call, machine=True)
        else:
            self.world.later(seconds, lambda: self._unanswered(call, "no-answer"))

    def _unanswered(self, call: Call, status: str) -> None:
        if call.mode == "ringing" and not call.over:
            self.player.end(call, status, f"Not answered: {status}")

    def update(self, sid: str, params: dict[str, str]) -> Call:
        """POST Calls/{sid}.json: elsewhere, or over."""
        call = self.find(sid)
        if call.over:
            raise TwilioRefusal(400, 21220, "Call is not in-progress. Cannot redirect.")
        if params.get("Status") == "canceled" and call.mode == "ringing":
            self.player.end(call, "canceled", "The call was canceled")
        elif params.get("Status") in {"completed", "canceled"}:
            self.world.soon(lambda: self.poke(call, "hang_up", "The line has hung up"))
        elif call.status != "in-progress" and (params.get("Url") or params.get("Twiml")):
            raise TwilioRefusal(400, 21220, "Call is not in-progress. Cannot redirect.")
        elif params.get("Url"):
            self.world.soon(lambda: self.poke(call, "goto", params["Url"]))
        elif params.get("Twiml"):
            if len(params["Twiml"]) > LONGEST_TWIML:
                raise TwilioRefusal(400, 32018, "Twiml exceeds 4000 characters")
            self.world.soon(lambda: self.poke(call, "play_twiml", params["Twiml"]))
        return call

    def find(self, sid: str) -> Call:
        """One call by its SID; 404 when there is none."""
        if sid not in self.calls:
            raise not_found(f"/Calls/{sid}")
        return self.calls[sid]

    def ringing(self, person: str) -> list[Call]:
        """Calls of ours that ring at this number now."""
        return [
            c
            for c in self.calls.values()
            if c.called == person and c.status == "ringing" and c.direction != "inbound"
        ]

    def _assigned(self, task: Record, reservation: Record, order: dict[str, Any]) -> None:
        import json

        call = self.calls.get(json.loads(task["attributes"]).get("call_sid", order.get("call_sid", "")))
        if call is None:
            return
        if order["instruction"] == "redirect":
            self.poke(call, "goto", order["url"])
        elif order["instruction"] != "accept":
            self.poke(call, "bridge", str(reservation["worker_name"]))

    def _new(self, caller: str, called: str, direction: str, status: str) -> Call:
        with self.world.lock:
            sid = self.world.sids.new("CA")
            call = Call(
                sid, self.world.account_sid, caller, called, direction, self.world.clock.now(), status
            )
            self.calls[sid] = call
            return call
