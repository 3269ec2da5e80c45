"""How many are being answered at this moment. Beyond that many it is truer to say "busy" than to be late for all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from api.metrics import INSIDE, MOST_INSIDE, PEAK, TURNED_AWAY


class Crowd:
    """A room with a number of places."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.inside = self.peak = 0
        MOST_INSIDE.set(most)

    @property
    def full(self) -> bool:
        """Whether nobody else is let in."""
        return self.inside >= self.most

    @contextmanager
    def place(self) -> Iterator[bool]:
        """A place for as long as it lasts; False when there is none."""
        if self.full:
            TURNED_AWAY.inc()
            yield False
            return
        self.inside += 1
        self.peak = max(self.peak, self.inside)
        INSIDE.set(self.inside)
        PEAK.set(self.peak)
        try:
            yield True
        finally:
            self.inside -= 1
            INSIDE.set(self.inside)
