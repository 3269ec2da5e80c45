"""The one form of the dialogue: the desk knows which small form is open and which question comes."""

from __future__ import annotations

import asyncio
from typing import Any

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import FORM, DeskAction, action, desk_visit, speak
from desk import forms
from desk.answer import Answer

SLOT = "form_answer"
EMPTY = [SlotSet(SLOT, None)]

AskFormAnswer = action("action_ask_form_answer", forms.ask, of_the_form=True)


class ValidateForm(FormValidationAction):
    """Listens while the form is open. The slot holds how the message ended, never an amount or a date."""

    def name(self) -> str:
        return f"validate_{FORM}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        if tracker.get_slot("requested_slot") is None:
            return []
        mark, answers = await asyncio.to_thread(self._take, tracker)
        for answer in answers:
            speak(dispatcher, answer, tracker.get_latest_input_channel() or "web")
        if mark is None:
            return []
        return [SlotSet(SLOT, None if mark == forms.GOES_ON else mark)]

    def _take(self, tracker: Tracker) -> tuple[str | None, tuple[Answer, ...]]:
        with desk_visit(tracker) as here:
            mark, answers = forms.take(here)
            return mark, tuple(here.close(one) for one in answers) if answers else _kept(here)


def _kept(here: Any) -> tuple[Answer, ...]:
    here.desk.contacts.keep(here.contact)
    return ()


class SubmitForm(DeskAction):
    """After the last step: done, or left alone, as the caller confirmed."""

    called = "action_submit_form"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        answer = await asyncio.to_thread(self._finish, tracker, tracker.get_slot(SLOT))
        speak(dispatcher, answer, tracker.get_latest_input_channel() or "web")
        return list(EMPTY)

    def _finish(self, tracker: Tracker, how: str | None) -> Answer:
        with desk_visit(tracker) as here:
            return here.close(forms.finish(here, how))


class LeaveForm(DeskAction):
    """What goes before any form ends it, unless the answer opens another one in its place."""

    called = "action_leave_form"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        answer = await asyncio.to_thread(self._leave, tracker)
        speak(dispatcher, answer, tracker.get_latest_input_channel() or "web")
        if answer.start:
            return [*EMPTY, FollowupAction(FORM)]
        return [ActiveLoop(None), SlotSet("requested_slot", None), *EMPTY]

    def _leave(self, tracker: Tracker) -> Answer:
        with desk_visit(tracker) as here:
            return forms.leave(here)


class CancelForm(DeskAction):
    """A change of mind in the middle of the form."""

    called = "action_cancel_form"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        answer = await asyncio.to_thread(self._leave, tracker)
        speak(dispatcher, answer, tracker.get_latest_input_channel() or "web")
        return [ActiveLoop(None), SlotSet("requested_slot", None), *EMPTY]

    def _leave(self, tracker: Tracker) -> Answer:
        with desk_visit(tracker) as here:
            return here.close(forms.cancel(here))


AnswerAside = action("action_answer_aside", forms.aside)
FormAgain = action("action_form_again", forms.again)

FORMS = [AskFormAnswer, AnswerAside, FormAgain, ValidateForm, SubmitForm, LeaveForm, CancelForm]
