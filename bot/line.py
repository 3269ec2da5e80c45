"""One turn of a conversation, from a checked request to a written answer. Nothing is done twice."""

from __future__ import annotations

import asyncio
from typing import Any, Dict, Optional
from weakref import WeakValueDictionary

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.shared.core.events import SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot.action_door import ActionDoor
from bot.answer import answer_of
from bot.asked import Asked
from bot.processor import LineProcessor
from bot.tracker import LineTrackerStore

FRESH_AFTER = 120  # events; then a conversation that is not in the middle of something starts a short tracker


class Channel(CollectingOutputChannel):
    """Carries the channel's name, so that domain.yml can word things for web, sms or voice."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def name(self) -> str:  # type: ignore[override]
        return self._name


class OtherConversation(ValueError):
    """This turn id belongs to another conversation; answering would show one person another's words."""


def asked_by_form(tracker: DialogueStateTracker) -> Optional[str]:
    """What the form's open question wants to hear, from its slot: monthly_amount, pay_day, notice_date ..."""
    slot = tracker.slots.get(tracker.get_slot("requested_slot") or "")
    if slot is None:
        return None
    kind = next((kind for kind in ("amount", "day", "date", "notice") if kind in slot.name.split("_")), None)
    return kind or ("yes_no" if slot.type_name == "bool" else None)


class Line:
    """The bot itself: Rasa's agent in process, its ledger, and a lock for each conversation."""

    def __init__(
        self, model: str, actions_url: str, actions_secret: str, store: Optional[str] = None
    ) -> None:
        self.store = LineTrackerStore(path=store)
        self.actions = ActionDoor(actions_url, actions_secret)
        agent = Agent(action_endpoint=self.actions)
        self.processor = LineProcessor(
            model_path=model,
            tracker_store=self.store,
            lock_store=agent.lock_store,
            action_endpoint=self.actions,
            generator=agent.nlg,
        )
        self.domain = self.store.domain = self.processor.domain
        agent.nlg.responses = self.domain.responses
        self._locks: "WeakValueDictionary[str, asyncio.Lock]" = WeakValueDictionary()

    async def turn(self, asked: Asked) -> Dict[str, Any]:
        """The answer to this turn; the kept one if it was handled before."""
        lock = self._locks.get(asked.conversation) or self._locks.setdefault(
            asked.conversation, asyncio.Lock()
        )
        async with lock:
            known = self.store.ledger.answer(asked.turn)
            if known:
                if known[0] != asked.conversation:
                    raise OtherConversation(asked.turn)
                return known[1]
            try:
                return await self._new_turn(asked)
            except BaseException:
                self.store.drop(asked.conversation)
                raise

    async def _new_turn(self, asked: Asked) -> Dict[str, Any]:
        channel = Channel(asked.channel)
        tracker = await self._tracker(asked, channel)
        before = len(tracker.events)
        await self.processor._handle_message_with_tracker(
            await self._message(asked, channel, tracker), tracker
        )
        tracker = await self.processor.run_action_extract_slots(channel, tracker)
        await self.processor._run_prediction_loop(channel, tracker)
        answer = answer_of(asked.turn, list(tracker.events)[before:])
        answer["answer"]["listen"] = answer["answer"]["listen"] or asked_by_form(tracker)
        await self.store.save(tracker, turn=(asked.turn, answer))
        return answer

    async def _tracker(self, asked: Asked, channel: Channel) -> DialogueStateTracker:
        tracker = await self.processor.get_tracker(asked.conversation)
        if len(tracker.events) > FRESH_AFTER and not tracker.active_loop and not self.listening(asked):
            self.store.refresh(tracker)
        tracker = await self.processor.fetch_tracker_and_update_session(asked.conversation, channel)
        if "language" in tracker.slots and tracker.get_slot("language") != asked.language:
            tracker.update(SlotSet("language", asked.language), self.domain)
        return tracker

    def listening(self, asked: Asked) -> Optional[str]:
        return self.store.ledger.listening(asked.conversation)

    async def _message(self, asked: Asked, channel: Channel, tracker: DialogueStateTracker) -> UserMessage:
        """Rasa's message. What the server made, and what is blank, is never parsed as text."""
        hints = {
            "today": asked.today,
            "language": asked.language,
            "channel": asked.channel,
            "turn": asked.turn,
            "listening": self.listening(asked),
        }
        message = UserMessage(
            asked.text,
            channel,
            asked.conversation,
            input_channel=asked.channel,
            message_id=asked.turn,
            metadata=hints,
        )
        if asked.intent or not asked.text:
            intent = {"name": asked.intent or "nlu_fallback", "confidence": 1.0 if asked.intent else 0.0}
            message.parse_data = {
                "text": asked.text,
                "intent": intent,
                "intent_ranking": [intent],
                "entities": asked.entities,
            }
        else:
            message.parse_data = await self.processor.parse_message(message, tracker)
        message.parse_data.update({"metadata": hints, "message_id": asked.turn})
        return message

    async def warm(self) -> None:
        """Reads a sentence in each language and lets the policies choose once, without writing anything."""
        for language, text in (("en", "hello, I got a letter"), ("es", "hola, me llegó una carta")):
            hints = {"today": "2026-01-02", "language": language}
            message = UserMessage(text, Channel("web"), "warm-up", metadata=hints)
            tracker = self.store.init_tracker("warm-up")
            message.parse_data = await self.processor.parse_message(message, tracker)
            await self.processor._handle_message_with_tracker(message, tracker)
            self.processor.predict_next_with_tracker_if_should(tracker)

    async def close(self) -> None:
        await self.actions.close()
        self.store.ledger.close()
