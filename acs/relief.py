"""Penalties that can come off: first-time abatement and reasonable cause."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from acs import law
from acs.case import Module
from acs.days import plus_years
from acs.errors import NotPublished
from acs.facts import Facts, option
from acs.ledger import Balance
from acs.money import shown
from acs.periods import period_start, year_of
from acs.reasons import reason
from acs.view_types import OptionView

FIRST = "penalties.first_time_abatement"
# What takes a penalty away by law, and the hold of the case file that shows it (None: papers have to).
STATUTORY: dict[str, tuple[str | None, str]] = {
    "disaster": ("disaster", "26 USC 7508A"),
    "combat_zone": ("combat_zone", "26 USC 7508"),
    "mailed_in_time": (None, "26 USC 7502"),
    "wrong_written_advice": (None, "26 USC 6404(f)"),
}


def _charged(module: Module, balance: Balance, kinds: tuple[str, ...]) -> list[dict[str, Any]]:
    amounts = {
        "failure_to_file": balance.failure_to_file,
        "failure_to_pay": balance.failure_to_pay,
        "accuracy": Decimal(sum(a.amount for a in module.assessments if a.kind == "accuracy")),
    }
    return [
        {"form": module.form, "period": module.period, "kind": kind, "amount": shown(amount)}
        for kind, amount in amounts.items()
        if kind in kinds and amount
    ]


def first_time_abatement(facts: Facts) -> OptionView:
    """One tax year: the first with a penalty whose three years before are clean and filed."""
    kinds = law.names(f"{FIRST}.penalties", on=facts.today)
    found = [(m, b) for m, b in facts.balances if _charged(m, b, kinds)]
    found.sort(key=lambda pair: pair[0].period)
    if not found:
        return option("first_time_abatement", [reason("penalty_to_remove", False)], penalties=[])
    verdicts = [(m, b, _history(m, facts, kinds)) for m, b in found]
    open_ones = [v for v in verdicts if not v[2][0] and not v[2][1]]
    module, _, (dirty, missing) = (open_ones or verdicts)[0]
    years = law.number(f"{FIRST}.years", on=facts.today)
    reasons = [
        reason("penalty_to_remove", True),
        reason("clean_years", not dirty, years=years, period=module.period, periods=", ".join(dirty)),
        reason("prior_returns_filed", not missing, years=years),
    ]
    removes = [p for m, b, _ in open_ones[:1] for p in _charged(m, b, kinds)]
    others = [m.period for m, _, _ in open_ones[1:]]
    return option(
        "first_time_abatement", reasons, penalties=removes, period=module.period, also_open=others, form="843",
        ways=["phone", "letter", "form"], may_come_by_itself=_by_itself(module, facts),
    )  # fmt: skip


def _by_itself(module: Module, facts: Facts) -> bool:
    """A year for which the IRS announced to do it unasked; asking does no harm."""
    year = year_of(module.period)
    try:
        return year is not None and year >= law.number(f"{FIRST}.automatic_from_year", on=facts.today)
    except NotPublished:
        return False


def _history(module: Module, facts: Facts, kinds: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Periods of the three years before with a penalty that counts, and those with a return missing.

    A quarter looks back on the twelve quarters before it, a year on the three years before it.
    """
    start = period_start(module.period)
    if start is None:
        return [], []
    earliest = plus_years(start, -law.number(f"{FIRST}.years", on=facts.today))
    forgiven = law.names(f"{FIRST}.forgiven", on=facts.today)

    def before(form: str, period: str) -> bool:
        day = period_start(period)
        return day is not None and earliest <= day < start and _kind_of_return(form) == kind

    kind = _kind_of_return(module.form)
    same = [r for r in facts.case.returns if before(r.form, r.period)]
    dirty = {
        r.period for r in same if any(p.kind in kinds and p.removed not in forgiven for p in r.penalties)
    }
    listed = {r.period for r in same if r.penalties}
    for other, _ in facts.balances:
        charged = any(a.kind in kinds and a.amount for a in other.assessments)
        if charged and before(other.form, other.period) and other.period not in listed:
            dirty.add(other.period)
    missing = [r.period for r in same if r.filed is None and (r.due is None or r.due < facts.today)]
    return sorted(dirty), missing


def _kind_of_return(form: str) -> str:
    """1040-SR and 1040-NR are income tax returns of a person, as the 1040 is."""
    bare = form.upper().replace("-", "").replace(" ", "")
    return "1040" if bare in ("1040SR", "1040NR") else bare


def reasonable_cause(facts: Facts) -> OptionView:
    """By the facts of the person, or because the law itself takes the penalty away."""
    kinds = ("failure_to_file", "failure_to_pay", "accuracy")
    penalties = [p for m, b in facts.balances for p in _charged(m, b, kinds)]
    grounds = [
        {"ground": ground, "applies": facts.on_hold(hold) if hold else None, "source": cite}
        for ground, (hold, cite) in STATUTORY.items()
    ]
    return option(
        "reasonable_cause", [reason("cause_can_be_shown", bool(penalties))], penalties=penalties, form="843",
        statutory=grounds,
    )  # fmt: skip
