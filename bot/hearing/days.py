"""'On the fifteenth of every month.' The day of the month for a payment, or a date said only by its day."""

from __future__ import annotations

from datetime import date, timedelta

from bot.hearing.calendar_words import FUTURE, ORDINALS, PRINTED, RECURRING
from bot.hearing.dates import ENDINGS, day_number, leaning, safe
from bot.hearing.numbers import chunk_at
from bot.hearing.spans import Entity, entity
from bot.hearing.tokens import Token, touching, word_at

LAST = [
    ("last", "day"),
    ("ultimo", "dia"),
    ("ultimo",),
    ("end", "of", "the", "month"),
    ("end", "of", "month"),
    ("fin", "de", "mes"),
    ("finales", "de", "mes"),
    ("fines", "de", "mes"),
]
OF_A_MONTH = {"month", "months", "monthly", "mes", "meses", "mensual"}
BEGIN = [
    ("beginning", "of", "the", "month"),
    ("start", "of", "the", "month"),
    ("principios", "de", "mes"),
    ("principio", "de", "mes"),
    ("primeros", "de", "mes"),
]
NOT_A_DAY = {
    "time",
    "letter",
    "notice",
    "one",
    "payment",
    "vez",
    "carta",
    "aviso",
    "bill",
    "thing",
    "person",
    "part",
    "floor",
    "wife",
    "husband",
    "opinion",
    "job",
    "pago",
    "year",
    "quarter",
    "of",
    "dollars",
    "cosa",
    "vista",
    "lugar",
    "half",
    "house",
    "chance",
    "call",
    "place",
    "avenue",
    "street",
    "que",
}


BEFORE_FIRST = {
    "the",
    "on",
    "every",
    "el",
    "by",
    "dia",
    "day",
    "del",
    "al",
    "to",
    "st",
    "or",
    "o",
    "each",
    "maybe",
    "say",
}


def days(tokens: list[Token], today: date, listening: str | None = None) -> list[Entity]:
    """`day` (1 to 31) where a monthly day is meant, `date` where one day near today is meant."""
    found: list[Entity] = []
    index = 0
    while index < len(tokens):
        hit = day_at(tokens, index, listening)
        if hit:
            found.append(meant(tokens, hit[0], index, hit[1], today, listening))
        index = hit[1] if hit else index + 1
    return found


def day_at(tokens: list[Token], index: int, listening: str | None) -> tuple[int, int] | None:
    for phrases, day in ((LAST, 31), (BEGIN, 1)):
        for phrase in phrases:
            said = tuple(word_at(tokens, index + i) for i in range(len(phrase))) == phrase
            if said and (phrase not in LAST[:3] or of_a_month(tokens, listening)):
                return day, index + len(phrase)
    found = day_number(tokens, index)
    if found is None:
        return None
    number, after = found
    word, before = word_at(tokens, index), word_at(tokens, index - 1)
    ordinal = (
        word in ORDINALS
        or (tokens[after - 1].word in ENDINGS and touching(tokens, after - 1))
        or (word in ("twenty", "thirty") and word_at(tokens, after - 1) in ORDINALS)
    )
    if word in ("first", "primero") and len(tokens) > 3 and before.isalpha() and before not in BEFORE_FIRST:
        return None  # 'the penalties first, please' names no day
    if word_at(tokens, after) in NOT_A_DAY - {"of"} or (
        word_at(tokens, after) in ("of",)
        and word_at(tokens, after + 1) not in ("the", "each", "every", "month")
    ):
        return None
    if ordinal and (
        before in ("the", "on", "every", "el", "by", "dia", "del", "al", "to")
        or listening in ("day", "date")
        or word_at(tokens, after) == "of"
        or word not in ORDINALS
    ):
        return number, after
    spanish_day = before == "dia" or (before in ("el", "los") and followed_by_month(tokens, after))
    if spanish_day or before == "day":
        return number, after
    if (before in ("el", "los", "al") and chunk_at(tokens, index) and not word.isalpha()) or listening in (
        "day",
        "date",
    ):
        return (number, after) if word_at(tokens, after) not in UNITS_AFTER else None
    return None


def of_a_month(tokens: list[Token], listening: str | None) -> bool:
    """'The last day' to act is no day of the month, and 'el último aviso' none at all."""
    return listening == "day" or any(token.word in OF_A_MONTH for token in tokens)


UNITS_AFTER = {
    "%",
    "k",
    "mil",
    "dollars",
    "dolares",
    "days",
    "dias",
    "weeks",
    "semanas",
    "months",
    "meses",
    "por",
}


def followed_by_month(tokens: list[Token], after: int) -> bool:
    words = [word_at(tokens, after + i) for i in range(3)]
    return "mes" in words or "cada" in words or word_at(tokens, after) == ""


def meant(
    tokens: list[Token], number: int, first: int, after: int, today: date, listening: str | None
) -> Entity:
    """A monthly day if we asked for one or the sentence speaks of paying monthly; else the nearest such date."""
    words = {token.word for token in tokens}
    monthly = listening == "day" or (listening != "date" and bool(words & RECURRING) and not words & PRINTED)
    if listening != "date" and ("every" in words or "each" in words or "cada" in words):
        monthly = True
    if monthly:
        return entity("day", str(number), tokens, first, after)
    near = nearest(
        number,
        today,
        leaning(tokens, first) or (1 if words & FUTURE - {"on"} and not words & PRINTED else -1),
    )
    return entity("date", near.isoformat(), tokens, first, after)


def nearest(number: int, today: date, towards: int) -> date:
    """The last (towards -1) or next (+1) day of this number; the 31st becomes the last day of a short month."""
    step = timedelta(1 if towards > 0 else -1)
    day = today
    while True:
        last = (day.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)
        wanted = safe(day.year, day.month, min(number, last.day))
        if wanted == day:
            return day
        day += step
