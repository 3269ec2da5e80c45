"""A hearing or an appeal: which is open, until when, on which form."""

from __future__ import annotations

from typing import Any

from acs.dates import written
from acs.deadlines import Deadline
from acs.facts import Facts, option
from acs.notices import is_kind
from acs.reasons import reason
from acs.view_types import OptionView, Reason

ACTIONS = {
    "lien": ("a lien", "un gravamen"),
    "levy": ("a levy", "un embargo"),
    "proposed_levy": ("a levy that was announced", "un embargo anunciado"),
    "plan_rejected": ("a plan that was refused", "un plan rechazado"),
    "plan_ended": ("a plan that ended or is about to", "un plan terminado o por terminar"),
}
HEARING_KINDS = ("cdp_hearing", "lien_cdp_hearing")


def _asked(facts: Facts, deadline: Deadline) -> bool:
    """Was the hearing of this deadline asked for already?"""
    kind = _law(deadline)
    same = (m for m in facts.case.modules if (m.form, m.period) == (deadline.form_of_tax, deadline.period))
    return any(h.kind == kind for m in same for h in m.hearings)


def _best(facts: Facts, found: list[Deadline]) -> tuple[Deadline | None, Reason]:
    """The first deadline without a hearing yet, and the point about hearings asked for."""
    free = [d for d in found if not _asked(facts, d)]
    return next(iter(free or found), None), reason("hearing_not_asked", bool(free) or not found)


def cdp_hearing(facts: Facts) -> OptionView:
    open_days = [d for d in facts.deadlines if d.kind in HEARING_KINDS and not d.passed(facts.today)]
    best, asked = _best(facts, open_days)
    day, dia = (written(best.last_day), written(best.last_day, "es")) if best else ("", "")
    reasons = [reason("hearing_days_open", best is not None, day=day, day_es=dia), asked]
    return option("cdp_hearing", reasons, **_terms(open_days, best))


def equivalent_hearing(facts: Facts) -> OptionView:
    all_days = facts.deadlines
    over = {
        (d.form_of_tax, d.period, _law(d))
        for d in all_days
        if d.kind in HEARING_KINDS and d.passed(facts.today)
    }
    found = [
        d for d in all_days
        if d.kind == "equivalent_hearing" and not d.passed(facts.today) and (d.form_of_tax, d.period, _law(d)) in over
    ]  # fmt: skip
    best, asked = _best(facts, found)
    day, dia = (written(best.last_day), written(best.last_day, "es")) if best else ("", "")
    reasons = [reason("hearing_days_over", best is not None, day=day, day_es=dia), asked]
    return option("equivalent_hearing", reasons, **_terms(found, best))


def _law(deadline: Deadline) -> str:
    return "lien" if "6320" in deadline.source else "levy"


def _terms(found: list[Deadline], best: Deadline | None) -> dict[str, Any]:
    return {
        "form": "12153", "last_day": best.last_day.isoformat() if best else None,
        "periods": [d.period for d in found], "notice": best.notice if best else None,
    }  # fmt: skip


def collection_appeal(facts: Facts) -> OptionView:
    case = facts.case
    there = {
        "lien": any(n.released is None for n in case.liens),
        "levy": any(v.released is None for v in case.levies),
        "proposed_levy": any(is_kind(n.code, "levy_notice") for m in facts.owing for n in m.notices),
        "plan_rejected": any(a.status == "rejected" for a in case.agreements),
        "plan_ended": any(a.status in ("terminated", "defaulted") for a in case.agreements)
        or any(is_kind(n.code, "agreement_default") for m in case.modules for n in m.notices),
    }
    actions = [name for name, yes in there.items() if yes]
    words = ", ".join(ACTIONS[a][0] for a in actions), ", ".join(ACTIONS[a][1] for a in actions)
    point = reason("action_to_appeal", bool(actions), actions=words[0], actions_es=words[1])
    return option("collection_appeal", [point], form="9423", actions=actions)
