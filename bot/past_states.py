"""The states of a talk, kept from one prediction to the next.

Rasa plays the whole talk again for every prediction of every policy: five times in a turn with one action. What was
played does not change, so here each policy's walk goes on from where it stopped. Where the talk was changed behind it
(a form's earlier step taken back, a fresh start), it walks from the beginning, as Rasa does.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, Dict, List, Optional, Tuple

from rasa.shared.core.constants import PREVIOUS_ACTION
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import ActionExecuted, Event
from rasa.shared.core.trackers import DialogueStateTracker

stock = Domain.states_for_tracker_history
WALKED = 256
"""Talks whose walks are kept; one more walk takes a few milliseconds."""

Way = Tuple[bool, bool]  # omit_unset_slots, ignore_rule_only_turns
_walked: "OrderedDict[int, Walks]" = OrderedDict()


class Walk:
    """One way through one talk: Domain.states_for_tracker_history, event by event."""

    def __init__(self, domain: Domain, tracker: DialogueStateTracker, way: Way, rule_only: Any) -> None:
        self.domain, self.rule_only = domain, rule_only
        self.omit, self.ignore = way
        self.here = tracker.init_copy()
        self.walked: List[Event] = []
        self.states: List[State] = []
        self.last_action: Any = None
        self.hidden = False

    def fits(self, domain: Domain, rule_only: Any, events: List[Event]) -> bool:
        """Whether all that was walked is still how the talk begins."""
        return (
            self.domain is domain
            and self.rule_only == rule_only
            and len(self.walked) <= len(events)
            and all(one is other for one, other in zip(self.walked, events))
        )

    def go_on(self, events: List[Event]) -> None:
        for event in events[len(self.walked) :]:
            if isinstance(event, ActionExecuted):
                state = self.state(event.hide_rule_turn)
                if state is not None:
                    self.states.append(state)
            self.here.update(event)
            self.walked.append(event)

    def now(self) -> Optional[State]:
        """The state the next action is to be chosen in; nothing of the walk changes."""
        before = self.hidden, self.last_action
        state = self.state(False)
        self.hidden, self.last_action = before
        return state

    def state(self, hide: bool) -> Optional[State]:
        """One state, or None for a turn that only rules know and this policy shall not see."""
        if self.ignore:
            if not self.hidden:
                self.last_action = self.domain._get_prev_action_sub_state(self.here)
            if not self.here.followup_action and self.here.latest_action_name != self.here.active_loop_name:
                self.hidden = hide
            if self.hidden:
                return None
        state = self.domain.get_active_state(self.here, omit_unset_slots=self.omit)
        if self.ignore:
            self.domain._remove_rule_only_features(state, self.rule_only)
            if self.states:
                self.domain._substitute_rule_only_user_input(state, self.states[-1])
            if self.last_action:
                state[PREVIOUS_ACTION] = self.last_action
        return self.domain._clean_state(state)


def states(
    self: Domain,
    tracker: DialogueStateTracker,
    omit_unset_slots: bool = False,
    ignore_rule_only_turns: bool = False,
    rule_only_data: Optional[Dict[str, Any]] = None,
) -> List[State]:
    """As Domain.states_for_tracker_history. The states are copies: whoever asked may take parts out of them."""
    way, walks = (omit_unset_slots, ignore_rule_only_turns), walks_of(tracker)
    events, walk = walks.applied(), walks.by_way.get(way)
    if walk is None or not walk.fits(self, rule_only_data, events):
        walk = walks.by_way[way] = Walk(self, tracker, way, rule_only_data)
    walk.go_on(events)
    last = walk.now()
    found = walk.states if last is None else [*walk.states, last]
    return [{name: dict(part) for name, part in state.items()} for state in found]


class Walks:
    """The ways through one talk, one for each kind of policy, and what counts in it so far."""

    def __init__(self, tracker: DialogueStateTracker) -> None:
        self.tracker = tracker
        self.by_way: Dict[Way, Walk] = {}
        self._seen: Tuple[int, Optional[Event]] = (0, None)
        self._applied: List[Event] = []

    def applied(self) -> List[Event]:
        """tracker.applied_events(), worked out again only when there is a new event."""
        events = self.tracker.events
        seen = len(events), events[-1] if events else None
        if seen[0] != self._seen[0] or seen[1] is not self._seen[1]:
            self._seen, self._applied = seen, self.tracker.applied_events()
        return self._applied


def walks_of(tracker: DialogueStateTracker) -> Walks:
    known = _walked.get(id(tracker))
    if known is None or known.tracker is not tracker:
        known = _walked[id(tracker)] = Walks(tracker)
    _walked.move_to_end(id(tracker))
    while len(_walked) > WALKED:
        _walked.popitem(last=False)
    return known
