"""Can this debt cost a passport? Only the Commissioner certifies; this tells whether the law's points are met."""

from __future__ import annotations

from decimal import Decimal

from acs import law
from acs.case import Case, Module
from acs.deadlines import hearing_deadline, timely
from acs.errors import NotPublished
from acs.expiry import spouse_period
from acs.facts import Facts
from acs.levies import owed
from acs.money import ZERO, shown, total
from acs.view_types import PassportView

# What takes a person out: by law first, then where the IRS chooses not to certify.
BY_LAW = {"innocent_spouse": "innocent_spouse_requested"}
BY_CHOICE = {
    "hardship": "hardship", "offer": "offer_pending", "identity_theft": "identity_theft",
    "bankruptcy": "bankruptcy", "disaster": "disaster", "combat_zone": "combat_zone",
}  # fmt: skip


def passport_view(facts: Facts) -> PassportView:
    """`counted` is what is assessed, unpaid and still collectible, without periods whose levy hearing is pending."""
    case = facts.case
    counting = [m for m in case.modules if case.individual and _counts(m, facts)]
    counted = total(owed(m) for m in counting)
    threshold, words = _threshold(facts)
    stops = _stops(facts, counting, counted, threshold)
    view: PassportView = {
        "threshold": shown(threshold), "counted": f"{counted:.2f}",
        "certifiable": not stops and threshold is not None, "reasons": stops or ["over_threshold"],
        "certified": case.passport.certified.isoformat() if case.passport.certified else None,
    }  # fmt: skip
    if words is not None:
        view["reason"], view["reason_es"] = words
    return view


def _threshold(facts: Facts) -> tuple[Decimal | None, tuple[str, str] | None]:
    try:
        return law.amount("passport.threshold", on=facts.today), None
    except NotPublished as missing:
        return None, (missing.words, missing.words_es)


def _counts(module: Module, facts: Facts) -> bool:
    """Assessed, unpaid, collectible, and not taken out by a pending levy hearing or a spouse's request."""
    expiry = facts.expires[module.form, module.period]
    if owed(module) <= 0 or (expiry is not None and expiry < facts.today):
        return False
    return not _hearing_pending(module, facts.case) and not _spouse_asked(module, facts)


def _hearing_pending(module: Module, case: Case) -> bool:
    return any(h.kind == "levy" and h.determined is None and timely(h, module, case) for h in module.hearings)


def _spouse_asked(module: Module, facts: Facts) -> bool:
    return facts.on_hold("innocent_spouse") and spouse_period(module, facts.case)


def _stops(facts: Facts, counting: list[Module], counted: Decimal, threshold: Decimal | None) -> list[str]:
    case = facts.case
    if not case.individual:
        return ["business"]
    stops = []
    if threshold is None:
        stops.append("threshold_not_published")
    elif counted <= threshold:
        stops.append("not_over_threshold")
        if any(owed(m) > 0 and _hearing_pending(m, case) for m in case.modules):
            stops.append("cdp_hearing_pending")
        if any(owed(m) > 0 and _spouse_asked(m, facts) for m in case.modules):
            stops.append(BY_LAW["innocent_spouse"])
    if counted > ZERO and not any(_lien_or_levy(m, case, facts) for m in counting):
        stops.append("no_lien_or_levy")
    plan = facts.agreement
    if plan is not None:
        stops.append("short_term_plan" if plan.kind == "short_term" else "agreement_in_effect")
    if any(a.status == "pending" for a in case.agreements):
        stops.append("agreement_pending")
    stops += [code for kind, code in BY_CHOICE.items() if facts.on_hold(kind)]
    return stops


def _lien_or_levy(module: Module, case: Case, facts: Facts) -> bool:
    """A lien notice whose hearing days are over, or a levy, for this debt (26 USC 7345(b)(1)(C))."""
    first = min((a.date for a in module.assessments), default=None)
    if first and any(v.served >= first for v in case.levies):
        return True
    if any(p.kind == "levy" for p in module.payments):
        return True
    deadline = hearing_deadline(module, case, "lien_cdp_hearing")
    asked = any(
        h.kind == "lien" and h.determined is None and timely(h, module, case) for h in module.hearings
    )
    filed = any(first and n.filed >= first and n.released is None for n in case.liens)
    return bool(filed and deadline and deadline.passed(facts.today) and not asked)
