"""What a period such as 2023, 2023Q1 or 202303 means in days."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

from acs.days import plus, plus_months

Day = datetime.date
QUARTER = re.compile(r"(\d{4})-?Q([1-4])", re.I)
MONTH = re.compile(r"(\d{4})-?(0[1-9]|1[0-2])")
MONTHS_OF_QUARTER, MONTHS_OF_YEAR = 3, 12


@lru_cache(maxsize=4096)
def span(period: str) -> tuple[Day, Day] | None:
    """First and last day: a year, a quarter, or (202312) the year or quarter that ends with a month.

    None for anything else. 202303 is read as the quarter that ends in March; 202312 as the calendar year.
    """
    if found := QUARTER.fullmatch(period):
        first = datetime.date(int(found[1]), int(found[2]) * MONTHS_OF_QUARTER - 2, 1)
        return first, plus(plus_months(first, MONTHS_OF_QUARTER), -1)
    if found := MONTH.fullmatch(period):
        after = plus_months(datetime.date(int(found[1]), int(found[2]), 1), 1)
        length = MONTHS_OF_YEAR if int(found[2]) == MONTHS_OF_YEAR else MONTHS_OF_QUARTER
        return plus_months(after, -length), plus(after, -1)
    if re.fullmatch(r"(19|20)\d\d", period):
        year = int(period)
        return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    return None


def period_start(period: str) -> Day | None:
    """The first day of a period, or None when its name tells nothing."""
    found = span(period)
    return found[0] if found else None
