"""Rasa's own message processor, except that a failing action is an error and not a silence."""

from __future__ import annotations

from typing import Any

from rasa.core.actions.action import Action, ActionExecutionRejection
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecutionRejected, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker


class TooManySteps(RuntimeError):
    """The rules kept choosing actions and never listened: a fault in the rules."""


class LineProcessor(MessageProcessor):
    """Stock behaviour is to log the exception, drop the action's events and go on without a word."""

    async def _run_action(
        self, action: Action, tracker: DialogueStateTracker, output_channel: Any, nlg: Any, prediction: Any
    ) -> bool:
        try:
            seen = tracker.copy() if prediction.events else tracker
            seen.update_with_events(prediction.events, self.domain)
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
