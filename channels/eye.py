"""A fact as the eye reads it: "$1,204.55", "December 9, 2026", "9 de diciembre de 2026", "CP504"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

MONTHS = ("January February March April May June July August September October November December").split()
MESES = ("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre").split()


def money(value: object) -> str:
    """Dollars and cents, never rounded: "1204.55" is "$1,204.55". A float is refused: it is not exact."""
    amount = as_money(value)
    return f"-${-amount:,.2f}" if amount < 0 else f"${amount:,.2f}"


def as_money(value: object) -> Decimal:
    """The exact amount, or ValueError when it is a float, not a number, or has parts of a cent."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise ValueError(f"money must be text or Decimal, not {type(value).__name__}")
    try:
        amount = Decimal(value)
    except InvalidOperation:
        raise ValueError("money is not a number") from None
    if not amount.is_finite() or amount != amount.quantize(Decimal("0.01")):
        raise ValueError("money must be whole cents")
    return amount


def day(value: object, language: str) -> str:
    """An ISO date as written in a letter."""
    on = as_day(value)
    if language == "es":
        return f"{on.day} de {MESES[on.month - 1]} de {on.year}"
    return f"{MONTHS[on.month - 1]} {on.day}, {on.year}"


def as_day(value: object) -> date:
    """The date, or ValueError when it is neither a date nor YYYY-MM-DD."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise ValueError("a date must be YYYY-MM-DD")
    return date.fromisoformat(value)


def number(value: object) -> str:
    """A count or a rate: 3 is "3", 1200 is "1,200", "0.5" is "0.5"."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise ValueError(f"a number must be text, int or Decimal, not {type(value).__name__}")
    try:
        amount = Decimal(value)
    except InvalidOperation:
        raise ValueError("not a number") from None
    if not amount.is_finite():
        raise ValueError("not a number")
    return f"{amount:,f}"


def phone(value: object) -> str:
    """Ten digits grouped, "800-829-7650"; a short code such as 988 stays as it is."""
    plain = phone_digits(value)
    if len(plain) == 10:
        return f"{plain[:3]}-{plain[3:6]}-{plain[6:]}"
    return plain


def phone_digits(value: object) -> str:
    """Only the digits, without the country's 1. ValueError when there are not 3 to 15 of them."""
    plain = re.sub(r"[\s().+-]", "", str(value))
    if len(plain) == 11 and plain.startswith("1"):
        plain = plain[1:]
    if not re.fullmatch(r"[0-9]{3,15}", plain):
        raise ValueError("not a phone number")
    return plain


def joined(parts: Sequence[str], language: str) -> str:
    """A list in a sentence: "a, b and c", "a, b y c" ("e" before an i sound)."""
    if len(parts) < 2:
        return "".join(parts)
    word = "and"
    if language == "es":
        word = "e" if re.match(r"(?i)h?[ií](?![aeo])", parts[-1]) else "y"
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"
