"""The public notice of a lien: when it may be filed, when it must be released, and the ways around it.

The lien itself arises by law when a bill is not paid, from the day of the assessment (26 USC 6321, 6322). What is
filed with the county is only its notice.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from acs import law
from acs.bills import bill_for, free_window
from acs.case import Lien
from acs.days import plus, plus_business
from acs.errors import NotPublished
from acs.facts import Facts
from acs.money import shown
from acs.view_types import LienView

Day = datetime.date
NO_LIEN_PLANS = ("guaranteed", "simple")
WAYS = {
    "withdrawal": "26 USC 6323(j)",
    "discharge": "26 USC 6325(b)",
    "subordination": "26 USC 6325(d)",
    "release": "26 USC 6325(a)",
    "erroneous_lien": "26 USC 6326",
}


def lien_view(facts: Facts) -> LienView:
    """What stands filed, whether more may be filed, and the ways out. Never raises."""
    try:
        blocked = list(_blocks(facts))
        return {
            "filed": any(n.released is None for n in facts.case.liens),
            "notices": [_notice(n, facts) for n in facts.case.liens],
            "filing": {
                "possible": not blocked, "blocked_by": blocked,
                "usual_amount": shown(law.amount("liens.filing_amount", on=facts.today)),
                "source": law.rule("liens.filing_amount", on=facts.today).cite,
            },
            "ways": _ways(facts.today),
        }  # fmt: skip
    except NotPublished as missing:
        filed = any(n.released is None for n in facts.case.liens)
        return {
            "filed": filed, "notices": [], "filing": None, "ways": [], "reason": missing.words,
            "reason_es": missing.words_es,
        }  # fmt: skip


def _blocks(facts: Facts) -> Iterator[str]:
    """What keeps a notice from being filed now. Most of it is the office's own rule, not the law."""
    case, today = facts.case, facts.today
    if not facts.owing:
        yield "nothing_owed"
        return
    if facts.expiry is None:
        yield "collection_statute_expired"
    if not _demand_neglected(facts):
        yield "demand_period_open"
    if facts.assessed < law.amount("liens.filing_amount", on=today):
        yield "under_filing_amount"
    if facts.agreement is not None and facts.agreement.kind in NO_LIEN_PLANS:
        yield "simple_plan"
    if facts.on_hold("bankruptcy"):
        yield "bankruptcy"
    if any(n.released is None for n in case.liens):
        yield "already_filed"


def _demand_neglected(facts: Facts) -> bool:
    """A bill went out for at least one assessment, and its days are over."""
    for module in facts.owing:
        for bill in filter(None, (bill_for(a, module) for a in module.assessments)):
            if free_window(bill, module)[1] < facts.today:
                return True
        old = any(n.date < facts.today for n in module.notices)
        if old and not any(bill_for(a, module) for a in module.assessments):
            return True  # later letters stand in the file, so a bill went before them
    return False


def _notice(lien: Lien, facts: Facts) -> dict[str, Any]:
    letter = plus_business(lien.filed, law.number("liens.notice_business_days", on=lien.filed))
    ended = _ended(facts)
    due = plus(ended, law.number("liens.release_days", on=ended)) if ended else None
    return {
        "filed": lien.filed.isoformat(),
        "released": lien.released.isoformat() if lien.released else None,
        "letter_due": letter.isoformat(),
        "release_due": due.isoformat() if due else None,
        "source": "26 USC 6320(a)(2), 6325(a)",
    }


def _ended(facts: Facts) -> Day | None:
    """The day the whole debt was paid or could no longer be collected, or None while it can."""
    if not facts.case.modules or any(a is None for a in (facts.payoff,)):
        return None
    if not facts.owing:
        paid = [p.date for m in facts.case.modules for p in m.payments]
        return max(paid, default=None)
    days = [facts.expires[m.form, m.period] for m in facts.owing]
    if facts.expiry is None and all(days):
        return max(d for d in days if d)
    return None


def _ways(today: Day) -> list[dict[str, Any]]:
    forms = law.rule("liens.forms", on=today).value
    closing = law.number("liens.closing_days", on=today)
    erroneous = law.number("liens.erroneous_release_days", on=today)
    days = {"discharge": closing, "subordination": closing, "erroneous_lien": erroneous}
    days["release"] = law.number("liens.release_days", on=today)
    return [
        {"way": way, "form": forms.get(way), "days": days.get(way), "source": cite}
        for way, cite in WAYS.items()
    ]
