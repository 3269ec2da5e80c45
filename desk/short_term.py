"""'Just a bit more time to pay it all': up to the longest time the law lets us set, on a day the caller names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desk import forms, plan_at_hand, plans, standing
from desk.answer import Answer, Say, day, together
from desk.balance import total
from desk.doing import day_ahead, keep_request
from desk.forms import CONFIRM, TOOK, Form
from desk.visit import Visit, needs_identity

TOPIC = "short_term"
SOURCES = ("26 USC 6159", "irs.gov payment plans")


def offer(here: Visit) -> Answer:
    """The short-term plan, where it fits with the day asked at once; otherwise the plans that do fit."""
    if here.view is None:
        return needs_identity(here, Say("utter_short_term_general"), sources=SOURCES)
    own = plan_at_hand.tell(here) or standing.of_plan(here)
    if own is not None:
        return own
    last = latest(here)
    if last is None:
        return plans.offer(here)
    here.shows("options")
    here.offers("short_term_plan", last_payment=last.isoformat())
    said = [Say("utter_short_term_own", {"last_payment": day(last)}), *total(here)]
    opened = forms.start(here, TOPIC)
    trouble = take(here, "date") if day_ahead(here) else None
    return replace(opened, say=(*said, *(trouble.say if trouble else ())), sources=SOURCES)


def latest(here: Visit) -> date | None:
    """The last day a short-term plan may run to in this case; None where none may be asked for."""
    short = here.option("short_term_plan")
    if not short or not short["eligible"] or not short["terms"].get("last_payment"):
        return None
    return date.fromisoformat(short["terms"]["last_payment"])


def step(here: Visit) -> str:
    """The day first, then everything read back."""
    return CONFIRM if "date" in forms.draft(here, TOPIC) else "date"


def take(here: Visit, asked: str) -> Answer | None:
    """The day by which all is paid."""
    wanted, last = day_ahead(here), latest(here)
    if wanted is None and asked == "date" and here.heard.intent == "affirm":
        return TOOK
    if wanted is None or last is None:
        return None
    if wanted > last:
        forms.keep(here, TOPIC, date=None)
        return Answer(say=(Say("utter_short_term_too_late", {"last_payment": day(last)}),))
    forms.keep(here, TOPIC, date=wanted.isoformat())
    return TOOK


def ask(here: Visit, at: str) -> Answer:
    """The one question of a step."""
    if at == "date":
        return Answer(ask=Say("utter_ask_short_term_date"), choices=("setup_payment_plan",), listen="date")
    wanted = {"pay_by": day(forms.draft(here, TOPIC)["date"])}
    return Answer(
        say=(Say("utter_short_term_read_back", wanted),),
        ask=Say("utter_ask_plan_confirm"),
        choices=("yes", "no"),
        listen="yes_no",
    )


def submit(here: Visit) -> Answer:
    """Puts the request in, once, with the balance of today in the note."""
    assert here.case is not None
    assert here.view is not None
    wanted, last = date.fromisoformat(forms.draft(here, TOPIC)["date"]), latest(here)
    if last is None or not here.today <= wanted <= last:
        return together(Answer(say=(Say("utter_plan_changed"),)), plans.offer(here))
    new = keep_request(
        here,
        "short_term_plan",
        names=(wanted,),
        facts={"pay_by": wanted.isoformat(), "payoff": here.view["balance"]["payoff"]},
        note=f"TP requested short-term plan: FP by {wanted:%m/%d/%Y}. Bal ${here.view['balance']['payoff']}. "
        "Adv P&I continue. Read back and confirmed.",
        wish=f"short-term plan, paid in full by {wanted.isoformat()}",
    )
    if new:
        here.desk.cases.add_agreement(
            here.case.id, {"kind": "short_term", "status": "pending", "requested": here.today}
        )
    here.shows("agreements")
    return plans.then_reminder(here, wanted, Say("utter_short_term_done", {"pay_by": day(wanted)}), SOURCES)


forms.register(Form(TOPIC, step, ask, take, submit, cancelled="utter_plan_cancelled"))
