"""A plan that is there already, waits for an answer, or is in trouble: it comes before any new one."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from acs.case import Agreement
from desk.answer import Answer, Fact, Say, day, money, number
from desk.visit import Visit

OF_A_PLAN = ("missed_payment", "change_plan")


def tell(here: Visit) -> Answer | None:
    """The plan of the case, by how it stands; None where there is none."""
    short = _short_term(here)
    if short is not None:
        return short
    for status, told in (("active", _active), ("pending", _pending), ("defaulted", _broken)):
        found = next(
            (one for one in (here.case.agreements if here.case else ()) if one.status == status), None
        )
        if found is not None and found.monthly is not None:
            here.shows("agreements")
            return told(here, found)
    return None


def none_here(here: Visit) -> tuple[Say, ...]:
    """For someone who speaks of a plan the case does not have."""
    return (Say("utter_plan_none_now"),) if here.heard.intent in OF_A_PLAN else ()


def _short_term(here: Visit) -> Answer | None:
    """A short-term plan asked for: until when, by the request itself."""
    plans = here.case.agreements if here.case else ()
    if not any(one.kind == "short_term" and one.status in ("pending", "active") for one in plans):
        return None
    asked = [one for one in here.desk.requests.of(here.case.id) if one.kind == "short_term_plan"]  # type: ignore[union-attr]
    if not asked:
        return None
    here.shows("agreements")
    return Answer(
        say=(Say("utter_short_term_pending", {"pay_by": day(asked[-1].facts["pay_by"])}),),
        ask=Say("utter_plan_change_person"),
        choices=("person", "payment_methods", "menu"),
    )


def _terms(plan: Agreement) -> dict[str, Fact]:
    return {"amount": money(plan.monthly or Decimal(0)), "day": number(plan.day or 1)}


def _active(here: Visit, plan: Agreement) -> Answer:
    from desk import plan_back, plan_change, promises

    intent = here.heard.intent
    if intent != "change_plan" and any(
        not one["passed"] for one in here.deadlines(kind="agreement_termination")
    ):
        return plan_back.start(here, plan)
    if intent == "missed_payment":
        opened = promises.start(here, plan.monthly)
        said = (Say("utter_plan_active", _terms(plan)), Say("utter_plan_missed"), *opened.say)
        return replace(opened, say=said, sources=("26 USC 6159(b)(4)",))
    if intent == "change_plan" or here.heard.amount or here.heard.day:
        return plan_change.start(here, plan)
    here.contact.asked = "change"
    return Answer(
        say=(Say("utter_plan_active", _terms(plan)),),
        ask=Say("utter_plan_change_shall_we"),
        choices=("change_plan", "payment_methods", "person"),
    )


def _pending(here: Visit, plan: Agreement) -> Answer:
    said = [Say("utter_plan_pending", {"amount": money(plan.monthly or Decimal(0))}), *_wish(here)]
    change = len(said) > 1 or here.heard.intent == "change_plan"
    if not change:
        here.contact.asked = None
    return Answer(
        say=tuple(said),
        ask=Say("utter_plan_change_person" if change else "utter_anything_else"),
        choices=("person", "menu"),
        sources=("26 USC 6331(k)(2)",),
    )


def _broken(here: Visit, plan: Agreement) -> Answer:
    from desk import plan_back

    back = here.option("reinstate_plan")
    if back and back["eligible"]:
        return plan_back.start(here, plan)
    here.asks_for("reinstatement of the payment plan")
    why = [one for one in (back["reasons"] if back else []) if one["ok"] is False][:1]
    from desk.answer import text
    from desk.notices import next_deadline

    reasons = [Say("utter_reason", {"reason": text(one["text"], one["text_es"])}) for one in why]
    return Answer(
        say=(Say("utter_plan_broken", _terms(plan)), *next_deadline(here), *reasons),
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
