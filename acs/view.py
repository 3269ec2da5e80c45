"""All that can be said of a case on a day, as one JSON-ready object."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from acs.asof import known_on, with_spouse
from acs.assignment import assignment_view, private_agency_view
from acs.case import Case, Module
from acs.expiry import expires
from acs.facts import Facts, gather
from acs.forecast import forecast
from acs.growth import growth
from acs.ledger import Balance
from acs.levies import levy_view
from acs.liens import lien_view
from acs.money import cents, shown
from acs.options import options
from acs.passport import passport_view
from acs.view_types import BalanceView, CaseView, ModuleView

Day = datetime.date


def case_view(case: Case, today: Day, *, cases: Mapping[str, Case] | None = None) -> CaseView:
    """The view of `case` on `today`; `cases` by id are where a spouse's joint periods are looked up.

    Nothing dated after `today` counts. Never raises for a figure nobody has published: it is None, with a reason.
    """
    others = {key: known_on(other, today) for key, other in (cases or {}).items() if key != case.id}
    facts = gather(with_spouse(known_on(case, today), others), today)
    return {
        "taxpayer": case.id,
        "as_of": today.isoformat(),
        "balance": _balance(facts),
        "modules": [_module(m, b, facts) for m, b in facts.balances],
        "assignment": assignment_view(facts),
        "deadlines": [d.view(today) for d in facts.deadlines],
        "levy": levy_view(facts.case, today, facts.powers),
        "lien": lien_view(facts),
        "options": options(facts),
        "passport": passport_view(facts),
        "private_agency": private_agency_view(facts),
        "forecast": forecast(facts),
    }


def _balance(facts: Facts) -> BalanceView:
    payoff = facts.payoff
    view: BalanceView = {
        "payoff": shown(payoff),
        "assessed": f"{cents(facts.assessed):.2f}",
        "accrued": None if payoff is None else shown(payoff - facts.assessed),
        "per_day": shown(facts.per_day),
    }
    if facts.missing is not None:
        view["reason"], view["reason_es"] = facts.missing.words or "", facts.missing.words_es or ""
    return view


def _module(module: Module, balance: Balance, facts: Facts) -> ModuleView:
    last = module.notices[-1] if module.notices else None
    expiry = facts.expires[module.form, module.period]
    view: ModuleView = {
        "form": module.form,
        "period": module.period,
        "joint": module.joint,
        "tax": f"{balance.tax:.2f}",
        "failure_to_file": shown(balance.failure_to_file),
        "failure_to_pay": shown(balance.failure_to_pay),
        "interest": shown(balance.interest),
        "other_penalties": f"{cents(balance.other_penalties):.2f}",
        "paid": f"{cents(balance.paid):.2f}",
        "payoff": shown(balance.payoff),
        "assessed": f"{cents(balance.assessed):.2f}",
        "collection_statute_expires": expiry.isoformat() if expiry else None,
        "statutes": [
            {
                "kind": a.kind,
                "assessed": a.date.isoformat(),
                "expires": expires(a, module, facts.case, facts.today).isoformat(),
            }
            for a in module.assessments
        ],
        "latest_notice": {"code": last.code, "date": last.date.isoformat()} if last else None,
        "growth": growth(module, balance),
    }
    if balance.words:
        view["reason"], view["reason_es"] = balance.words, balance.words_es or ""
    return view
