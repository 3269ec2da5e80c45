"""Why something is open or not, in plain words of both languages. The words stand in words/reasons.yml."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from acs.view_types import Reason
from acs.yaml_fast import FastLoader

WORDS = Path(__file__).resolve().parent / "words" / "reasons.yml"


class _Words(FastLoader):
    """Keeps `yes` and `no` as words: YAML would read them as true and false."""


_Words.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if not tag.endswith(":bool")]
    for first, resolvers in FastLoader.yaml_implicit_resolvers.items()
}


@cache
def all_words() -> dict[str, dict[str, str]]:
    """Every reason: code -> its words and source."""
    content: dict[str, dict[str, str]] = yaml.load(WORDS.read_text(encoding="utf-8"), Loader=_Words)
    return content


def reason(code: str, ok: bool, **values: Any) -> Reason:
    """One deciding point, said for what it is. `values` fill the words; a missing one is an error at once."""
    return {**_said(code, bool(ok), tuple(values.items()))}


@lru_cache(maxsize=16384)
def _said(code: str, ok: bool, values: tuple[tuple[str, Any], ...]) -> Reason:
    words, side = all_words()[code], "yes" if ok else "no"
    filled = dict(values)
    return {
        "code": code, "ok": ok, "text": words[side].format(**filled),
        "text_es": words[f"{side}_es"].format(**filled), "source": words["source"],
    }  # fmt: skip
