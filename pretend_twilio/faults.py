"""Things that go wrong on purpose: the next request refused, lost or answered late, or a share of them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from pretend_twilio.basics import TwilioRefusal

BUSY = TwilioRefusal(429, 20429, "Too Many Requests")
BROKEN = TwilioRefusal(503, 20503, "Service unavailable")


class NoAnswer(Exception):
    """The client hears nothing and runs into its own time limit."""


@dataclass
class Fault:
    """One planned failure. status 0: no answer at all. `after`: the request was carried out all the same."""

    method: str
    path: str
    status: int
    code: int
    after: bool


@dataclass
class Faults:
    """Planned ones first, then the rates (0 to 1), drawn from a seeded random so that runs repeat."""

    rate_429: float = 0.0
    rate_5xx_before: float = 0.0
    rate_5xx_after: float = 0.0
    seed: int = 0
    planned: list[Fault] = field(default_factory=list)
    count: int = 0

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def fail_next(
        self,
        method: str = "POST",
        path: str = "",
        *,
        status: int = 503,
        after: bool = False,
        code: int = 0,
        times: int = 1,
    ) -> None:
        """The next `times` requests with this method whose path contains `path` fail with `status`."""
        self.planned += [Fault(method, path, status, code, after) for _ in range(times)]

    def before(self, method: str, path: str) -> Fault | None:
        """Raises what goes wrong before anything is done; gives back what will go wrong afterwards."""
        planned = next((f for f in self.planned if f.method == method and f.path in path), None)
        if planned:
            self.planned.remove(planned)
            if not planned.after:
                self.strike(planned)
            return planned
        draw = self._random.random()
        if draw < self.rate_429:
            self.strike(Fault(method, path, 429, 20429, False))
        if draw < self.rate_429 + self.rate_5xx_before:
            self.strike(Fault(method, path, 503, 20503, False))
        if draw < self.rate_429 + self.rate_5xx_before + self.rate_5xx_after:
            return Fault(method, path, 503, 20503, True)
        return None

    def strike(self, fault: Fault) -> None:
        """The failure itself."""
        self.count += 1
        if not fault.status:
            raise NoAnswer
        default = {429: BUSY, 503: BROKEN}.get(fault.status)
        if default and not fault.code:
            raise default
        raise TwilioRefusal(fault.status, fault.code or 20500, "A fault on purpose")
