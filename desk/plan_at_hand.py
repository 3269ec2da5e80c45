"""A plan that is there already, waits for an answer, or is in trouble: it comes before any new one."""

from __future__ import annotations

from decimal import Decimal

from acs.case import Agreement
from desk.answer import Answer, Fact, Say, money, number
from desk.notices import next_deadline
from desk.visit import Visit

OF_A_PLAN = ("missed_payment", "change_plan")


def tell(here: Visit) -> Answer | None:
    """The plan of the case, by how it stands; None where there is none."""
    for status, told in (("active", _active), ("pending", _pending), ("defaulted", _broken)):
        found = next(
            (one for one in (here.case.agreements if here.case else ()) if one.status == status), None
        )
        if found is not None and found.monthly is not None:
            here.shows("agreements")
            here.contact.asked = "person"
            return told(here, found)
    return None


def none_here(here: Visit) -> tuple[Say, ...]:
    """For someone who speaks of a plan the case does not have."""
    return (Say("utter_plan_none_now"),) if here.heard.intent in OF_A_PLAN else ()


def _terms(plan: Agreement) -> dict[str, Fact]:
    return {"amount": money(plan.monthly or Decimal(0)), "day": number(plan.day or 1)}


def _active(here: Visit, plan: Agreement) -> Answer:
    said, ask = [Say("utter_plan_active", _terms(plan))], "utter_plan_change_person"
    if here.heard.intent == "missed_payment":
        said.append(Say("utter_plan_missed"))
        ask = "utter_plan_reinstate_person"
    said += _wish(here)
    return Answer(say=tuple(said), ask=Say(ask), choices=("person", "payment_methods", "menu"))


def _pending(here: Visit, plan: Agreement) -> Answer:
    said = [Say("utter_plan_pending", {"amount": money(plan.monthly or Decimal(0))}), *_wish(here)]
    ask = (
        "utter_plan_change_person"
        if len(said) > 1 or here.heard.intent == "change_plan"
        else "utter_anything_else"
    )
    here.contact.asked = "person" if ask == "utter_plan_change_person" else None
    return Answer(say=tuple(said), ask=Say(ask), choices=("person", "menu"), sources=("26 USC 6331(k)(2)",))


def _broken(here: Visit, plan: Agreement) -> Answer:
    here.asks_for("reinstatement of the payment plan")
    said = [Say("utter_plan_broken", _terms(plan)), *next_deadline(here)]
    back = here.option("reinstate_plan")
    if back and back["eligible"]:
        said.append(Say("utter_plan_reinstate"))
    return Answer(
        say=(*said, *_wish(here)),
        ask=Say("utter_plan_reinstate_person"),
        choices=("person", "collection_appeal_other", "menu"),
        sources=("26 USC 6159(b)(5)",),
    )


def _wish(here: Visit) -> tuple[Say, ...]:
    """Another amount or day the caller named: noted for the person who can change it."""
    amount, on_day = here.heard.amount, here.heard.day
    if amount is not None:
        here.asks_for(f"change of the payment plan to {amount:.2f} a month")
        return (Say("utter_plan_wish_amount", {"amount": money(amount)}),)
    if on_day is not None:
        here.asks_for(f"change of the payment plan to day {on_day} of the month")
        return (Say("utter_plan_wish_day", {"day": number(on_day)}),)
    return ()
