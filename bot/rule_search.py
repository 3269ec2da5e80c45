"""Finds the rules that fit the talk so far: the same rules as Rasa finds, without trying all of them on every turn."""

from __future__ import annotations

import functools
from typing import Any, Dict, List, Optional, Set, Tuple

from rasa.core.policies.rule_policy import RulePolicy

State = Dict[str, Any]
stock = RulePolicy._get_possible_keys


@functools.lru_cache(maxsize=None)
def shape(rule: str) -> Tuple[int, Optional[str], Optional[str]]:
    """How many steps a rule looks back; the action and intent its last step cannot do without."""
    states = RulePolicy._rule_key_to_state(rule)
    last = states[-1] if states else {}
    action = (last.get("prev_action") or {}).get("action_name")
    return len(states), action, (last.get("user") or {}).get("intent") if action else None


def plainly_other(rule: str, state: State) -> bool:
    """True only where Rasa's own check is sure to refuse: another last action, or another intent."""
    _, action, intent = shape(rule)
    if action is None:
        return False
    if action != (state.get("prev_action") or {}).get("action_name"):
        return True
    return intent is not None and intent != (state.get("user") or {}).get("intent")


def possible_keys(self: RulePolicy, lookup: Dict[str, str], states: List[State]) -> Set[str]:
    """Rasa asks every rule about every past state. A rule of three steps has nothing to say about the fourth."""
    if not states:
        return set(lookup)
    fitting = {rule for rule in lookup if not plainly_other(rule, states[-1])}
    for back, state in enumerate(reversed(states)):
        fitting = {rule for rule in fitting if self._is_rule_applicable(rule, back, state)}
        if all(shape(rule)[0] <= back + 1 for rule in fitting):
            break
    return fitting
