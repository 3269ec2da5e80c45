"""'How much do I owe, and why did it grow?'"""

from __future__ import annotations

import re
from decimal import Decimal

from acs import law
from acs.errors import NotPublished
from acs.interest import RATE
from acs.view_types import ModuleView
from desk.answer import Answer, Say, listing, money, text, together, year
from desk.notices import next_deadline
from desk.visit import Visit, needs_identity

_WHY = re.compile(
    r"\b(?:why|grew|grow\w*|gone up|went up|increas\w+|so much|higher|por que|por qu\u00e9|crec\w+|subi\w+|aument\w+|tanto)\b",
    re.IGNORECASE,
)
ADDED = frozenset(
    ("interest_accrued", "late_payment", "late_filing", "interest", "failure_to_pay", "failure_to_file")
)
MOST_STEPS = 3
SOURCES = ("26 USC 6601", "26 USC 6622", "26 USC 6651")


def tell(here: Visit) -> Answer:
    """The balance today, what a day adds, and each year; only to someone who proved who they are."""
    if here.view is None:
        return needs_identity(here, Say("utter_balance_general"), sources=SOURCES)
    here.shows("balance")
    modules = _asked_for(here)
    named = bool(here.heard.tax_years)
    lines = tuple(_line(one, named) for one in modules) if len(modules) > 1 or named else ()
    # The year that was asked about comes before the sum of all years.
    first, after = (lines, ()) if named else ((), lines)
    why = tuple(_why(here, one) for one in modules if here.heard.tax_years or len(modules) == 1)
    return together(
        Answer(
            say=(
                *_years_without(here),
                *first,
                *total(here),
                *after,
                *why,
                *_grew(here, modules),
                *_joint(modules),
            ),
            sources=SOURCES,
        ),
        Answer(say=next_deadline(here)),
        Answer(ask=Say("utter_what_next"), choices=("payment_plan_options", "penalty_abatement", "person")),
    )


def total(here: Visit) -> tuple[Say, ...]:
    """The payoff on the day, or plain words where a figure is not published yet."""
    assert here.view is not None
    here.shows("balance")
    balance = here.view["balance"]
    if balance["payoff"] is None or balance["per_day"] is None:
        return (Say("utter_balance_not_published", {"assessed": money(balance["assessed"])}),)
    if Decimal(balance["payoff"]) == 0:
        return (Say("utter_balance_nothing"),)
    if Decimal(balance["per_day"]) == 0:
        return (Say("utter_balance_total_still", {"payoff": money(balance["payoff"])}),)
    return (
        Say(
            "utter_balance_total", {"payoff": money(balance["payoff"]), "per_day": money(balance["per_day"])}
        ),
    )


def _years_without(here: Visit) -> tuple[Say, ...]:
    """The years asked about for which nothing is owed."""
    assert here.view is not None
    owed = {one["period"][:4] for one in here.view["modules"] if one["payoff"] != "0.00"}
    without = [one for one in here.heard.tax_years if one not in owed]
    return tuple(Say("utter_balance_year_nothing", {"year": year(one)}) for one in without[:2])


def _asked_for(here: Visit) -> list[ModuleView]:
    assert here.view is not None
    owed = [one for one in here.view["modules"] if one["payoff"] is None or Decimal(one["payoff"]) > 0]
    chosen = [one for one in owed if one["period"][:4] in here.heard.tax_years]
    return chosen or owed


def _joint(modules: list[ModuleView]) -> tuple[Say, ...]:
    """A joint return: each spouse owes all of it (26 USC 6013(d)(3))."""
    years = [year(one["period"]) for one in modules if one["joint"]]
    return (Say("utter_balance_joint", {"years": listing(years)}),) if years else ()


def _line(module: ModuleView, named: bool) -> Say:
    """One year's share of the total; where that year was asked about, it is no detail."""
    facts = {"year": year(module["period"]), "payoff": money(module["payoff"] or module["assessed"])}
    return Say("utter_balance_year", facts, detail=not named)


def _why(here: Visit, module: ModuleView) -> Say:
    if module["interest"] is None or module["failure_to_pay"] is None or module["failure_to_file"] is None:
        return Say("utter_balance_not_published", {"assessed": money(module["assessed"])})
    penalties = (
        Decimal(module["failure_to_pay"])
        + Decimal(module["failure_to_file"])
        + Decimal(module["other_penalties"])
    )
    return Say(
        "utter_balance_why",
        {
            "year": year(module["period"]),
            "tax": money(module["tax"]),
            "paid": money(module["paid"]),
            "penalties": money(penalties),
            "interest": money(module["interest"]),
        },
        detail=not here.heard.tax_years,
    )


def _grew(here: Visit, modules: list[ModuleView]) -> tuple[Say, ...]:
    """Why it grew: the largest steps since the first bill, each with its days and rate, as the view has them."""
    if not _WHY.search(here.heard.text):
        return ()
    steps = [one for module in modules for one in module.get("growth") or [] if one["kind"] in ADDED]
    largest = sorted(steps, key=lambda one: -Decimal(one["amount"]))[:MOST_STEPS]
    return tuple(
        Say(
            "utter_balance_step",
            {"amount": money(one["amount"]), "what": text(one["text"], one["text_es"])},
            detail=at > 0,
        )
        for at, one in enumerate(largest)
    )


def explain_interest(here: Visit) -> Answer:
    """Why interest runs, and what can take it away."""
    sources = ("26 USC 6601", "26 USC 6621", "26 USC 6404(e)")
    about = Answer(say=(_rate_now(here), Say("utter_interest_general")), sources=sources)
    return (
        together(about, tell(here))
        if here.verified
        else needs_identity(here, *about.say, sources=about.sources)
    )


def _rate_now(here: Visit) -> Say:
    """This quarter's yearly rate, or that it is not published yet."""
    try:
        rate = law.amount(RATE, on=here.today)
    except NotPublished as missing:
        return Say("utter_not_published", {"what": text(missing.words, missing.words_es)})
    said = f"{(rate * 100).normalize():f}%"
    return Say("utter_interest_rate", {"rate": text(said, said)})
