"""Telephone numbers, typed or read out digit by digit. Values are ten digits ('8005550142')."""

from __future__ import annotations

import re

from bot.hearing.numbers import chunk_at
from bot.hearing.spans import Entity, entity
from bot.hearing.tokens import Token, word_at

TYPED = re.compile(r"(?<![\w$.,/-])(?:\+?1[ .-]?)?\(?([2-9]\d{2})\)?[ .-]?(\d{3})[ .-]?(\d{4})(?![\w-])")
SHORT = re.compile(r"(?<![\w$.,/-])(\d{3})-(\d{4})(?![\w-])")


def phones(tokens: list[Token], text: str) -> list[Entity]:
    found: list[Entity] = [
        {"entity": "phone", "value": "".join(match.groups()), "start": match.start(), "end": match.end()}
        for pattern in (TYPED, SHORT)
        for match in pattern.finditer(text)
    ]
    first = [
        one
        for i, one in enumerate(found)
        if not any(o["start"] <= one["start"] < o["end"] for o in found[:i])
    ]
    return first or spoken(tokens)


def spoken(tokens: list[Token]) -> list[Entity]:
    """Ten or eleven digits in a row of words: 'eight hundred five five five oh one four two'."""
    index = 0
    while index < len(tokens):
        digits, after = "", index
        while len(digits) < 11 and (step := digits_at(tokens, after, bool(digits))):
            digits, after = digits + step[0], step[1]
        number = digits[1:] if len(digits) == 11 and digits[0] == "1" else digits
        if len(number) == 10 and number[0] in "23456789":
            return [entity("phone", number, tokens, index, after)]
        index = max(after, index + 1)
    return []


def digits_at(tokens: list[Token], index: int, inside: bool) -> tuple[str, int] | None:
    """The next digits of a number that is read out; 'eight hundred' is 800, never 800-and-something."""
    while inside and word_at(tokens, index) in (",", "-", ".", "y", "and"):
        index += 1
    chunk = chunk_at(tokens, index, inside)
    if chunk is None or chunk.value % 1:
        return None
    if (
        chunk.spoken
        and chunk.value >= 100
        and chunk.value % 100
        and chunk.value < 1000
        and word_at(tokens, index + 1) == "hundred"
    ):
        return f"{int(chunk.value) // 100}00", index + 2
    return chunk.digits, chunk.after
