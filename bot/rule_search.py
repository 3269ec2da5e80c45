"""Finds the rules that fit the talk so far: the same rules as Rasa finds, without trying all of them on every turn."""

from __future__ import annotations

import functools
from collections import defaultdict
from typing import Any, Dict, List, NamedTuple, Optional, Set, Tuple

from rasa.core.policies.rule_policy import RulePolicy

State = Dict[str, Any]
Last = Tuple[Optional[str], Optional[str]]  # the action and the intent a rule's last step cannot do without
stock = RulePolicy._get_possible_keys


class Shelf(NamedTuple):
    """The rules of one lookup by their last step. `lookup` is kept so that its place in memory stays its own."""

    lookup: Dict[str, str]
    size: int
    rules: Dict[Last, Set[str]]


_shelves: Dict[int, Shelf] = {}


@functools.lru_cache(maxsize=None)
def steps(rule: str) -> int:
    """How many steps a rule looks back."""
    return len(RulePolicy._rule_key_to_state(rule))


def last_of(state: State) -> Last:
    action = (state.get("prev_action") or {}).get("action_name")
    return action, (state.get("user") or {}).get("intent") if action else None


def shelf(lookup: Dict[str, str]) -> Shelf:
    """Worked out once for each lookup of a trained policy."""
    known = _shelves.get(id(lookup))
    if known is None or known.lookup is not lookup or known.size != len(lookup):
        rules: Dict[Last, Set[str]] = defaultdict(set)
        for rule in lookup:
            states = RulePolicy._rule_key_to_state(rule)
            rules[last_of(states[-1] if states else {})].add(rule)
        known = _shelves[id(lookup)] = Shelf(lookup, len(lookup), dict(rules))
    return known


def likely(lookup: Dict[str, str], state: State) -> Set[str]:
    """All but those where Rasa's own check is sure to refuse: another last action, or another intent."""
    rules, (action, intent) = shelf(lookup).rules, last_of(state)
    found = set(rules.get((None, None), ()))
    if action is not None:
        found |= rules.get((action, None), set()) | rules.get((action, intent), set())
    return found


def possible_keys(self: RulePolicy, lookup: Dict[str, str], states: List[State]) -> Set[str]:
    """Rasa asks every rule about every past state. A rule of three steps has nothing to say about the fourth."""
    if not states:
        return set(lookup)
    fitting = likely(lookup, states[-1])
    for back, state in enumerate(reversed(states)):
        fitting = {rule for rule in fitting if self._is_rule_applicable(rule, back, state)}
        if all(steps(rule) <= back + 1 for rule in fitting):
            break
    return fitting
