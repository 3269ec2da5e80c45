"""Interest: compounded daily at the quarter's rate, on a year of 365 or 366 days (26 USC 6621, 6622)."""

from __future__ import annotations

import calendar
import datetime
from decimal import Decimal
from functools import lru_cache

from acs import law
from acs.days import plus

Day = datetime.date
RATE = "interest.underpayment_rate"


def daily_rate(day: Day) -> Decimal:
    """The share that one day adds. Raises NotPublished outside the table of rates."""
    return law.amount(RATE, on=day) / (366 if calendar.isleap(day.year) else 365)


@lru_cache(maxsize=65536)
def factor(start: Day, end: Day) -> Decimal:
    """What one dollar owed since `start` has become on `end`: the day after `start` is the first that counts.

    Raises NotPublished when a day in between has no published rate.
    """
    grown = Decimal(1)
    while start < end:
        first = plus(start, 1)
        stop = min(end, _quarter_end(first))
        grown *= (1 + daily_rate(first)) ** (stop - start).days
        start = stop
    return grown


def _quarter_end(day: Day) -> Day:
    month = (day.month - 1) // 3 * 3 + 3
    return datetime.date(day.year, month, calendar.monthrange(day.year, month)[1])
