"""What lies under the verbs: listening, waiting, and the documents the app answers with."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

from channels.twiml_lint import lint
from pretend_twilio.call import Call, Frame, Gather, Heard
from pretend_twilio.line import Line

LONGEST = 64 * 1024
MOST_FETCHES = 40
SORRY = "We are sorry, an application error has occurred. Goodbye."


class Listening(Line):
    """Timers, keys and words handed on, and TwiML fetched and checked."""

    # Listening and waiting.

    def _listen(self, call: Call, gather: Gather) -> None:
        call.mode = "listening"
        self._timer(call, gather.timeout * self.world.patience)

    def _submit(self, call: Call, gather: Gather, fields: dict[str, str]) -> None:
        call.gather = None
        call.mode = "ready"
        base = call.frames[-1].url
        self.fetch(call, urljoin(base, gather.element.get("action", base)), fields)

    def _wait_again(self, call: Call, frame: Frame) -> None:
        """The wait URL is asked again when its document ends; never more than once a second."""
        if frame.seconds < 1:
            frame.seconds = 1
            self._busy(call, "Pause", 1)
        elif call.stay:
            self.fetch(call, call.stay.wait_url, {})

    def _leave_queue(self, call: Call, result: str, *, follow: bool = False) -> None:
        stay = call.stay
        if stay is None:
            return
        fields = self.left_queue(call, result)
        call.frames = call.frames[:-1]
        call.gather, call.mode = None, "ready"
        if follow and stay.action:
            self.fetch(call, stay.action, fields)
        elif stay.action:
            self.send(call, stay.action, fields)

    def _busy(self, call: Call, what: str, seconds: float) -> None:
        call.mode, call.busy_with = "busy", what
        call.frames[-1].seconds += seconds
        call.fetched = 0 if seconds >= 1 else call.fetched
        self._timer(call, seconds)

    def _timer(self, call: Call, seconds: float) -> None:
        call.stamp += 1
        stamp = call.stamp
        call.due = self.world.clock.now() + timedelta(seconds=seconds)
        self.world.later(seconds, lambda: self.world.calls.poke(call, "tick", stamp))

    def _note(self, call: Call, text: str) -> None:
        call.heard.append(Heard(self.world.clock.now(), "note", text))

    # Documents.

    def fetch(self, call: Call, url: str, fields: dict[str, str]) -> None:
        """Asks the app what comes next; the number's fallback URL when it has no good answer."""
        call.mode, call.gather = "ready", None
        call.fetched += 1
        if call.by_twiml and not urlsplit(url).netloc:
            self.world.alert(11100, "A relative URL in TwiML that came with a request", url)
            self._fail(call)
        elif call.fetched > MOST_FETCHES:
            self.world.alert(0, "The call goes round in circles", url)
            self._fail(call)
        else:
            reply = self.send(call, url, fields)
            problem = self._problem(reply.text, reply.content_type) if reply.good else 11200
            if not problem:
                self._play_document(call, reply.text, url)
            elif url != self.world.doors.fallback and self.world.doors.fallback:
                self.world.alert(problem, "The fallback URL is asked instead", url)
                self.fetch(call, self.world.doors.fallback, {"ErrorCode": str(problem), "ErrorUrl": url})
            else:
                self._fail(call)

    def _problem(self, text: str, content_type: str) -> int:
        if "xml" not in content_type and not content_type.startswith("text/"):
            return 12300
        if len(text.encode()) > LONGEST:
            return 11750
        try:
            root = ElementTree.fromstring(text)
        except ElementTree.ParseError:
            return 12100
        return 0 if root.tag == "Response" else 12100

    def _play_document(self, call: Call, document: str, url: str) -> None:
        for complaint in lint(document):
            self.world.alert(12200, complaint, url)
        try:
            frame = Frame(list(ElementTree.fromstring(document)), url)
        except ElementTree.ParseError:
            self.world.alert(12100, "Document parse failure", url)
            self._fail(call)
            return
        call.frames = [*call.frames[:-1], frame] if call.stay else [frame]
        call.mode, call.gather = "ready", None

    def _fail(self, call: Call) -> None:
        call.heard.append(Heard(self.world.clock.now(), "line", SORRY, "en-US"))
        self.end(call, "completed", "The line has hung up")
