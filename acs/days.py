"""Which day is the last one: calendar days, business days, and IRC 7503 when it falls on a day off."""

from __future__ import annotations

import calendar
import datetime
from functools import cache, lru_cache

import holidays

Day = datetime.date


@cache
def _legal_holidays() -> holidays.HolidayBase:
    """Legal holidays of the District of Columbia, Emancipation and Inauguration Day among them (D.C. Code 28-2701)."""
    return holidays.country_holidays("US", subdiv="DC", observed=True)


@lru_cache(maxsize=65536)
def is_day_off(day: Day) -> bool:
    """A Saturday, Sunday or legal holiday in the District of Columbia (26 USC 7503)."""
    return day.weekday() >= 5 or day in _legal_holidays()


def rolled(day: Day) -> Day:
    """The day itself, or the next one that is not a day off (26 USC 7503)."""
    while is_day_off(day):
        day += datetime.timedelta(days=1)
    return day


def plus(day: Day, count: int) -> Day:
    """So many calendar days later; the day itself is day zero."""
    return day + datetime.timedelta(days=count)


def plus_business(day: Day, count: int) -> Day:
    """So many business days later; the day itself is day zero."""
    while count:
        day += datetime.timedelta(days=1)
        count -= not is_day_off(day)
    return day


@lru_cache(maxsize=65536)
def plus_months(day: Day, count: int) -> Day:
    """The same day number so many months later, or the last day of a shorter month."""
    years, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return datetime.date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))


def plus_years(day: Day, count: int) -> Day:
    """The same date so many years later; 29 February becomes 28 February."""
    return plus_months(day, 12 * count)


def months_between(start: Day, end: Day) -> int:
    """Monthly payments that fit: the difference of the calendar months, never below zero."""
    return max(0, (end.year - start.year) * 12 + end.month - start.month)


def last_of_month(day: Day) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]


@lru_cache(maxsize=65536)
def penalty_month_end(anchor: Day, number: int) -> Day:
    """Last day of penalty month `number` (1, 2, ...) after a due date; days off are immaterial.

    A due date that ends its month makes every later month end with its last day (26 CFR 301.6651-1(b)).
    """
    end = plus_months(anchor, number)
    return end.replace(day=calendar.monthrange(end.year, end.month)[1]) if last_of_month(anchor) else end


def penalty_month_start(anchor: Day, number: int) -> Day:
    """First day of penalty month `number`: the day after the one before it ended."""
    return plus(anchor if number == 1 else penalty_month_end(anchor, number - 1), 1)


def last_day(notice_code: str, notice_date: Day) -> Day | None:
    """The last day to answer a letter of that date, rolled by IRC 7503; None when the letter itself must tell.

    A lien letter counts from its own date: the five business days it may add are known only with the filing day.
    """
    from acs.notices import notice_info  # notices need no days; days need to know the letters only here

    info = notice_info(notice_code)
    count = info.reply_days(notice_date) if info else None
    return None if count is None else rolled(plus(notice_date, count))
