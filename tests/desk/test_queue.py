"""Who is next, who is rung, and what may be said about the wait."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.queue import Waiting, Worker, attention, in_order, pairs, service_level, wait_range

NOON = datetime(2026, 11, 23, 17, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def caller(name, queue="collection", priority=5, ago=0, language="en", **more):
    return Waiting(name, queue, language, priority, NOON - ago * MINUTE, **more)


def test_the_order_is_urgent_then_returned_then_priority_then_age():
    line = [
        caller("old", ago=9),
        caller("new", ago=1),
        caller("pressing", priority=1),
        caller("returned", head=True),
        caller("urgent", queue="urgent"),
    ]
    assert [one.id for one in in_order(line)] == ["urgent", "returned", "pressing", "old", "new"]


def test_the_agent_free_the_longest_gets_the_next_caller():
    rested, busy = Worker("ana", free_since=NOON - 9 * MINUTE), Worker("ben", free_since=NOON)
    assert pairs([caller("a"), caller("b")], [busy, rested]) == [(caller("a"), rested), (caller("b"), busy)]


def test_a_caller_nobody_can_serve_waits_and_others_go_on():
    english = Worker("ana", languages=("en",))
    found = pairs([caller("a", language="es", ago=9), caller("b")], [english])
    assert [(one.id, agent.name) for one, agent in found] == [("b", "ana")]


def test_one_who_passed_is_asked_again_only_when_alone_or_after_the_others():
    ana, ben = Worker("ana"), Worker("ben")
    assert pairs([caller("a", passed_by=("ana",))], [ana, ben])[0][1] == ben
    assert pairs([caller("a", passed_by=("ana", "ben"))], [ana, ben])[0][1] == ana
    assert pairs([caller("a", passed_by=("ana",))], [ana])[0][1] == ana


@pytest.mark.parametrize(
    ("seconds", "how"),
    [(0, "attended"), (29.9, "attended"), (30, "unattended"), (59.9, "unattended"), (60, "gone")],
)
def test_when_an_agent_counts_as_gone(seconds, how):
    assert attention(NOON, NOON + timedelta(seconds=seconds)) == how


def test_an_agent_never_seen_is_gone():
    assert attention(None, NOON) == "gone"


def test_nobody_on_duty_means_nothing_is_said():
    assert wait_range([MINUTE] * 50, 0, 0, timedelta(0)) is None


def test_with_history_the_range_is_what_most_callers_saw():
    waits = [timedelta(minutes=minutes) for minutes in range(1, 21)]  # 1 to 20 minutes, evenly
    assert wait_range(waits, 0, 1, timedelta(0)) == (6, 20)


def test_without_history_a_longer_line_means_a_longer_wait():
    assert wait_range([], 0, 1, timedelta(0)) == (5, 20)
    assert wait_range([], 3, 2, timedelta(0)) == (10, 40)


@given(
    st.lists(st.timedeltas(timedelta(0), timedelta(hours=9))),
    st.integers(0, 50),
    st.integers(1, 9),
    st.timedeltas(timedelta(0), timedelta(hours=9)),
)
def test_the_range_is_a_range_and_never_below_what_someone_has_waited(waits, ahead, on_duty, longest):
    low, high = wait_range(waits, ahead, on_duty, longest)
    assert 1 <= low < high
    assert high * MINUTE >= longest


def test_the_service_level_is_a_share():
    assert service_level([]) is None
    assert service_level([MINUTE, 10 * MINUTE, 11 * MINUTE, 60 * MINUTE]) == 0.5
