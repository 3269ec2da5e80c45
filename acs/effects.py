"""What an option does to a levy, the lien, the late-payment rate and the time to collect, in both languages."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

WORDS = Path(__file__).resolve().parent / "words" / "effects.yml"
ON = ("levy", "lien", "penalty_rate", "collection_statute")


@cache
def all_words() -> dict[str, Any]:
    """The statements by what they are about, and under `options` which four of them each option has."""
    content: dict[str, Any] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return content


@cache
def effects(option: str) -> dict[str, dict[str, str]]:
    """The four effects of an option, each with its code, words and source. Treat the result as read-only."""
    words = all_words()
    return {about: _one(about, code, words) for about, code in zip(ON, words["options"][option], strict=True)}


def _one(about: str, code: str, words: dict[str, Any]) -> dict[str, str]:
    said = words[about][code]
    return {"code": code, "text": said["en"], "text_es": said["es"], "source": said["source"]}
