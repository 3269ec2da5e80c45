"""A page as a PDF: US Letter, fonts inside, tagged for screen readers (PDF/UA-1), the same bytes each time."""

from __future__ import annotations

import dataclasses
import datetime
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import typst

from letters.page import KINDS, Page

LONG = re.compile(r"\S{40}(?=\S)")
BREAK = "\u200b"  # a space of no width
TEMPLATE = Path(__file__).resolve().parent / "press.typ"


def pdf(page: Page) -> bytes:
    """The page on paper. What no font of ours can show (an emoji, Chinese) prints as an empty box."""
    inputs = {"page": json.dumps(_breakable(as_data(page)))}
    when = datetime.datetime.combine(datetime.date.fromisoformat(page.day), datetime.time(), datetime.UTC)
    try:
        return _compiled(inputs, when, ["a-2a", "ua-1"])
    except typst.TypstError:
        return _compiled(inputs, when, [])  # the strict standards refuse a sign that the fonts do not have


def as_data(page: Page) -> dict[str, Any]:
    """The page as plain data, each block with its kind."""
    data = dataclasses.asdict(page)
    data["blocks"] = [{"kind": KINDS[type(b)], **dataclasses.asdict(b)} for b in page.blocks]
    return data


def _breakable(data: Any) -> Any:
    """The same data, in characters that exist; words longer than a line may break inside."""
    if isinstance(data, dict):
        return {name: _breakable(child) for name, child in data.items()}
    if isinstance(data, list | tuple):
        return [_breakable(child) for child in data]
    if isinstance(data, str):
        return LONG.sub(lambda word: word[0] + BREAK, data.encode("utf-8", "replace").decode("utf-8"))
    return data


def _compiled(inputs: dict[str, str], when: datetime.datetime, standards: list[Any]) -> bytes:
    made = typst.compile(
        _template(), sys_inputs=inputs, format="pdf", ignore_system_fonts=True, pdf_standards=standards, timestamp=when
    )  # fmt: skip
    assert isinstance(made, bytes)
    return made


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()
