"""What the gateway asks of the bot in one turn: checked, cleaned, and never a slash command."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any, Dict, List, NamedTuple, Optional

from bot.hearing.commands import is_command

ID = re.compile(r"[\w.:@+-]{1,100}", re.ASCII)
INTENT = re.compile(r"[a-z][a-z0-9_]{1,60}")
CHANNELS, LANGUAGES = ("web", "sms", "voice"), ("en", "es")
LONGEST = 1600  # letters; what is longer is cut, as an SMS carrier would


class BadRequest(ValueError):
    """The request does not follow the wire; the message says which field and why, never what was said."""


class Asked(NamedTuple):
    """One turn. Either `text` (cleaned) or `intent` with `entities` (made by the server from a button)."""

    turn: str
    conversation: str
    text: str
    intent: Optional[str]
    entities: List[Dict[str, Any]]
    channel: str
    language: str
    today: str


def clean(text: str) -> str:
    """NFC, no control or invisible characters, no lone surrogates, at most 1,600 letters, no leading '/', no command."""
    text = unicodedata.normalize("NFC", text[: LONGEST * 4].encode("utf-8", "ignore").decode("utf-8"))
    text = "".join(
        " " if letter in "\r\n\t" else letter
        for letter in text
        if letter in "\r\n\t" or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co")
    )
    text = " ".join(text.split())[:LONGEST]
    if is_command(text):
        return ""
    while text and unicodedata.normalize("NFKC", text[0]).startswith("/"):
        text = text[1:].lstrip()
    return text


def one_of(body: Dict[str, Any], field: str, allowed: "tuple[str, ...]") -> str:
    if body.get(field) not in allowed:
        raise BadRequest(f"{field} must be one of {', '.join(allowed)}")
    return str(body[field])


def known_id(body: Dict[str, Any], field: str) -> str:
    value = body.get(field)
    if not isinstance(value, str) or not ID.fullmatch(value):
        raise BadRequest(f"{field} must be 1 to 100 letters, digits or . : @ + - _")
    return value


def entity(given: Any) -> Dict[str, Any]:
    """An entity from a button: it has a name and a plain value, and no place in a text."""
    if (
        not isinstance(given, dict)
        or not INTENT.fullmatch(str(given.get("entity")))
        or not isinstance(given.get("value"), (str, int, float, bool))
    ):
        raise BadRequest("each entity needs an entity name and a plain value")
    return {"entity": given["entity"], "value": given["value"], "start": 0, "end": 0}


def read(body: Any) -> Asked:
    """The turn in `body`, or BadRequest."""
    if not isinstance(body, dict):
        raise BadRequest("the body must be a JSON object")
    text, intent = body.get("text"), body.get("intent")
    if (text is None) == (intent is None):
        raise BadRequest("send either text or intent")
    if text is not None and not isinstance(text, str):
        raise BadRequest("text must be a string")
    if intent is not None and (not isinstance(intent, str) or not INTENT.fullmatch(intent)):
        raise BadRequest("intent must be an intent's name")
    entities = body.get("entities") or []
    if not isinstance(entities, list) or len(entities) > 20:
        raise BadRequest("entities must be a short list")
    try:
        today = date.fromisoformat(body.get("today") or "").isoformat()
    except (TypeError, ValueError):
        raise BadRequest("today must be YYYY-MM-DD") from None
    return Asked(
        known_id(body, "turn"),
        known_id(body, "conversation"),
        clean(text or ""),
        intent,
        [entity(one) for one in entities],
        one_of(body, "channel", CHANNELS),
        one_of(body, "language", LANGUAGES),
        today,
    )
