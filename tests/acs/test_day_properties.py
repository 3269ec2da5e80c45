"""Whatever a case file says: the same day twice is once, day by day is a jump, and nobody is levied who may not be."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from build import case
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_any_case import any_case

from acs.asof import known_on
from acs.case import Case
from acs.day import caught_up, look, run
from acs.levies import levy_power
from acs.stream import LEVY_OF
from wiring.inventory import inventory

DAY = timedelta(days=1)
starts = st.dates(date(2020, 1, 1), date(2027, 6, 30))
relaxed = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
SOME = list(inventory(120, 7, date(2026, 11, 22)))
generated = st.sampled_from(SOME)
HOUSE = {c.id: c for c in SOME}


def household(of: Case) -> dict[str, Case]:
    return {of.spouse: HOUSE[of.spouse]} if of.spouse in HOUSE else {}


def stepped(of: Case, start: date, days: int) -> Case:
    for n in range(days):
        of, _ = run(of, start + n * DAY, household(of))
    return of


@relaxed
@given(of=any_case() | generated, on=starts)
def test_the_same_day_twice_is_once(of: Case, on: date) -> None:
    once, _ = run(of, on)
    again, events = run(once, on)
    assert events == []
    assert again == once


@settings(relaxed, max_examples=30)
@given(of=any_case(), start=starts, days=st.integers(1, 150))
def test_day_by_day_equals_a_jump(of: Case, start: date, days: int) -> None:
    assert caught_up(of, start, start + (days - 1) * DAY).case == stepped(of, start, days)


@settings(relaxed, max_examples=25)
@given(of=generated, days=st.integers(100, 400), pause=st.integers(1, 99))
def test_a_believable_case_jumps_too_wherever_the_jump_is_broken(of: Case, days: int, pause: int) -> None:
    start, house = date(2026, 11, 22), household(of)
    first = caught_up(of, start, start + (pause - 1) * DAY, house)
    second = caught_up(first.case, start + pause * DAY, start + (days - 1) * DAY, house)
    assert second.case == stepped(of, start, days)


@relaxed
@given(of=any_case() | generated, on=starts)
def test_until_the_next_look_nothing_happens(of: Case, on: date) -> None:
    looked = look(of, on)
    assert looked.next_look is not None
    assert looked.next_look > on
    for n in range(1, min((looked.next_look - on).days, 40)):
        assert run(looked.case, on + n * DAY) == (looked.case, [])


@relaxed
@given(of=any_case() | generated, on=starts)
def test_a_levy_is_served_only_where_the_law_lets_it_and_only_on_what_is_known(of: Case, on: date) -> None:
    after, events = run(of, on)
    served = after.levies[len(of.levies) :]
    assert len(served) == sum(e.code == "levy_served" for e in events) <= 1
    for levy in served:
        known = known_on(after, on)
        periods = next(e.periods for e in events if e.code == "levy_served")
        assert known.assignment is not None
        assert known.assignment.to == "acs"
        assert (levy.kind, levy.source) in {(LEVY_OF[s.kind], s.name) for s in of.levy_sources}
        open_to_it = {m.period for m in known.modules if levy_power(m, known, on).allowed}
        assert set(periods) <= open_to_it  # two forms may share a period, and one of them be barred


@relaxed
@given(of=any_case() | generated, on=starts)
def test_the_past_stays_as_it_was(of: Case, on: date) -> None:
    after, _ = run(of, on)
    before = known_on(of, on - DAY)
    was = known_on(after, on - DAY)
    assert was.modules == before.modules
    assert was.notes == before.notes
    assert [v.served for v in was.levies] == [v.served for v in before.levies]


@pytest.mark.parametrize("on", [date(2026, 11, 28), date(2026, 11, 29), date(2026, 12, 25)])
def test_on_a_day_off_nothing_is_filed_or_served(on: date) -> None:
    for of in SOME:
        _, events = run(of, on)
        assert not {e.code for e in events} & {"levy_served", "lien_filed", "moved", "plan_terminated"}


def test_an_empty_case_is_left_alone() -> None:
    of = case().__class__(id="T-1", kind="individual", name=case().name, tin="900-70-0001", modules=())
    assert run(of, date(2026, 11, 23)) == (of, [])
