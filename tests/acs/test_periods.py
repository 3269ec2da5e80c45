"""A period's name in days: years, quarters, and the month a period ends with."""

import pytest
from build import D

from acs.periods import period_start, span, year_of


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2023", "2023-01-01", "2023-12-31"),
        ("2023Q1", "2023-01-01", "2023-03-31"),
        ("2023-Q4", "2023-10-01", "2023-12-31"),
        ("202303", "2023-01-01", "2023-03-31"),
        ("202306", "2023-04-01", "2023-06-30"),
        ("202312", "2023-01-01", "2023-12-31"),
    ],
)
def test_spans(period: str, first: str, last: str) -> None:
    assert span(period) == (D(first), D(last))


@pytest.mark.parametrize("period", ["x", "", "23", "2023Q5", "202313", "9999999"])
def test_a_name_that_tells_nothing(period: str) -> None:
    assert span(period) is None
    assert period_start(period) is None


@pytest.mark.parametrize(
    ("period", "year", "begins"),
    [
        ("2024", 2024, "2024-01-01"), ("2024Q1", 2024, "2024-01-01"), ("Q1 2024", 2024, "2024-01-01"),
        ("q3-2023", 2023, "2023-07-01"), ("2Q2024", 2024, "2024-04-01"), ("2024 Q4", 2024, "2024-10-01"),
        ("2024 1Q", 2024, "2024-01-01"), ("202306", 2023, "2023-04-01"), ("Tax year 2022", 2022, None),
        ("1Q", None, None), ("12024", None, None), ("", None, None),
    ],
)  # fmt: skip
def test_the_year_of_a_period_however_it_is_written(period, year, begins):
    assert year_of(period) == year
    start = period_start(period)
    assert (start.isoformat() if start else None) == begins
