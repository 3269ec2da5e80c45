"""'I will pay on the 15th': where and how to pay, the promise kept with its day, and a reminder offered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from desk import forms, plans
from desk.answer import Answer, Say, day, money
from desk.balance import total
from desk.doing import day_ahead, keep_request
from desk.forms import CONFIRM, TOOK, Form
from desk.standing import held
from desk.visit import Visit, keep_question

TOPIC = "promise"
FURTHEST_DAYS = 180


def pay(here: Visit) -> Answer:
    """Where and how to pay; a day named makes it a promise, otherwise one is offered."""
    about = Say(f"utter_about_{here.heard.intent}")
    if here.view is None:
        # Whoever proves who they are next hears what they owe and can say when they will pay.
        keep_question(here)
        return Answer(say=(about,), ask=Say("utter_anything_else"), choices=("identity", "person", "menu"))
    if here.view["balance"]["payoff"] == "0.00":
        return Answer(say=(about,), ask=Say("utter_anything_else"), choices=("person", "menu"))
    if held(here, "bankruptcy"):
        return Answer(say=(about,))
    named = day_ahead(here)
    if named and here.heard.intent == "make_payment":
        opened = start(here)
        return replace(opened, say=(about, *opened.say))
    here.contact.asked = "promise"
    return Answer(
        say=(*((about,) if not here.resumed else ()), *total(here)),
        ask=Say("utter_promise_shall_we"),
        choices=("yes", "no", "payment_plan_options"),
        listen="yes_no",
    )


def start(here: Visit, amount: Decimal | None = None) -> Answer:
    """Opens the form with what was named; `amount` is what is due where nothing was."""
    opened = forms.start(here, TOPIC)
    take(here, "amount")
    if amount is not None and "amount" not in forms.draft(here, TOPIC):
        forms.keep(here, TOPIC, amount=str(amount))
    return opened


def step(here: Visit) -> str:
    """Amount, day, and then everything read back."""
    values = forms.draft(here, TOPIC)
    return next((one for one in ("amount", "date") if one not in values), CONFIRM)


def take(here: Visit, asked: str) -> Answer | None:
    """An amount up to what is owed, and a day that is still to come."""
    heard, said = here.heard, []
    wanted = day_ahead(here)
    if heard.amount is None and wanted is None:
        return None
    if heard.amount is not None:
        said += _amount(here, heard.amount)
    if wanted is not None:
        if (wanted - here.today).days > FURTHEST_DAYS:
            said.append(Say("utter_promise_too_far"))
        else:
            forms.keep(here, TOPIC, date=wanted.isoformat())
    return Answer(say=tuple(said)) if said else TOOK


def _amount(here: Visit, amount: Decimal) -> list[Say]:
    if here.heard.ambiguous_amount:
        return [Say("utter_plan_amount_ambiguous", {"amount": money(amount)})]
    owed = here.view["balance"]["payoff"] if here.view else None
    if owed is not None and amount > Decimal(owed):
        forms.keep(here, TOPIC, amount=owed)
        return [Say("utter_promise_more_than_owed", {"payoff": money(owed)})]
    forms.keep(here, TOPIC, amount=str(amount))
    return []


def ask(here: Visit, at: str) -> Answer:
    """The one question of a step."""
    if at == "amount":
        return Answer(ask=Say("utter_ask_promise_amount"), listen="amount")
    if at == "date":
        return Answer(ask=Say("utter_ask_promise_date"), listen="date")
    values = forms.draft(here, TOPIC)
    facts = {"amount": money(values["amount"]), "date": day(values["date"])}
    return Answer(
        say=(Say("utter_promise_read_back", facts),),
        ask=Say("utter_promise_confirm"),
        choices=("yes", "no"),
        listen="yes_no",
    )


def submit(here: Visit) -> Answer:
    """Keeps the promise, once, in the case and on the card. It stops nothing, and that is said."""
    values = forms.draft(here, TOPIC)
    on, amount = date.fromisoformat(values["date"]), values["amount"]
    keep_request(
        here,
        TOPIC,
        names=(amount, on),
        facts={"amount": amount, "pay_by": on.isoformat(), "due": on.isoformat()},
        status="promised",
        note=f"TP promised ${amount} by {on:%m/%d/%Y}. Adv where to pay, P&I continue. Read back and confirmed.",
        wish=f"promise to pay ${amount} by {on.isoformat()}",
    )
    said = Say("utter_promise_done", {"amount": money(amount), "date": day(on)})
    return plans.then_reminder(here, on, said, ())


forms.register(Form(TOPIC, step, ask, take, submit, cancelled="utter_promise_cancelled"))
