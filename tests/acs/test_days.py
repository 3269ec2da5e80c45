"""The last day, where it is known from filing seasons and calendars of the past."""

from datetime import date

import pytest

from acs.days import (
    is_day_off,
    last_day,
    months_between,
    penalty_month_end,
    penalty_month_start,
    plus_business,
    plus_years,
    rolled,
)

D = date.fromisoformat


@pytest.mark.parametrize(
    ("year", "season_ended"),
    [(2007, "04-17"), (2011, "04-18"), (2012, "04-17"), (2016, "04-18"), (2017, "04-18"), (2018, "04-16"), (2019, "04-15"),
     (2022, "04-18"), (2023, "04-18"), (2024, "04-15"), (2025, "04-15"), (2026, "04-15")],
)  # fmt: skip
def test_april_15_rolled_as_the_filing_seasons_did(year: int, season_ended: str) -> None:
    # 2018 ended on the 17th only because the IRS computers failed on that Tuesday after Emancipation Day moved it there.
    expected = "04-17" if year == 2018 else season_ended
    assert rolled(date(year, 4, 15)) == D(f"{year}-{expected}")


@pytest.mark.parametrize(
    ("day", "off"),
    [
        ("2021-06-18", True),  # Juneteenth fell on a Saturday; the Friday was the legal holiday
        ("2020-06-19", False),  # it was not a federal holiday yet
        ("2025-01-20", True),
        ("2021-01-20", True),  # Inauguration Day is a holiday in the District
        ("2029-01-19", False),  # falls on a Saturday in 2029: no Friday instead
        ("2029-01-22", False),
        ("2027-12-31", True),  # New Year's Day 2028 is a Saturday
        ("2026-07-03", True),
        ("2026-10-12", True),
        ("2026-04-16", True),
        ("2026-11-26", True),
        ("2026-11-27", False),  # the day after Thanksgiving is no legal holiday
        ("2024-11-05", False),
    ],
)
def test_days_off_in_the_district(day: str, off: bool) -> None:
    assert is_day_off(D(day)) is off


@pytest.mark.parametrize(
    ("code", "sent", "last"),
    [
        ("LT11", "2026-10-20", "2026-11-19"),
        ("Letter 1058", "2026-10-20", "2026-11-19"),
        ("CP504", "2026-11-09", "2026-12-09"),
        ("cp-504b", "2026-11-09", "2026-12-09"),
        ("CP504", "2026-11-26", "2026-12-28"),  # Saturday 26 December
        ("LT11", "2026-10-12", "2026-11-12"),  # Veterans Day
        ("CP14", "2026-11-16", "2026-12-07"),
        ("LT16", "2026-11-16", "2026-11-27"),  # Thanksgiving
        ("CP523", "2026-11-25", "2026-12-28"),  # Christmas, then a weekend
    ],
)
def test_the_last_day_of_a_letter(code: str, sent: str, last: str) -> None:
    assert last_day(code, D(sent)) == D(last)


def test_some_letters_must_tell_themselves() -> None:
    assert last_day("LT39", D("2026-01-05")) is None
    assert last_day("CP9999", D("2026-01-05")) is None


def test_business_days_skip_weekends_and_holidays() -> None:
    assert plus_business(D("2026-10-05"), 5) == D("2026-10-13")  # Columbus Day in between
    assert plus_business(D("2026-12-21"), 10) == D("2027-01-06")


def test_months_of_a_penalty_keep_the_day_number() -> None:
    assert penalty_month_start(D("2024-04-15"), 1) == D("2024-04-16")
    assert penalty_month_end(D("2024-04-15"), 1) == D("2024-05-15")
    assert penalty_month_end(D("2024-01-31"), 1) == D("2024-02-29")
    assert penalty_month_end(D("2024-02-29"), 1) == D(
        "2024-03-31"
    )  # due on a month's end: ends with each month
    assert penalty_month_end(D("2024-01-30"), 1) == D("2024-02-29")
    assert penalty_month_end(D("2024-01-30"), 2) == D("2024-03-30")


def test_years_and_months_between() -> None:
    assert plus_years(D("2024-02-29"), 1) == D("2025-02-28")
    assert months_between(D("2026-11-10"), D("2034-06-03")) == 91
