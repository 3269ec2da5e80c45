"""'What if I die?' What becomes of the debt when the one who owes it dies some day: no alarm, and no condolences."""

from __future__ import annotations

import re

from desk.answer import Answer, Say
from desk.safety import folded
from desk.visit import Visit

AFTER_ME = "after_me"
"""The desk's own name for this need; the bot hears it as one of OPEN."""
OPEN = frozenset(
    "deceased_taxpayer out_of_scope nlu_fallback inform statute_expiration balance_inquiry property_seizure "
    "cannot_pay_hardship privacy_question".split()
)

_SOME_DAY = re.compile(
    r"\b(?:if|when|once|after|before|until|till|suppose|case) (?:i|we) (?:die|pass(?: away| on)?|kick the bucket|am (?:dead|gone|not around))\b"
    r"|\bi do not outlive\b|\bdebt (?:die|dies) with me\b|\b(?:left|owe\w*|pays?) (?:\w+ ){0,4}after (?:me|i am gone|my death)\b"
    r"|\b(?:si|cuando|antes de que) (?:yo )?(?:ya )?(?:me )?(?:muero|muera|muriera|falto|falte|faltara|fallezco|fallezca|no este)\b|\b(?:muere|acaba) conmigo\b"
)


def asked(said: str) -> bool:
    """Whether somebody asks what becomes of their own debt after them."""
    return bool(_SOME_DAY.search(folded(said)))


def tell(here: Visit) -> Answer:
    """The same for everybody."""
    return Answer(
        say=(Say("utter_about_after_me"),),
        ask=Say("utter_offer_person"),
        choices=("person", "balance_inquiry", "menu"),
        sources=("26 USC 6013(d)(3)",),
    )
