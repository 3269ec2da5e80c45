"""From a need to an answer: which topic it is, and what else in the message deserves a word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from desk import assignment, balance, faq, handoff, notices, plan_form, plans, rights, smalltalk
from desk.answer import Answer, Say, together
from desk.heard import heard
from desk.visit import Visit

Topic = Callable[[Visit], Answer]

GENERAL = (
    "payment_methods make_payment offer_in_compromise tax_lien dispute_debt innocent_spouse bankruptcy "
    "statute_expiration scam_check taxpayer_advocate authorize_representative unfiled_returns "
    "business_payroll_tax already_paid deceased_taxpayer explain_acs privacy_question"
).split()
"""Needs with one general answer, the same for everybody."""

TOPICS: dict[str, Topic] = {
    "notice_question": notices.explain,
    "balance_inquiry": balance.tell,
    "interest_question": balance.explain_interest,
    "case_status": assignment.status,
    "payment_plan_options": plans.offer,
    "setup_payment_plan": plan_form.start,
    "short_term_extension": plans.short_term,
    "missed_payment": plans.offer,
    "change_plan": plans.offer,
    "cannot_pay_hardship": rights.hardship,
    "penalty_abatement": rights.penalty_relief,
    "cdp_appeal": rights.hearing,
    "collection_appeal_other": rights.other_appeal,
    "wage_levy": rights.levy,
    "bank_levy": rights.levy,
    "refund_offset": rights.levy,
    "property_seizure": rights.levy,
    "passport": rights.passport,
    "revenue_officer_contact": assignment.revenue_officer,
    "transfer_question": assignment.transfer,
    "private_collection_agency": assignment.private_agency,
    "talk_to_agent": handoff.person,
    "request_callback": handoff.person,
    "complaint": handoff.person,
    "wait_time": handoff.wait_time,
    "verify_identity": smalltalk.ask_identity,
    "change_language": smalltalk.switch_language,
    "opt_out": smalltalk.opt_out,
    "distress": smalltalk.distress,
    "repeat": smalltalk.repeat,
    "help_menu": smalltalk.menu,
    "affirm": smalltalk.yes,
    "deny": smalltalk.no,
    "inform": smalltalk.inform,
    "out_of_scope": smalltalk.out_of_scope,
    "nlu_fallback": smalltalk.did_not_understand,
    **dict.fromkeys(GENERAL, faq.general),
}

ASIDES = frozenset(
    "payment_plan_options setup_payment_plan cannot_pay_hardship cdp_appeal penalty_abatement balance_inquiry "
    "revenue_officer_contact wage_levy bank_levy short_term_extension".split()
)
"""Needs where a notice named beside them gets its one line with the date as well."""

KEEPS_MISSES = frozenset({"nlu_fallback", "inform"})


def reply(here: Visit) -> Answer:
    """The whole reply to one message, kept in the story and the audit trail."""
    intent = here.heard.intent
    if intent == "verified":
        return resume(here)
    if intent not in KEEPS_MISSES:
        here.contact.misses = 0
    topic = TOPICS.get(intent, smalltalk.did_not_understand)
    answer = topic(here)
    if intent in ASIDES and here.heard.notices:
        answer = together(notices.aside(here), answer)
    return here.close(answer)


def resume(here: Visit) -> Answer:
    """Identity is proved: the question asked before is answered now, with the case."""
    pending = here.contact.pending
    here.contact.pending = None
    here.contact.asked = None
    if not pending or not here.verified:
        here.heard = replace(here.heard, intent="case_status")
    else:
        here.heard = heard(pending["intent"], pending["entities"])
        here.resumed = True
    answer = reply(here)
    return answer if answer.says() or answer.start else Answer(ask=Say("utter_what_next"))
