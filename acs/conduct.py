"""May this person be contacted now, this way? Hours by their own clock, representatives, workplaces, consent.

26 USC 6304 and 7521. Where a person can be is taken widely: every time zone of the ZIP code or state and of the phone
number has to agree.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from acs import law
from acs.case import Address, Case

Moment = datetime.datetime
Way = Literal["call", "text", "letter"]
SOURCES = {
    "too_early": "26 USC 6304(a)(1)", "too_late": "26 USC 6304(a)(1)", "time_zone_unknown": "26 USC 6304(a)(1)",
    "represented": "26 USC 6304(a)(2)", "workplace": "26 USC 6304(a)(3)", "no_consent": "47 USC 227(b)(1)",
    "wants_advice_first": "26 USC 7521(b)(2)", "deceased": "26 USC 6103(e)(3)", "bankruptcy": "11 USC 362(a)(6)",
}  # fmt: skip


@dataclass(frozen=True)
class Contact:
    """The answer: what stands in the way (codes of `codes.yml`, group conduct) and from when the hours are right."""

    reasons: tuple[str, ...]
    time_zones: tuple[str, ...]
    next_hours: Moment | None

    @property
    def allowed(self) -> bool:
        return not self.reasons

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(SOURCES[code] for code in self.reasons))


def contact(
    case: Case,
    now: Moment,
    way: Way = "call",
    *,
    at_work: bool = False,
    employer_forbids: bool = False,
    representative_agrees: bool = False,
) -> Contact:
    """May the line reach out to this person at `now` (an aware time)?

    `employer_forbids`: somebody said that the workplace allows no such calls. `representative_agrees`: the
    representative agreed to direct contact or did not answer within a reasonable time.
    """
    zones = time_zones(case) if way != "letter" else ()
    reasons = [*_person(case), *_hours(zones, now, way)]
    if represented(case) and not representative_agrees:
        reasons.append("represented")
    if at_work and employer_forbids:
        reasons.append("workplace")
    if (way == "call" and not case.consents.calls) or (way == "text" and not case.consents.sms):
        reasons.append("no_consent")
    return Contact(tuple(reasons), zones, next_hours(zones, now) if zones else None)


def represented(case: Case) -> bool:
    """Somebody with a power of attorney is on file; a Form 8821 only lets a person be told."""
    return any(one.form == "2848" for one in case.representatives)


def question_stops(*, wants_advice_first: bool) -> bool:
    """Whoever says 'I want to ask my representative first' is asked nothing more that day (26 USC 7521(b)(2))."""
    return wants_advice_first


def _person(case: Case) -> list[str]:
    found = ["deceased"] if case.deceased else []
    return found + ["bankruptcy"] * any(h.kind == "bankruptcy" and h.to is None for h in case.holds)


def _hours(zones: tuple[str, ...], now: Moment, way: Way) -> list[str]:
    if way == "letter":
        return []
    if not zones:
        return ["time_zone_unknown"]
    clocks = [now.astimezone(ZoneInfo(zone)) for zone in zones]
    early = ["too_early"] if any(c.hour < _earliest(c) for c in clocks) else []
    return early or (["too_late"] if any(c.hour >= _latest(c) for c in clocks) else [])


def _earliest(clock: Moment) -> int:
    return law.number("conduct.earliest_hour", on=clock.date())


def _latest(clock: Moment) -> int:
    return law.number("conduct.latest_hour", on=clock.date())


def next_hours(zones: tuple[str, ...], now: Moment) -> Moment:
    """The first moment from `now` at which it is neither too early nor too late in any of the zones."""
    if not _hours(zones, now, "call"):
        return now
    starts = []
    for zone in zones:
        clock = now.astimezone(ZoneInfo(zone))
        for day in (clock.date(), clock.date() + datetime.timedelta(days=1)):
            opening = datetime.time(_earliest(clock))
            starts.append(Moment.combine(day, opening, ZoneInfo(zone)).astimezone(now.tzinfo))
    return min(start for start in starts if start > now and not _hours(zones, start, "call"))


def time_zones(case: Case) -> tuple[str, ...]:
    """Every time zone the person may be in, by ZIP code or else state, and by phone number."""
    return tuple(sorted(zones_of(case.phone, case.address)))


def zones_of(phone: str | None, home: Address | None) -> tuple[str, ...]:
    """The same of a number (E.164) and an address, each once; those of the number first. Empty if neither tells."""
    at_home = (_of_zip(home.zip or "") or _of_state(home.state or "")) if home else ()
    return tuple(dict.fromkeys((*_of_phone(phone or ""), *sorted(at_home))))


def within_hours(zones: tuple[str, ...], now: Moment) -> bool:
    """Whether it is neither too early nor too late at `now` (aware) in any of the zones; False where none is known."""
    return not _hours(zones, now, "call")


@lru_cache(maxsize=65536)
def _of_zip(code: str) -> tuple[str, ...]:
    import zipcodes  # loaded when first asked: it is a large table

    try:
        found = zipcodes.matching(code[:5])  # type: ignore[no-untyped-call]
        return tuple({place["timezone"] for place in found if place["timezone"]})
    except (TypeError, ValueError):
        return ()


@lru_cache(maxsize=1024)
def _of_state(state: str) -> tuple[str, ...]:
    import us

    found = us.states.lookup(state) if state else None
    return tuple(found.time_zones) if found else ()


@lru_cache(maxsize=65536)
def _of_phone(number: str) -> tuple[str, ...]:
    import phonenumbers
    from phonenumbers import timezone

    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return ()
    if not phonenumbers.is_number_geographical(parsed):
        return ()
    return tuple(
        z for z in timezone.time_zones_for_geographical_number(parsed) if z != timezone.UNKNOWN_TIMEZONE
    )
