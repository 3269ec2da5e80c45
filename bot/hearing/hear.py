"""Everything named in one sentence: notices first, then forms, phones, dates and years, and money last."""

from __future__ import annotations

import itertools
from datetime import date

from bot.hearing.calendar_words import WEEKDAYS
from bot.hearing.corrections import corrected
from bot.hearing.dates import dates
from bot.hearing.days import days
from bot.hearing.forms import forms
from bot.hearing.language import language_of
from bot.hearing.money import amounts
from bot.hearing.names import names
from bot.hearing.notices import notices
from bot.hearing.phones import phones
from bot.hearing.spans import Entity, without
from bot.hearing.tokens import fold, tokens_of
from bot.hearing.years import years

__all__ = ["Entity", "hear"]


def hear(text: str, today: date, listening: str | None = None) -> list[Entity]:
    """Entities in the order they were said: {entity, value, start, end, text} and, where it helps,
    `ambiguous` or `about`. `listening` is what we just asked for: amount, day, date, yes_no or notice.

    Values: notice 'CP504' or 'Letter 1058'; form '12153'; phone ten digits; date ISO; day '15';
    tax_year '2022'; amount dollars '200.00'; language ISO code; agency its name.
    """
    plain, tokens = fold(text), tokens_of(text)
    found = notices(tokens, listening)
    shared = language_of(text) != "en"
    found += forms(without(tokens, found))
    found += phones(without(tokens, found), blanked(plain, found))
    found += dates(without(tokens, found), blanked(plain, found), today, listening)
    found += years(without(tokens, found), blanked(plain, found), today, listening)
    if listening != "amount":
        found += days(without(tokens, found), today, listening)
    found += amounts(without(tokens, found), listening, shared)
    if listening == "amount":
        found += days(without(tokens, found), today, listening)
    found = corrected(found + names(plain), text)
    found = without_weekdays(sorted(found, key=lambda one: one["start"]), plain)
    return [{**one, "text": text[one["start"] : one["end"]]} for one in found]


def without_weekdays(found: list[Entity], plain: str) -> list[Entity]:
    """'Friday the 20th' is one date, the 20th. `found` in the order of the sentence."""
    kept = []
    for one, behind in itertools.zip_longest(found, found[1:]):
        named = one["entity"] == "date" and plain[one["start"] : one["end"]].strip() in WEEKDAYS
        near = behind is not None and behind["entity"] in ("date", "day")
        if not (named and near and plain[one["end"] : behind["start"]].strip(" ,") in ("", "the", "el")):
            kept.append(one)
    return kept


def blanked(plain: str, taken: list[Entity]) -> str:
    """The sentence with what was already heard replaced by blanks of the same length."""
    for one in taken:
        plain = plain[: one["start"]] + " " * (one["end"] - one["start"]) + plain[one["end"] :]
    return plain
