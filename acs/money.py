"""Dollars and cents, exact. Rounding happens once, at the end, half a cent up."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal("0.00")
CENT = Decimal("0.01")


def cents(amount: Decimal) -> Decimal:
    """Rounded to the cent, half up."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def total(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, ZERO)


def shown(amount: Decimal | None) -> str | None:
    """As the view shows it: two decimals, or None for a figure nobody has published."""
    return None if amount is None else f"{cents(amount):.2f}"
