"""'Can I pay over time?' Which plans fit this case, and does the amount somebody named work?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from acs import plans as rules
from acs.plans import PlanJudgement
from acs.view_types import OptionView
from desk import forms, outbound, plan_at_hand, plan_by_person, standing
from desk.answer import Answer, Say, day, money, number, together, words
from desk.balance import total
from desk.visit import Visit, needs_identity

SOURCES = ("26 USC 6159", "26 USC 6331(k)(2)")
EASY = ("simple_plan", "guaranteed_plan")
OF_TERMS = frozenset({"payment_plan_options", "setup_payment_plan"})
_FEE = re.compile(
    r"\b(?:fees?|costs?|charges?|pric\w+|free|costo|cuesta|cobran|cargo|tarifa|cuota|gratis)\b", re.IGNORECASE
)
GENERAL = {"missed_payment": "utter_missed_payment_general", "change_plan": "utter_change_plan_general"}


def offer(here: Visit) -> Answer:
    """The plans this case may have, with the amount and the fee; the amount named is judged."""
    if here.view is None:
        return _general(here)
    own = plan_at_hand.tell(here) or standing.of_plan(here)
    if own is not None:
        return own
    here.shows("options", "balance")
    plan = best(here)
    if plan is None:
        return plan_by_person.offer(here)
    here.offers(plan["option"], **_kept_terms(plan))
    judgement = judged(here, here.heard.amount) if here.heard.amount is not None else _terms(plan)
    owed, by_ear = total(here), here.contact.channel == "voice"
    # By ear the plan itself comes before what is owed: two sentences are told, the rest when asked for.
    said = [*plan_at_hand.none_here(here), *((*judgement, *owed) if by_ear else (*owed, *judgement))]
    if here.heard.amount is None:
        said += _short_term(here)
    return together(Answer(say=tuple(said), sources=_sources(plan)), _shall_we(here, plan))


def best(here: Visit) -> OptionView | None:
    """The plan to tell about when no amount was named: Simple asks least a month, then guaranteed."""
    return next((one for name in EASY if (one := here.option(name)) and one["eligible"]), None)


def judge(here: Visit, amount: Decimal, on_day: int | None = None) -> PlanJudgement:
    """What the rules core says of a monthly amount for this case."""
    assert here.case is not None
    return rules.judge(here.case, here.today, amount, on_day, cases=here.desk.cases.household(here.case.id))


def fits(found: PlanJudgement) -> bool:
    """Whether a plan judged so can be requested here: it must really pay the debt off in time."""
    return found.enough and found.pays_off and found.kind in EASY


def works(here: Visit, amount: Decimal) -> bool:
    """Whether a plan with this amount can be requested here."""
    return fits(judge(here, amount))


def judged(here: Visit, amount: Decimal) -> tuple[Say, ...]:
    """Whether a monthly amount works for this case, and what would."""
    found = judge(here, amount)
    if found.floor is None or found.months_max is None:
        return (Say("utter_plan_not_published"),)
    facts = {"amount": money(amount), "minimum": money(found.floor), "months_max": number(found.months_max)}
    facts["recommended"] = money(found.recommended or found.floor)
    if not found.enough:
        return (Say("utter_plan_amount_too_low", facts),)
    if not found.pays_off or found.months is None:
        return (Say("utter_plan_amount_never_pays", facts),)
    return (Say("utter_plan_amount_works", {**facts, "months": number(found.months)}), _fee(found.fee))


def _general(here: Visit) -> Answer:
    said = [Say(GENERAL.get(here.heard.intent, "utter_plans_general"))]
    if here.heard.amount is not None:
        said += [Say("utter_plan_amount_depends_on", {"amount": money(here.heard.amount)})]
        said = said if here.heard.intent in GENERAL else said[1:]
    return needs_identity(here, *said, sources=SOURCES)


def _terms(plan: OptionView) -> tuple[Say, ...]:
    terms = plan["terms"]
    if terms.get("monthly_recommended") is None or terms.get("monthly_minimum") is None:
        return (Say("utter_plan_not_published"),)
    facts = {
        "plan": words(f"plan_name_{plan['option']}"),
        "minimum": money(terms["monthly_minimum"]),
        "recommended": money(terms["monthly_recommended"]),
        "months_max": number(terms["months_max"]),
    }
    return (Say("utter_plan_terms", facts), _fee(terms.get("fee") or {}))


def asks_fee(said: str) -> bool:
    """Whether the words ask what it costs to set a plan up or change it."""
    return bool(_FEE.search(said))


def terms_again(here: Visit) -> Answer | None:
    """In the middle of setting a plan up: the fee where that was asked, otherwise the amount and the months."""
    plan = best(here)
    if plan is None:
        return None
    if asks_fee(here.heard.text):
        return Answer(say=(replace(_fee(plan["terms"].get("fee") or {}), detail=False),), sources=SOURCES[:1])
    return Answer(say=_terms(plan)[:1], sources=SOURCES[:1])


def _fee(fee: Mapping[str, str]) -> Say:
    if Decimal(fee.get("online_direct_debit") or 0) == 0:
        return Say("utter_plan_no_fee", detail=True)
    facts = {"debit": money(fee["online_direct_debit"]), "other": money(fee["online_other"])}
    facts["phone"] = money(fee["phone_direct_debit"])
    return Say("utter_plan_fee", facts, detail=True)


def _short_term(here: Visit) -> tuple[Say, ...]:
    short = here.option("short_term_plan")
    if not short or not short["eligible"] or not short["terms"].get("last_payment"):
        return ()
    return (Say("utter_plan_short_term", {"last_payment": day(short["terms"]["last_payment"])}, detail=True),)


def _shall_we(here: Visit, plan: OptionView) -> Answer:
    amount = here.heard.amount
    if plan["terms"].get("monthly_minimum") is None:
        return Answer(ask=Say("utter_offer_person"), choices=("person", "menu"))
    here.contact.asked = "plan"
    if amount is not None and works(here, amount):
        forms.keep(here, "plan", amount=str(amount))
        return Answer(
            ask=Say("utter_plan_shall_we_amount", {"amount": money(amount)}),
            choices=("yes", "no"),
            listen="yes_no",
        )
    if amount is not None:
        return Answer(
            ask=Say("utter_ask_other_amount"), choices=("person", "cannot_pay_hardship"), listen="amount"
        )
    return Answer(ask=Say("utter_plan_shall_we"), choices=("yes", "no", "person"), listen="yes_no")


def _kept_terms(plan: OptionView) -> dict[str, object]:
    return {key: plan["terms"].get(key) for key in ("monthly_minimum", "monthly_recommended", "months_max")}


def _sources(plan: OptionView) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*SOURCES, *(one["source"] for one in plan["reasons"] if one["ok"])][:3]))


def then_reminder(here: Visit, on: date, said: Say, sources: tuple[str, ...]) -> Answer:
    """Something was promised for a day: said back, and a reminder offered where one may be sent."""
    here.contact.asked = "more"
    answer = Answer(say=(said,), ask=Say("utter_anything_else"), choices=("menu", "person"), sources=sources)
    return outbound.offered(here, answer, "payment", on)
