"""Plays TwiML to one caller, verb by verb, and listens the way Gather does."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from pretend_twilio.call import Call, Frame, Gather, Heard
from pretend_twilio.listening import Listening

if TYPE_CHECKING:
    from pretend_twilio.world import World

BUSY_NUMBERS = {"+15005550190": "busy", "+15005550191": "no-answer"}


class Player(Listening):
    """The verbs. Events come one at a time (see Switchboard.poke); `call.busy` is held meanwhile."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.verbs = {
            "Say": self._say,
            "Play": self._play,
            "Pause": self._pause,
            "Gather": self._gather,
            "Redirect": self._redirect,
            "Hangup": self._hang_up,
            "Reject": self._hang_up,
            "Enqueue": self._enqueue,
            "Leave": self._leave,
            "Dial": self._dial,
            "Connect": self._connect,
        }

    def handle(self, call: Call, event: tuple[Any, ...]) -> None:
        """One event, then as far as the call goes without waiting."""
        kind, *rest = event
        if call.over:
            return
        getattr(self, f"_on_{kind}")(call, *rest)
        while call.mode == "ready" and not call.over:
            self._next(call)

    # Events.

    def _on_begin(self, call: Call) -> None:
        call.started = self.world.clock.now()
        call.status = "in-progress"
        self.tell_status(call, "answered")
        more = {"AnsweredBy": call.answered_by} if call.answered_by else {}
        self.fetch(call, call.url, more)

    def _on_play_twiml(self, call: Call, document: str) -> None:
        if not call.started:
            call.started = self.world.clock.now()
            call.status = "in-progress"
            self.tell_status(call, "answered")
        call.by_twiml = True
        self._leave_queue(call, "redirected")
        self._play_document(call, document, call.url)

    def _on_goto(self, call: Call, url: str) -> None:
        call.by_twiml = False
        self._leave_queue(call, "redirected")
        self.fetch(call, url, {})

    def _on_tick(self, call: Call, stamp: int) -> None:
        if stamp != call.stamp:
            return
        if call.mode == "listening":
            self._on_silence(call)
        elif call.mode == "busy":
            call.mode = "ready"

    def _on_press(self, call: Call, keys: str) -> None:
        for key in keys:
            gather = call.gather
            call.heard.append(Heard(self.world.clock.now(), "you", f"[{key}]"))
            if gather is None or not gather.takes("dtmf"):
                continue
            gather.prompts.clear()
            if key in gather.ends_on:
                self._submit(call, gather, {"Digits": gather.digits, "FinishedOnKey": key})
                return
            gather.digits += key
            if gather.wanted and len(gather.digits) >= gather.wanted:
                self._submit(call, gather, {"Digits": gather.digits})
                return
            self._listen(call, gather)

    def _on_say(self, call: Call, text: str, confidence: float | None) -> None:
        call.heard.append(Heard(self.world.clock.now(), "you", text))
        gather = call.gather
        if gather is None or not gather.takes("speech"):
            return
        fields = {"SpeechResult": text}
        # The real one leaves Confidence out now and then; None does so on purpose.
        if confidence is not None:
            fields["Confidence"] = f"{confidence:.7f}"
        self._submit(call, gather, fields)

    def _on_silence(self, call: Call) -> None:
        gather = call.gather
        if gather is None:
            return
        if gather.digits:
            self._submit(call, gather, {"Digits": gather.digits})
        elif gather.element.get("actionOnEmptyResult") == "true":
            names = {"dtmf": "Digits", "speech": "SpeechResult"}
            self._submit(call, gather, {name: "" for kind, name in names.items() if gather.takes(kind)})
        else:
            call.gather = None
            call.mode = "ready"

    def _on_hang_up(self, call: Call, note: str) -> None:
        self.end(call, "completed", note)

    def _on_bridge(self, call: Call, who: str) -> None:
        self._note(call, f"{who} is on the line")
        call.bridged, call.mode, call.gather = who, "bridged", None

    def _on_unbridge(self, call: Call) -> None:
        if not call.bridged:
            return
        self._note(call, f"{call.bridged} has hung up")
        call.bridged, call.mode = "", "ready"
        if call.stay:
            self._leave_queue(call, "bridged", follow=True)
        elif call.dial is not None:
            self._dialled(call, call.dial, "completed")

    # Verbs.

    def _next(self, call: Call) -> None:
        if call.gather:
            if call.gather.prompts:
                verb = call.gather.prompts.popleft()
                self.verbs.get(verb.tag, self._unknown)(call, verb)
            else:
                self._listen(call, call.gather)
            return
        frame = call.frames[-1]
        if frame.at < len(frame.verbs):
            frame.at += 1
            verb = frame.verbs[frame.at - 1]
            self.verbs.get(verb.tag, self._unknown)(call, verb)
        elif call.stay:
            self._wait_again(call, frame)
        else:
            self.end(call, "completed", "The line has hung up")

    def _say(self, call: Call, verb: Element) -> None:
        text = " ".join("".join(verb.itertext()).split())
        call.heard.append(Heard(self.world.clock.now(), "line", text, verb.get("language", "")))
        self._busy(call, "Say", len(text) / self.world.letters_a_second)

    def _play(self, call: Call, verb: Element) -> None:
        self._note(call, f"plays {verb.text or verb.get('digits', '')}")
        self._busy(call, "Play", 1)

    def _pause(self, call: Call, verb: Element) -> None:
        self._busy(call, "Pause", float(verb.get("length", "1")))

    def _gather(self, call: Call, verb: Element) -> None:
        call.gather = Gather(verb, deque(verb))

    def _redirect(self, call: Call, verb: Element) -> None:
        self.fetch(call, (verb.text or "").strip() or call.frames[-1].url, {})

    def _hang_up(self, call: Call, verb: Element) -> None:
        self.end(call, "completed", "The line has hung up")

    def _enqueue(self, call: Call, verb: Element) -> None:
        base = call.frames[-1].url
        action = verb.get("action", "")
        wait_url = verb.get("waitUrl", "")
        stay = self.enter_queue(
            call, verb, urljoin(base, action) if action else "", urljoin(base, wait_url) if wait_url else ""
        )
        if stay is None:
            self._note(call, "The queue could not be entered")
            if action:
                self.fetch(call, urljoin(base, action), {"QueueResult": "system-error"})
            return
        call.stay = stay
        self._note(call, f"You are in line: {stay.queue}")
        call.frames.append(Frame([], stay.wait_url or base))
        if stay.wait_url:
            self.fetch(call, stay.wait_url, {})
        else:
            self._note(call, "Music")
            call.mode = "holding"

    def _leave(self, call: Call, verb: Element) -> None:
        if call.stay:
            self._note(call, "You have left the line")
            self._leave_queue(call, "leave", follow=True)

    def _dial(self, call: Call, verb: Element) -> None:
        child = next(iter(verb), None)
        number = ((child.text if child is not None else verb.text) or "").strip()
        failed = BUSY_NUMBERS.get(number)
        call.dial = verb
        if failed:
            self._note(call, f"{number}: {failed}")
            self._dialled(call, verb, failed)
        else:
            self._on_bridge(call, number or "The other side")

    def _dialled(self, call: Call, verb: Element, status: str) -> None:
        call.dial = None
        if verb.get("action"):
            fields = {
                "DialCallStatus": status,
                "DialCallSid": self.world.sids.new("CA"),
                "DialCallDuration": "1",
            }
            self.fetch(call, urljoin(call.frames[-1].url, str(verb.get("action"))), fields)

    def _connect(self, call: Call, verb: Element) -> None:
        self.world.alert(64101, "The pretend Twilio does not play Connect; the session fails")
        if verb.get("action"):
            fields = {"SessionStatus": "failed", "SessionDuration": "0", "ErrorCode": "64101"}
            self.fetch(call, urljoin(call.frames[-1].url, str(verb.get("action"))), fields)

    def _unknown(self, call: Call, verb: Element) -> None:
        self.world.alert(12200, f"The pretend Twilio does not play {verb.tag}", call.frames[-1].url)
