"""No simple plan fits: which other plan there is, and the figures a person needs for it, taken down before."""

from __future__ import annotations

from decimal import Decimal

from acs.view_types import OptionView
from desk import forms, plan_at_hand
from desk.answer import Answer, Say, form, money, number, text
from desk.balance import total
from desk.intakes import finances
from desk.visit import Visit

SOURCES = ("26 USC 6159", "IRM 5.14.1")


def offer(here: Visit) -> Answer:
    """Why not here; the amount that pays it off in time, if a person may be spared the statement; then the figures,
    or the person at once."""
    simple = here.option("simple_plan")
    why = [one for one in (simple["reasons"] if simple else []) if one["ok"] is False][:2]
    said = [*plan_at_hand.none_here(here), *total(here), Say("utter_plan_not_automatic")]
    said += [Say("utter_reason", {"reason": text(one["text"], one["text_es"])}) for one in why]
    sources = tuple(one["source"] for one in why) or SOURCES
    needed = finances.statement(here)
    enough = _in_time(here)
    said += enough or ([Say("utter_plan_by_figures", {"form": form(needed)})] if needed else [])
    if needed is None or _pays_in_time(here):
        return _to_person(here, said, sources)
    if needed != finances.PEOPLE:
        return _to_person(here, [*said, Say("utter_plan_bring", {"form": form(needed)})], sources)
    if enough:
        said.append(Say("utter_plan_less_by_figures", {"form": form(needed)}))
    return _take_figures(here, said, sources)


def _in_time(here: Visit) -> list[Say]:
    """What pays it off within the time to collect, where no statement may be asked for that."""
    plan = _spared(here)
    best = plan["terms"].get("monthly_recommended") if plan else None
    if plan is None or best is None:
        return []
    amount = here.heard.amount
    facts = {"recommended": money(best), "months_max": number(plan["terms"]["months_max"])}
    if amount is None:
        return [Say("utter_plan_in_time", facts)]
    key = "utter_plan_in_time_amount" if _pays_in_time(here) else "utter_plan_in_time_not"
    return [Say(key, {**facts, "amount": money(amount)})]


def _spared(here: Visit) -> OptionView | None:
    plan = here.option("regular_plan")
    return plan if plan and plan["eligible"] and plan["terms"].get("financial_statement") is None else None


def _pays_in_time(here: Visit) -> bool:
    plan = _spared(here)
    best = plan["terms"].get("monthly_recommended") if plan else None
    return here.heard.amount is not None and best is not None and here.heard.amount >= Decimal(best)


def _to_person(here: Visit, said: list[Say], sources: tuple[str, ...]) -> Answer:
    """A person sets it up; what was named is on the card."""
    if here.heard.amount is not None:
        here.asks_for(f"payment plan of ${here.heard.amount:.2f} a month")
    return Answer(
        say=tuple(said),
        ask=Say("utter_plan_with_person"),
        choices=("person", "cannot_pay_hardship", "menu"),
        sources=sources,
    )


def _take_figures(here: Visit, said: list[Say], sources: tuple[str, ...]) -> Answer:
    """The questions of the statement now, so that the person need not ask them; a yes begins."""
    if here.heard.amount is not None:
        forms.keep(here, finances.TOPIC, monthly=f"{here.heard.amount:.2f}")
    here.contact.asked = f"intake:{finances.TOPIC}"
    return Answer(
        say=tuple(said),
        ask=Say("utter_plan_figures_offer"),
        choices=("yes", "no", "person"),
        listen="yes_no",
        sources=sources,
    )
