"""What must reach Twilio: kept with the turn, sent in order, looked up before it is ever sent again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select, update
from sqlalchemy.orm import Session

from store.at_hand import first, keep_new
from store.tables.outbox import Outbound

_ROWS = Outbound.__table__.c
_KEPT = select(_ROWS.seq).where(_ROWS.key == bindparam("key"))
_OF_SID = select(_ROWS.seq, _ROWS.status).where(_ROWS.sid == bindparam("sid"))
_CAME_TO = update(Outbound).where(Outbound.seq == bindparam("found")).values(status=bindparam("new_status"))

OPEN = ("pending", "attempted")
LONGEST_PAUSE = timedelta(seconds=30)
"""Whoever waits for a text or a person waits no longer than this after Twilio is back."""
TRIED_OFTEN = 30
"""Tries of one task, a quarter of an hour, after which those behind it are tried as well."""
ORDER = ["queued", "accepted", "scheduled", "sending", "sent", "delivered", "undelivered", "failed", "read"]
"""Delivery states of a text in the order they can happen; a late report never moves one back."""


def _has_come(now: datetime) -> Any:
    """Its moment is there; or can only lie ahead because the clock was set back meanwhile."""
    row = Outbound
    at_once, paused = row.attempts == 0, row.attempts > 0
    return or_(
        row.next_at <= now,
        and_(at_once, row.next_at <= row.at),
        and_(paused, row.next_at > now + LONGEST_PAUSE),
    )


class Outbox:
    """Rows of one unit of work."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def put(
        self,
        kind: str,
        key: str,
        payload: dict[str, Any],
        now: datetime,
        conversation: str | None = None,
        *,
        due: datetime | None = None,
    ) -> bool:
        """Keeps it for sending, now or from a later moment on. False, nothing kept, if this key is there."""
        self.session.flush()
        seq = keep_new(
            self.session, Outbound, kind=kind, key=key, payload=payload, conversation=conversation, next_at=due or now, at=now
        )  # fmt: skip
        return seq is not None

    def has(self, key: str) -> bool:
        """Whether something was kept under this key."""
        return first(self.session, _KEPT, key=key) is not None

    def due(self, now: datetime, limit: int = 50, *, first_task_only: bool = False) -> Sequence[Outbound]:
        """What should go now: of each conversation the oldest open one only, so that order is kept.

        `first_task_only`: of people in line for an agent only who came first, until it is known that they are in.
        """
        first = (
            select(func.min(Outbound.seq))
            .where(Outbound.state.in_(OPEN))
            .group_by(func.coalesce(Outbound.conversation, Outbound.key))
        )
        query = select(Outbound).where(Outbound.seq.in_(first), _has_come(now))
        if first_task_only:
            query = query.where(or_(Outbound.kind != "task", Outbound.seq.in_(self._first_tasks())))
        return self.session.scalars(query.order_by(Outbound.seq).limit(limit)).all()

    def _first_tasks(self) -> list[int]:
        """The first in line; the second too when the first was tried so often that it may never get in."""
        waits = select(Outbound.seq, Outbound.attempts).where(
            Outbound.kind == "task", Outbound.state.in_(OPEN)
        )
        first = self.session.execute(waits.order_by(Outbound.seq).limit(2)).all()
        hopeless = bool(first) and first[0].attempts >= TRIED_OFTEN
        return [one.seq for one in first[: 2 if hopeless else 1]]

    def get(self, seq: int) -> Outbound | None:
        """One row."""
        return self.session.get(Outbound, seq)

    def attempt(self, row: Outbound) -> None:
        """From here on it may have gone."""
        row.state = "attempted"
        row.attempts += 1

    def sent(self, row: Outbound, sid: str | None) -> None:
        """It is with Twilio."""
        row.state, row.sid, row.error = "sent", sid, None

    def failed(self, row: Outbound, why: str) -> None:
        """It will not go, and was not done."""
        row.state, row.error = "failed", why[:120]

    def later(self, row: Outbound, now: datetime, *, sure: bool, why: str) -> None:
        """Again after a growing pause; `sure` when it certainly was not done."""
        row.state = "pending" if sure else "attempted"
        row.error = why[:120]
        row.next_at = now + min(timedelta(seconds=2 ** min(row.attempts, 5)), LONGEST_PAUSE)

    def bring_forward(self, now: datetime, kinds: Sequence[str] = ()) -> int:
        """What waits out a pause after an attempt is due now; gives how many. What is for a later hour stays for it."""
        late = update(Outbound).where(Outbound.next_at > now, Outbound.state.in_(OPEN), Outbound.attempts > 0)
        if kinds:
            late = late.where(Outbound.kind.in_(kinds))
        return int(self.session.execute(late.values(next_at=now)).rowcount)  # type: ignore[attr-defined]

    def status(self, sid: str, status: str) -> bool:
        """A delivery report; late or repeated ones change nothing."""
        row = self.session.connection().execute(_OF_SID, {"sid": sid}).first()
        if row is None or status not in ORDER:
            return False
        if row.status is not None and ORDER.index(status) <= ORDER.index(row.status):
            return False
        self.session.connection().execute(_CAME_TO, {"found": row.seq, "new_status": status})
        return True

    def known_sids(self, sids: set[str]) -> set[str]:
        """Those that already belong to something sent."""
        found = self.session.scalars(select(Outbound.sid).where(Outbound.sid.in_(sids)))
        return {sid for sid in found if sid is not None}

    def count(self) -> int:
        """How many are not gone yet."""
        query = select(func.count()).select_from(Outbound).where(Outbound.state.in_(OPEN))
        return self.session.scalar(query) or 0
