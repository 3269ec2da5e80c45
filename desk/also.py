"""Several needs in one message: the one answered first, the others kept, noted and offered back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from desk.answer import Answer, Say, listing, words
from desk.visit import Visit

NAMED: dict[str, str] = {
    "cdp_appeal": r"\b(?:hearing|appeal|audiencia|apelar|apelacion)\b",
    "cannot_pay_hardship": r"\b(?:ca ?nt|cannot|cant afford to|no puedo|no podemos) (?:afford to |pay|pagar)\b",
    "penalty_abatement": r"\b(?:penalt(?:y|ies)|multas?|recargos?)\b.{0,40}\b(?:remov\w+|waiv\w+|off|forgiv\w+|abat\w+|quit\w+|perdon\w+)\b"
    r"|\b(?:remov\w+|waiv\w+|take off|forgiv\w+|abat\w+|quit\w+|perdon\w+)\b.{0,30}\b(?:penalt(?:y|ies)|multas?|recargos?)\b",
    "payment_plan_options": r"\b(?:payment|installment|monthly) (?:plan|agreement)s?\b|\bplan(?:es)? de pagos?\b|\bpay monthly\b",
    "balance_inquiry": r"\b(?:my|the|mi|el) (?:balance|saldo)\b|\bhow much (?:do )?i (?:still )?owe\b|\bcuanto debo\b",
    "passport": r"\b(?:passport|pasaporte)\b",
    "tax_lien": r"\b(?:lien|gravamen)\b",
}
"""What is named so plainly that it can be heard beside the need that was answered."""

RIGHTS = {
    "cdp_appeal": "hearing (Collection Due Process or equivalent)",
    "cannot_pay_hardship": "hardship (currently not collectible)",
    "penalty_abatement": "penalty relief",
}
SAME = (
    {"payment_plan_options", "setup_payment_plan", "short_term_extension", "missed_payment", "change_plan"},
    {"cdp_appeal", "collection_appeal_other", "case_status"},
    {"balance_inquiry", "interest_question", "already_paid", "dispute_debt"},
)
"""Needs that answer one another: naming the one while asking for the other is no second need."""

NOT_WITH = frozenset(
    "distress opt_out talk_to_agent request_callback complaint out_of_scope nlu_fallback inform affirm deny repeat "
    "explain_acs help_menu change_language verify_identity notice_question forecast after_me wrong_address".split()
)
JOINS = re.compile(r"\b(?:and|also|plus|y|e|tambien|ademas)\b|[.;?]")


def heard_too(here: Visit, answer: Answer) -> Answer:
    """Adds what else was asked for: noted where it is a right, offered back as the first choices."""
    others = _others(here)
    if not others or answer.start or answer.turned_to:
        return answer
    for one in others:
        if one in RIGHTS:
            here.asks_for(RIGHTS[one])
    if here.contact.pending is not None:
        here.contact.pending["also"] = list(others)
    return offered_back(answer, others)


def offered_back(answer: Answer, others: Sequence[str]) -> Answer:
    """The other needs, named once and first among the choices."""
    told_already = (
        {"balance_inquiry"} if any(one.words.startswith("utter_balance_") for one in answer.say) else set()
    )
    others = [one for one in others if one not in told_already]
    if not others or answer.start or answer.turned_to:
        return answer
    needs = listing([words(f"need_{one}") for one in others])
    choices = (*others, *(one for one in answer.choices if one not in others))
    return replace(answer, say=(*answer.say, Say("utter_also_heard", {"needs": needs})), choices=choices)


def _others(here: Visit) -> tuple[str, ...]:
    said, intent = _plain(here.heard.text), here.heard.intent
    if intent in NOT_WITH or not JOINS.search(said):
        return ()
    kin = next((group for group in SAME if intent in group), {intent})
    return tuple(one for one in named(said) if one not in kin)[:2]


def named(said: str) -> tuple[str, ...]:
    """The needs that these words (small letters, no accents) name plainly."""
    return tuple(one for one, pattern in NAMED.items() if re.search(pattern, said))


def _plain(said: str) -> str:
    apart = unicodedata.normalize("NFD", said.lower().replace("'", "").replace("’", ""))
    return "".join(one for one in apart if unicodedata.category(one) != "Mn")
