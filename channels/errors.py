"""What can go wrong between us and the phone company, and between an answer and its words.

ChannelError
├── WordsError            an answer has no words, or lacks a fact its words need
├── BadTwiml            a document Twilio would refuse, found before it is sent
└── PhonesError           Twilio did not do what was asked
    ├── Refused           Twilio said no; nothing was done
    │   ├── OptedOut      the person texted STOP; do not send again until START
    │   ├── BadNumber     no such number, or it cannot take texts or calls
    │   ├── TooMany       429: never processed, so always safe to try again
    │   └── NotFound      the thing named is not there (any more)
    ├── NotReached        the connection was never made; nothing was done, so try again
    └── UnknownOutcome    time-out or 5xx: it may or may not have happened; look before trying again
"""

from __future__ import annotations


class ChannelError(Exception):
    """Base of everything the channels raise on purpose."""


class WordsError(ChannelError):
    """An answer cannot be worded; `key` names the response or the fact that is missing."""

    def __init__(self, message: str, *, key: str) -> None:
        super().__init__(message)
        self.key = key


class BadTwiml(ChannelError):
    """A TwiML document breaks one or more of Twilio's rules."""


class PhonesError(ChannelError):
    """Twilio did not do what was asked.

    `code` is Twilio's error number when it gave one, `status` the HTTP status (0: no answer),
    `retryable` says whether the same request may be sent again as it is, and `friendly` is a
    sentence fit for the person who waits, keyed "en" and "es".
    """

    def __init__(
        self,
        message: str,
        *,
        code: int | None = None,
        status: int = 0,
        retryable: bool = False,
        friendly: dict[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.status = status
        self.retryable = retryable
        self.friendly = friendly or {}


class Refused(PhonesError):
    """Twilio said no, and nothing was done."""


class OptedOut(Refused):
    """The person texted STOP: sending again is forbidden until they text START."""


class BadNumber(Refused):
    """The number does not exist or cannot take what was sent."""


class TooMany(Refused):
    """429: the request was never processed, so it is always safe to send again later."""


class NotFound(Refused):
    """The message, call, task or workspace named is not there (any more)."""


class NotReached(PhonesError):
    """The connection was never made, so nothing was done and trying again is safe."""


class UnknownOutcome(PhonesError):
    """No answer, or a 5xx: it may have happened. Look it up before sending it again."""
