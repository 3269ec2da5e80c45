"""A letter that came for somebody else: what to do with the envelope, and nothing about whose it is."""

from __future__ import annotations

import re

from desk.answer import Answer, Say
from desk.choices import MENU
from desk.safety import folded
from desk.visit import Visit

WRONG_ADDRESS = "wrong_address"
"""The desk's own name for this need; the bot hears it as one of OPEN."""
OPEN = frozenset(
    "out_of_scope nlu_fallback inform dispute_debt notice_question privacy_question scam_check deceased_taxpayer "
    "opt_out complaint".split()
)

_MAIL = re.compile(r"\b(?:letters?|mail|envelopes?|notices?|cartas?|correos?|sobres?|avisos?)\b")
_NOT_HERE = re.compile(
    r"\b(?:does not|do not|never|didnt|no longer|anymore|not) (?:even )?(?:lived?|living|stay(?:s|ed)?|reside[sd]?) (?:here|at (?:this|my|our)|in (?:this|my|our))\b"
    r"|\bno (?!letters?\b|mail\b|notices?\b|one\b|envelopes?\b)\w+ (?:\w+ )?(?:here|at (?:this|my|our) (?:house|address|apartment|place|home))\b"
    r"|\b(?:nobody|no one) (?:by|with|named|called) (?:\w+ ){1,4}(?:here|at (?:this|my|our) \w+)\b"
    r"|\b(?:lived|was|were) (?:here|in (?:this|our|my) \w+) before (?:us|me|we)\b|\b(?:last|previous|former|prior) (?:owner|tenant|renter|resident)s?\b"
    r"|\b(?:addressed to|for) (?:a |some )?(?:somebody|someone|person|people|stranger|guy|man|woman|name)(?: \w+)? (?:else|i do not know|who never|we do not know)\b"
    r"|\bdo not know (?:the person|who)(?: \w+){0,3} (?:addressed|for)\b|\b(?:somebody|someone|stranger)s? (?:elses )?(?:name|mail|letters?)\b"
    r"|\b(?:ya )?no vive(?:n)? (?:aqui|en esta|en mi)\b|\baqui no (?:hay|vive|vivio)\b|\b(?:el|la|los) (?:senor|senora|dueno|duena|inquilino|gente|personas?) (?:\w+ )?(?:de antes|anterior(?:es)?|que vivian? aqui)\b"
    r"|\bpara (?:otra persona|alguien mas|un desconocido|un tal)\b|\bde un desconocido\b|\bno conozco a (?:la|esa) persona\b"
)


def asked(said: str) -> bool:
    """Whether a letter came to the caller's address that is for somebody else."""
    plain = folded(said)
    return bool(_MAIL.search(plain) and _NOT_HERE.search(plain))


def tell(here: Visit) -> Answer:
    """Whose letter it is and what stands in it is not said, and need not be known."""
    return Answer(say=(Say("utter_about_wrong_address"),), ask=Say("utter_anything_else"), choices=MENU)
