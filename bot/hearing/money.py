"""'I can do two hundred a month.' Amounts of money in digits and words, English and Spanish."""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import Optional

from bot.hearing.money_words import (
    ALONE_PERIODS,
    BETWEEN,
    CURRENCY,
    NOT_MONEY,
    OWING,
    PAYING,
    PERIOD_STARTS,
    PERIODS,
)
from bot.hearing.numbers import Chunk, joined, row_at
from bot.hearing.spans import GONE, Entity, entity
from bot.hearing.tokens import Token, touching, word_at

NOTHING = {"nothing", "nada", "zero", "zip", "cero", "ninguno", "none"}
Hit = Optional[tuple[Decimal, int, int, bool]]  # value, first token, token after, unsure
CORRECTING = {
    "actually",
    "wait",
    "mean",
    "meant",
    "sorry",
    "no",
    "rather",
    "make",
    "digo",
    "mejor",
    "perdon",
    "not",
}
JOINING = {"or", "to", "and", "o", "a", "y", "-", "u"}
CHANGING = {
    "make", "change", "switch", "mejor", "cambie", "cambielo", "cambiar", "ponga", "pongale", "pongamos", "haga",
    "hagalo", "sean", "dejelo",
}  # fmt: skip
INSTEAD = {"instead", "rather", "mejor"}
NAMED_THINGS = {
    "letter", "carta", "notice", "aviso", "form", "formulario", "code", "number", "numero", "line", "linea", "page", "c", "p",
    "cp", "lt", "year", "ano", "section", "box",
}  # fmt: skip
PLAIN_ONE = {"a", "an", "un", "una", "uno", "one"}


def amounts(tokens: list[Token], listening: str | None = None, shared: bool = True) -> list[Entity]:
    """Every amount, in dollars and cents ('200.00'). Notices, dates and years must be blanked before.

    `ambiguous` marks 'one fifty' (150 or 1.50), 'a couple hundred' and ranges; `about` says 'owed' or
    'pay' where the words around it tell.
    """
    found: list[Entity] = []
    index = 0
    while index < len(tokens):
        hit = (
            amount_at(tokens, index, listening, shared)
            or follows(tokens, index, found, shared)
            or leads(tokens, index, shared)
        )
        if hit:
            value, first, after, unsure = hit
            more = {"ambiguous": True} if unsure else {}
            about = what_about(tokens, first, after)
            found.append(
                entity(
                    "amount",
                    f"{value:.2f}",
                    tokens,
                    first,
                    after,
                    **more,
                    **({"about": about} if about else {}),
                )
            )
        index = hit[2] if hit else index + 1
    if not found and listening == "amount":
        found = [
            entity("amount", "0.00", tokens, i, i + 1) for i, t in enumerate(tokens) if t.word in NOTHING
        ][:1]
    return ranges(found, tokens)


def amount_at(tokens: list[Token], index: int, listening: str | None, shared: bool) -> Hit:
    signed = word_at(tokens, index) in ("$", "usd")
    start = index + 1 if signed else index
    few = a_few_hundred(tokens, start)
    if few:
        return few[0], index, few[1], True
    row = row_at(tokens, start, shared)
    if not row:
        return None
    value, unsure, after = worth(row)
    value, after, thousand = larger(tokens, value, after)
    value, after, named = coins(tokens, value, after)
    sure = signed or thousand or named
    if not sure and not by_context(tokens, start, after, row, listening):
        return None
    return (value, index, after, unsure) if Decimal(0) <= value < Decimal(100_000_000) else None


def follows(tokens: list[Token], index: int, found: list[Entity], shared: bool) -> Hit:
    """'200... actually 150': a number that takes back an amount is an amount."""
    if not found or not number_at(tokens, index):
        return None
    between = {token.word for token in tokens[:index] if token.start >= found[-1]["end"]}
    close = tokens[index].start - found[-1]["end"] < 30
    return amount_at(tokens, index, "amount", shared) if close and between & CORRECTING else None


def leads(tokens: list[Token], index: int, shared: bool) -> Hit:
    """'Between 100 and 200 a month': a number joined to an amount is an amount."""
    row = row_at(tokens, index, shared) if number_at(tokens, index) else []
    if not row or word_at(tokens, row[-1].after) not in JOINING or row[0].value < 5:
        return None
    if amount_at(tokens, row[-1].after + 1, None, shared) is None:
        return None
    if word_at(tokens, row[-1].after) in ("and", "y") and word_at(tokens, index - 1) not in (
        "between",
        "entre",
    ):
        return None
    return row[0].value, index, row[0].after, True


def number_at(tokens: list[Token], index: int) -> bool:
    return bool(row_at(tokens, index)) and tokens[index].word not in PLAIN_ONE


def worth(row: list[Chunk]) -> tuple[Decimal, bool, int]:
    """What a row of numbers is worth: [2, 50] is 250 or 2.50, so we say that we are not sure."""
    if len(row) == 1 or not row[0].spoken:
        return row[0].value, False, row[0].after
    digits = joined(row)
    pair = len(row) == 2 and row[1].value >= 10
    return Decimal(digits), pair, row[-1].after


def larger(tokens: list[Token], value: Decimal, after: int) -> tuple[Decimal, int, bool]:
    """'5k', '5 mil', '5 thousand', 'five grand'. 401k is a pension, not money."""
    word = word_at(tokens, after)
    if word_at(tokens, after - 1) == "grand":
        return value, after, True
    if word == "k" and (touching(tokens, after) or value < 1000) and value not in (401, 403):
        return value * 1000, after + 1, True
    if word in ("thousand", "grand", "mil") and value < 1000:
        row = row_at(tokens, after + 1)
        rest = row[0] if word != "grand" and row and row[0].value < 1000 else None
        return value * 1000 + (rest.value if rest else 0), rest.after if rest else after + 1, True
    if word == "hundred" and value < 100:
        return value * 100, after + 1, True
    return value, after, False


