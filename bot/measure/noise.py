"""The same wishes, worse heard: fifteen words in a hundred mistyped or misrecognised, with fixed dice.

Nothing is taught from these tables; data/ holds misheard words that people wrote down themselves.
"""

from __future__ import annotations

import random
from typing import Dict, List

from bot.measure.rows import Row

SHARE = 0.15
MISHEARD: Dict[str, List[str]] = {
    "levy": ["levi", "leave he", "heavy"], "lien": ["lean", "line"], "irs": ["eye are s", "higher s"],
    "notice": ["no this", "knotted"], "letter": ["ladder", "later"], "penalty": ["penal tea", "penny tea"],
    "penalties": ["penal teas"], "wages": ["way just", "ages"], "appeal": ["a pill", "up hill"], "owe": ["oh", "o"],
    "hearing": ["here in", "earring"], "refund": ["ree fund", "re-found"], "seized": ["ceased", "cease"],
    "garnishment": ["garden shipment"], "garnish": ["garden itch"], "plan": ["plane", "pan"], "bank": ["bang"],
    "paid": ["pay it", "pate"], "pay": ["bay", "pain"], "account": ["a count"], "agent": ["asian", "ancient"],
    "taxes": ["text is", "tax is"], "tax": ["tacks", "text"], "passport": ["passed port"], "call": ["cool", "col"],
    "person": ["purse on"], "payment": ["pavement", "pay mint"], "month": ["mouth"], "monthly": ["mostly"],
    "debt": ["bet", "dead"], "stop": ["shop"], "settle": ["saddle"], "offer": ["over"], "interest": ["in trust"],
    "husband": ["has been"], "wife": ["why if"], "paycheck": ["pay jack"], "check": ["jack"], "balance": ["ballads"],
    "embargo": ["en vargo"], "gravamen": ["grabamen", "gravan"], "multa": ["multan"], "multas": ["mudas"],
    "cheque": ["chek", "cheche"], "aviso": ["abiso", "a visa"], "audiencia": ["audencia"], "sueldo": ["suelo"],
    "deuda": ["viuda", "duda"], "pagar": ["apagar", "pegar"], "pago": ["vago"], "banco": ["manco"], "carta": ["cara"],
    "plazos": ["brazos"], "abogado": ["ahogado"], "persona": ["perzona"], "debo": ["bebo"],
    "casa": ["caza"], "cuenta": ["cuenca"], "dinero": ["dinerro"], "impuestos": ["y puestos"], "mes": ["mesa"],
    "llamen": ["llame en"], "hablar": ["a blar"], "trabajo": ["trabajó"], "reembolso": ["re bolso"],
}  # fmt: skip
ROWS_OF_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def slipped(word: str, dice: random.Random) -> str:
    """One slip of a thumb: a neighbouring key, a letter lost, doubled or swapped."""
    at, kind = dice.randrange(len(word)), dice.randrange(4)
    if kind == 0 and at + 1 < len(word):
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 1 and len(word) > 3:
        return word[:at] + word[at + 1 :]
    if kind == 2:
        return word[:at] + word[at] + word[at:]
    for keys in ROWS_OF_KEYS:
        place = keys.find(word[at].lower())
        if place >= 0:
            return word[:at] + dice.choice(keys[max(0, place - 1) : place + 2]) + word[at + 1 :]
    return word


def worse(row: Row, seed: int) -> Row:
    """The row with about SHARE of its words damaged; at least one in sentences of four words and more."""
    dice = random.Random(f"{seed}:{row.text}")
    words = row.text.split()
    aim = len(words) * SHARE
    number = int(aim) + (dice.random() < aim - int(aim))
    if len(words) >= 4:
        number = max(1, number)
    for at in dice.sample(range(len(words)), min(number, len(words))):
        bare = words[at].lower().strip(".,;:!?¿¡\"'")
        if bare in MISHEARD and dice.random() < 0.6:
            words[at] = dice.choice(MISHEARD[bare])
        elif len(words[at]) > 2:
            words[at] = slipped(words[at], dice)
        elif len(words) > 4:
            words[at] = ""
    return row._replace(text=" ".join(" ".join(words).split()) or row.text)
