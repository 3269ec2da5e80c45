"""Setting a plan up: amount, day, way of paying, read back, and only then done."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from desk import forms, plan_named, plans
from desk.answer import Answer, Say, money, number, together, words
from desk.forms import CONFIRM, TOOK, Form
from desk.ports import Request
from desk.visit import Visit

TOPIC = "plan"
LAST_DAY, MOST_A_MONTH = 31, 10_000
YES_NO = ("yes", "no")


def start(here: Visit) -> Answer:
    """Opens the form when this case may have a plan set up here; otherwise says why not and what is."""
    answer = plans.offer(here)
    if here.view is None or plans.best(here) is None or here.contact.asked != "plan":
        return answer
    opened = forms.start(here, TOPIC)
    keep(here, amount=here.heard.amount, day_of_month=here.heard.day)
    return replace(opened, say=answer.say, sources=answer.sources)


def resume(here: Visit) -> Answer:
    """'Yes' to 'shall we set it up?'."""
    here.contact.asked = None
    plan = plans.best(here)
    if here.view is None or plan is None:
        return plans.offer(here)
    opened = forms.start(here, TOPIC)
    if plan_named.just_named(here) and "amount" not in forms.draft(here, TOPIC):
        opened = replace(opened, say=(*opened.say, *plan_named.taken(here).say))
    if day_alone(here) and (trouble := take_day(here)) is not None:
        opened = replace(opened, say=(*opened.say, *trouble.say))
    return opened


_BESIDE_A_DAY = frozenset(
    "yes yeah yep ok okay sure the on for make it day please lets let do say how about of month each every and works is fine good "
    "si sí claro bueno el dia día que sea para por favor cada mes del de los y está esta bien".split()
)
WORDS_OF_A_DAY = 2


def day_alone(here: Visit) -> bool:
    """'The fifteenth', 'yes, on the 1st': a day and nothing that could mean anything else."""
    heard = here.heard
    if not (heard.day or heard.date) or heard.notices or heard.amounts:
        return False
    said = re.findall(r"[\w-]+", heard.text.lower().replace("'", ""))
    return len([one for one in said if one not in _BESIDE_A_DAY]) <= WORDS_OF_A_DAY


def keep(here: Visit, *, amount: Decimal | None = None, day_of_month: int | None = None) -> None:
    """Puts what was heard into the draft where it is good as it stands."""
    if amount is not None and here.verified and plans.works(here, amount):
        forms.keep(here, TOPIC, amount=str(amount))
    if day_of_month is not None and 1 <= day_of_month <= 28:
        forms.keep(here, TOPIC, day=day_of_month)


def step(here: Visit) -> str:
    """The first thing the draft lacks."""
    values = forms.draft(here, TOPIC)
    return next((one for one in ("amount", "day", "debit") if one not in values), CONFIRM)


_FROM_THE_BANK = re.compile(
    r"\b(?:take|taken|draft|pull|debit|withdraw|saquen|sáquen\w*|saqu\w*|descuent\w*|cobren|débit\w*|debit\w*)\b.{0,30}"
    r"\b(?:bank|account|checking|banco|cuenta)\b|\bdirect debit\b|\bd[eé]bito (?:directo|autom[aá]tico)\b",
    re.IGNORECASE,
)
_NOT_THE_BANK = re.compile(
    r"\b(?:not|don'?t|no|without|sin)\b.{0,30}\b(?:take|debit|bank|banco|cuenta|saqu\w*|d[eé]bito)\b",
    re.IGNORECASE,
)
"""'Take it from my bank account' in the middle of a plan is the way of paying, and no levy."""


def take(here: Visit, asked: str) -> Answer | None:
    """The answer, a correction, or both; None when the message holds nothing for a plan."""
    if asked == "day":
        hear_amount_for_day(here)
    heard, said, took = here.heard, TOOK, False
    if heard.amount is not None:
        trouble = take_amount(here)
        said = together(said, trouble or _noted(here, asked))
        took = True
    if asked != "amount" and (heard.day or heard.date) and not _only_first(here):
        said = together(said, take_day(here) or TOOK)
        took = True
    if asked == "debit" and heard.intent in ("affirm", "deny"):
        forms.keep(here, TOPIC, debit=heard.intent == "affirm")
        took = True
    elif asked in ("debit", CONFIRM) and _FROM_THE_BANK.search(heard.text):
        forms.keep(here, TOPIC, debit=not _NOT_THE_BANK.search(heard.text))
        took = True
    if asked == "amount" and not took and plan_named.refused(here):
        return Answer(say=(Say("utter_plan_amount_other"),))
    if asked == "amount" and not took and heard.intent == "affirm":
        return plan_named.taken(here)
    if asked == "amount" and not took and heard.intent == "inform":
        return Answer(say=(Say("utter_plan_amount_unclear"),))
    return said if took else None


def take_amount(here: Visit) -> Answer | None:
    """The monthly amount. None when it was taken, otherwise what to say about it."""
    amount = here.heard.amount
    if amount is None or not here.verified:
        return Answer(say=(Say("utter_plan_amount_unclear"),))
    if here.heard.ambiguous_amount:
        return Answer(say=(Say("utter_plan_amount_ambiguous", {"amount": money(amount)}),))
    if not plans.works(here, amount):
        forms.keep(here, TOPIC, amount=None)
        return Answer(say=plans.judged(here, amount))
    keep(here, amount=amount)
    return None


def _noted(here: Visit, asked: str) -> Answer:
    """Says a corrected amount back, so that nothing changes unheard; the read-back says it anyway."""
    if asked == CONFIRM:
        return TOOK
    return Answer(
        say=(Say("utter_plan_amount_noted", {"amount": money(forms.draft(here, TOPIC)["amount"])}),)
    )


def hear_amount_for_day(here: Visit) -> None:
    """'OK, 60' where a day was asked: no month has 60 days, so it corrects the amount."""
    said = re.findall(r"\d+", here.heard.text)
    nothing_else = here.heard.amount is None and here.heard.day is None and here.heard.date is None
    if (
        nothing_else
        and len(said) == 1
        and LAST_DAY < int(said[0]) < MOST_A_MONTH
        and len(here.heard.text.split()) <= 5
    ):
        here.heard = replace(here.heard, amounts=(Decimal(said[0]),))


def _only_first(here: Visit) -> bool:
    """'Take the penalties off first' names no day: the word stands last and another need is heard."""
    alone = here.heard.day == 1 and not re.search(r"\d|\bthe first\b", here.heard.text, re.IGNORECASE)
    return alone and here.heard.intent not in (
        "inform",
        "affirm",
        "deny",
        "nlu_fallback",
        "setup_payment_plan",
    )


def take_day(here: Visit) -> Answer | None:
    """The day of the month, 1 to 28. None when it was taken."""
    wanted = here.heard.day or (here.heard.date.day if here.heard.date else None)
    if wanted is None or not 1 <= wanted <= 28:
        return Answer(say=(Say("utter_plan_day_range"),))
    keep(here, day_of_month=wanted)
    return None


def ask(here: Visit, at: str) -> Answer:
    """The one question of a step; the last one reads everything back."""
    if at == "amount":
        return _ask_amount(here)
    if at == "day":
        return Answer(ask=Say("utter_ask_plan_day"), listen="day")
    if at == "debit":
        return Answer(ask=_debit_question(here), choices=YES_NO, listen="yes_no")
    return Answer(say=(read_back(here),), ask=Say("utter_ask_plan_confirm"), choices=YES_NO, listen="yes_no")


def _ask_amount(here: Visit) -> Answer:
    plan = plans.best(here)
    if plan is None or plan["terms"].get("monthly_recommended") is None:
        return Answer(ask=Say("utter_offer_person"), choices=("person",))
    facts = {"recommended": money(plan["terms"]["monthly_recommended"])}
    return Answer(ask=Say("utter_ask_plan_amount", facts), choices=("that_amount", "person"), listen="amount")


def _debit_question(here: Visit) -> Say:
    plan = plans.best(here)
    fee = (plan["terms"].get("fee") or {}) if plan else {}
    if not fee or Decimal(fee.get("phone_direct_debit") or 0) == 0:
        return Say("utter_ask_plan_debit_free")
    facts = {"debit": money(fee["phone_direct_debit"]), "other": money(fee["phone_other"])}
    return Say("utter_ask_plan_debit", facts)


def aside(here: Visit) -> Answer | None:
    """What it costs, how long it takes: answered from the terms, without telling the whole offer again."""
    if here.heard.intent in plans.OF_TERMS or plans.asks_fee(here.heard.text):
        return plans.terms_again(here)
    return None


def read_back(here: Visit) -> Say:
    """Amount, day and way of paying, as they stand in the draft."""
    values = forms.draft(here, TOPIC)
    way = words("plan_way_debit" if values.get("debit") else "plan_way_self")
    facts = {"amount": money(values["amount"]), "day": number(int(values["day"])), "way": way}
    return Say("utter_plan_read_back", facts)


def submit(here: Visit) -> Answer:
    """Puts the request in, once: a pending agreement on the case, a note, a line on the card."""
    assert here.case is not None
    values = forms.draft(here, TOPIC)
    kind = _kind(here, values)
    if kind is None:
        return together(Answer(say=(Say("utter_plan_changed"),)), plans.offer(here))
    here.desk.requests.open(_request(here, values, kind))
    if not _has_pending(here):
        here.desk.cases.add_agreement(here.case.id, _agreement(here, values, kind))
        here.desk.cases.add_note(here.case.id, "ACS Line", _note(values, kind), here.desk.clock.now())
    here.asks_for(f"payment plan {values['amount']} a month on day {values['day']}: request submitted")
    here.shows("agreements")
    here.contact.asked = "more"
    done = Say("utter_plan_done", {"amount": money(values["amount"]), "day": number(int(values["day"]))})
    held = Say("utter_plan_done_levy")
    return Answer(
        say=(done, held), ask=Say("utter_anything_else"), choices=("menu", "person"), sources=plans.SOURCES
    )


def _request(here: Visit, values: Mapping[str, Any], kind: str) -> Request:
    assert here.case is not None
    return Request(
        key=f"plan:{here.case.id}:{here.today.isoformat()}:{values['amount']}:{values['day']}",
        taxpayer=here.case.id,
        conversation=here.contact.id,
        kind="payment_plan",
        status="submitted",
        asked_at=here.desk.clock.now(),
        facts={**values, "option": kind},
    )


def _agreement(here: Visit, values: Mapping[str, Any], kind: str) -> dict[str, Any]:
    return {
        "kind": kind.removesuffix("_plan"),
        "status": "pending",
        "requested": here.today,
        "accepted": None,
        "ended": None,
        "monthly": Decimal(values["amount"]),
        "day": int(values["day"]),
        "direct_debit": bool(values.get("debit")),
    }


def _note(values: Mapping[str, Any], kind: str) -> str:
    way = "direct debit" if values.get("debit") else "no direct debit"
    name = kind.replace("_", " ")
    return f"TP requested {name}: ${values['amount']} monthly on day {values['day']}, {way}. Read back and confirmed."


def _has_pending(here: Visit) -> bool:
    assert here.case is not None
    return any(one.status == "pending" and one.requested == here.today for one in here.case.agreements)


def _kind(here: Visit, values: Mapping[str, Any]) -> str | None:
    """The plan the draft asks for, judged again on the case as it is now."""
    if not {"amount", "day"} <= values.keys():
        return None
    found = plans.judge(here, Decimal(values["amount"]), int(values["day"]))
    return found.kind if plans.fits(found) else None


forms.register(Form(TOPIC, step, ask, take, submit, cancelled="utter_plan_cancelled", aside=aside))
