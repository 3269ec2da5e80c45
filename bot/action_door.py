"""How the bot calls the actions: one kept-alive connection, the secret, two seconds, and no long history."""

from __future__ import annotations

import asyncio
import json
from typing import Any, Dict, List, Optional

import aiohttp
from rasa.core.actions.action import ActionExecutionRejection
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

SECONDS = 2.0
RECENT = 24  # events a form's checker gets: the last two exchanges and every slot a form asks to have checked


class ActionFailed(RuntimeError):
    """An action was too slow, refused, broke, or answered with something else than an answer."""


def call_for(name: str, tracker: DialogueStateTracker, domain: Domain) -> Dict[str, Any]:
    """The request body: today's state and what was said and done in this turn. A form's checker gets the forms and
    the last few events too.

    rasa-sdk 3.21 answers 500 when "domain" is missing, so it is always there, if only empty.
    """
    checks = name.startswith("validate_")
    state = tracker.current_state()
    state["events"] = [event.as_dict() for event in recent(tracker, RECENT if checks else 0)]
    slim = {"forms": domain.forms} if checks else {}
    return {
        "next_action": name,
        "sender_id": tracker.sender_id,
        "tracker": state,
        "domain": slim,
        "version": "3.6.21",
    }


def recent(tracker: DialogueStateTracker, least: int) -> List[Event]:
    """The events from the last message on, and not fewer than `least` where there are as many."""
    events = list(tracker.events)
    said = next((back for back, event in enumerate(reversed(events), 1) if isinstance(event, UserUttered)), 0)
    return events[-max(said, least) :] if said or least else []


class ActionDoor(EndpointConfig):
    """Rasa's endpoint, except that the connection stays open and nothing waits longer than two seconds."""

    def __init__(self, url: str, secret: str, seconds: float = SECONDS) -> None:
        super().__init__(url, headers={"X-ACS-Secret": secret} if secret else {})
        self._limit = aiohttp.ClientTimeout(total=seconds)
        self._open: Optional[aiohttp.ClientSession] = None

    def session(self) -> aiohttp.ClientSession:
        if self._open is None or self._open.closed:
            self._open = aiohttp.ClientSession(
                headers=self.headers,
                timeout=self._limit,
                connector=aiohttp.TCPConnector(limit=32, keepalive_timeout=60),
            )
        return self._open

    async def call(self, name: str, tracker: DialogueStateTracker, domain: Domain) -> Dict[str, Any]:
        """The action's answer: {"events": [...], "responses": [...]}."""
        try:
            async with self.session().post(str(self.url), json=call_for(name, tracker, domain)) as reply:
                body = await reply.read()
        except (aiohttp.ClientError, asyncio.TimeoutError) as error:
            raise ActionFailed(f"{name}: {type(error).__name__}") from error
        if reply.status == 400 and (refused := refusal(body)):
            raise ActionExecutionRejection(*refused)
        if reply.status != 200:
            raise ActionFailed(f"{name}: status {reply.status}")
        try:
            return json.loads(body)
        except ValueError as error:
            raise ActionFailed(f"{name}: not JSON") from error

    async def close(self) -> None:
        if self._open is not None:
            await self._open.close()


def refusal(body: bytes) -> "Optional[List[Any]]":
    """rasa-sdk's way for a form to say 'this was not an answer to my question'."""
    try:
        told = json.loads(body)
        return [told["action_name"], told.get("error")]
    except (ValueError, KeyError, TypeError):
        return None
