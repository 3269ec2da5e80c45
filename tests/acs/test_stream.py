"""The forecast tells what stepping through the days brings; the stream's letters follow their table."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from build import D, case, letter, lien, module

from acs import law
from acs.asof import known_on
from acs.case import Assignment, Case
from acs.day import look
from acs.facts import gather
from acs.forecast import NEXT, forecast
from acs.levies import levy_power
from acs.notices import notice_info
from acs.stream import code, cycle, next_letter
from wiring.inventory import inventory

TODAY = date(2026, 11, 23)  # a Monday: nothing that is due waits for another day
DAY = timedelta(days=1)
SOME = [c for c in inventory(300, 23, TODAY) if c.modules]


def told(of: Case, on: date, *names: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in forecast(gather(known_on(of, on), on)):
        if one["event"] in names:
            found.setdefault(one["event"], one["date"])
    return found


def first_things(of: Case, on: date, days: int = 120) -> dict[str, str]:
    """The first letter, move or filing that stepping through the days brings, by the forecast's name."""
    for n in range(days):
        day = on + n * DAY
        looked = look(of, day)
        of = looked.case
        found = {name: day.isoformat() for e in looked.events if (name := _name(e.code, e.what))}
        if looked.events and any(e.code not in ("follow_up", "follow_up_closed") for e in looked.events):
            return found
    return {}


def _name(kind: str, what: str) -> str | None:
    if kind == "letter":
        info = notice_info(what)
        return NEXT.get(info.code) if info else None
    return {"moved": "acs_likely" if what == "acs" else None, "lien_filed": "lien_likely"}.get(kind)


def test_what_the_forecast_says_first_is_what_the_days_bring_first() -> None:
    compared: set[str] = set()
    names = (*NEXT.values(), "acs_likely", "lien_likely")
    final = (letter("CP14", "2026-05-04"), letter("CP504", "2026-08-17"), letter("LT11", "2026-11-02"))
    lien = case(module(notices=final), assignment=Assignment(to="acs", since=D("2026-11-02")))
    for of in (*SOME, lien):
        settled = look(of, TODAY).case
        on = TODAY + DAY
        for name, day in first_things(settled, on).items():
            assert told(settled, on, *names).get(name) == day, (of.id, name)
            compared.add(name)
    assert compared >= {"cp501_likely", "cp503_likely", "cp504_likely", "acs_likely", "final_notice_likely", "lien_likely"}  # fmt: skip


def test_the_day_a_levy_becomes_possible_is_the_day_the_law_stops_barring_it() -> None:
    count = 0
    for of in SOME:
        final = next((n for m in of.modules for n in m.notices if n.code == "LT11"), None)
        if final is None:
            continue
        today = final.date + 5 * DAY
        bare = known_on(of, today)
        day = told(bare, today, "levy_possible").get("levy_possible")
        if day is None or day == today.isoformat():
            continue
        ahead = (today + n * DAY for n in range(400))
        first = next(on for on in ahead if any(levy_power(m, bare, on).allowed for m in bare.modules))
        assert day == first.isoformat(), of.id
        count += 1
    assert count >= 30


@pytest.mark.parametrize(
    ("sent", "follows", "day"),
    [
        ("CP14", "CP501", "2026-10-12"),  # five weeks after September 7, a Monday
        ("CP501", "CP503", "2026-10-12"),
        ("CP503", "CP504", "2026-10-12"),
    ],
)
def test_five_weeks_between_the_letters_of_the_stream(sent: str, follows: str, day: str) -> None:
    of = case(module(notices=(letter(sent, "2026-09-07"),)))
    found = next_letter(of.modules[0], of, D("2026-09-08"))
    assert found is not None
    assert (found.code, found.day) == (follows, D(day))


def test_in_the_collection_system_the_reminders_left_are_skipped() -> None:
    place = Assignment(to="acs", since=D("2026-08-03"))
    of = case(module(notices=(letter("CP14", "2026-09-07"),)), assignment=place)
    found = next_letter(of.modules[0], of, D("2026-09-08"))
    assert found is not None
    assert found.code == "CP504"


def test_every_step_has_a_letter_people_can_ask_about() -> None:
    for kind in ("individual", "business"):
        for step, name in law.rule(f"stream.letters.{kind}", on=TODAY).value.items():
            assert notice_info(name), name
            who = case(kind=kind)
            assert code(who, step, TODAY) == name


def test_notices_are_dated_on_mondays() -> None:
    assert all(cycle(TODAY + n * DAY).weekday() == 0 for n in range(14))
    assert cycle(D("2026-11-23")) == D("2026-11-23")


def test_the_forecast_never_names_the_day_of_a_levy_or_a_transfer_to_the_field() -> None:
    for of in SOME:
        names = {one["event"] for one in forecast(gather(of, TODAY))}
        assert not {n for n in names if n.startswith(("levy_served", "levy_likely", "officer", "agency"))}


def test_a_lien_hearing_that_ends_is_not_told_as_the_final_notices() -> None:
    """Letter 3172 and LT11 each have an equivalent hearing of their own: 26 CFR 301.6320-1(i), 301.6330-1(i)."""
    owed = module(notices=(letter("CP14", "2024-06-03"), letter("CP504", "2024-11-04"), letter("Letter 3172", "2026-11-16")))  # fmt: skip
    liened = case(owed, assignment=Assignment(to="acs", since=D("2025-06-09")), liens=(lien("2026-11-12"),))
    events = {e["event"] for e in forecast(gather(known_on(liened, D("2026-11-22")), D("2026-11-22")))}
    assert {"final_notice_likely", "lien_hearing_over"} <= events
    assert "equivalent_hearing_over" not in events
    final = case(module(notices=(*owed.notices, letter("LT11", "2026-11-20"))), assignment=liened.assignment)
    events = {e["event"] for e in forecast(gather(known_on(final, D("2026-11-22")), D("2026-11-22")))}
    assert "equivalent_hearing_over" in events
    assert "final_notice_likely" not in events
