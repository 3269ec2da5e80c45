"""When a person may be called or texted: the rule is in acs/conduct; here is what holds where nobody knows the place."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from acs.case import Address
from acs.conduct import next_hours, within_hours, zones_of

COASTS = ("America/New_York", "America/Los_Angeles")
"""Where nothing tells where a person is, a moment must be a good one on both coasts."""


def zones(phone: str | None = None, home: Address | None = None) -> tuple[str, ...]:
    """Every time zone the person may be in, by the number (E.164) and the address on file; else both coasts."""
    return zones_of(phone, home) or COASTS


def may_contact(moment: datetime, where: tuple[str, ...]) -> bool:
    """Whether this moment (aware) is within the hours of the law in every zone the person may be in."""
    return within_hours(where, moment)


def next_good(moment: datetime, where: tuple[str, ...]) -> datetime:
    """The moment itself, or the first one after it at which the person may be contacted.

    ValueError where the zones are so far apart that no hour is good in all of them.
    """
    return next_hours(where, moment)


def at_hour(on: date, hour: int, where: tuple[str, ...], minute: int = 0) -> datetime:
    """That hour of that day in the likeliest zone, which stands first; moved into hours good in all of them. UTC."""
    return next_good(datetime.combine(on, time(hour, minute), ZoneInfo(where[0])).astimezone(UTC), where)
