"""Spoken and written numbers: 'twelve hundred', 'dos mil quinientos', 'five oh four', '2,500'."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from bot.hearing import number_words as w
from bot.hearing.tokens import Token, word_at

Found = "tuple[int, int] | None"  # (value, index after it)


class Chunk(NamedTuple):
    """One number as it was said. `digits` keeps leading zeros; `first` and `after` are token places."""

    value: Decimal
    digits: str
    first: int
    after: int
    spoken: bool


LONGEST_NUMBER = 20
"""Letters; nothing anybody owes, dials or was born on is written longer."""


def chunk_at(tokens: list[Token], index: int, inside: bool = False, shared: bool = True) -> Chunk | None:
    """The number that begins at `index`, or None. `inside` a row of digits 'oh' means zero."""
    word = word_at(tokens, index)
    if len(word) > LONGEST_NUMBER:
        return None
    if word[:1].isdigit():
        value = written(word)
        return (
            Chunk(value, word.replace(",", "").split(".")[0], index, index + 1, False)
            if value is not None
            else None
        )
    if word in w.ZERO or (inside and word in w.OH):
        return Chunk(Decimal(0), "0", index, index + 1, True)
    if word in w.SHARED and not shared:
        return None
    best = max((english(tokens, index), spanish(tokens, index)), key=lambda found: found[1] if found else -1)
    return Chunk(Decimal(best[0]), str(best[0]), index, best[1], True) if best else None


def row_at(tokens: list[Token], index: int, shared: bool = True) -> list[Chunk]:
    """Numbers that follow each other with nothing between: [5, 0, 4], [20, 22], [10, 58]."""
    row: list[Chunk] = []
    while (chunk := chunk_at(tokens, index, bool(row), shared)) is not None:
        row.append(chunk)
        index = chunk.after
        if word_at(tokens, index) == "-" and chunk_at(tokens, index + 1, True, shared):
            index += 1
    return row


def written(word: str) -> Decimal | None:
    """'2,500.00' and '2.500' are both twenty-five hundred; '12.5' keeps its point."""
    parts = word.replace(",", ".").split(".")
    grouped = len(parts) > 1 and all(len(part) == 3 for part in parts[1:]) and len(parts[0]) <= 3
    if grouped:
        return Decimal("".join(parts))
    *groups, last = parts
    if len(parts) > 1 and len(last) <= 2:
        if len(groups) > 1 and not all(len(part) == 3 for part in groups[1:]):
            return None
        return Decimal(f"{''.join(groups)}.{last}")
    try:
        return Decimal(word.replace(",", ""))
    except InvalidOperation:
        return None


def joined(row: list[Chunk]) -> str:
    """The digits of a row side by side: [10, 58] is 1058."""
    return "".join(chunk.digits for chunk in row)


def english(tokens: list[Token], index: int) -> tuple[int, int] | None:
    """A cardinal number in English words, up to millions."""
    if word_at(tokens, index) in ("a", "one") and word_at(tokens, index + 1) in (
        "hundred",
        "thousand",
        "grand",
    ):
        start: tuple[int, int] | None = (1, index + 1)
    else:
        start = _small(tokens, index)
    if start is None:
        return None
    value, after = _hundreds(tokens, *start)
    for word, size in (("million", 1_000_000), ("thousand", 1000)):
        if word_at(tokens, after) == word or (word == "thousand" and word_at(tokens, after) == "grand"):
            value *= size
            after += 1
            rest = _rest(tokens, after)
            if rest and rest[0] < size:
                value, after = value + rest[0], rest[1]
    return value, after


def _small(tokens: list[Token], index: int) -> tuple[int, int] | None:
    word = word_at(tokens, index)
    if word in w.ENGLISH_TENS:
        place = index + 2 if word_at(tokens, index + 1) == "-" else index + 1
        unit = w.ENGLISH_UNITS.get(word_at(tokens, place))
        return (w.ENGLISH_TENS[word] + unit, place + 1) if unit else (w.ENGLISH_TENS[word], index + 1)
    value = w.ENGLISH_TEENS.get(word) or w.ENGLISH_UNITS.get(word)
    return (value, index + 1) if value else None


def _hundreds(tokens: list[Token], value: int, after: int) -> tuple[int, int]:
    if word_at(tokens, after) not in ("hundred", "hundreds"):
        return value, after
    value, after = value * 100, after + 1
    rest = _small(tokens, after + 1) if word_at(tokens, after) == "and" else _small(tokens, after)
    return (value + rest[0], rest[1]) if rest else (value, after)


def _rest(tokens: list[Token], index: int) -> tuple[int, int] | None:
    """What follows 'thousand': 'five hundred', 'and nineteen', 'two hundred thousand'."""
    start = index + 1 if word_at(tokens, index) == "and" else index
    small = _small(tokens, start)
    if not small:
        return None
    value, after = _hundreds(tokens, *small)
    return (value * 1000, after + 1) if word_at(tokens, after) == "thousand" else (value, after)


def spanish(tokens: list[Token], index: int) -> tuple[int, int] | None:
    """A cardinal number in Spanish words, up to hundreds of thousands."""
    if word_at(tokens, index) == "mil":
        head: tuple[int, int] | None = (1, index)
    else:
        head = _cientos(tokens, index)
    if head is None:
        return None
    value, after = head
    if word_at(tokens, after) == "mil":
        value, after = value * 1000, after + 1
        rest = _cientos(tokens, after)
        if rest:
            value, after = value + rest[0], rest[1]
    return value, after


def _cientos(tokens: list[Token], index: int) -> tuple[int, int] | None:
    word = word_at(tokens, index)
    if word not in w.SPANISH_HUNDREDS:
        return _decenas(tokens, index)
    rest = _decenas(tokens, index + 1)
    value = w.SPANISH_HUNDREDS[word]
    return (value + rest[0], rest[1]) if rest else (value, index + 1)


def _decenas(tokens: list[Token], index: int) -> tuple[int, int] | None:
    word = word_at(tokens, index)
    if word in w.SPANISH_TENS or word in ("diez", "dies"):
        base = w.SPANISH_TENS.get(word, 10)
        unit = w.SPANISH_UNITS.get(word_at(tokens, index + 2)) if word_at(tokens, index + 1) == "y" else None
        return (base + unit, index + 3) if unit else (base, index + 1)
    value = w.SPANISH_TWENTIES.get(word) or w.SPANISH_TEENS.get(word) or w.SPANISH_UNITS.get(word)
    return (value, index + 1) if value else None
