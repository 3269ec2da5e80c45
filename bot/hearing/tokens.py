"""Cuts a sentence into words without accents or capitals, and remembers where each one stood."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

PIECE = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['\u2019][^\W\d_]+)?|[^\w\s]|_")


class Token(NamedTuple):
    """`word` is folded; `start` and `end` count letters of the original text."""

    word: str
    start: int
    end: int


def fold(text: str) -> str:
    """Lower case without accents, letter for letter, so that places stay the same."""
    return "".join(_bare(letter) for letter in text)


def _bare(letter: str) -> str:
    if letter == "\u2019":
        return "'"
    plain = unicodedata.normalize("NFKD", letter)[:1].lower()
    return plain if len(plain) == 1 else letter


def tokens_of(text: str) -> list[Token]:
    return [Token(m.group(), m.start(), m.end()) for m in PIECE.finditer(fold(text))]


def word_at(tokens: list[Token], index: int) -> str:
    """The word at `index`, or nothing outside the sentence."""
    return tokens[index].word if 0 <= index < len(tokens) else ""


def touching(tokens: list[Token], index: int) -> bool:
    """Does the token at `index` follow the one before it without a space?"""
    return 0 < index < len(tokens) and tokens[index].start == tokens[index - 1].end
