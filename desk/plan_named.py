"""The amount the line itself named: a yes to it takes it, a no to it asks once for another."""

from __future__ import annotations

import re
from decimal import Decimal

from desk import forms, plans
from desk.answer import Answer, Say, money
from desk.intakes.values import bare
from desk.visit import Visit

NAMES_WHAT_WORKS = frozenset({"utter_plan_amount_too_low", "utter_plan_amount_never_pays"})
"""Words that name, beside an amount that does not do, the one that does."""
_TOO_MUCH = re.compile(r"\b(?:too (?:much|high)|that much|demasiado|tanto|mucho)\b", re.IGNORECASE)


def just_named(here: Visit) -> bool:
    """Whether the last reply said which amount would do: a yes to it is a yes to that amount."""
    return any(one in NAMES_WHAT_WORKS for one in _last_told(here))


def taken(here: Visit) -> Answer:
    """'Yes' where an amount was asked and one was named: that one, said back."""
    plan = plans.best(here)
    named = plan["terms"].get("monthly_recommended") if plan else None
    if named is None:
        return Answer(say=(Say("utter_plan_amount_unclear"),))
    forms.keep(here, "plan", amount=str(Decimal(named)))
    return Answer(say=(Say("utter_plan_amount_noted", {"amount": money(named)}),))


def refused(here: Visit) -> bool:
    """'No', 'too much', the first time: not this amount. Anything longer, or a second no, may be a no to the plan."""
    said = here.heard.text
    no = here.heard.intent == "deny" and (bare(said) or bool(_TOO_MUCH.search(said)))
    return no and "utter_plan_amount_other" not in _last_told(here)


def _last_told(here: Visit) -> list[str]:
    told = here.contact.story.told
    return [one["words"] for one in told if one.get("turn") == told[-1].get("turn")]
