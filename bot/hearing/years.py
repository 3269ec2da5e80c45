"""Tax years: '2022', 'twenty twenty two', 'dos mil veintidós', ''21', 'last year's taxes'."""

from __future__ import annotations

import re
from datetime import date

from bot.hearing.money_words import CURRENCY, PAYING, PERIOD_STARTS
from bot.hearing.numbers import joined, row_at
from bot.hearing.spans import Entity, entity
from bot.hearing.tokens import Token, touching, word_at

OLDEST = 1985
YEAR_WORDS = {
    "year",
    "years",
    "ty",
    "ano",
    "anos",
    "for",
    "from",
    "in",
    "del",
    "of",
    "since",
    "desde",
    "para",
    "de",
}
SHORT = {"year", "years", "ano", "anos", "ty", "'"}
LAST_YEAR = re.compile(
    r"\blast year'?s?\b(?= (?:tax|taxes|return|balance|bill|refund))|"
    r"(?<=taxes )(?:from |for )?last year|(?<=owe )(?:from |for )last year|"
    r"(?<=impuestos )(?:del |de el )?(?:ano pasado)|(?<=debo )(?:del )(?:ano pasado)"
)


def years(tokens: list[Token], plain: str, today: date, listening: str | None = None) -> list[Entity]:
    """Every tax year named, as four digits. Money and parts of dates must be blanked before."""
    found: list[Entity] = []
    index = 0
    while index < len(tokens):
        hit = year_at(tokens, index, today, listening)
        if hit:
            found.append(entity("tax_year", str(hit[0]), tokens, index, hit[1]))
        index = hit[1] if hit else index + 1
    for match in LAST_YEAR.finditer(plain):
        found.append(
            {"entity": "tax_year", "value": str(today.year - 1), "start": match.start(), "end": match.end()}
        )
    return found


def year_at(tokens: list[Token], index: int, today: date, listening: str | None) -> tuple[int, int] | None:
    word, before = word_at(tokens, index), word_at(tokens, index - 1)
    early = early_year(tokens, index)
    if early:
        return early
    if before in SHORT and word.isdigit() and len(word) == 2:
        year = 2000 + int(word)
        return (year, index + 1) if year <= today.year else None
    if not word.isdigit() and (not word.isalpha() or before in CURRENCY):
        return None
    row = row_at(tokens, index)
    for size in range(min(len(row), 4), 0, -1):
        digits, after = joined(row[:size]), row[size - 1].after
        if plausible(digits, today) and not money(tokens, index, after, digits, listening):
            return int(digits), after
        if word.isdigit():
            break
    return None


def early_year(tokens: list[Token], index: int) -> tuple[int, int] | None:
    """'From oh nine', 'del 09': the first years of the century, after a word that a year can follow."""
    word, before = word_at(tokens, index), word_at(tokens, index - 1)
    if before not in YEAR_WORDS | {"back", "and", "y", "or", "o", "tax", "'"}:
        return None
    if word.isdigit() and len(word) == 2 and word[0] == "0" and word != "00":
        return 2000 + int(word), index + 1
    row = row_at(tokens, index + 1) if word in ("oh", "zero", "cero") else []
    if len(row) == 1 and row[0].spoken and 0 < row[0].value < 10:
        return 2000 + int(row[0].value), row[0].after
    return None


def plausible(digits: str, today: date) -> bool:
    return len(digits) == 4 and digits.isdigit() and OLDEST <= int(digits) <= today.year


def money(tokens: list[Token], index: int, after: int, digits: str, listening: str | None) -> bool:
    """Is this '2000' rather two thousand dollars?"""
    before, behind = word_at(tokens, index - 1), word_at(tokens, after)
    if before in ("$", "usd") or behind in CURRENCY or (behind in PERIOD_STARTS and digits.endswith("00")):
        return True
    if behind in ("k", "grand", "mil") and touching(tokens, after):
        return True
    if before in PAYING or listening == "amount":
        return digits.endswith("00") or listening == "amount" or before in {"pay", "pagar", "afford"}
    return digits == "2000" and before not in YEAR_WORDS
