"""'My letter is dated November 9.' Calendar dates, absolute or relative to today, English and Spanish."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.hearing.calendar_words import (
    FUTURE,
    LOOSE_MONTHS,
    MONTHS,
    ORDINALS,
    PAST,
    TENS,
    TODAY,
    UNITS,
    WEEKDAYS,
)
from bot.hearing.numbers import chunk_at, joined, row_at
from bot.hearing.spans import Entity, entity
from bot.hearing.tokens import Token, touching, word_at

ISO = re.compile(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b")
SLASHED = re.compile(r"(?<![\d/$.])(\d{1,2})([/-])(\d{1,2})(?:\2(\d{4}|\d{2}))?(?![\d/%])")
JOINERS = {"of", "de", "del", "the", "el", ",", "-", "dia"}
ENDINGS = {"st", "nd", "rd", "th", "ro", "ero", "o"}
Hit = "tuple[date, int] | None"


def dates(tokens: list[Token], text: str, today: date, listening: str | None = None) -> list[Entity]:
    """Every calendar date. A missing year is filled by the words around it: letters lie behind us,
    payments before us."""
    found = numeric(text, today)
    index = 0
    while index < len(tokens):
        inside = any(one["start"] <= tokens[index].start < one["end"] for one in found)
        hit = None if inside else (month_date(tokens, index, today) or relative(tokens, index, today))
        if hit:
            found.append(entity("date", hit[0].isoformat(), tokens, index, hit[1]))
        index = hit[1] if hit else index + 1
    return sorted(found, key=lambda one: one["start"])


def numeric(text: str, today: date) -> list[Entity]:
    """'2026-11-09', '11/9/2026', '11/9'. Month first, as on American letters, unless it cannot be."""
    found = []
    for match in ISO.finditer(text):
        day = safe(int(match[1]), int(match[2]), int(match[3]))
        if day:
            found.append(spot(day, match))
    for match in SLASHED.finditer(text):
        month, day_of, year = int(match[1]), int(match[3]), match[4]
        if month > 12:
            month, day_of = day_of, month
        if (match[2] == "-" and not year) or not 1 <= month <= 12 or not 1 <= day_of <= 31:
            continue
        if re.match(r"\d{2}/7\b", match[0]) and not year:
            continue  # 24/7
        full = int(year) + (2000 if int(year) < 100 else 0) if year else None
        day = safe(full, month, day_of) if full else place(month, day_of, today, 0)
        if day and not any(one["start"] <= match.start() < one["end"] for one in found):
            found.append(spot(day, match))
    return found


def spot(day: date, match: re.Match[str]) -> Entity:
    return {"entity": "date", "value": day.isoformat(), "start": match.start(), "end": match.end()}


def safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1990 <= year <= 2100 else None
    except ValueError:
        return None


def place(month: int, day: int, today: date, leaning: int) -> date | None:
    """The year that fits: `leaning` -1 is the latest past one, +1 the next, 0 the nearest."""
    near = [one for year in (today.year - 1, today.year, today.year + 1) if (one := safe(year, month, day))]
    if leaning < 0:
        near = [one for one in near if one <= today] or near
    if leaning > 0:
        near = [one for one in near if one >= today] or near
    return min(near, key=lambda one: abs((one - today).days)) if near else None


def leaning(tokens: list[Token], index: int) -> int:
    """Does the nearest telling word before the date speak of the past or the future?"""
    for token in reversed(tokens[max(0, index - 8) : index]):
        if token.word in PAST:
            return -1
        if token.word in FUTURE:
            return 1
    return 0


def month_date(tokens: list[Token], index: int, today: date) -> tuple[date, int] | None:
    """'November 9th, 2026', 'the 9th of November', '9 de noviembre del 2026', 'november ninth'."""
    month = MONTHS.get(word_at(tokens, index))
    if month:
        after = skip(tokens, index + 1, {".", "the", "el", "dia", ","})
        day = day_number(tokens, after)
        if day is None or (
            word_at(tokens, index) in LOOSE_MONTHS
            and after != index + 1
            and "." not in word_at(tokens, index + 1)
        ):
            return None
        return with_year(tokens, index, month, day[0], day[1], today)
    day = day_number(tokens, index)
    if day is None:
        return None
    after = skip(tokens, day[1], JOINERS)
    month = MONTHS.get(word_at(tokens, after))
    if month is None or (
        word_at(tokens, after) in ("may", "march", "mar", "ago")
        and after == day[1]
        and not word_at(tokens, index).isdigit()
    ):
        return None
    if word_at(tokens, after) == "ago":
        return None
    return with_year(tokens, index, month, day[0], after + 1, today)


def with_year(
    tokens: list[Token], index: int, month: int, day: int, after: int, today: date
) -> tuple[date, int] | None:
    start = skip(tokens, after, {",", "of", "de", "del", "."})
    row = row_at(tokens, start)
    for size in range(min(len(row), 3), 0, -1):
        digits = joined(row[:size])
        if len(digits) == 4 and 1990 <= int(digits) <= today.year + 2:
            found = safe(int(digits), month, day)
            return (found, row[size - 1].after) if found else None
    found = place(month, day, today, leaning(tokens, index))
    return (found, after) if found else None


def day_number(tokens: list[Token], index: int) -> tuple[int, int] | None:
    """1 to 31 as '9', '9th', 'ninth', 'twenty first', 'nueve', 'primero'."""
    word = word_at(tokens, index)
    if word in TENS and word_at(tokens, skip(tokens, index + 1, {"-"})) in ORDINALS:
        unit = ORDINALS[word_at(tokens, skip(tokens, index + 1, {"-"}))]
        if unit < 10:
            return TENS[word] + unit, skip(tokens, index + 1, {"-"}) + 1
    if word in ORDINALS:
        return ORDINALS[word], index + 1
    chunk = chunk_at(tokens, index)
    if chunk is None or not 1 <= chunk.value <= 31 or chunk.value % 1 or word in ("a", "un", "una", "one"):
        return None
    after = chunk.after
    if word_at(tokens, after) in ENDINGS and touching(tokens, after):
        after += 1
    return int(chunk.value), after


def skip(tokens: list[Token], index: int, words: set[str]) -> int:
    while word_at(tokens, index) in words:
        index += 1
    return index


def relative(tokens: list[Token], index: int, today: date) -> tuple[date, int] | None:
    """'tomorrow', 'two weeks ago', 'hace tres días', 'in ten days', 'next friday', 'el viernes pasado'."""
    word, behind = word_at(tokens, index), word_at(tokens, index + 1)
    if word in TODAY and not (word == "today" and behind == "'"):
        return today + timedelta(TODAY[word]), index + 1
    if word == "manana" and word_at(tokens, index - 1) not in ("la", "esta", "de", "cada", "una"):
        return today + timedelta(1), index + 1
    return counted(tokens, index, today) or weekday(tokens, index, today)


def counted(tokens: list[Token], index: int, today: date) -> tuple[date, int] | None:
    word = word_at(tokens, index)
    back = word == "hace"
    ahead = word in ("in", "en", "within") or (word, word_at(tokens, index + 1)) == ("dentro", "de")
    start = index + (2 if word == "dentro" else 1) if back or ahead else index
    chunk = chunk_at(tokens, start)
    number, after = (int(chunk.value), chunk.after) if chunk else (1, start + 1)
    if not chunk and word_at(tokens, start) not in ("a", "un", "una"):
        return None
    size = UNITS.get(word_at(tokens, after))
    if size is None or number > 400:
        return None
    if back:
        return moved(today, -number, size), after + 1
    if word_at(tokens, after + 1) == "ago":
        return moved(today, -number, size), after + 2
    if ahead and word_at(tokens, after + 1) not in ("or", "o"):
        return moved(today, number, size), after + 1
    return None


def moved(today: date, number: int, size: int) -> date:
    """Weeks and days exactly; months keep the day of the month where they can."""
    if size != 30:
        return today + timedelta(number * size)
    months = today.year * 12 + today.month - 1 + number
    for day in range(today.day, 27, -1):
        found = safe(months // 12, months % 12 + 1, day)
        if found:
            return found
    return date(months // 12, months % 12 + 1, today.day)


def weekday(tokens: list[Token], index: int, today: date) -> tuple[date, int] | None:
    day = WEEKDAYS.get(word_at(tokens, index))
    if day is None or word_at(tokens, index - 1) in ("every", "each", "cada", "los"):
        return None
    before, behind = word_at(tokens, index - 1), word_at(tokens, index + 1)
    past = (
        before == "last"
        or behind in ("pasado", "pasada")
        or (before not in ("next", "this", "proximo") and leaning(tokens, index) < 0)
    )
    ahead = (day - today.weekday()) % 7 or 7
    found = today + timedelta(ahead - 7 if past else ahead)
    if past and found >= today:
        found -= timedelta(7)
    return found, index + (2 if behind in ("pasado", "pasada") else 1)
