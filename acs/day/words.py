"""What the day writes into the history of a case, in the short way of the office."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from acs.day.work import Event

WORDS = Path(__file__).resolve().parents[1] / "words" / "day.yml"


@cache
def words() -> dict[str, dict[str, str]]:
    content: dict[str, dict[str, str]] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return content


def told(event: Event) -> str:
    """The line of history of an event."""
    table = words()
    what = table["what"].get(event.what, event.what)
    line = table["events"][event.code].format(what=what)
    names = [table["what"].get(p, p) for p in event.periods]
    until = f" {table['until'].get(event.code, 'By')} {event.until.isoformat()}." if event.until else ""
    return f"{line}{': ' + ', '.join(names) if names else ''}.{until}"
