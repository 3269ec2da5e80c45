"""What a button means: every choice the line ever offers, and the need it stands for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from desk.intakes.options import OPTIONS

Entities = list[dict[str, Any]]

INTENTS = (
    "greet goodbye thanks affirm deny repeat bot_challenge help_menu notice_question balance_inquiry case_status "
    "payment_plan_options setup_payment_plan short_term_extension payment_methods make_payment missed_payment "
    "change_plan cannot_pay_hardship offer_in_compromise penalty_abatement interest_question cdp_appeal "
    "collection_appeal_other wage_levy bank_levy refund_offset tax_lien property_seizure passport "
    "revenue_officer_contact transfer_question private_collection_agency talk_to_agent request_callback wait_time "
    "verify_identity dispute_debt innocent_spouse bankruptcy statute_expiration scam_check taxpayer_advocate "
    "authorize_representative unfiled_returns business_payroll_tax already_paid deceased_taxpayer explain_acs "
    "change_language privacy_question complaint opt_out distress inform out_of_scope"
).split()

SPECIAL: dict[str, tuple[str, Entities]] = {
    "yes": ("affirm", []),
    "no": ("deny", []),
    "that_amount": ("affirm", []),
    "person": ("talk_to_agent", []),
    "menu": ("help_menu", []),
    "spanish": ("change_language", [{"entity": "language", "value": "es"}]),
    "english": ("change_language", [{"entity": "language", "value": "en"}]),
    "identity": ("verify_identity", []),
    "plan_cure": ("inform", [{"entity": "option", "value": "plan_cure"}]),
    "plan_reinstate": ("inform", [{"entity": "option", "value": "plan_reinstate"}]),
}

ANSWERS: dict[str, tuple[str, Entities]] = {
    one: ("inform", [{"entity": "option", "value": one}]) for one in OPTIONS
}
"""Buttons that answer a question of an intake."""

CHOICES: dict[str, tuple[str, Entities]] = {**{one: (one, []) for one in INTENTS}, **SPECIAL, **ANSWERS}
"""Choice id -> the intent it stands for. The label of each is `choice_<id>` in domain.yml."""

PERSON = ("person", "talk_to_agent")


def by_key(choices: Sequence[str]) -> dict[str, str]:
    """Telephone key -> choice: a person is always 0 and comes last, the others keep their order from 1 on."""
    others = [one for one in choices if one not in PERSON]
    keys = {str(at): one for at, one in enumerate(others, 1)}
    return keys | ({"0": "person"} if len(others) < len(choices) else {})


MENU = ("notice_question", "balance_inquiry", "payment_plan_options", "cdp_appeal", "person")
