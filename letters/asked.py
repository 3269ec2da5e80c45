"""From what somebody asked for to its data sheet: the answers of a request become the fields of the form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from acs.case import Case
from acs.view_types import CaseView
from letters.page import Page
from letters.sheets import sheet
from letters.words import Language, Words

Facts = Mapping[str, Any]
REASONS = {
    "hear_not_owed": "not_owed",
    "hear_spouse": "innocent_spouse",
    "hear_lien": "lien_help",
    "hear_other": "other",
}
INSTEAD = {
    "want_plan": "installment_agreement",
    "want_hold": "cannot_pay",
    "want_offer": "offer_in_compromise",
}
HARMS = {"harm_money": "harm", "harm_delay": "delay", "harm_cost": "cost", "harm_other": "lasting"}
COSTS = {
    "rent": "rent",
    "food": "food",
    "utilities": "utilities",
    "transport": "vehicle",
    "medical": "medical",
}


def request_sheet(
    kind: str, facts: Facts, case: Case, view: CaseView, language: Language = "en", *, demo: bool = True
) -> Page | None:
    """The sheet of a request of that kind (hearing, appeal, hardship, ...) with its facts; None when it needs none.

    What a request leaves open stays open on the sheet; answers the form has no place for stay off it.
    """
    made = MAKERS.get(kind)
    if made is None:
        return None
    form, make = made
    words = Words("sheets", language, date.fromisoformat(view["as_of"]))
    given = {name: value for name, value in facts.items() if value not in (None, "", [])}
    fields = {name: value for name, value in make(given, words).items() if value not in (None, "", [], {})}
    return sheet(form, case, view, fields, language, demo=demo)


def _periods(facts: Facts) -> list[str]:
    return [str(facts[name]) for name in ("period", "year") if facts.get(name)][:1]


def _hearing(facts: Facts, words: Words) -> dict[str, Any]:
    reason, instead = facts.get("reason"), INSTEAD.get(str(facts.get("instead")))
    ticked = [REASONS.get(str(reason), "")] if reason and reason != "hear_cannot_pay" else []
    if instead or reason == "hear_cannot_pay":
        ticked.append(instead or "cannot_pay")
    against = "lien" if facts.get("hearing") == "lien_cdp_hearing" else None
    return {"periods": _periods(facts), "alternatives": [t for t in ticked if t], "reason": facts.get("why"),
            "hearing_for": against}  # fmt: skip


def _appeal(facts: Facts, words: Words) -> dict[str, Any]:
    action = str(facts.get("action") or "").removeprefix("cap_")
    return {
        "actions": [action] if action else [],
        "reason": facts.get("why"),
        "proposal": facts.get("wanted"),
    }


def _hardship(facts: Facts, words: Words) -> dict[str, Any]:
    income = {"told": facts["income"]} if "income" in facts else {}
    costs = {line: facts[name] for name, line in COSTS.items() if name in facts}
    accounts = [{"bank": words.say("told.bank"), "value": facts["bank"]}] if "bank" in facts else []
    cars = [{"what": words.say("told.vehicles", count=facts["vehicles"])}] if facts.get("vehicles") else []
    return {
        "household": facts.get("household"),
        "income": income,
        "expenses": costs,
        "accounts": accounts,
        "assets": cars,
    }


def _penalty(ground: str) -> Callable[[Facts, Words], dict[str, Any]]:
    def made(facts: Facts, words: Words) -> dict[str, Any]:
        said = [str(facts["what"])] if "what" in facts else []
        said += [
            words.say(f"told.{name}", day=_day(facts[name], words))
            for name in ("since", "normal")
            if name in facts
        ]
        return {"periods": _periods(facts), "grounds": [ground], "reason": " ".join(said)}

    return made


def _spouse(facts: Facts, words: Words) -> dict[str, Any]:
    status = facts.get("status")
    return {"joint_periods": _periods(facts), "marital_status": words.say(f"marital.{status}") if status else None,
            "knew": facts.get("knew"), "reason": facts.get("why")}  # fmt: skip


def _advocate(facts: Facts, words: Words) -> dict[str, Any]:
    harm = HARMS.get(str(facts.get("harm")))
    return {
        "harms": [harm] if harm else [],
        "reason": facts.get("what"),
        "relief_wanted": facts.get("wanted"),
    }


def _plan(facts: Facts, words: Words) -> dict[str, Any]:
    debit = facts.get("debit")
    return {"monthly": facts.get("amount"), "payment_day": facts.get("day"),
            "direct_debit": debit in (True, "yes", "true") if debit is not None else None}  # fmt: skip


def _day(said: Any, words: Words) -> str:
    """A day as written; what is no ISO day ("last spring") stays as said."""
    try:
        return words.written(str(said))
    except ValueError:
        return str(said)


MAKERS: dict[str, tuple[str, Callable[[Facts, Words], dict[str, Any]]]] = {
    "hearing": ("12153", _hearing),
    "appeal": ("9423", _appeal),
    "hardship": ("433-F", _hardship),
    "first_time": ("843", _penalty("first_time")),
    "reasonable_cause": ("843", _penalty("reasonable_cause")),
    "innocent_spouse": ("8857", _spouse),
    "advocate": ("911", _advocate),
    "payment_plan": ("9465", _plan),
}
"""Kind of request: its form, and how its answers become the form's fields."""
