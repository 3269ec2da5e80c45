"""A plan in trouble: paying what is missing before it ends, or asking to have it put back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from acs.case import Agreement
from desk import forms, plan_change, plans
from desk.answer import Answer, Say, day, money, number
from desk.doing import day_ahead, keep_request
from desk.forms import CONFIRM, TOOK, Form
from desk.notices import next_deadline
from desk.visit import Visit

TOPIC = "reinstate"
SOURCES = ("26 USC 6159(b)(5)", "26 USC 6331(k)(2)")
CURE, BACK = "plan_cure", "plan_reinstate"
_PAY = re.compile(r"\b(?:pay|catch up|cure|pagar|pago|ponerme al)\b", re.IGNORECASE)
_AGAIN = re.compile(r"\b(?:reinstat\w*|put (?:it )?back|again|reactiv\w+|volver|otra vez)\b", re.IGNORECASE)


def start(here: Visit, plan: Agreement) -> Answer:
    """How the plan stands, the last day, what is missing, and the question which way."""
    here.asks_for("reinstatement of the payment plan")
    opened = forms.start(here, TOPIC)
    terms = {"amount": money(plan.monthly or Decimal(0)), "day": number(plan.day or 1)}
    said = [Say("utter_plan_broken", terms), *next_deadline(here), *missing(here)]
    return replace(opened, say=tuple(said), sources=SOURCES)


def missing(here: Visit) -> tuple[Say, ...]:
    """The payments that have not come, as the case view has them; the amount on the letter counts if it is another."""
    found = _missed(here)
    if found is None:
        return ()
    return (Say("utter_plan_payments_missing", {"count": number(found[0]), "sum": money(found[1])}),)


def _missed(here: Visit) -> tuple[int, Decimal] | None:
    """How many payments have not come, and their sum in US dollars; None where the view knows of none."""
    option = here.option("reinstate_plan")
    terms = option["terms"] if option else {}
    if not terms.get("missed_payments"):
        return None
    return int(terms["missed_payments"]), Decimal(terms["missed_amount"])


def _sum(here: Visit) -> Decimal:
    found = _missed(here)
    return found[1] if found else Decimal(0)


def _last_day(here: Visit) -> date | None:
    open_days = [one for one in here.deadlines(kind="agreement_termination") if not one["passed"]]
    return date.fromisoformat(open_days[0]["last_day"]) if open_days else None


def _plan(here: Visit) -> Agreement | None:
    return plan_change.plan_of(here, "defaulted", "active")


def can_cure(here: Visit) -> bool:
    """Whether there is still time to pay what is missing, and it is known what that is."""
    return _last_day(here) is not None and _missed(here) is not None


def step(here: Visit) -> str:
    """The way first; to pay what is missing also a day."""
    values = forms.draft(here, TOPIC)
    if "way" not in values:
        if can_cure(here):
            return "way"
        forms.keep(here, TOPIC, way=BACK)
        return CONFIRM
    return "date" if values["way"] == CURE and "date" not in values else CONFIRM


def take(here: Visit, asked: str) -> Answer | None:
    """The way, the day of the payment, or both."""
    heard = here.heard
    wanted = day_ahead(here)
    chosen = heard.option if heard.option in (CURE, BACK) else None
    if asked in ("way", CONFIRM) and chosen is None and not heard.option:
        if _AGAIN.search(heard.text):
            chosen = BACK
        elif can_cure(here) and (wanted or _PAY.search(heard.text)):
            chosen = CURE
    if chosen is None and wanted is None:
        return None
    if chosen:
        forms.keep(here, TOPIC, way=chosen)
    if wanted is not None and forms.draft(here, TOPIC).get("way") == CURE:
        return _day(here, wanted)
    return TOOK


def _day(here: Visit, wanted: date) -> Answer:
    last = _last_day(here)
    if last is not None and wanted > last:
        forms.keep(here, TOPIC, date=None)
        return Answer(say=(Say("utter_plan_cure_too_late", {"last_day": day(last)}),))
    forms.keep(here, TOPIC, date=wanted.isoformat())
    return TOOK


def ask(here: Visit, at: str) -> Answer:
    """The one question of a step."""
    if at == "way":
        return Answer(ask=Say("utter_ask_plan_back_way"), choices=(CURE, BACK, "person"))
    if at == "date":
        return Answer(ask=Say("utter_ask_promise_date"), listen="date")
    return Answer(
        say=_read_back(here), ask=Say("utter_ask_plan_confirm"), choices=("yes", "no"), listen="yes_no"
    )


def _read_back(here: Visit) -> tuple[Say, ...]:
    values, plan = forms.draft(here, TOPIC), _plan(here)
    if values["way"] == CURE:
        facts = {"sum": money(_sum(here)), "date": day(values["date"])}
        return (Say("utter_plan_cure_read_back", facts),)
    terms = {
        "amount": money((plan.monthly if plan else None) or Decimal(0)),
        "day": number((plan.day if plan else 1) or 1),
    }
    return (Say("utter_plan_reinstate_read_back", terms), *plan_change.fee_of(here, "reinstate_plan"))


def submit(here: Visit) -> Answer:
    """Keeps the promise to pay what is missing, or the request to put the plan back; once."""
    values, plan = forms.draft(here, TOPIC), _plan(here)
    here.shows("agreements")
    if values["way"] == CURE:
        return _cure(here, date.fromisoformat(values["date"]), _sum(here))
    monthly = (plan.monthly if plan else None) or 0
    keep_request(
        here,
        BACK,
        names=(monthly,),
        facts={"amount": str(monthly), "day": plan.day if plan else None},
        note=f"TP requested reinstatement of defaulted IA ${monthly} monthly. Read back and confirmed.",
        wish="reinstatement of the payment plan",
    )
    here.contact.asked = "more"
    return Answer(
        say=(Say("utter_plan_reinstate_done"), *next_deadline(here)),
        ask=Say("utter_anything_else"),
        choices=("menu", "person"),
        sources=SOURCES,
    )


def _cure(here: Visit, on: date, amount: Decimal) -> Answer:
    keep_request(
        here,
        CURE,
        names=(amount, on),
        facts={"amount": str(amount), "pay_by": on.isoformat(), "due": on.isoformat()},
        status="promised",
        note=f"TP will cure IA default: ${amount} by {on:%m/%d/%Y}. Adv of termination date. Read back and confirmed.",
        wish=f"payment of what is missing, ${amount} by {on.isoformat()}",
    )
    said = Say("utter_plan_cure_done", {"sum": money(amount), "date": day(on)})
    return plans.then_reminder(here, on, said, SOURCES)


forms.register(Form(TOPIC, step, ask, take, submit, cancelled="utter_plan_change_cancelled"))
