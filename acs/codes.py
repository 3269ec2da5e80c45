"""The short codes of the view (what blocks a levy, what an office can do, what comes next), said for people."""

from __future__ import annotations

import difflib
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

from acs.errors import NoSuchRule

WORDS = Path(__file__).resolve().parent / "words" / "codes.yml"
Group = Literal[
    "levy", "exceptions", "lien", "lien_ways", "passport", "agency", "actions", "events", "conduct"
]


@cache
def groups() -> dict[str, dict[str, list[str]]]:
    """Every group of codes with its English and Spanish words."""
    content: dict[str, dict[str, list[str]]] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return content


def said(group: Group, code: str, language: str = "en") -> str:
    """A code in words, 'en' or 'es'. Raises NoSuchRule with the nearest code."""
    words = groups()[group]
    if code not in words:
        near = difflib.get_close_matches(code, words, n=1, cutoff=0.4)
        raise NoSuchRule(f"{group}.{code}", near[0] if near else None)
    return words[code][1 if language == "es" else 0]
