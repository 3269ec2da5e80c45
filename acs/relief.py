"""Penalties that can come off: first-time abatement and reasonable cause."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from acs import law
from acs.case import Module
from acs.facts import Facts, option, year_of
from acs.ledger import Balance
from acs.money import shown
from acs.reasons import reason
from acs.view_types import OptionView

FIRST = "penalties.first_time_abatement"


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
    return option("first_time_abatement", reasons, penalties=removes, period=module.period, also_open=others)


def _history(module: Module, facts: Facts, kinds: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Periods of the three years before with a penalty that counts, and those with a return missing."""
    year = year_of(module.period)
    if year is None:
        return [], []
    before = range(year - law.number(f"{FIRST}.years", on=facts.today), year)
    forgiven = law.names(f"{FIRST}.forgiven", on=facts.today)
    same = [r for r in facts.case.returns if r.form == module.form and year_of(r.period) in before]
    dirty = {
        r.period for r in same if any(p.kind in kinds and p.removed not in forgiven for p in r.penalties)
    }
    listed = {r.period for r in same if r.penalties}
    for other, _ in facts.balances:
        assessed = any(a.kind in kinds and a.amount for a in other.assessments)
        if (
            other.form == module.form
            and year_of(other.period) in before
            and assessed
            and other.period not in listed
        ):
            dirty.add(other.period)
    missing = [r.period for r in same if r.filed is None and (r.due is None or r.due < facts.today)]
    return sorted(dirty), missing


def reasonable_cause(facts: Facts) -> OptionView:
    kinds = ("failure_to_file", "failure_to_pay", "accuracy")
    penalties = [p for m, b in facts.balances for p in _charged(m, b, kinds)]
    return option(
        "reasonable_cause", [reason("cause_can_be_shown", bool(penalties))], penalties=penalties, form="843"
    )
