"""Rasa's own message processor, except that a failing action is an error and not a silence, and that a message is
understood beside the event loop."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Dict, List, Optional

from rasa.core.actions.action import Action, ActionExecutionRejection
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecutionRejected,
    DefinePrevUserUtteredFeaturization,
    Event,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

LISTENERS = ThreadPoolExecutor(2, thread_name_prefix="ears")
"""Understanding is mostly arithmetic outside Python's lock, so that other turns go on meanwhile."""


class TooManySteps(RuntimeError):
    """The rules kept choosing actions and never listened: a fault in the rules."""


def shown_to(tracker: DialogueStateTracker, decided: List[Event], domain: Domain) -> DialogueStateTracker:
    """The talk as the action sees it, with what the policy decided beside the action.

    Stock Rasa plays the whole talk into a copy for that. Mostly there is one note only, whether the message was read as
    an intent; it changes nothing but that message, and the tracker gets it after the action in any case.
    """
    if all(isinstance(event, DefinePrevUserUtteredFeaturization) for event in decided):
        for event in decided:
            event.apply_to(tracker)
        return tracker
    seen = tracker.copy()
    seen.update_with_events(decided, domain)
    return seen


class LineProcessor(MessageProcessor):
    """Stock behaviour is to log the exception, drop the action's events and go on without a word."""

    async def parse_message(
        self,
        message: UserMessage,
        tracker: Optional[DialogueStateTracker] = None,
        only_output_properties: bool = True,
    ) -> Dict[str, Any]:
        """As stock, without its warning of intents the domain lacks (training refuses those). Only one turn of a
        conversation is under way, so nobody changes its tracker meanwhile."""
        if tracker is None:
            tracker = DialogueStateTracker.from_events(message.sender_id, [])
        understand, loop = self._parse_message_with_graph, asyncio.get_running_loop()
        heard = await loop.run_in_executor(LISTENERS, understand, message, tracker, only_output_properties)
        self._update_full_retrieval_intent(heard)
        return heard

    async def _run_action(
        self, action: Action, tracker: DialogueStateTracker, output_channel: Any, nlg: Any, prediction: Any
    ) -> bool:
        try:
            seen = shown_to(tracker, prediction.events or [], self.domain)
            events = await action.run(output_channel, nlg, seen, self.domain)
        except ActionExecutionRejection:
            tracker.update(
                ActionExecutionRejected(action.name(), prediction.policy_name, prediction.max_confidence)
            )
            return self.should_predict_another_action(action.name())
        self._log_action_on_tracker(tracker, action, events, prediction)
        if any(isinstance(event, UserUttered) for event in events or []):
            tracker = await self.run_action_extract_slots(output_channel, tracker)
        await self.execute_side_effects(events or [], tracker, output_channel)
        return self.should_predict_another_action(action.name())

    async def _run_prediction_loop(self, output_channel: Any, tracker: DialogueStateTracker) -> None:
        await super()._run_prediction_loop(output_channel, tracker)
        if not tracker.is_paused() and tracker.latest_action_name != ACTION_LISTEN_NAME:
            raise TooManySteps(f"stopped after {tracker.latest_action_name}")
