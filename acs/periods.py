"""What a period such as 2023, 2023Q1, Q1 2023 or 202303 means in days."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

from acs.days import plus, plus_months

Day = datetime.date
QUARTER = re.compile(r"(?P<year>\d{4})[- ]?(?:Q(?P<quarter>[1-4])|(?P<nth>[1-4])Q)", re.I)
QUARTER_FIRST = re.compile(r"(?:Q(?P<quarter>[1-4])|(?P<nth>[1-4])Q)[- ]?(?P<year>\d{4})", re.I)
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)")
MONTH = re.compile(r"(\d{4})-?(0[1-9]|1[0-2])")
MONTHS_OF_QUARTER, MONTHS_OF_YEAR = 3, 12


@lru_cache(maxsize=4096)
def span(period: str) -> tuple[Day, Day] | None:
    """First and last day: a year, a quarter, or (202312) the year or quarter that ends with a month.

    None for anything else. 202303 is read as the quarter that ends in March; 202312 as the calendar year.
    """
    if found := QUARTER.fullmatch(period) or QUARTER_FIRST.fullmatch(period):
        quarter = int(found["quarter"] or found["nth"])
        first = datetime.date(int(found["year"]), quarter * MONTHS_OF_QUARTER - 2, 1)
        return first, plus(plus_months(first, MONTHS_OF_QUARTER), -1)
    if found := MONTH.fullmatch(period):
        after = plus_months(datetime.date(int(found[1]), int(found[2]), 1), 1)
        length = MONTHS_OF_YEAR if int(found[2]) == MONTHS_OF_YEAR else MONTHS_OF_QUARTER
        return plus_months(after, -length), plus(after, -1)
    if re.fullmatch(r"(19|20)\d\d", period):
        year = int(period)
        return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    return None


def year_of(period: str) -> int | None:
    """The tax year a period names, wherever in its name it stands: 2023, 2023Q1, 202303, Q1 2023. None without one."""
    found = YEAR.search(period)
    return int(found[1]) if found else None


def period_start(period: str) -> Day | None:
    """The first day of a period, or None when its name tells nothing."""
    found = span(period)
    return found[0] if found else None
