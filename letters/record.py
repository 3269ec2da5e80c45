"""The written record of a conversation as a page: who said what, when, and by which source."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from letters.page import Block, Page, Paragraph
from letters.press import pdf
from letters.words import Language, Words

SPEAKERS = ("you", "assistant", "agent")


def record_pdf(about: Mapping[str, Any], *, demo: bool = False) -> bytes:
    """The record on paper; the same record gives the same bytes."""
    return pdf(record_page(about, demo=demo))


def record_page(about: Mapping[str, Any], *, demo: bool = False) -> Page:
    """One conversation: `conversation`, `started` and `rules` (ISO), `language`, and `lines` of at, from, text, sources."""
    language: Language = "es" if about["language"] == "es" else "en"
    words = Words("record", language, date.fromisoformat(about["rules"]))
    frame = Words("frame", language, words.day)
    facts = (
        (words.say("conversation"), str(about["conversation"])),
        (words.say("began"), _moment(about["started"], words)),
        (words.say("rules"), words.written(about["rules"])),
    )
    blocks = [block for line in about["lines"] for block in _line(line, words)]
    return Page(
        title=words.say("title"), language=language, day=about["rules"], sender=frame.say("sender"),
        number=frame.say("number"), mark=words.say("mark") if demo else "", facts=facts, blocks=tuple(blocks), foot=words.say("foot"),
    )  # fmt: skip


def _line(line: Mapping[str, Any], words: Words) -> list[Block]:
    who = words.say(line["from"] if line["from"] in SPEAKERS else "system")
    blocks: list[Block] = [Paragraph(words.say("said", who=who, at=_moment(line["at"], words)), strong=True)]
    blocks += [Paragraph(part) for part in str(line["text"]).split("\n") if part.strip()]
    if line.get("sources"):
        blocks.append(Paragraph(words.say("source", sources="; ".join(line["sources"])), small=True))
    return blocks


def _moment(iso: str, words: Words) -> str:
    """'November 23, 2026, 15:00' and the zone when it is told; what is no moment stays as it is."""
    try:
        at = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    zone = f" {at.tzname()}" if at.tzinfo else ""
    return f"{words.written(at.date())}, {at:%H:%M}{zone}"
