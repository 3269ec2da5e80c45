"""Would Twilio take this document? Its own builder lets misspellings through; this does not."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from urllib.parse import urlsplit
from xml.etree import ElementTree

from twilio.twiml import messaging_response
from twilio.twiml import voice_response as twiml

from channels.errors import BadTwiml

LONGEST_DOCUMENT = 64 * 1024
LONGEST_SAY = 4096
URLS = (
    "action",
    "waitUrl",
    "url",
    "statusCallback",
    "partialResultCallback",
    "recordingStatusCallback",
    "referUrl",
)
INPUTS = {"dtmf", "speech", "dtmf speech", "speech dtmf"}
ENDS = {"Redirect", "Hangup", "Enqueue", "Dial", "Reject", "Leave", "Connect"}
VOICE_LANGUAGES = {
    "Polly.Joanna-Neural": "en-US",
    "Polly.Matthew-Neural": "en-US",
    "Polly.Mia-Neural": "es-MX",
    "Polly.Lupe-Neural": "es-US",
}
WRITTEN_INSIDE = {
    "Say": "message",
    "Task": "body",
    "Message": "body",
    "Body": "message",
    "Media": "url",
    "Dial": "number",
    "Number": "phone_number",
    "Enqueue": "name",
    "Queue": "name",
    "Redirect": "url",
    "Play": "url",
}
"""The argument of the library that becomes an element's text, not an attribute."""
SSML = {"break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w"}


def lint(document: str) -> list[str]:
    """Everything Twilio would refuse or misread, as sentences; an empty list when there is nothing."""
    if len(document.encode()) > LONGEST_DOCUMENT:
        return ["The document is longer than 64 kB (11750)."]
    try:
        root = ElementTree.fromstring(document)
    except ElementTree.ParseError as reason:
        return [f"Not XML: {reason} (12100)."]
    if root.tag != "Response":
        return ["The root must be Response (12100)."]
    return [*_problems(root)]


def checked(document: str) -> str:
    """The same document, or BadTwiml with all that is wrong with it."""
    problems = lint(document)
    if problems:
        raise BadTwiml(" ".join(problems))
    return document


def _problems(root: ElementTree.Element) -> Iterator[str]:
    for element in root.iter():
        if element is root or element.tag in SSML:
            continue
        yield from _attributes(element)
        yield from _urls(element)
        if element.tag == "Say":
            yield from _say(element)
        if element.tag == "Gather":
            yield from _gather(element)
    children = list(root)
    if children and children[-1].tag == "Gather":
        yield "Nothing follows the last Gather: silence would hang up."
    for before, after in pairwise(children):
        if before.tag in {"Redirect", "Hangup", "Reject", "Leave"}:
            yield f"{after.tag} after {before.tag} is never reached."


def _attributes(element: ElementTree.Element) -> Iterator[str]:
    known = known_attributes(element.tag)
    if known is None:
        yield f"There is no verb {element.tag}."
        return
    for name in element.attrib:
        if name not in known:
            yield f"{element.tag} has no attribute {name}."


def known_attributes(tag: str) -> frozenset[str] | None:
    """The attributes of a verb or noun as the library's own signatures name them; None: no such verb."""
    return _signatures().get(tag)


@lru_cache
def _signatures() -> dict[str, frozenset[str]]:
    known: dict[str, frozenset[str]] = {}
    for module in (twiml, messaging_response):
        for _, parent in inspect.getmembers(module, inspect.isclass):
            for name, make in inspect.getmembers(parent, inspect.isfunction):
                tag = _camel(name)[:1].upper() + _camel(name)[1:]
                if name.startswith("_") or not inspect.isclass(getattr(module, tag, None)):
                    continue
                arguments = set(inspect.signature(make).parameters) - {"self", "kwargs"}
                arguments.discard(WRITTEN_INSIDE.get(tag, ""))
                known[tag] = known.get(tag, frozenset()) | {_camel(each) for each in arguments}
    return known


def _camel(name: str) -> str:
    head, *rest = name.rstrip("_").split("_")
    return head + "".join(part.capitalize() for part in rest)


def _urls(element: ElementTree.Element) -> Iterator[str]:
    places = [(name, element.get(name, "")) for name in URLS if element.get(name) is not None]
    if element.tag == "Redirect":
        places.append(("text", (element.text or "").strip()))
    for name, url in places:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https", "wss"} or not parts.netloc:
            yield f"{element.tag} {name} must be an absolute URL."


def _say(element: ElementTree.Element) -> Iterator[str]:
    text = "".join(element.itertext())
    if len(text) > LONGEST_SAY:
        yield f"Say is longer than {LONGEST_SAY:,} characters (13520)."
    if not text.strip():
        yield "Say says nothing (13520)."
    if "<" in text or "&lt;" in text:
        yield "Say holds SSML as text; it would be read out."
    voice, language = element.get("voice"), element.get("language")
    if voice and VOICE_LANGUAGES.get(voice) != language:
        yield f"Voice {voice} does not speak {language} (13512)."


def _gather(element: ElementTree.Element) -> Iterator[str]:
    listens = element.get("input", "dtmf")
    if listens not in INPUTS:
        yield f"Gather has no input '{listens}'."
    if element.get("action") is None:
        yield "Gather has no action."
    speech = "speech" in listens
    if not speech and any(element.get(name) for name in ("speechTimeout", "hints", "speechModel")):
        yield "Gather listens to keys only, but has attributes of speech."
    if speech and element.get("speechTimeout") == "auto" and element.get("speechModel"):
        yield "speechTimeout must be a number when there is a speechModel (13335)."
    timeout = element.get("speechTimeout", "1")
    if timeout != "auto" and (not timeout.isdigit() or int(timeout) < 1):
        yield "speechTimeout must be a positive whole number or auto (13335)."
    hints = [hint for hint in element.get("hints", "").split(",") if hint]
    if len(hints) > 500 or any(len(hint) > 100 for hint in hints):
        yield "Gather takes at most 500 hints of 100 characters."
    for child in element:
        if child.tag not in {"Say", "Play", "Pause"}:
            yield f"{child.tag} cannot stand inside Gather (12100)."
