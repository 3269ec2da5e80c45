"""What the judge reads instead of the exact words: names of notices made alike."""

from __future__ import annotations


def masked(text: str) -> str:
    return " ".join(text.split())
