"""All that can be said of a case on a day, as one JSON-ready object."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal

from acs.case import Case, Module
from acs.view_types import CaseView, ModuleView


def case_view(case: Case, today: datetime.date, *, cases: Mapping[str, Case] | None = None) -> CaseView:
    """The view of `case` on `today`; `cases` by id are where a spouse is looked up."""
    modules = [_module(module, today) for module in case.modules]
    total = sum((Decimal(m["assessed"]) for m in modules), Decimal(0))
    return {
        "taxpayer": case.id,
        "as_of": today.isoformat(),
        "balance": {"payoff": f"{total:.2f}", "assessed": f"{total:.2f}", "accrued": "0.00", "per_day": "0.00"},
        "modules": modules,
        "assignment": {"to": case.assignment.to if case.assignment else "notice_stream", "can": [], "cannot": []},
        "deadlines": [],
        "levy": {"allowed": False, "blocked_by": [], "exceptions": [], "by_period": []},
        "options": [],
        "passport": {"threshold": None, "counted": "0.00", "certifiable": False, "reasons": [], "certified": None},
        "private_agency": {"may_hold": False, "reasons": []},
        "forecast": [],
    }


def _module(module: Module, today: datetime.date) -> ModuleView:
    assessed = sum((a.amount for a in module.assessments if a.date <= today), Decimal(0))
    paid = sum((p.amount for p in module.payments if p.date <= today), Decimal(0))
    tax = sum((a.amount for a in module.assessments if a.kind in ("tax", "additional_tax")), Decimal(0))
    owed = max(assessed - paid, Decimal(0))
    return {
        "form": module.form, "period": module.period, "joint": module.joint, "tax": f"{tax:.2f}",
        "failure_to_file": "0.00", "failure_to_pay": "0.00", "interest": "0.00", "other_penalties": "0.00",
        "paid": f"{paid:.2f}", "payoff": f"{owed:.2f}", "assessed": f"{owed:.2f}",
        "collection_statute_expires": None, "latest_notice": None,
    }  # fmt: skip
