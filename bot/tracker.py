"""Where a conversation lives: in memory while it is warm, in the ledger for ever. A failure is an error."""

from __future__ import annotations

import os
from collections import OrderedDict
from typing import Any, List, NamedTuple, Optional

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SessionStarted, SlotSet, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker

from bot.ledger import Ledger, Turn

DEFAULT_PATH = "var/bot.sqlite"
WARM = 2000  # conversations kept in memory


class Live(NamedTuple):
    """A tracker, the place in the ledger of its first event, and how many of its events are written."""

    tracker: DialogueStateTracker
    first: int
    written: int


class LineTrackerStore(TrackerStore):
    """Rasa's tracker store on the ledger. `save` writes only what is new; nothing is replayed on a warm turn."""

    def __init__(
        self,
        domain: Optional[Domain] = None,
        event_broker: Any = None,
        path: Optional[str] = None,
        warm: int = WARM,
        **_: Any,
    ) -> None:
        super().__init__(domain, event_broker)
        self.ledger = Ledger(path or os.environ.get("BOT_STORE") or DEFAULT_PATH)
        self._live: "OrderedDict[str, Live]" = OrderedDict()
        self._warm = warm

    async def retrieve(self, sender_id: str) -> Optional[DialogueStateTracker]:
        live = self._live.get(sender_id)
        if live is not None:
            self._live.move_to_end(sender_id)
            return live.tracker
        first, rows = self.ledger.events(sender_id)
        if not rows:
            return None
        tracker = self._tracker(sender_id, deserialise_events(rows))
        self._keep(sender_id, Live(tracker, first, len(rows)))
        return tracker

    async def save(self, tracker: DialogueStateTracker, turn: Optional[Turn] = None) -> None:
        """Appends the events that are new, and with them the answer of the turn they belong to."""
        known = self._live.get(tracker.sender_id)
        live = known if known and known.tracker is tracker else Live(tracker, *self._counts(tracker))
        events = list(tracker.events)
        fresh = [event.as_dict() for event in events[live.written :]]
        self.ledger.append(tracker.sender_id, live.first + live.written, fresh, turn=turn)
        self._keep(tracker.sender_id, live._replace(written=len(events)))

    def _counts(self, tracker: DialogueStateTracker) -> "tuple[int, int]":
        """For a tracker this store did not hand out: what of it is already in the book?"""
        first, rows = self.ledger.events(tracker.sender_id)
        return first, len(rows)

    def refresh(self, tracker: DialogueStateTracker) -> DialogueStateTracker:
        """A short tracker with the same slots, so that turn 400 costs what turn 20 did. Old events stay in the book."""
        live = self._live[tracker.sender_id]
        slots: List[Event] = [
            SlotSet(name, slot.value)
            for name, slot in tracker.slots.items()
            if slot.has_been_set and slot.value is not None
        ]
        events = [
            ActionExecuted(ACTION_SESSION_START_NAME),
            SessionStarted(),
            *slots,
            ActionExecuted(ACTION_LISTEN_NAME),
        ]
        start = live.first + live.written
        self.ledger.append(tracker.sender_id, start, [event.as_dict() for event in events], start=start)
        fresh = self._tracker(tracker.sender_id, events)
        self._keep(tracker.sender_id, Live(fresh, start, len(events)))
        return fresh

    def drop(self, sender_id: str) -> None:
        """Forget the warm copy after a failed turn; the next one reads what was really written."""
        self._live.pop(sender_id, None)

    def _tracker(self, sender_id: str, events: List[Event]) -> DialogueStateTracker:
        return DialogueStateTracker.from_events(sender_id, events, self.domain.slots, domain=self.domain)

    def _keep(self, sender_id: str, live: Live) -> None:
        self._live[sender_id] = live
        self._live.move_to_end(sender_id)
        while len(self._live) > self._warm:
            self._live.popitem(last=False)

    async def keys(self) -> List[str]:
        return [row[0] for row in self.ledger._run("SELECT DISTINCT conversation FROM event")]
