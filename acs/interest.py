"""Interest: compounded daily at the quarter's rate, on a year of 365 or 366 days (26 USC 6621, 6622)."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from acs import law
from acs.days import plus

Day = datetime.date
RATE = "interest.underpayment_rate"


@lru_cache(maxsize=16384)
def daily_rate(day: Day) -> Decimal:
    """The share that one day adds. Raises NotPublished outside the table of rates."""
    return law.amount(RATE, on=day) / (366 if calendar.isleap(day.year) else 365)


@lru_cache(maxsize=65536)
def factor(start: Day, end: Day) -> Decimal:
    """What one dollar owed since `start` has become on `end`: the day after `start` is the first that counts.

    Raises NotPublished when a day in between has no published rate.
    """
    grown = Decimal(1)
    for piece in pieces(start, end):
        grown *= piece.factor
    return grown


@dataclass(frozen=True)
class Piece:
    """Days of one rate: the first that counts, the last, the yearly rate, and what a dollar becomes in them."""

    first: Day
    last: Day
    rate: Decimal
    factor: Decimal


@lru_cache(maxsize=65536)
def pieces(start: Day, end: Day) -> tuple[Piece, ...]:
    """The days after `start` up to `end`, cut where the rate or the length of the year changes."""
    found: list[Piece] = []
    while start < end:
        first = plus(start, 1)
        rate, daily = law.amount(RATE, on=first), daily_rate(first)
        stop = min(end, _quarter_end(first))
        while stop < end and daily_rate(plus(stop, 1)) == daily:
            stop = min(end, _quarter_end(plus(stop, 1)))
        found.append(Piece(first, stop, rate, (1 + daily) ** (stop - start).days))
        start = stop
    return tuple(found)


@lru_cache(maxsize=4096)
def _quarter_end(day: Day) -> Day:
    month = (day.month - 1) // 3 * 3 + 3
    return datetime.date(day.year, month, calendar.monthrange(day.year, month)[1])