def coins(tokens: list[Token], value: Decimal, after: int) -> tuple[Decimal, int, bool]:
    """The word for dollars, and cents behind it."""
    word = word_at(tokens, after)
    if word in ("cents", "centavos", "cent"):
        return value / 100, after + 1, True
    if word not in CURRENCY or (word == "$" and not touching(tokens, after)):
        return value, after, False
    place = after + 2 if word_at(tokens, after + 1) in ("and", "y", "con") else after + 1
    row = row_at(tokens, place)
    if row and word_at(tokens, row[-1].after) in ("cents", "centavos") and row[0].value < 100:
        return value + row[0].value / 100, row[-1].after + 1, True
    return value, after + 1, True


def by_context(tokens: list[Token], start: int, after: int, row: list[Chunk], listening: str | None) -> bool:
    """A bare number is money beside 'a month' or 'pay', or when we just asked for an amount."""
    behind = word_at(tokens, after)
    if row[0].spoken and tokens[start].word in PLAIN_ONE and after == start + 1:
        return False
    if per_period(tokens, after):
        return True
    if behind in NOT_MONEY or word_at(tokens, after + (behind in ("more", "mas", "business"))) in NOT_MONEY:
        return False
    if listening == "amount" or (
        listening in ("yes_no", "day") and changed(tokens, start, after, worth(row)[0])
    ):
        return True
    if listening in ("day", "date", "notice"):
        return False
    value = worth(row)[0]
    if value >= 32 and (on_a_day(tokens, after) or from_to(tokens, start, after)):
        return True
    return (value >= 5 and after_verb(tokens, start)) or said_in_hundreds(tokens, start, row)


def on_a_day(tokens: list[Token], after: int) -> bool:
    """'175 on the tenth', 'trescientos el día cinco': the day itself was heard before and is blank by now."""
    words = [word_at(tokens, after + i) for i in range(4)]
    return words[0] in ("on", "el", "starting", "beginning", "empezando") and GONE in words[1:]


def from_to(tokens: list[Token], start: int, after: int) -> bool:
    """'From 400 to 250', 'de 350 a 200': both sides of a change."""
    before, behind = word_at(tokens, start - 1), word_at(tokens, after)
    ahead = row_at(tokens, after + 1) if behind in ("to", "a") else []
    if before in ("from", "de") and ahead:
        return ahead[0].value >= 32
    back = word_at(tokens, start - 2)
    return before in ("to", "a") and back[:1].isdigit() and back.isdigit() and int(back[:9]) >= 32


def said_in_hundreds(tokens: list[Token], start: int, row: list[Chunk]) -> bool:
    """'Three hundred', 'ciento diez' alone: spoken hundreds are money unless a letter or form stands before."""
    if len(row) > 1 or not row[0].spoken or not 100 <= row[0].value < 100_000:
        return False
    return not any(word_at(tokens, place) in NAMED_THINGS for place in range(max(0, start - 2), start))


def changed(tokens: list[Token], start: int, after: int, value: Decimal) -> bool:
    """'No, make it 350', '400 instead', 'mejor 250': a new amount where we asked something else.

    Up to 31 it may be a day of the month, and is not taken for money.
    """
    if value < 32:
        return False
    before = {word_at(tokens, place) for place in range(max(start - 4, 0), start)}
    return bool(before & CHANGING) or word_at(tokens, after) in INSTEAD


def per_period(tokens: list[Token], after: int) -> bool:
    word = word_at(tokens, after)
    return (
        word in ALONE_PERIODS
        or (word in PERIOD_STARTS and word_at(tokens, after + 1) in PERIODS)
        or (
            word in ("a", "por")
            and word_at(tokens, after + 1) == "la"
            and word_at(tokens, after + 2) in PERIODS
        )
        or (word in ("mo", "pm") and touching(tokens, after))
    )


def after_verb(tokens: list[Token], start: int) -> bool:
    for place in range(start - 1, max(start - 6, -1), -1):
        word = word_at(tokens, place)
        if word in PAYING or word in OWING:
            return True
        if word not in BETWEEN:
            return False
    return False


def what_about(tokens: list[Token], first: int, after: int) -> str | None:
    """'owed' or 'pay', from the nearest word before it, else from the period behind it."""
    if per_period(tokens, after):
        return "pay"
    for place in range(first - 1, max(first - 9, -1), -1):
        word = word_at(tokens, place)
        if word in OWING:
            return "owed"
        if word in PAYING:
            return "pay"
    return "owed" if word_at(tokens, after) in OWING else None


def a_few_hundred(tokens: list[Token], index: int) -> tuple[Decimal, int] | None:
    """'A couple hundred' is heard as two hundred, and asked again."""
    words = [word_at(tokens, index + i) for i in range(5)]
    if words[0] in ("couple", "par") and "hundred" in [*words[:3], words[3]]:
        return Decimal(200), index + words.index("hundred") + 1
    if words[:3] == ["par", "de", "cientos"]:
        return Decimal(200), index + 3
    return None


def ranges(found: list[Entity], tokens: list[Token]) -> list[Entity]:
    """'200 or 300', 'entre 100 y 200': both are kept and both are unsure."""
    for before, behind in itertools.pairwise(found):
        between = [t.word for t in tokens if before["end"] <= t.start and t.end <= behind["start"]]
        if (between and len(between) <= 2 and between[-1] in JOINING - {"and", "y"}) or (
            between in (["and"], ["y"]) and before.get("ambiguous")
        ):
            before["ambiguous"] = behind["ambiguous"] = True
    return found
