"""Which words of domain.yml belong to a code of the rules core."""

from __future__ import annotations

from collections.abc import Sequence

from desk.answer import Fact, listing, words

DEADLINE_WORDS = {
    kind: f"utter_deadline_{kind}"
    for kind in (
        "interest_free_payment",
        "notice_response",
        "cdp_hearing",
        "equivalent_hearing",
        "lien_cdp_hearing",
        "tax_court_petition",
        "bank_levy_release",
        "agreement_termination",
        "levy_bar_end",
    )
}

LEVY_BLOCKS = frozenset(
    (
        "nothing_owed collection_statute_expired bankruptcy offer_pending innocent_spouse_pending hardship "
        "identity_theft disaster combat_zone offer_ended_30_days agreement_pending short_term_plan "
        "agreement_in_effect agreement_rejected_30_days agreement_terminated_30_days "
        "agreement_defaulted_30_days with_private_agency no_notice_and_demand demand_period_open "
        "no_cdp_notice no_levy_notice intent_period_open cdp_hearing_pending cdp_period_open"
    ).split()
)
"""What may stand in the way of a levy, as `acs/levies.py` names it."""


def blocked_fact(codes: Sequence[str]) -> Fact:
    """Why no levy may be made now, as a phrase; a code without words of its own gets the plain one."""
    known = [code for code in codes if code in LEVY_BLOCKS]
    return listing([words(f"levy_block_{code}") for code in known[:2]] or [words("levy_block_other")])
