"""A long reply in parts: what matters first, the rest when it is asked for."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from channels import sms

SENTENCES = 2
"""What somebody can hold in their head on the phone before it is their turn."""
SEGMENTS = 3
"""What an answer with its choices may cost as a text before the rest waits for MORE."""
_SENTENCE = re.compile(r".+?(?:[.!?](?=\s|$)|$)\s*", re.DOTALL)
_SHORT = re.compile(r"\b(?:U\.?\s?S|a\.\s?m|p\.\s?m|EE\. UU|EE|No|Mr|Mrs|Sr|Sra)\.\s*$")
_MORE = re.compile(
    r"(?:(?:say |tell me |hear |the )?(?:more|rest|go on|continue)|(?:diga |quiero )?mas|siga|lo demas|el resto|continue)"
)


@dataclass(frozen=True)
class Parts:
    """What is given now and what waits."""

    now: str
    rest: str = ""


def sentences(text: str) -> list[str]:
    """The sentences of a text; "9 a.m. tomorrow" is not two."""
    found: list[str] = []
    for piece in _SENTENCE.findall(text):
        if found and _SHORT.search(found[-1]):
            found[-1] += piece
        elif piece.strip():
            found.append(piece)
    return [one.strip() for one in found]


def for_voice(text: str, question: str = "") -> Parts:
    """The first two sentences and the question; nothing is cut where only one more sentence is left."""
    said = sentences(text)
    if len(said) <= SENTENCES + 1:
        return Parts(" ".join([*said, question]).strip())
    return Parts(" ".join([*said[:SENTENCES], question]).strip(), " ".join(said[SENTENCES:]))


def for_text(text: str, question: str = "", below: str = "") -> Parts:
    """As many sentences as fit with the question and what stands below; at least one."""
    said = sentences(text)
    for count in range(len(said), 0, -1):
        body = " ".join([*said[:count], question]).strip()
        if sms.segments(sms.plain(f"{body}{below}", keep_accents=False)) <= SEGMENTS or count == 1:
            return Parts(body, " ".join(said[count:]))
    return Parts(question)


def wants_more(said: str) -> bool:
    """Whether somebody asks for the rest, in so many words."""
    apart = unicodedata.normalize("NFD", said.lower())
    bare = "".join(one for one in apart if unicodedata.category(one) != "Mn")
    return bool(_MORE.fullmatch(" ".join(re.sub(r"[^\w\s]", " ", bare).split())))
