"""'Do I send the twelve one five three?' IRS forms by number: '12153', '433-F', '9465', 'W-2'."""

from __future__ import annotations

from bot.hearing.catalog import FORMS, FORMS_BY_NAME, WITH_LETTER
from bot.hearing.money_words import CURRENCY, OWING, PAYING
from bot.hearing.numbers import joined, row_at
from bot.hearing.spans import Entity, entity
from bot.hearing.tokens import Token, touching, word_at

PAYROLL = {"941", "940"}  # said without 'form', beside words like these
BESIDE_BEFORE = {"the", "el", "los", "our", "my", "your", "nuestro", "mi", "del", "a", "un", "on"}
BESIDE_BEHIND = {
    "tax", "taxes", "payroll", "quarter", "quarterly", "s", "deposit", "deposits", "return", "returns", "nomina",
    "trimestre", "trimestral", "depositos", "de",
}  # fmt: skip
NAMES = {"form", "forms", "forma", "formas", "formulario", "formularios", "planilla"}


def forms(tokens: list[Token]) -> list[Entity]:
    """Every form named. Short numbers (656, 911) count only after the word 'form' or with their letter."""
    found: list[Entity] = []
    index = 0
    while index < len(tokens):
        hit = w_form(tokens, index) or form_at(tokens, index)
        if hit:
            found.append(entity("form", hit[0], tokens, hit[1], hit[2]))
        index = hit[2] if hit else index + 1
    return found


def w_form(tokens: list[Token], index: int) -> tuple[str, int, int] | None:
    if word_at(tokens, index) not in ("w", "doble"):
        return None
    place = index + 1
    while word_at(tokens, place) in ("-", "u", "ve", "doble"):
        place += 1
    row = row_at(tokens, place)
    return (
        (f"W-{row[0].digits}", index, row[0].after) if row and row[0].digits in ("2", "4", "7", "9") else None
    )


def form_at(tokens: list[Token], index: int) -> tuple[str, int, int] | None:
    named = word_at(tokens, index) in NAMES
    start = index + 1 if named else index
    while named and word_at(tokens, start) in ("number", "numero", "no", "#", "irs", "la", "the", "de"):
        start += 1
    known = FORMS_BY_NAME if named else {**FORMS, **{k: k for k in ("433", "1040", "1099", *PAYROLL)}}
    row = row_at(tokens, start)
    for size in range(len(row), 0, -1):
        digits, after = joined(row[:size]), row[size - 1].after
        if digits not in known or "," in tokens[start].word or "." in tokens[start].word:
            continue
        if not named and digits in PAYROLL:
            return (digits, index, after) if payroll(tokens, start, after) else None
        letter = letter_of(tokens, digits, after)
        if not named and ((digits == "433" and not letter) or money(tokens, start, after)):
            return None
        if letter:
            return f"{digits}-{letter[0]}", index, letter[1]
        return known[digits], index, after
    return None


def letter_of(tokens: list[Token], digits: str, after: int) -> tuple[str, int] | None:
    place = after + 1 if word_at(tokens, after) == "-" else after
    letter = word_at(tokens, place).upper()
    letter = {"EF": "F", "EFE": "F", "EFF": "F", "AY": "A", "DEE": "D", "BEE": "B"}.get(letter, letter)
    allowed = WITH_LETTER.get(digits, "")
    if (
        len(letter) == 1
        and letter in allowed
        and (
            letter not in "AY"
            or touching(tokens, place)
            or place > after
            or not word_at(tokens, place + 1).isalpha()
        )
    ):
        return letter, place + 1
    if len(letter) == 2 and letter[0] in allowed and letter[1] in "SD":
        return letter, place + 1
    return None


def payroll(tokens: list[Token], start: int, after: int) -> bool:
    """'The 941', 'nine forty one taxes', but not 'I owe 941 dollars'."""
    behind = word_at(tokens, after)
    beside = word_at(tokens, start - 1) in BESIDE_BEFORE and not money(tokens, start, after)
    return behind in BESIDE_BEHIND or (beside and behind not in CURRENCY)


def money(tokens: list[Token], start: int, after: int) -> bool:
    before = {word_at(tokens, start - 1), word_at(tokens, start - 2)}
    return bool(before & (OWING | PAYING | {"$"})) or word_at(tokens, after) in CURRENCY
