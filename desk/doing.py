"""A request that gets done: kept once, noted in the case, on the card, and told about when asked later."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from acs.days import plus_months
from desk.ports import Request
from desk.visit import Visit

LONGEST_AHEAD_MONTHS = 12


def keep_request(
    here: Visit,
    kind: str,
    *,
    names: tuple[object, ...],
    facts: Mapping[str, Any],
    note: str,
    wish: str,
    status: str = "submitted",
) -> bool:
    """Opens the request under a key made of what was asked for and the day, so that twice is once.

    `note` goes into the case (history style), `wish` onto the card. False where it had been sent before.
    """
    assert here.case is not None
    key = ":".join([kind, here.case.id, here.today.isoformat(), *map(str, names)])
    new = all(one.key != key for one in here.desk.requests.of(here.case.id))
    here.desk.requests.open(
        Request(
            key=key,
            taxpayer=here.case.id,
            conversation=here.contact.id,
            kind=kind,
            status=status,
            asked_at=here.desk.clock.now(),
            facts=dict(facts),
        )
    )
    if new:
        here.desk.cases.add_note(here.case.id, "ACS Line", note, here.desk.clock.now())
    here.asks_for(f"{wish}: request {status}")
    return new


def day_ahead(here: Visit) -> date | None:
    """The day named, as one that is still to come: 'the 20th' on the 22nd is the 20th of next month."""
    named = here.heard.told_days or here.heard.dates
    if not named and here.heard.day and 1 <= here.heard.day <= 28:
        named = (here.today.replace(day=here.heard.day),)
    if not named:
        return None
    wanted = named[-1]
    for _ in range(LONGEST_AHEAD_MONTHS):
        if wanted >= here.today:
            return wanted
        wanted = plus_months(wanted, 1)
    return None
