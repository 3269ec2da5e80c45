"""What we change inside Rasa 3.6.21, each with its reason. Any other version is refused.

Measured before: checking an action's reply took 51 of 113 ms because jsonschema re-checked its own,
constant schema each time; deep copies of everything said were made for debug lines nobody reads.
"""

from __future__ import annotations

import copy
import logging
import types
from typing import Any, Dict, List

import rasa
import structlog
from jsonschema.validators import validator_for
from rasa.core import processor
from rasa.core.actions import forms
from rasa.core.actions.action import RemoteAction, create_bot_utterance
from rasa.core.policies import memoization, rule_policy
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core import events as rasa_events
from rasa.shared.core.domain import Domain

from bot import past_states, plain_graph, rule_search
from bot.action_door import ActionDoor, ActionFailed

VERSION = "3.6.21"


class WrongRasa(RuntimeError):
    """These changes were read and tested against one version of Rasa only."""


def apply() -> None:
    """Every patch, once, before the model is loaded."""
    if rasa.__version__ != VERSION:
        raise WrongRasa(
            f"bot/patches.py was written for Rasa {VERSION}, not {rasa.__version__}: read it again first"
        )
    quiet()
    compiled_validator()
    strict_actions()
    no_debug_copies()
    quick_rules()
    states_kept()
    plain_graph_run()


def quiet(level: int = logging.WARNING) -> None:
    """Why: unconfigured structlog prints every message text. We log ids and outcomes, never words."""
    logging.getLogger("rasa").setLevel(max(level, logging.ERROR))
    structlog.configure(
        processors=[drop],
        wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL),
        cache_logger_on_first_use=True,
    )


def drop(*_: Any) -> Any:
    raise structlog.DropEvent


def compiled_validator() -> None:
    """Why: the same check, but the schema itself is checked and compiled once instead of on every reply."""
    schema = RemoteAction.action_response_format_spec()
    kind = validator_for(schema)
    kind.check_schema(schema)
    check = kind(schema)

    def _validate_action_result(self: RemoteAction, result: Dict[str, Any]) -> bool:
        for error in check.iter_errors(result):
            raise error
        return True

    RemoteAction._validate_action_result = _validate_action_result


def strict_actions() -> None:
    """Why: stock Rasa sends the whole history and domain, opens a connection per call, waits up to 300 s,
    and silently skips a response key that is not in domain.yml. Ours is short, quick, and says so."""
    stock = RemoteAction.run

    async def run(self: RemoteAction, output_channel: Any, nlg: Any, tracker: Any, domain: Any) -> List[Any]:
        if not isinstance(self.action_endpoint, ActionDoor):
            return await stock(self, output_channel, nlg, tracker, domain)
        reply = await self.action_endpoint.call(self.name(), tracker, domain)
        try:
            self._validate_action_result(reply)
        except Exception as error:
            raise ActionFailed(f"{self.name()}: an answer that is not one") from error
        said = [
            await utterance(self.name(), one, output_channel, nlg, tracker)
            for one in reply.get("responses") or []
        ]
        return said + rasa_events.deserialise_events(reply.get("events") or [])

    RemoteAction.run = run


async def utterance(
    action: str, response: Dict[str, Any], output_channel: Any, nlg: Any, tracker: Any
) -> Any:
    """One BotUttered, as Rasa would make it; the keys `words` and `facts` stay in its metadata."""
    key, draft = response.pop("response", None), {}
    if key:
        draft = await nlg.generate(key, tracker, output_channel.name(), **response)
        if not draft:
            raise ActionFailed(f"{action}: domain.yml has no response {key} for {output_channel.name()}")
        draft["utter_action"] = key
    buttons = response.pop("buttons", None) or []
    if buttons:
        draft.setdefault("buttons", []).extend(buttons)
    draft.update({name: value for name, value in response.items() if value})
    return create_bot_utterance(draft)


def no_debug_copies() -> None:
    """Why: these four modules use copy.deepcopy for one thing only, arguments of debug lines that `quiet`
    switches off. There it becomes the identity. rasa.core.actions.action copies in earnest and is left alone."""
    light = types.SimpleNamespace(copy=copy.copy, deepcopy=lambda value, memo=None: value)
    for module in (processor, forms, rule_policy, memoization):
        module.copy = light
    rule_policy.RulePolicy.format_tracker_states = staticmethod(
        lambda states: ""
    )  # only ever read by such a line


def quick_rules() -> None:
    """Why: with some three hundred rules a third of a turn went into refusing them one by one, at each past state."""
    rule_policy.RulePolicy._get_possible_keys = rule_search.possible_keys


def states_kept() -> None:
    """Why: the whole talk was played again for each prediction of each policy, five times in a turn with one action."""
    Domain.states_for_tracker_history = past_states.states


def plain_graph_run() -> None:
    """Why: dask's scheduler, made for clusters, took a tenth of a turn to call five functions one after the other."""
    DaskGraphRunner.run = plain_graph.run
