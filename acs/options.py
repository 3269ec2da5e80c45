"""Every option of a case, always all of them, each with the points that decide it."""

from __future__ import annotations

from collections.abc import Callable

from acs import appeals, plan_kinds, relief, requests
from acs.errors import NotPublished
from acs.facts import Facts, option
from acs.reasons import reason
from acs.view_types import OptionView

ALL: dict[str, Callable[[Facts], OptionView]] = {
    "pay_now": plan_kinds.pay_now,
    "short_term_plan": plan_kinds.short_term_plan,
    "guaranteed_plan": plan_kinds.guaranteed_plan,
    "simple_plan": plan_kinds.simple_plan,
    "regular_plan": plan_kinds.regular_plan,
    "partial_pay_plan": plan_kinds.partial_pay_plan,
    "change_plan": plan_kinds.change_plan,
    "reinstate_plan": plan_kinds.reinstate_plan,
    "hardship": requests.hardship,
    "offer_in_compromise": requests.offer_in_compromise,
    "first_time_abatement": relief.first_time_abatement,
    "reasonable_cause": relief.reasonable_cause,
    "cdp_hearing": appeals.cdp_hearing,
    "equivalent_hearing": appeals.equivalent_hearing,
    "collection_appeal": appeals.collection_appeal,
    "levy_release": requests.levy_release,
    "lien_withdrawal": requests.lien_withdrawal,
    "revenue_officer_transfer": requests.revenue_officer_transfer,
    "return_from_private_agency": requests.return_from_private_agency,
    "innocent_spouse": requests.innocent_spouse,
    "taxpayer_advocate": requests.taxpayer_advocate,
}


def options(facts: Facts) -> list[OptionView]:
    """All options in the order of the contract. One whose figures are not published says so and is not open."""
    return [_one(name, make, facts) for name, make in ALL.items()]


def _one(name: str, make: Callable[[Facts], OptionView], facts: Facts) -> OptionView:
    try:
        return make(facts)
    except NotPublished as missing:
        return option(name, [reason("figure_published", False, why=missing.words, why_es=missing.words_es)])
