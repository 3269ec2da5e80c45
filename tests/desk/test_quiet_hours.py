"""8 a.m. to 9 p.m. where the person is (26 USC 6304(a)(1))."""

from __future__ import annotations

from datetime import UTC, date, datetime

from acs.case import Address
from desk.quiet_hours import COASTS, at_hour, may_contact, next_good, zones

TEXAS = ("America/Chicago",)


def test_the_first_good_minute_is_eight_and_the_last_before_nine_in_the_evening():
    # In November Chicago is six hours behind UTC.
    assert not may_contact(datetime(2026, 11, 23, 13, 59, tzinfo=UTC), TEXAS)
    assert may_contact(datetime(2026, 11, 23, 14, 0, tzinfo=UTC), TEXAS)
    assert may_contact(datetime(2026, 11, 24, 2, 59, tzinfo=UTC), TEXAS)
    assert not may_contact(datetime(2026, 11, 24, 3, 0, tzinfo=UTC), TEXAS)


def test_a_number_of_one_state_and_an_address_in_another_must_both_be_awake():
    where = zones("+15125550143", Address(state="NY"))
    assert set(where) == {"America/Chicago", "America/New_York"}
    assert not may_contact(
        datetime(2026, 11, 23, 13, 30, tzinfo=UTC), where
    )  # 8:30 in New York, 7:30 in Austin
    assert not may_contact(datetime(2026, 11, 24, 2, 30, tzinfo=UTC), where)  # 9:30 p.m. in New York


def test_the_zip_code_knows_better_than_the_state():
    # El Paso keeps Mountain time; the rest of Texas is an hour ahead. 7:30 there, 8:30 in Austin.
    early = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
    assert zones(None, Address(state="TX", zip="79901")) == ("America/Denver",)
    assert not may_contact(early, zones(None, Address(state="TX", zip="79901")))
    assert may_contact(early, zones(None, Address(state="TX", zip="78701")))


def test_where_nothing_is_known_both_coasts_must_be_awake():
    assert zones("+15550100000", None) == COASTS
    assert zones(None, None) == COASTS


def test_at_night_the_next_good_moment_is_the_morning():
    night = datetime(2026, 11, 24, 5, 10, tzinfo=UTC)
    assert next_good(night, TEXAS) == datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
    good = datetime(2026, 11, 24, 15, 7, tzinfo=UTC)
    assert next_good(good, TEXAS) == good


def test_an_hour_of_a_day_where_the_person_is():
    assert at_hour(date(2026, 11, 24), 10, TEXAS) == datetime(2026, 11, 24, 16, 0, tzinfo=UTC)


def test_summer_time_counts():
    # In July Chicago is five hours behind UTC.
    assert may_contact(datetime(2026, 7, 1, 13, 0, tzinfo=UTC), TEXAS)
