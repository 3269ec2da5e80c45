"""The general answers: the same for everyone, said as general, with a person at the end of each."""

from __future__ import annotations

from desk import own
from desk.answer import Answer, Say
from desk.visit import Visit

SOURCES = {
    "dispute_debt": ("26 USC 7803(a)(3)",),
    "innocent_spouse": ("26 USC 6015",),
    "bankruptcy": ("11 USC 362", "26 USC 6503(h)"),
    "statute_expiration": ("26 USC 6502",),
    "scam_check": ("26 USC 6304",),
    "taxpayer_advocate": ("26 USC 7811",),
    "authorize_representative": ("26 USC 7521(c)",),
    "tax_lien": ("26 USC 6321", "26 USC 6323", "26 USC 6325"),
    "offer_in_compromise": ("26 USC 7122",),
    "business_payroll_tax": ("26 USC 6672",),
}

RECORDED = frozenset(
    "dispute_debt innocent_spouse taxpayer_advocate authorize_representative already_paid complaint".split()
)


def general(here: Visit) -> Answer:
    """What the caller's own case adds, what anybody may be told of this topic, and a person for the rest."""
    intent = here.heard.intent
    if intent in RECORDED:
        here.asks_for(intent.replace("_", " "))
    mine: tuple[Say, ...] = ()
    if intent in own.ADDS and here.verified:
        here.shows("options", "deadlines")
        mine = own.ADDS[intent](here)
    elif intent in own.ADDS:
        # Whoever proves who they are next hears what their own case adds.
        here.contact.pending = here.heard.to_json()
    general_part = () if here.resumed and mine else (Say(f"utter_about_{intent}"),)
    own_case = ("identity",) if intent in own.ADDS and not here.verified else ()
    return Answer(
        say=(*mine, *general_part),
        ask=Say("utter_offer_person"),
        choices=(*own_case, "person", "menu"),
        sources=SOURCES.get(intent, ()),
    )
