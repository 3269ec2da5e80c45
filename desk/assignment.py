"""Who has the case, what they may do, and how to reach a person: ACS, a revenue officer, a private agency."""

from __future__ import annotations

import re

from acs import law
from acs.codes import said as in_words
from desk import faq, handoff, own
from desk.answer import Answer, Fact, Say, day, listing, phone, text, together, words
from desk.balance import total
from desk.notices import levy_word, next_deadline, pending_hearings
from desk.visit import Visit, needs_identity

TELLING = (
    "levy_wages levy_bank seize_house seize_house_with_court_order seize_house_without_court_order sue file_lien visit "
    "decide_hearing set_up_plan arrange_plan hardship accept_offer call levy_state_refund send_notices send_letters"
).split()
"""What people are most afraid of or ask for stands first; three of each list are told."""
MOST_TOLD = 3
TO = ("notice_stream", "acs", "queue", "revenue_officer", "private_agency", "appeals")


def who_has_it(here: Visit) -> tuple[Say, ...]:
    """Where the case is, with the name and the number where there is one."""
    if here.view is None:
        return ()
    here.shows("assignment")
    where = here.view["assignment"]
    said = [Say(f"utter_case_with_{where['to'] if where['to'] in TO else 'acs'}")]
    name, number = where.get("name"), where.get("phone")
    if name and number:
        said.append(Say("utter_case_contact", {"name": text(name, name), "phone": phone(number)}))
    return tuple(said)


def may(here: Visit) -> tuple[Say, ...]:
    """What whoever has the case can and can not do, by the law's lists."""
    if here.view is None:
        return ()
    can, cannot = (here.view["assignment"][one] for one in ("can", "cannot"))
    if not can or not cannot:
        return ()
    return (Say("utter_case_may", {"can": _told(can), "cannot": _told(cannot)}),)


def _told(actions: list[str]) -> Fact:
    order = [one for one in TELLING if one in actions] + [one for one in actions if one not in TELLING]
    return listing(
        [text(in_words("actions", one), in_words("actions", one, "es")) for one in order[:MOST_TOLD]]
    )


def explain(here: Visit) -> Answer:
    """'What is ACS, and what can it do to me?' In general; and to its owner, who has this case and what they can do."""
    if here.view is None:
        return faq.general(here)
    where = here.view["assignment"]["to"]
    about = (Say("utter_about_explain_acs", detail=where != "acs"),)
    return Answer(
        say=(*who_has_it(here), *may(here), *about),
        ask=Say("utter_offer_person"),
        choices=("person", "menu"),
        sources=(law.rule(f"assignment.{where if where in TO else 'acs'}.can", on=here.today).cite,),
    )


def status(here: Visit) -> Answer:
    """Where the case stands, what was asked for, and the next day that counts."""
    if here.view is None or here.case is None:
        return needs_identity(here, Say("utter_status_general"))
    from desk.intakes import status as requests

    asked = requests.told(here)
    taken = levies_standing(here)
    waits = (*pending_hearings(here), *own.offer(here))
    levy = () if taken or waits else levy_word(here)
    said = (
        *who_has_it(here),
        *taken,
        *asked,
        *waits,
        *next_deadline(here),
        *levy,
        *_later(may(here)),
        *_later(total(here)),
    )
    return Answer(
        say=said, ask=Say("utter_what_next"), choices=("payment_plan_options", "balance_inquiry", "person")
    )


def levies_standing(here: Visit) -> tuple[Say, ...]:
    """A levy that is there already; then whether one may be made is no news."""
    found = [one for one in (here.case.levies if here.case else ()) if one.released is None]
    return tuple(
        Say("utter_levy_standing", {"kind": words(f"levy_kind_{one.kind}"), "served": day(one.served)})
        for one in found[:1]
    )


def _later(said: tuple[Say, ...]) -> tuple[Say, ...]:
    return tuple(Say(one.words, one.facts, detail=True) for one in said)


_OF_A_PLAN = re.compile(r"\b(?:plan|payments?|monthly|installments?|pagos?|mensual)\b", re.IGNORECASE)


def revenue_officer(here: Visit) -> Answer:
    """'Can I talk to a revenue officer?' Says who has the case, and hands over with the whole story."""
    here.asks_for("to speak with a revenue officer")
    if here.view is None:
        answer = needs_identity(here, Say("utter_revenue_officer_general"))
        return Answer(
            say=answer.say,
            ask=Say("utter_revenue_officer_identity"),
            choices=("person",),
            secure_form="identity",
        )
    mine = here.view["assignment"]["to"] == "revenue_officer"
    why = () if mine else (Say("utter_revenue_officer_not_assigned"),)
    if mine and _OF_A_PLAN.search(" ".join(here.contact.story.own_words[-2:])):
        why = (Say("utter_plan_with_revenue_officer"),)
    queue = "revenue_officer" if mine else None
    return together(
        Answer(say=(*who_has_it(here), *why), sources=("IRM 5.1.20",)),
        handoff.person(here, reason="wants to speak with a revenue officer", queue=queue),
    )


def transfer(here: Visit) -> Answer:
    """Moving a case to a revenue officer, or back from one."""
    here.asks_for("transfer of the case (revenue officer)")
    if here.view is None:
        return needs_identity(here, Say("utter_about_transfer_question"))
    if here.view["assignment"]["to"] == "private_agency":
        return private_agency(here)
    to_officer = here.view["assignment"]["to"] != "revenue_officer"
    key = "utter_transfer_to_officer" if to_officer else "utter_transfer_from_officer"
    return Answer(
        say=(*who_has_it(here), Say(key)), ask=Say("utter_offer_person"), choices=("person", "menu")
    )


def private_agency(here: Visit) -> Answer:
    """What a private collection agency may and may not do, and how to get the case back."""
    about = Say("utter_about_private_collection_agency")
    sources = ("26 USC 6306",)
    if here.view is None:
        return needs_identity(here, about, sources=sources)
    if here.view["assignment"]["to"] != "private_agency":
        about = Say("utter_agency_none")
    return Answer(
        say=(*who_has_it(here), about),
        ask=Say("utter_offer_person"),
        choices=("person", "menu"),
        sources=sources,
    )
