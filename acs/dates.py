"""A day as people write it: 'November 30, 2026', '30 de noviembre de 2026'."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

WORDS = Path(__file__).resolve().parent / "words" / "dates.yml"


@cache
def _words() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return content


def written(day: datetime.date, language: str = "en") -> str:
    """The day inside a sentence, 'en' or 'es'."""
    month = _words()[f"months_{language}"][day.month - 1]
    sentence: str = _words()[f"day_{language}"]
    return sentence.format(day=day.day, month=month, year=day.year)
