"""What stands in the way of any talk of paying: a bankruptcy, a hold, an office that has the case."""

from __future__ import annotations

from desk.answer import Answer, Say
from desk.visit import Visit

NO_COLLECTION_TALK = frozenset(
    "notice_question balance_inquiry interest_question case_status payment_plan_options setup_payment_plan "
    "short_term_extension missed_payment change_plan cannot_pay_hardship penalty_abatement cdp_appeal "
    "collection_appeal_other wage_levy bank_levy refund_offset property_seizure passport make_payment "
    "payment_methods offer_in_compromise tax_lien bankruptcy transfer_question forecast inform verified".split()
)
"""Needs that an open bankruptcy answers: the law stops collection (11 USC 362), another office has the case."""

OF_PLANS = ("hardship", "offer", "identity_theft")


def held(here: Visit, kind: str) -> bool:
    """Whether a hold of this kind is open on the case today."""
    holds = here.case.holds if here.case else ()
    return any(one.kind == kind and (one.to is None or one.to >= here.today) for one in holds)


def instead(here: Visit, intent: str) -> Answer | None:
    """The one answer for a case in bankruptcy. What was asked for has been recorded by then."""
    if intent not in NO_COLLECTION_TALK or not held(here, "bankruptcy"):
        return None
    here.disclosed = ["holds"]
    return Answer(
        say=(Say("utter_own_bankruptcy"),),
        ask=Say("utter_offer_person"),
        choices=("person", "menu"),
        sources=("11 USC 362",),
    )


def of_plan(here: Visit) -> Answer | None:
    """Why no new plan is set up here: collection waits anyway, or an office other than ours makes the plan."""
    kind = next((one for one in OF_PLANS if held(here, one)), None)
    if kind is None:
        return _elsewhere(here)
    here.shows("holds")
    return Answer(
        say=(Say(f"utter_plan_with_{kind}"),),
        ask=Say("utter_offer_person"),
        choices=("person", "payment_methods", "menu"),
        sources=("26 USC 6331(k)",) if kind == "offer" else (),
    )


def _elsewhere(here: Visit) -> Answer | None:
    from desk.assignment import who_has_it

    to = here.view["assignment"]["to"] if here.view else ""
    if to not in ("private_agency", "revenue_officer"):
        return None
    return Answer(
        say=(*who_has_it(here), Say(f"utter_plan_with_{to}")),
        ask=Say("utter_offer_person"),
        choices=("person", "menu"),
        sources=("26 USC 6306",) if to == "private_agency" else (),
    )
