"""Hours that come twice, years that end, days that come every four years, clocks that are set: nothing is decided by them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from channels.errors import NotReached
from store.outbox import Outbox
from tests.api.conftest import PHONE
from tests.api.test_owner import everybody_is_somebodys, floor, handoff_of, later, watch  # noqa: F401

MOMENTS = {
    "the hour that comes twice": datetime(2026, 11, 1, 5, 30, tzinfo=UTC),
    "the hour that is left out": datetime(2027, 3, 14, 6, 30, tzinfo=UTC),
    "the last seconds of the year": datetime(2027, 1, 1, 4, 59, 58, tzinfo=UTC),
    "the 29th of February": datetime(2028, 2, 29, 16, 0, tzinfo=UTC),
}
STEPS = {"as it is": timedelta(0), "an hour back": timedelta(hours=-1), "a day on": timedelta(days=1)}


def through(line: Any, step: timedelta) -> list[str]:
    """A whole story: words, identity, a person, an agent whose screen falls silent, another one. What was decided."""
    chat = line.chat()
    decided = [chat.post("please look at this letter").json()["state"]]
    decided.append(str(chat.prove().json()["verified"]))
    line.clock.moment += step
    later(line, 0)
    after = chat.post("and this one too").status_code
    decided.append(str(after))
    if after == 401:  # a day later whoever proved their identity is a stranger again
        chat = line.chat()
    decided.append(chat.post(choice="person").json()["state"])
    line.desks["ana"].do("presence", {"state": "available"})
    line.desks["ana"].do("heartbeat")
    watch(line)
    row = handoff_of(line, chat)
    decided += [row.state, str(row.reserved_for)]
    decided.append(str(line.desks["ana"].do(f"handoffs/{row.id}/accept")))
    for _ in range(7):
        later(line, 10)
    row = handoff_of(line, chat)
    decided += [row.state, str(row.head)]
    decided.append(chat.ask("POST", "end").json()["state"])
    everybody_is_somebodys(line)
    return decided


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("step", STEPS)
def test_the_same_is_decided_at_any_moment(floor: Any, moment: str, step: str) -> None:  # noqa: F811
    floor.clock.moment = MOMENTS[moment]
    later(floor, 0)
    stranger = "401" if step == "a day on" else "200"
    assert through(floor, STEPS[step]) == [
        "bot", "True", stranger, "queue", "reserved", "ana", "200", "waiting", "True", "closed",
    ]  # fmt: skip


def test_a_clock_set_back_loses_no_text_and_sends_none_twice(floor: Any) -> None:  # noqa: F811
    floor.text("hello to all of you", sid="SM1")
    floor.settled()
    floor.clock.moment -= timedelta(hours=1)
    floor.text("hello to all of you", sid="SM1")
    floor.text("and once more to you", sid="SM2")
    floor.settled()
    assert len(floor.phones.sent) == 2


def test_a_clock_set_back_makes_no_pause_longer(floor: Any) -> None:  # noqa: F811
    floor.phones.trouble = [(NotReached("refused", retryable=True), False)]
    floor.text("hello to all of you")
    floor.until(floor.put_off)
    floor.clock.moment -= timedelta(hours=1)
    floor.settled()
    assert len(floor.phones.sent) == 1


def test_what_is_meant_for_the_morning_waits_for_it(floor: Any) -> None:  # noqa: F811
    now, morning = floor.clock.now(), floor.clock.now() + timedelta(hours=9)
    with floor.db.work() as session:
        payload = {"to": PHONE, "body": "good morning", "last_word": False}
        Outbox(session).put("sms", "k", payload, now, due=morning)
        assert Outbox(session).due(now) == []
        assert Outbox(session).due(now - timedelta(hours=1)) == []
        assert len(Outbox(session).due(morning)) == 1
