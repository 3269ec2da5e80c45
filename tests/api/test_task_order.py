"""People in line for an agent reach TaskRouter in the order in which they asked, whatever Twilio does between."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from channels.errors import NotReached, PhonesError, TooMany, UnknownOutcome
from store.outbox import TRIED_OFTEN
from store.tables.outbox import Outbound

TROUBLE: list[tuple[PhonesError, bool]] = [
    (UnknownOutcome("torn"), True),
    (UnknownOutcome("gone"), False),
    (NotReached("refused", retryable=True), False),
    (TooMany("busy", status=429), False),
]


class Counter:
    """Tasks as Twilio gets them; `trouble` is what the next ones meet."""

    def __init__(self, phones: Any) -> None:
        self.made: list[str] = []
        self.trouble: list[tuple[PhonesError, bool]] = []
        self.tasks = phones.tasks
        phones.create_task = self.create

    def create(self, attributes: Mapping[str, Any], *, priority: int = 0) -> str:
        key = str(attributes["handoff_key"])
        trouble, goes = self.trouble.pop(0) if self.trouble else (None, True)
        if goes:
            self.made.append(key)
            self.tasks[key] = attributes
        if trouble:
            raise trouble
        return f"WT{key}"


def asks(line: Any) -> str:
    chat = line.chat()
    chat.post(choice="person")
    return str(chat.id)


@pytest.mark.parametrize("trouble", TROUBLE, ids=lambda one: f"{type(one[0]).__name__} {one[1]}")
def test_who_came_first_is_in_first(line: Any, trouble: tuple[PhonesError, bool]) -> None:
    counter = Counter(line.phones)
    counter.trouble = [trouble]
    first = asks(line)
    line.until(line.put_off)
    others = [asks(line) for _ in range(3)]
    assert [one for one in counter.made if one != first] == []
    line.clock.forward(seconds=3)
    line.until(lambda: len(counter.made) == 4)
    assert counter.made == [first, *others]


def test_one_that_never_gets_in_does_not_keep_the_others_out_for_ever(line: Any) -> None:
    counter = Counter(line.phones)
    counter.trouble = [(NotReached("refused", retryable=True), False)]
    asks(line)
    line.until(line.put_off)
    with line.db.work() as session:
        session.query(Outbound).filter_by(kind="task").one().attempts = TRIED_OFTEN
    second = asks(line)
    line.until(lambda: counter.made == [second])
