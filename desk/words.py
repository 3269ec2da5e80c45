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
    "no_demand demand_period no_balance notice_of_intent_missing cdp_notice_missing cdp_period_open cdp_pending "
    "agreement_pending agreement_active agreement_rejection_period agreement_termination_period offer_pending "
    "bankruptcy hardship innocent_spouse identity_theft disaster combat_zone statute_expired deceased".split()
)


def blocked_fact(codes: Sequence[str]) -> Fact:
    """Why no levy may be made now, as a phrase; a code without words of its own gets the plain one."""
    known = [code for code in codes if code in LEVY_BLOCKS]
    return listing([words(f"levy_block_{code}") for code in known[:2]] or [words("levy_block_other")])
