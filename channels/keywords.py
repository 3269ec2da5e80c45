"""STOP, START, HELP: heard at the door, before anything else. "Stop the levy" is not one of them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

# Twilio acts on these by itself when they are the whole text, and answers for us.
TWILIO_STOP = frozenset("stop stopall unsubscribe cancel end quit revoke optout".split())
TWILIO_START = frozenset("start yes unstop".split())
TWILIO_HELP = frozenset({"help", "info"})

# These are ours; Twilio does not know them.
OUR_STOP = frozenset(
    {"alto", "parar", "pare", "paren", "cancelar", "detener", "detengan", "basta", "baja", "darme de baja"}
    | {"dar de baja", "opt out", "opt me out", "stop all", "unsubscribe me", "stop it", "stop this"}
)
OUR_START = frozenset({"comenzar", "empezar", "iniciar", "reanudar", "opt in"})
OUR_HELP = frozenset({"ayuda", "ayudame"})

# Words of courtesy around a stop word change nothing. Not around cancel, end or quit: "please cancel"
# may well be about a plan or an appointment.
COURTESY = frozenset("please pls plz now thanks thank you por favor ya gracias ok hey hi just".split())
PLAIN_STOP = frozenset({"stop", "stopall", "unsubscribe", "optout"}) | (OUR_STOP - {"cancelar"})

MESSAGES = r"(?:(?:me|any|more|of|your|these|the|all) )*(?:text messages?|texts?|messages?|msgs?|sms)"
MENSAJES = r"(?:(?:mas |los |sus |estos |tantos )*(?:mensajes?|textos?|sms|mensajitos))"
FREE_STOP = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:stop|quit|cease) (?:texting|messaging|txting)\b",
        rf"\b(?:stop|quit) (?:sending|with) {MESSAGES}\b",
        r"\bstop (?:all |the |these |your )*(?:texts|messages|text messages|sms)\b",
        r"\b(?:do not|dont|never) (?:text|message|txt) me\b",
        rf"\b(?:do not|dont) (?:ever )?send {MESSAGES}\b",
        rf"\b(?:do not|dont) want {MESSAGES}\b",
        r"\bno more (?:texts|messages|text messages|sms)\b",
        r"\b(?:take|remove) (?:me|my number|this number) (?:off|from)(?: of)? (?:(?:your|this|the|any|text|"
        r"texting|message|messaging|contact|call|sms) )*list\b",
        r"\b(?:remove|delete) my (?:phone )?number\b",
        r"\bopt(?:ing)? (?:me )?out (?:of|from) (?:the |these |your |all )*(?:text|texts|messages)\b",
        r"\b(?:unsubscribe|opt) me (?:out|from)\b",
        r"\bi (?:want|would like|wish) to (?:unsubscribe|opt out)\b",
        rf"\bno (?:me )?(?:vuelvan? a )?(?:mand|envi)(?:en|e|es|ar|arme|arles)(?:me)? {MENSAJES}\b",
        r"\bno me (?:escrib|text)(?:an|a|as|een|ee|ees)(?: mas)?$",
        r"\bno me (?:vuelvan? a )?(?:llam(?:en|e|es|ar)|marqu(?:en|e|es)|contact(?:en|e|ar)|molest(?:en|e))(?: mas| nunca mas)?$",
        r"\b(?:dejen?|deja|paren?|para|basta) de (?:llamar|contactar|molestar|marcar)(?:me|nos)?\b",
        r"\b(?:ya )?no (?:quiero|mas) (?:(?:recibir )?(?:mas )?(?:sus )?)llamadas\b",
        r"\b(?:stop|quit) (?:calling|contacting) me\b|\b(?:do not|dont|never) (?:ever )?(?:call|contact) me(?: again| any ?more| ever| ever again)?$",
        r"\bno more (?:phone )?calls\b",
        rf"\bno quiero (?:recibir )?{MENSAJES}\b",
        rf"\b(?:dejen?|deja|paren?|para|basta) de (?:mandar|enviar)(?:me|nos)? {MENSAJES}\b",
        r"\b(?:dejen?|deja|paren?|para) de (?:escribirme|textearme|mensajearme)\b",
        rf"\b(?:ya )?no mas {MENSAJES}\b",
        r"\b(?:quit|saqu|borr|elimin)(?:en|e|a)(?:me| mi numero) de (?:la|su|esta) lista\b",
        r"\b(?:quiero )?darme de baja de (?:los |sus |estos )?(?:mensajes|textos)\b",
    )
)
NOT_STOP = re.compile(r"\b(?:do not|dont|did|didnt|why|if|no) (?:you |they )?(?:stop|quit|dejen?|paren?)\b")


@dataclass(frozen=True)
class Keyword:
    """What was asked at the door. `silent`: Twilio has answered already, so the line says nothing."""

    kind: Literal["stop", "start", "help"]
    silent: bool


def keyword(body: str, *, opt_out_type: str = "", opted_out: bool = False) -> Keyword | None:
    """The keyword in a text, or None when it is for the conversation.

    `opt_out_type` is Twilio's OptOutType when it came with the text. "Yes" is Twilio's word for START too,
    but it is only heard so from someone who had opted out (`opted_out`); else it answers our question.
    """
    said = _simple(body)
    if opt_out_type:
        kind = opt_out_type.lower()
        return Keyword(kind, True) if kind in ("stop", "start", "help") else None  # type: ignore[arg-type]
    if said in TWILIO_STOP:
        return Keyword("stop", True)
    if said in TWILIO_START and (said != "yes" or opted_out):
        return Keyword("start", True)
    if said in TWILIO_HELP:
        return Keyword("help", True)
    return _ours(said)


def _ours(said: str) -> Keyword | None:
    if said in OUR_STOP or _without_courtesy(said) in PLAIN_STOP or _free_stop(said):
        return Keyword("stop", False)
    if said in OUR_START:
        return Keyword("start", False)
    if said in OUR_HELP:
        return Keyword("help", False)
    return None


def _free_stop(said: str) -> bool:
    bare = _without_courtesy(said)
    return not NOT_STOP.search(said) and any(
        pattern.search(said) or pattern.search(bare) for pattern in FREE_STOP
    )


def _without_courtesy(said: str) -> str:
    """ "please stop stop now" is "stop"."""
    left: list[str] = []
    for word in said.split():
        if word not in COURTESY and left[-1:] != [word]:
            left.append(word)
    return " ".join(left)


def _simple(body: str) -> str:
    """Lower case, no accents, no punctuation, single spaces: "¡ALTO!" is "alto"."""
    bare = unicodedata.normalize("NFKD", body.lower())
    bare = "".join(char for char in bare if not unicodedata.combining(char) and char not in "'’`")
    return " ".join(re.sub(r"[\W_]+", " ", bare).split())
