"""Runs Rasa's graph node after node. What comes out is what dask gives; only its scheduling is left out."""

from __future__ import annotations

from typing import Any, Dict, FrozenSet, List, Optional, Sequence, Tuple

from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner

Step = Tuple[str, Tuple[str, ...]]
stock = DaskGraphRunner.run


def run(
    self: DaskGraphRunner, inputs: Optional[Dict[str, Any]] = None, targets: Optional[List[str]] = None
) -> Dict[str, Any]:
    """As GraphRunner.run: the outputs of `targets` by name. Raises what a node raises, or GraphRunError."""
    wanted = targets or self._graph_schema.target_names
    given = inputs or {}
    for name, value in given.items():
        if isinstance(value, str) and value in self._graph_schema.nodes:
            raise GraphRunError(f"The value of the input '{name}' is the name of a node.")
    values: Dict[str, Any] = {name: (name, value) for name, value in given.items()}
    try:
        for name, needs in plan(self, tuple(wanted), frozenset(given)):
            values[name] = self._instantiated_nodes[name](*(values.get(one, one) for one in needs))
    except RuntimeError as error:
        raise GraphRunError("Error running runner.") from error
    return dict(values[name] for name in wanted)


def plan(runner: DaskGraphRunner, targets: Tuple[str, ...], given: FrozenSet[str]) -> List[Step]:
    """Which nodes these targets need, each after what it needs itself; worked out once."""
    plans = runner.__dict__.setdefault("_plans", {})
    if (targets, given) not in plans:
        plans[targets, given] = ordered(runner._graph_schema, targets, given)
    return plans[targets, given]


def ordered(schema: GraphSchema, targets: Sequence[str], given: FrozenSet[str]) -> List[Step]:
    """Depth first; what is given, and what no node makes, is not a step."""
    steps: Dict[str, Tuple[str, ...]] = {}

    def add(name: str) -> None:
        if name in given or name in steps or name not in schema.nodes:
            return
        needs = tuple(schema.nodes[name].needs.values())
        for one in needs:
            add(one)
        steps[name] = needs

    for target in targets:
        add(target)
    return list(steps.items())
