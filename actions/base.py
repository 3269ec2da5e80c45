"""What every action does: open a visit, ask the desk, say what the desk says."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from desk import reply
from desk.answer import Answer, Say
from desk.forms import FORMS
from desk.heard import Heard, heard
from desk.visit import BRIEF, Visit, visit
from wiring.rooms import Rooms

FORM = "desk_form"
"""The one form of domain.yml; which small form it is, the desk knows."""

_rooms: Rooms | None = None


def use(rooms: Rooms) -> None:
    """Plugs the actions into the database; called once at start."""
    global _rooms
    _rooms = rooms


@contextmanager
def desk_visit(tracker: Tracker) -> Iterator[Visit]:
    """A visit in one transaction. Who the caller is comes from the database, never from a slot."""
    assert _rooms is not None, "actions.base.use(rooms) comes first"
    with _rooms.desk() as desk:
        yield visit(desk, tracker.sender_id, hear(tracker))


def hear(tracker: Tracker) -> Heard:
    """The last message as the desk's own record."""
    message = tracker.latest_message or {}
    ranking = [one.get("name", "") for one in message.get("intent_ranking", [])]
    metadata = message.get("metadata") or {}
    return heard(
        str((message.get("intent") or {}).get("name") or "nlu_fallback"),
        message.get("entities") or [],
        str(metadata.get("said") or _plain(message.get("text"))),
        guesses=tuple(one for one in ranking if one),
    )


def _plain(text: str | None) -> str:
    return "" if not text or text.startswith("/") else text


def speak(dispatcher: CollectingDispatcher, answer: Answer, channel: str) -> None:
    """Hands the answer to Rasa: each thing said by its response key, with its facts."""
    for say in answer.says(brief=channel in BRIEF):
        dispatcher.utter_message(response=say.words, words=say.words, facts=dict(say.facts), **_shown(say))
    extra = {
        "choices": list(answer.choices),
        "sources": list(answer.sources),
        "secure_form": answer.secure_form,
        "listen": answer.listen,
        "turned_to": answer.turned_to,
    }
    dispatcher.utter_message(json_message={"answer": extra})


def _shown(say: Say) -> dict[str, Any]:
    """The facts in plain letters, for `rasa shell`; the line itself renders them again, typed."""
    return {name: _letters(fact["value"]) for name, fact in say.facts.items()}


def _letters(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_letters(one["value"]) for one in value)
    return str(value.get("en")) if isinstance(value, dict) else str(value)


class DeskAction(Action):
    """An action that is one question to the desk."""

    called = ""
    of_the_form = False
    topic: Callable[[Visit], Answer] = staticmethod(reply.reply)

    def name(self) -> str:
        return self.called

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        answer = await asyncio.to_thread(self._ask, tracker)
        if tracker.active_loop_name and not self.of_the_form:
            # A side question: the form's own question comes right after, and one is enough.
            answer = replace(answer, ask=None, choices=(), start=None)
        speak(dispatcher, answer, tracker.get_latest_input_channel() or "web")
        return [FollowupAction(FORM if answer.start in FORMS else answer.start)] if answer.start else []

    def _ask(self, tracker: Tracker) -> Answer:
        with desk_visit(tracker) as here:
            return type(self).topic(here)


def action(
    called: str, topic: Callable[[Visit], Answer] = reply.reply, *, of_the_form: bool = False
) -> type[DeskAction]:
    """An action class for one name of domain.yml; `of_the_form` for the questions a form asks itself."""
    parts = {"called": called, "topic": staticmethod(topic), "of_the_form": of_the_form}
    return type(called, (DeskAction,), parts)
