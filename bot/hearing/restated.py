"""'You took my bank account, sorry, I mean my wages.' Someone takes a need back: what is left, said once and plainly.

Only what can be told for sure is cut: a thing of ours put in another's place ("not the bank, the pay"), or a whole
question after "no, I meant". Everything else stays as it was said.
"""

from __future__ import annotations

import re

from bot.hearing.tokens import fold

# Things people of this line speak of; a correction puts one of them in the place of another.
THINGS = {
    "bank": r"bank(?: accounts?)?|(?:checking|savings)(?: account)?|accounts?|banco|cuentas?(?: (?:del banco|bancaria))?",
    "pay": r"pay|wages?|paychecks?|pay ?checks?|salary|checks?|sueldos?|salarios?|cheques?|nomina",
    "benefits": r"social security|ssa|ssdi|pension|seguro social|jubilacion",
    "home": r"house|home|property|casa|propiedad",
    "car": r"car|truck|carro|coche|troca|camioneta",
    "lien": r"(?:tax )?liens?|gravamen(?:es)?",
    "levy": r"levy|levies|garnishment|embargos?",
    "plan": r"(?:payment )?plan|installment agreement|(?:monthly )?payments|plan de pagos?|pagos|acuerdo",
    "hearing": r"hearing|audiencia",
    "appeal": r"appeal|apelacion",
    "offer": r"offer(?: in compromise)?|settlement|oferta",
    "refund": r"refund|reembolso",
    "passport": r"passport|pasaporte",
    "penalty": r"penalty|penalties|fines?|multas?",
    "interest": r"interest|interes(?:es)?",
    "balance": r"balance|total|saldo",
    "returns": r"returns?|declaracion(?:es)?",
}
A = r"(?:my|the|a|an|our|his|her|your|mi|mis|el|la|los|las|un|una|nuestr[oa]|su|del|de)"
THING = "|".join(THINGS.values())
NAMED = rf"(?:{A} )?(?:{A} )?(?:[a-z]+ )?(?:{THING})"
END = r"(?=\s*(?:[,;.!?]|$|and\b|y\b|what\b|how\b|que\b|como\b|can\b))"
PAUSE = r"\s*(?:[,;.\u2026\u2014-]+\s*)"
SOUND = r"(?:(?:oh|uh|um|no|wait|sorry|oops|my bad|actually|perdon|disculpe|espere|ay|este)\b[ ,.]*)"
MEANT = (
    r"(?:i meant?(?: to say)?|i should say|make that|or rather|rather|correction|scratch that|"
    r"digo|quise decir|quiero decir|mejor dicho|mas bien|corrijo|me equivoque)\b[ ,:]*"
)
NO_MORE = r"(?:not|isn'?t|is not|no era|no es|no)"
IT_IS = r"(?:but |it'?s |it is |sino |es |era |son )?"

# 'not the bank, the pay' and 'no es el banco, es mi sueldo'
NOT_THIS_BUT = re.compile(rf"\b(?:it'?s |its )?{NO_MORE} (?P<old>{NAMED}){PAUSE}{IT_IS}(?P<new>{NAMED}){END}")
# 'the pay, not the bank'
NOT_THAT = re.compile(rf"\b(?P<new>{NAMED})(?P<cut>{PAUSE}{NO_MORE} (?P<old>{NAMED})){END}")
# 'no wait, I meant the bank not my paycheck', as a recogniser writes it
MEANT_NOT = re.compile(
    rf"\b(?:{SOUND}{{1,4}})?{MEANT}{IT_IS}(?P<new>{NAMED})(?:{PAUSE}|\s+){NO_MORE} (?P<old>{NAMED}){END}"
)
# 'my bank, sorry, I mean my wages'
THING_MEANT = re.compile(
    rf"\b(?P<old>{NAMED})(?:{PAUSE}|\s+)(?:{SOUND}{{1,4}}(?:{MEANT})?|{MEANT}){IT_IS}(?P<new>{NAMED}){END}"
)
# 'I want a plan. No, I meant how do I appeal': a question or wish that stands alone
OPENS = (
    r"(?:i (?:want|need|have|got|owe|can|can't|cannot|would|am|was)|i'?m|i'?d|we|how|can|could|what|when|why|do|does|is|are|did|"
    r"quiero|quisiera|necesito|como|cuanto|cuando|puedo|que|tengo|debo|no puedo|me|hay|por que)\b"
)
WISH_MEANT = re.compile(
    rf"(?<=\w){PAUSE}(?:{SOUND}{{1,4}}i mean|{SOUND}{{0,4}}(?:i meant(?: to (?:say|ask))?|quise decir|scratch that|corrijo)|"
    rf"{SOUND}{{1,4}}(?:digo|quiero decir))\b[ ,:]*(?P<new>{OPENS} .+)$"
)
FEWEST = 3  # words of a wish that stands alone
LONGEST = 300  # letters; a story corrects itself as it goes


def kind_of(words: str) -> str:
    """Which of our things is named last in these folded words; '' for none."""
    found = [(m.end(), kind) for kind, said in THINGS.items() for m in re.finditer(rf"\b(?:{said})\b", words)]
    return max(found)[1] if found else ""


def restated(text: str) -> str:
    """`text` with what its speaker took back left out; '' when nothing was."""
    plain = fold(text)
    if len(plain) != len(text) or len(text) > LONGEST:
        return ""
    for pattern in (NOT_THIS_BUT, MEANT_NOT, NOT_THAT, THING_MEANT):
        said = pattern.search(plain)
        if said and "" != kind_of(said["old"]) != kind_of(said["new"]) != "":
            return " ".join(
                (text[: said.start()] + text[slice(*said.span("new"))] + text[said.end() :]).split()
            )
    said = WISH_MEANT.search(plain)
    if said and len(said["new"].split()) >= FEWEST:
        return text[slice(*said.span("new"))].strip()
    return ""
