"""Twilio calls the app: signed, with many empty fields, its own time limits, one retry and a fallback URL."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urldefrag

from twilio.request_validator import RequestValidator

from pretend_twilio.basics import Alert, Sids

VOICE_SECONDS = 15.0
CONNECT_SECONDS = 5.0


@dataclass(frozen=True)
class Reply:
    """What the app answered. `failure` is "connect" or "read" when it did not."""

    status: int = 0
    text: str = ""
    content_type: str = ""
    failure: str = ""

    @property
    def good(self) -> bool:
        """A 2xx answer."""
        return 200 <= self.status < 300


Post = Callable[[str, Mapping[str, str], Mapping[str, str], float], Reply]
"""Posts a form: (url, fields, headers, seconds) -> Reply."""


@dataclass(frozen=True)
class Sent:
    """One webhook as it went out, so that a test can send it again."""

    url: str
    fields: Mapping[str, str]
    token: str
    reply: Reply


@dataclass
class Webhooks:
    """Sends webhooks and keeps what was sent. `repeat` makes each go out that many times more (T2, T3)."""

    auth_token: str
    post: Post
    sids: Sids
    sent: list[Sent] = field(default_factory=list)
    alerts: list[Alert] = field(default_factory=list)
    repeat: int = 0
    lose: int = 0
    """So many of the next webhooks never reach the app (T11)."""

    def send(self, url: str, fields: Mapping[str, str], *, seconds: float = VOICE_SECONDS) -> Reply:
        """Posts once, again on a failure the overrides in the URL's fragment allow (default: connection)."""
        bare, fragment = urldefrag(url)
        rules = {name: values[0] for name, values in parse_qs(fragment).items()}
        tries = 1 + min(5, int(rules.get("rc", "1")))
        seconds = min(seconds, int(rules.get("rt", "15000")) / 1000)
        token = self.sids.new("IT")
        reply = Reply(failure="connect")
        for attempt in range(tries):
            reply = self._once(bare, fields, token, attempt, seconds)
            if not _again(reply, rules.get("rp", "ct")):
                break
        for extra in range(self.repeat if reply.good else 0):
            self._once(bare, fields, token, extra + 1, seconds)
        if not reply.good:
            reason = reply.failure or f"HTTP {reply.status}"
            self.alerts.append(Alert(11200, f"HTTP retrieval failure: {reason}", bare))
        return reply

    def again(self, sent: Sent) -> Reply:
        """The very same request once more: same fields, same signature (a replay)."""
        return self._once(sent.url, sent.fields, sent.token, 0, VOICE_SECONDS)

    def _once(self, url: str, fields: Mapping[str, str], token: str, attempt: int, seconds: float) -> Reply:
        if self.lose:
            self.lose -= 1
            return Reply(failure="connect")
        headers = {
            "X-Twilio-Signature": str(RequestValidator(self.auth_token).compute_signature(url, dict(fields))),
            "I-Twilio-Idempotency-Token": token,
            "User-Agent": "TwilioProxy/1.1 (pretend)",
            "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
        }
        reply = self.post(url, fields, headers, seconds)
        self.sent.append(Sent(url, dict(fields), token, reply))
        return reply


def _again(reply: Reply, policy: str) -> bool:
    wanted = set(policy.split(","))
    if reply.failure == "connect":
        return bool(wanted & {"ct", "all"})
    if reply.failure:
        return bool(wanted & {"rt", "all"})
    if reply.status >= 500:
        return bool(wanted & {"5xx", "all"})
    return reply.status >= 400 and bool(wanted & {"4xx", "all"})
