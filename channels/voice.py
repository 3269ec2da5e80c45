"""TwiML for a call: ask and listen, say, hold, put through, hang up. All of it passes twiml_lint."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from twilio.twiml.voice_response import VoiceResponse

from channels.hints import hints_for
from channels.sms import packed

VOICES = {"en": ("en-US", "Polly.Joanna-Neural"), "es": ("es-MX", "Polly.Mia-Neural")}
LISTENS_IN = {"en": "en-US", "es": "es-US"}
LONGEST_SAY = 4000
SPEECH_PAUSE = 2
"""Seconds of silence that end a sentence. A number, because "auto" is refused with a speech model (13335)."""
SPOKEN_KEYS = {"amount"}


class Spoken(NamedTuple):
    """A sentence and its language, for lines that speak both ("Para español, oprima dos")."""

    text: str
    language: str


Said = str | Iterable[Spoken]


class Keys(NamedTuple):
    """How many keys to wait for (None: until # or silence) and how long between them, in seconds."""

    wanted: int | None
    timeout: int = 6


IDENTITY_KEYS = {
    "tin": Keys(9, 10),
    "date_of_birth": Keys(8, 10),
    "zip": Keys(5, 10),
    "caller_id": Keys(None, 10),
    "caf": Keys(9, 10),
}


def ask(said: Said, *, action: str, language: str, listen: str | None = None, timeout: int = 6) -> str:
    """Says it and waits for a word or a key, then posts to `action` (absolute). Silence is posted too.

    One key is enough (0 a person, * the menu, # again); for `listen="amount"` keys are gathered until #.
    """
    many = listen in SPOKEN_KEYS
    response = VoiceResponse()
    gather = response.gather(
        input="dtmf speech",
        action=action,
        method="POST",
        timeout=timeout,
        speech_timeout=SPEECH_PAUSE,
        num_digits=None if many else 1,
        finish_on_key="#" if many else "",
        language=LISTENS_IN[language],
        hints=hints_for(listen, language),
        action_on_empty_result=True,
    )
    _say(gather, said, language)
    response.redirect(action, method="POST")
    return str(response)


def ask_keys(said: Said, *, action: str, language: str, keys: Keys) -> str:
    """Says it and takes keys only: identity items, and 1 or 2 to confirm an amount."""
    response = VoiceResponse()
    gather = response.gather(
        input="dtmf",
        action=action,
        method="POST",
        timeout=keys.timeout,
        num_digits=keys.wanted,
        finish_on_key="" if keys.wanted == 1 else "#",
        action_on_empty_result=True,
    )
    _say(gather, said, language)
    response.redirect(action, method="POST")
    return str(response)


def ask_identity(said: Said, *, item: str, action: str, language: str) -> str:
    """Keys only for one identity item: tin, date_of_birth, zip, caller_id or caf."""
    return ask_keys(said, action=action, language=language, keys=IDENTITY_KEYS[item])


def confirm(said: Said, *, action: str, language: str) -> str:
    """One key only: what was heard is read back, 1 is yes and 2 is no."""
    return ask_keys(said, action=action, language=language, keys=Keys(1, 8))


def say(said: Said, *, language: str, then: str) -> str:
    """Says it and goes on at `then` (absolute)."""
    response = VoiceResponse()
    _say(response, said, language)
    response.redirect(then, method="POST")
    return str(response)


def hold(said: Said, *, language: str, then: str, seconds: int = 2) -> str:
    """ "One moment": says it, waits, and asks `then` again for the answer that was not ready."""
    response = VoiceResponse()
    _say(response, said, language)
    response.pause(length=seconds)
    response.redirect(then, method="POST")
    return str(response)


def enqueue(
    said: Said,
    *,
    language: str,
    action: str,
    wait_url: str,
    attributes: Mapping[str, Any],
    workflow_sid: str = "",
    queue: str = "",
    priority: int = 0,
) -> str:
    """Says it and puts the call in line for a person: a TaskRouter workflow, else the queue by its name.

    `attributes` become the task's (its handoff_key among them); nothing personal belongs in them. Twilio
    asks `action` for what follows and `wait_url` for what the caller hears meanwhile.
    """
    response = VoiceResponse()
    _say(response, said, language)
    if workflow_sid:
        line = response.enqueue(workflow_sid=workflow_sid, action=action, wait_url=wait_url, method="POST")
        line.task(json.dumps(attributes, ensure_ascii=False, sort_keys=True), priority=priority or None)
    else:
        response.enqueue(queue or "person", action=action, wait_url=wait_url, method="POST")
    return str(response)


def wait(said: Said, *, language: str, action: str | None = None, seconds: int = 30) -> str:
    """What a caller in line hears: a sentence, then quiet; no music. Twilio asks for it again when it ends.

    With `action` one key is listened for (to be called back, to leave the line).
    """
    response = VoiceResponse()
    if action:
        gather = response.gather(
            input="dtmf", num_digits=1, action=action, method="POST", timeout=5, finish_on_key=""
        )
        _say(gather, said, language)
    else:
        _say(response, said, language)
    response.pause(length=seconds)
    return str(response)


def leave_line(said: Said = "", *, language: str = "en") -> str:
    """Takes the caller out of the line; what follows the Enqueue goes on. Only in answer to a wait URL."""
    response = VoiceResponse()
    _say(response, said, language)
    response.leave()
    return str(response)


def redirect(url: str) -> str:
    """Goes on at `url` (absolute) and says nothing."""
    response = VoiceResponse()
    response.redirect(url, method="POST")
    return str(response)


def connect(number: str, *, said: Said = "", language: str = "en", caller_id: str = "") -> str:
    """Puts the caller through to a telephone number."""
    response = VoiceResponse()
    _say(response, said, language)
    response.dial(number, caller_id=caller_id or None, answer_on_bridge=True)
    return str(response)


def hang_up(said: Said = "", *, language: str = "en") -> str:
    """Says good-bye and ends the call."""
    response = VoiceResponse()
    _say(response, said, language)
    response.hangup()
    return str(response)


def relay(url: str, *, action: str, language: str, parameters: Mapping[str, str]) -> str:
    """Hands the call to ConversationRelay. No query string in `url`: data travels as parameters."""
    response = VoiceResponse()
    tongue, voice = VOICES[language]
    session = response.connect(action=action, method="POST").conversation_relay(
        url=url,
        language=tongue,
        voice=voice.removeprefix("Polly."),
        tts_provider="Amazon",
        transcription_provider="Google",
        transcription_language=LISTENS_IN[language],
        dtmf_detection=True,
        interruptible="any",
        report_input_during_agent_speech="none",
        hints=hints_for(None, language),
    )
    for name, value in parameters.items():
        session.parameter(name=name, value=value)
    return str(response)


def fallback(*, workflow_sid: str = "", queue: str = "person", number: str = "") -> str:
    """True in any state of ours: needs no database, no bot, and no words from domain.yml. To a person."""
    response = VoiceResponse()
    _say(response, FALLBACK, "en")
    if number:
        response.dial(number)
    elif workflow_sid:
        response.enqueue(workflow_sid=workflow_sid).task(
            json.dumps({"queue": "collection", "reason": "fallback"})
        )
    else:
        response.enqueue(queue)
    return str(response)


FALLBACK = (
    Spoken("We are having trouble with our system. Your call is not lost. I am putting you in line for a "
           "person now.", "en"),
    Spoken("Tenemos un problema con nuestro sistema. Su llamada no se ha perdido. Ahora le pongo en la fila "
           "para hablar con una persona.", "es"),
)  # fmt: skip


def _say(parent: Any, said: Said, language: str) -> None:
    lines = [Spoken(said, language)] if isinstance(said, str) else list(said)
    for text, spoken_in in lines:
        tongue, voice = VOICES[spoken_in]
        for piece in packed(text, LONGEST_SAY // 2):
            parent.say(piece, voice=voice, language=tongue)
