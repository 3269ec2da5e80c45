"""Twilio's error numbers as data: what each means to us, and a sentence for the person who waits."""

from __future__ import annotations

from typing import Literal, NamedTuple

from channels.errors import BadNumber, NotFound, OptedOut, PhonesError, Refused, TooMany, UnknownOutcome

Kind = Literal["opted_out", "bad_number", "too_many", "gone", "state", "content", "settings", "carrier"]


class Meaning(NamedTuple):
    """`lasting` is True when trying again later cannot help."""

    kind: Kind
    lasting: bool
    en: str
    es: str


STOPPED = Meaning(
    "opted_out",
    True,
    "You asked us to stop texting you. Text START to hear from us again.",
    "Usted nos pidió que no le enviemos mensajes. Envíe START para volver a recibirlos.",
)
BAD = Meaning(
    "bad_number",
    True,
    "That number cannot receive this. Is there another number for you?",
    "Ese número no puede recibir esto. ¿Tiene otro número?",
)
LATER = Meaning(
    "carrier",
    False,
    "The phone company could not deliver it yet. We will try again.",
    "La compañía telefónica aún no pudo entregarlo. Lo intentaremos otra vez.",
)
BUSY = Meaning(
    "too_many",
    False,
    "The phone lines are busy. We will try again in a moment.",
    "Las líneas están ocupadas. Lo intentaremos de nuevo en un momento.",
)
OURS = Meaning(
    "settings",
    True,
    "Something is wrong on our side. A person can help you.",
    "Algo falla de nuestro lado. Una persona puede ayudarle.",
)
LONG = Meaning(
    "content",
    True,
    "That message was too long or empty. We will send it another way.",
    "Ese mensaje era muy largo o estaba vacío. Lo enviaremos de otra manera.",
)
GONE = Meaning(
    "gone", True, "That is no longer there.", "Eso ya no existe."
)  # fmt: skip
ENDED = Meaning(
    "state", True, "That call has already ended.", "Esa llamada ya terminó."
)  # fmt: skip
BLOCKED = Meaning(
    "carrier",
    True,
    "The phone company did not deliver it. We will reach you another way.",
    "La compañía telefónica no lo entregó. Le contactaremos de otra manera.",
)

MEANINGS: dict[int, Meaning] = {
    13224: BAD,  # dialled number is not valid
    14107: BUSY,  # too many messages on one conversation
    20001: OURS,  # a parameter is wrong
    20003: OURS,  # account or token wrong
    20404: GONE,
    20409: ENDED,  # the resource changed meanwhile
    20429: BUSY,
    21205: OURS,  # URL not valid
    21210: OURS,  # caller id not verified
    21211: BAD,  # "to" is not a number
    21212: OURS,  # "from" is not a number
    21214: BAD,  # cannot be reached
    21217: BAD,
    21218: OURS,
    21219: BAD,  # trial accounts reach only verified numbers
    21220: ENDED,  # the call is not in that state
    21408: BAD,  # country not permitted
    21602: LONG,  # no body
    21604: BAD,  # no "to"
    21606: OURS,  # "from" cannot send texts
    21608: BAD,  # trial accounts text only verified numbers
    21610: STOPPED,
    21611: BUSY,  # queue of the sending number is full
    21612: BAD,  # no route
    21614: BAD,  # not a mobile number
    21617: LONG,  # longer than 1,600 characters
    30001: BUSY,  # queue overflow
    30002: OURS,  # account suspended
    30003: LATER,  # phone off or out of reach
    30004: BLOCKED,
    30005: BAD,  # unknown number
    30006: BAD,  # landline
    30007: BLOCKED,  # filtered
    30008: LATER,  # unknown
    30034: OURS,  # number not registered with the carriers
    32018: LONG,  # TwiML in a request too long
    63038: BUSY,  # daily limit
}


def meaning(code: int | None) -> Meaning | None:
    """What an error number means, None when it is not in the table."""
    return MEANINGS.get(code) if code is not None else None


def error_for(status: int, code: int | None, message: str, *, reads: bool = False) -> PhonesError:
    """Our exception for an answer of Twilio's that was not a success.

    429 is always safe to repeat; any other 4xx was refused; a 5xx may have happened (`reads`: nothing can
    have happened, so asking again is safe).
    """
    known = meaning(code)
    friendly = {"en": known.en, "es": known.es} if known else {}
    kind, retryable = _class_for(status, known)
    return kind(
        f"Twilio answered {status}" + (f" ({code})" if code else "") + (f": {message}" if message else ""),
        code=code,
        status=status,
        retryable=retryable or (reads and status >= 500),
        friendly=friendly,
    )


def _class_for(status: int, known: Meaning | None) -> tuple[type[PhonesError], bool]:
    if status == 429:
        return TooMany, True
    if status >= 500:
        return UnknownOutcome, False
    if known and known.kind == "opted_out":
        return OptedOut, False
    if known and known.kind == "bad_number":
        return BadNumber, False
    if known and known.kind == "too_many":
        return TooMany, True
    if status == 404:
        return NotFound, False
    return Refused, bool(known and not known.lasting)
