"""The sentences we measure with: tests/bot/heldout/*.yml, each a list of {text, intent, style, entities?}."""

from __future__ import annotations

from pathlib import Path
from typing import Dict, Iterable, List, NamedTuple, Optional

import yaml

from bot.hearing import language_of


class Row(NamedTuple):
    """`named` holds what the sentence names, as {entity: [values as text]}; None where nobody wrote it down."""

    text: str
    intent: str
    language: str
    style: str
    listening: Optional[str] = None
    named: Optional[Dict[str, List[str]]] = None
    hand: str = "ours"


def rows_of(paths: Iterable[Path]) -> List[Row]:
    """A file named `*en.yml` or `*es.yml` gives the language; `others_*` and `fresh_*` are
    by other hands."""
    found: List[Row] = []
    for path in paths:
        hand = path.stem.split("_")[0]
        spoken = next((one for one in ("en", "es") if path.stem.split("_")[-1] == one), None)
        for one in yaml.safe_load(path.read_text(encoding="utf-8")) or []:
            found.append(
                Row(
                    one["text"],
                    one["intent"],
                    one.get("language") or spoken or language_of(one["text"]) or "en",
                    one.get("style", "-"),
                    one.get("listening"),
                    named(one.get("entities")),
                    hand if hand in ("others", "fresh") else "ours",
                )
            )
    return found


def named(given: object) -> Optional[Dict[str, List[str]]]:
    if not isinstance(given, dict):
        return None
    return {
        name: [str(one) for one in (value if isinstance(value, list) else [value])]
        for name, value in given.items()
    }
