"""The plan form: what was heard goes to the desk's draft; the slots only mark which steps are done."""

from __future__ import annotations

import asyncio
from typing import Any

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import DeskAction, action, desk_visit, speak
from desk import plan_form
from desk.answer import Answer
from desk.visit import Visit

SLOTS = {"plan_amount": "amount", "plan_day": "day", "plan_debit": "debit", "plan_confirm": "confirm"}
DONE = "done"
EMPTY = [SlotSet(name, None) for name in SLOTS]


def question(step: str) -> type[DeskAction]:
    """The form's own question for one step."""
    return action(f"action_ask_plan_{step}", lambda here: plan_form.ask(here, step), of_the_form=True)


QUESTIONS = [question(step) for step in plan_form.STEPS]


class ValidatePlanForm(FormValidationAction):
    """Listens while the form is open. A slot holds "done", never an amount or a date."""

    def name(self) -> str:
        return "validate_plan_form"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        marks, answers = await asyncio.to_thread(self._take, tracker)
        for answer in answers:
            speak(dispatcher, answer, tracker.get_latest_input_channel() or "web")
        return [SlotSet(name, value) for name, value in marks.items()]

    def _take(self, tracker: Tracker) -> tuple[dict[str, str | None], list[Answer]]:
        with desk_visit(tracker) as here:
            marks, answers = take(here, tracker.get_slot("requested_slot"))
            here.desk.contacts.keep(here.contact)
        return marks, answers


def take(here: Visit, asked: str | None) -> tuple[dict[str, str | None], list[Answer]]:
    """Takes from the message whatever the form can use: the answer, a correction, or both."""
    marks: dict[str, str | None] = {}
    answers: list[Answer] = []
    if asked is None:
        return _from_draft(here), answers
    if asked == "plan_day":
        plan_form.hear_amount_for_day(here)
    heard = here.heard
    if heard.amount is not None:
        trouble = plan_form.take_amount(here)
        marks["plan_amount"] = None if trouble else DONE
        answers.append(trouble or plan_form.noted(here))
    if asked != "plan_amount" and (heard.day or heard.date):
        trouble = plan_form.take_day(here)
        marks["plan_day"] = None if trouble else DONE
        answers += [trouble] if trouble else []
    if asked == "plan_debit" and heard.intent in ("affirm", "deny"):
        plan_form.take_debit(here, heard.intent == "affirm")
        marks["plan_debit"] = DONE
    if asked == "plan_confirm" and heard.intent in ("affirm", "deny") and not marks:
        marks["plan_confirm"] = "yes" if heard.intent == "affirm" else "no"
    return marks, answers


def _from_draft(here: Visit) -> dict[str, str | None]:
    """What was said before the form opened need not be said again."""
    draft = plan_form.draft(here)
    return {f"plan_{step}": DONE for step in ("amount", "day") if step in draft}


class SubmitPlan(DeskAction):
    """After the last step: done, or left alone, as the caller confirmed."""

    called = "action_submit_plan"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        wanted = tracker.get_slot("plan_confirm") == "yes"
        answer = await asyncio.to_thread(self._finish, tracker, wanted)
        speak(dispatcher, answer, tracker.get_latest_input_channel() or "web")
        return list(EMPTY)

    def _finish(self, tracker: Tracker, wanted: bool) -> Answer:
        with desk_visit(tracker) as here:
            return here.close(plan_form.submit(here) if wanted else plan_form.cancel(here))


class CancelPlan(DeskAction):
    """A change of mind in the middle of the form."""

    called = "action_cancel_plan"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        answer = await asyncio.to_thread(self._leave, tracker)
        speak(dispatcher, answer, tracker.get_latest_input_channel() or "web")
        return [ActiveLoop(None), SlotSet("requested_slot", None), *EMPTY]

    def _leave(self, tracker: Tracker) -> Answer:
        with desk_visit(tracker) as here:
            return here.close(plan_form.cancel(here))


PLANS = [*QUESTIONS, ValidatePlanForm, SubmitPlan, CancelPlan]
