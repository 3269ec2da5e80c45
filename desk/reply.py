"""From a need to an answer: which topic it is, and what else in the message deserves a word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from desk import (
    after_me,
    ahead,
    also,
    assignment,
    balance,
    call_back,
    complaints,
    faq,
    handoff,
    levies,
    notices,
    outbound,
    plan_form,
    plans,
    promises,
    representing,
    rights,
    short_term,
    smalltalk,
    standing,
    wrong_address,
)
from desk.answer import Answer, Say, together
from desk.heard import heard
from desk.intakes import needs, offering, status
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
    ahead.FORECAST: ahead.tell,
    after_me.AFTER_ME: after_me.tell,
    wrong_address.WRONG_ADDRESS: wrong_address.tell,
    "payment_plan_options": plans.offer,
    "setup_payment_plan": plan_form.start,
    "short_term_extension": short_term.offer,
    "missed_payment": plans.offer,
    "change_plan": plans.offer,
    "cannot_pay_hardship": rights.hardship,
    "penalty_abatement": rights.penalty_relief,
    "cdp_appeal": rights.hearing,
    "collection_appeal_other": rights.other_appeal,
    "wage_levy": levies.levy,
    "bank_levy": levies.levy,
    "refund_offset": levies.levy,
    "property_seizure": levies.levy,
    "passport": rights.passport,
    "revenue_officer_contact": assignment.revenue_officer,
    "transfer_question": assignment.transfer,
    "private_collection_agency": assignment.private_agency,
    "talk_to_agent": handoff.person,
    "request_callback": call_back.start,
    "complaint": complaints.complaint,
    needs.MESSAGE: needs.message,
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
    "explain_acs": assignment.explain,
    "make_payment": promises.pay,
    outbound.REMIND: outbound.wish,
}
TOPICS |= {intent: needs.taken_down(intent, TOPICS[intent]) for intent in needs.LEADS}
TOPICS["revenue_officer_contact"] = needs.officer_asked(TOPICS["revenue_officer_contact"])
TOPICS["authorize_representative"] = representing.who_speaks(TOPICS["authorize_representative"])
TOPICS |= {intent: complaints.or_supervisor(TOPICS[intent]) for intent in complaints.MAY_MEAN_SUPERVISOR}

NO_ASIDE = frozenset(
    "notice_question inform nlu_fallback out_of_scope distress opt_out talk_to_agent request_callback complaint "
    "change_language verify_identity wait_time scam_check repeat help_menu affirm deny already_paid forecast after_me wrong_address".split()
)
"""Needs where a notice named in passing gets no line of its own; beside all others its date is said as well."""

KEEPS_MISSES = frozenset({"nlu_fallback", "inform", "out_of_scope"})
KEEPS_QUESTION = frozenset(
    "affirm deny repeat nlu_fallback out_of_scope thanks verify_identity change_language".split()
)
"""Needs after which a 'yes' still answers the question asked before."""


def reply(here: Visit) -> Answer:
    """The whole reply to one message, kept in the story and the audit trail."""
    if here.heard.intent == "verified":
        return resume(here)
    if here.heard.intent in ahead.OPEN and ahead.asked(here.heard.text):
        here.heard = replace(here.heard, intent=ahead.FORECAST)
    if here.heard.intent in after_me.OPEN and after_me.asked(here.heard.text):
        here.heard = replace(here.heard, intent=after_me.AFTER_ME)
    if here.heard.intent in wrong_address.OPEN and wrong_address.asked(here.heard.text):
        here.heard = replace(here.heard, intent=wrong_address.WRONG_ADDRESS)
    if here.heard.intent in outbound.OPEN and outbound.asked(here.heard.text):
        here.heard = replace(here.heard, intent=outbound.REMIND)
    if needs.wants_message(here):
        here.heard = replace(here.heard, intent=needs.MESSAGE)
    if here.contact.asked == "plan" and plan_form.day_alone(here):
        here.heard = replace(here.heard, intent="affirm")
    if here.heard.option == needs.GO_ON and (topic := status.started(here)):
        return here.close(offering.begin(here, topic))
    intent = here.heard.intent
    if intent not in KEEPS_MISSES:
        here.contact.misses = 0
    if intent not in KEEPS_QUESTION:
        here.contact.asked = None
    answer = representing.other_year(here) or TOPICS.get(intent, smalltalk.did_not_understand)(here)
    if intent not in NO_ASIDE and here.heard.notices:
        answer = together(notices.aside(here), answer)
    answer = standing.instead(here, intent) or also.heard_too(here, answer)
    answer = representing.within(here, answer)
    if answer.ask and answer.ask.words in OPEN_QUESTIONS and here.contact.asked is None:
        here.contact.asked = "more"
    return here.close(answer)


def _rights_first(here: Visit, answer: Answer, rights: Sequence[str]) -> Answer:
    """A right asked for before identity, and before something else was: it is said first, and offered to be taken down."""
    if here.only_hears or standing.held(here, "bankruptcy"):
        return answer
    for intent in rights[:1]:
        here.heard, here.resumed, here.contact.asked = heard(intent, []), True, None
        told = TOPICS[intent](here)
        answer = replace(
            told,
            say=(*told.say, *(one for one in answer.say if one not in told.say)),
            start=answer.start,
            sources=(*told.sources, *answer.sources),
        )
    return answer


OPEN_QUESTIONS = frozenset({"utter_anything_else", "utter_what_next"})


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
        if pending.get("income"):
            rights.income_told(here, pending["income"])
    others = () if standing.held(here, "bankruptcy") else (pending or {}).get("also", ())
    answer = also.offered_back(reply(here), others)
    answer = _rights_first(here, answer, (pending or {}).get("rights", ()))
    answer = status.before(here, answer)
    return answer if answer.says() or answer.start else Answer(ask=Say("utter_what_next"))
