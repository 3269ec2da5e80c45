"""Another amount, day or bank for a plan that is there: judged, priced by the law, read back, requested."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from acs import plans as rules
from acs.case import Agreement
from acs.plans import PlanJudgement
from desk import forms, plans
from desk.answer import Answer, Fact, Say, money, number, together, words
from desk.doing import keep_request
from desk.forms import CONFIRM, TOOK, Form
from desk.visit import Visit

TOPIC = "change"
SOURCES = ("26 USC 6159", "26 CFR 300.2")
_BANK = re.compile(r"\b(?:bank|account|direct debit|routing|banco|cuenta|debito|débito)\b", re.IGNORECASE)
WHAT = ("amount", "day", "bank")


def plan_of(here: Visit, *statuses: str) -> Agreement | None:
    """The plan of the case with one of these statuses."""
    found = (one for one in (here.case.agreements if here.case else ()) if one.status in statuses)
    return next((one for one in found if one.monthly is not None), None)


def start(here: Visit, plan: Agreement) -> Answer:
    """The plan as it stands, and the question what shall change; what was named already is taken."""
    opened = forms.start(here, TOPIC)
    said = Say(
        "utter_plan_active", {"amount": money(plan.monthly or Decimal(0)), "day": number(plan.day or 1)}
    )
    taken = take(here, "what") or TOOK
    return replace(opened, say=(said, *taken.say), sources=SOURCES)


def step(here: Visit) -> str:
    """What shall change; for a change of bank nothing more is asked, since no account number is taken here."""
    return CONFIRM if forms.draft(here, TOPIC).keys() & set(WHAT) else "what"


def take(here: Visit, asked: str) -> Answer | None:
    """A new amount that really pays off, a new day, or another bank account."""
    heard, said, took = here.heard, TOOK, False
    if heard.amount is not None:
        said, took = together(said, _amount(here, heard.amount)), True
    if heard.day or heard.date:
        said, took = together(said, _day(here, heard.day or (heard.date.day if heard.date else 0))), True
    if not took and _BANK.search(heard.text):
        forms.keep(here, TOPIC, bank=True)
        return TOOK
    return said if took else None


def _amount(here: Visit, amount: Decimal) -> Answer:
    found = judged(here, amount)
    if here.heard.ambiguous_amount:
        return Answer(say=(Say("utter_plan_amount_ambiguous", {"amount": money(amount)}),))
    if not (found.enough and found.pays_off):
        forms.keep(here, TOPIC, amount=None)
        if found.recommended is None:
            return Answer(say=(Say("utter_plan_not_published"),))
        facts = {"amount": money(amount), "recommended": money(found.recommended)}
        return Answer(
            say=(
                Say("utter_plan_change_too_low", {**facts, "months_max": number(found.months_max or 0)}),
                Say("utter_plan_lower_needs_figures"),
            )
        )
    forms.keep(here, TOPIC, amount=str(amount))
    return TOOK


def judged(here: Visit, amount: Decimal) -> PlanJudgement:
    """The amount weighed as for a new plan, the present one taken away."""
    assert here.case is not None
    others = tuple(
        one for one in here.case.agreements if one.status not in ("active", "defaulted", "pending")
    )
    bare = replace(here.case, agreements=others)
    return rules.judge(bare, here.today, amount, cases=here.desk.cases.household(bare.id))


def _day(here: Visit, wanted: int) -> Answer:
    if not 1 <= wanted <= 28:
        return Answer(say=(Say("utter_plan_day_range"),))
    forms.keep(here, TOPIC, day=wanted)
    return TOOK


def ask(here: Visit, at: str) -> Answer:
    """What shall change; then the change and its fee, read back."""
    if at == "what":
        return Answer(ask=Say("utter_ask_plan_change_what"), choices=("person",), listen="amount")
    fee = fee_of(here, "change_plan")
    return Answer(
        say=(Say("utter_plan_change_read_back", _new_terms(here)), *fee),
        ask=Say("utter_ask_plan_confirm"),
        choices=("yes", "no"),
        listen="yes_no",
    )


def fee_of(here: Visit, option: str) -> tuple[Say, ...]:
    """What the law charges for a change or for putting a plan back, by the way it is asked."""
    found = here.option(option)
    fee = (found["terms"].get("fee") or {}) if found else {}
    if not fee:
        return ()
    facts = {"online": money(fee["online_other"]), "phone": money(fee["phone_other"])}
    return (Say("utter_plan_change_fee", facts),)


def _new_terms(here: Visit) -> dict[str, Fact]:
    plan, values = plan_of(here, "active", "pending"), forms.draft(here, TOPIC)
    amount = values.get("amount") or (plan.monthly if plan and plan.monthly else Decimal(0))
    on_day = values.get("day") or (plan.day if plan and plan.day else 1)
    way = "plan_way_other_bank" if values.get("bank") else "plan_way_as_now"
    return {"amount": money(amount), "day": number(int(on_day)), "way": words(way)}


def aside(here: Visit) -> Answer | None:
    """What the change costs."""
    asked = here.heard.intent in ("payment_plan_options", "change_plan") or plans.asks_fee(here.heard.text)
    said = fee_of(here, "change_plan") if asked else ()
    return Answer(say=said, sources=SOURCES) if said else None


def submit(here: Visit) -> Answer:
    """Puts the request in, once. The plan stays as it is until the IRS has answered."""
    values = {**forms.draft(here, TOPIC)}
    what = {name: values[name] for name in WHAT if name in values}
    named = ", ".join(f"{name} {value}" if name != "bank" else "other bank" for name, value in what.items())
    keep_request(
        here,
        "plan_change",
        names=tuple(what.values()),
        facts=what,
        note=f"TP requested change of IA: {named}. Read back and confirmed. Existing terms stand until decided.",
        wish=f"change of the payment plan ({named})",
    )
    here.shows("agreements")
    here.contact.asked = "more"
    said = [Say("utter_plan_change_done", _new_terms(here))]
    if values.get("bank"):
        said.append(Say("utter_plan_change_bank"))
    return Answer(
        say=tuple(said), ask=Say("utter_anything_else"), choices=("menu", "person"), sources=SOURCES
    )


forms.register(Form(TOPIC, step, ask, take, submit, cancelled="utter_plan_change_cancelled", aside=aside))
