"""The rules of the queues: who is next, who may take it, when an agent counts as gone, how long it takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

QUEUES = (
    *("collection", "business", "revenue_officer", "appeals", "private_agency"),
    *("advocate", "identity_theft", "insolvency", "urgent"),
)
STATES = ("waiting", "reserved", "active", "closed")
PRESENCES = ("available", "wrap_up", "break", "offline")

RESERVATION = timedelta(seconds=120)
"""How long a hand-off rings one agent before the next one is asked."""
QUIET = timedelta(seconds=30)
"""An agent not heard of for this long leaves the caller unattended."""
GONE = timedelta(seconds=60)
"""After this long the caller goes back to the head of the queue."""
TIMEOUTS_TO_SUPERVISOR = 3
ANSWERED_WELL = timedelta(minutes=10)
"""Answers within this time count towards the service level."""

ENOUGH = 5
USUAL = (5, 20)
"""Minutes, while there is too little history to go by."""


@dataclass(frozen=True)
class Waiting:
    """One caller in the line. Priority 1 is served first."""

    id: str
    queue: str
    language: str
    priority: int
    since: datetime
    head: bool = False
    passed_by: tuple[str, ...] = ()

    def passes(self, worker: Worker) -> int:
        """0 for an agent who has not passed yet; the later an agent passed, the higher."""
        return self.passed_by.index(worker.name) + 1 if worker.name in self.passed_by else 0


@dataclass(frozen=True)
class Worker:
    """One agent on duty; skills of None mean all."""

    name: str
    queues: tuple[str, ...] | None = None
    languages: tuple[str, ...] | None = None
    free_since: datetime | None = None

    def serves(self, queue: str, language: str) -> bool:
        """Whether this agent can take a caller of this queue and language."""
        return (self.queues is None or queue in self.queues) and (
            self.languages is None or language in self.languages
        )


def in_order(waiting: Sequence[Waiting]) -> list[Waiting]:
    """The urgent queue first, then whoever was already with an agent, then by priority and age."""
    return sorted(
        waiting, key=lambda one: (one.queue != "urgent", not one.head, one.priority, one.since, one.id)
    )


def pairs(waiting: Sequence[Waiting], free: Sequence[Worker]) -> list[tuple[Waiting, Worker]]:
    """Who is offered whom now: the agent free the longest, and never the last one who passed unless alone."""
    left = sorted(free, key=lambda one: (one.free_since is not None, one.free_since or 0, one.name))
    found = []
    for caller in in_order(waiting):
        able = [one for one in left if one.serves(caller.queue, caller.language)]
        alone = sum(one.serves(caller.queue, caller.language) for one in free) == 1
        last = caller.passed_by[-1] if caller.passed_by and not alone else None
        chosen = min((one for one in able if one.name != last), key=caller.passes, default=None)
        if chosen:
            left.remove(chosen)
            found.append((caller, chosen))
    return found


def attention(last_seen: datetime | None, now: datetime) -> str:
    """attended, unattended or gone, by when the agent's screen was last heard of."""
    if last_seen is None or now - last_seen >= GONE:
        return "gone"
    return "unattended" if now - last_seen >= QUIET else "attended"


def wait_range(
    waits: Sequence[timedelta], ahead: int, on_duty: int, longest: timedelta
) -> tuple[int, int] | None:
    """Minutes from and to, by recent waits. None when nobody is on duty: then nothing can be said truthfully.

    The upper end is never below what someone in the line has waited already.
    """
    if on_duty < 1:
        return None
    if len(waits) < ENOUGH:
        rounds = max(1, -(-(ahead + 1) // on_duty))
        low, high = USUAL[0] * rounds, USUAL[1] * rounds
    else:
        sorted_waits = sorted(waits)
        low = int(_at(sorted_waits, 0.25).total_seconds() // 60)
        high = -int(-_at(sorted_waits, 0.9).total_seconds() // 60)
    high = max(_up_to_five(high), _up_to_five(int(longest.total_seconds() // 60) + 1))
    return max(1, min(low, high - 1)), high


def _at(values: Sequence[timedelta], share: float) -> timedelta:
    return values[min(len(values) - 1, int(len(values) * share))]


def _up_to_five(minutes: int) -> int:
    return max(5, -(-minutes // 5) * 5)


def service_level(waits: Sequence[timedelta]) -> float | None:
    """The share of callers answered within ten minutes, 0 to 1; None without history."""
    if not waits:
        return None
    return round(sum(one <= ANSWERED_WELL for one in waits) / len(waits), 2)
