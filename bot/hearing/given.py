"""Were the words really said? Acts that are done at once need their own words, not a likeness alone."""

from __future__ import annotations

import re

from bot.hearing.tokens import fold
from bot.hearing.yes_no import NO, POLITE, YES, yes_or_no

STOP = re.compile(
    r"\b(stop\w*|stp|quit\w*|end|unsub\w*|remove|cancel\w*|take|opt\w*|cease|desist|leave|lose|delete|revoke|block|enough|"
    r"no more|alto|par[ae]\w*|parenle|basta|dej[ae]\w*|quit[ea]\w*|kit[ea]\w*|borr\w*|baja|desuscri\w*|prohibo|withdraw\w*|"
    r"discontinu\w*|dete[nr]\w*|detien\w*|dnt|fin|halt|off|get my|hart[oa]|ni un\w*|olvid\w*|retir\w*|sa[cq]\w*|top|"
    r"renunci\w*|stahp|stapp?)\b"
)
REACH = re.compile(
    r"\b(call\w*|text\w*|txt\w*|msgs?|messag\w*|messg\w*|contact\w*|number|list|phone\w*|alone|dial\w*|ring\w*|e-?mail\w*|mail|"
    r"notif\w*|spam\w*|communicat\w*|bother\w*|harass\w*|hound\w*|pester\w*|reach\w*|sms|here|llam\w*|yam\w*|mensaj\w*|"
    r"texto\w*|numero|lista|paz|escrib\w*|mand\w*|marc\w*|marqu\w*|habl\w*|telefono|celular|fregar|frieg\w*|molest\w*|"
    r"sonar|avisos|system|records|voicemails?|robocalls?|consent|recordator\w*|reminders?|alerts?|alertas?|subscri\w*|suscri\w*|"
    r"timbr\w*|aparato|movil|mobile|cell)\b"
)
REFUSED = re.compile(  # 'don't you ever call', 'no me estén timbrando', 'only write': a no beside a word for reaching
    r"\b(no|not|never|don'?t|do not|dnt|only|solo|ya|nunca|ni)\b(\W+[\w']+){0,5}?\W+"
    r"(call\w*|text\w*|txt\w*|msgs?|messag\w*|contact\w*|write|phone me|ring|dial|e-?mail\w*|bother\w*|consent|robocalls?|"
    r"llam\w*|yam\w*|mensaj\w*|texto\w*|contact\w*|escrib\w*|mand\w*|marc\w*|marqu\w*|habl\w*|molest\w*|timbr\w*|avisos|notif\w*)\b|"
    r"\b(texto|llaman?|llamadas|mensajes|voicemails?|calls?|texts?)\b.{0,25}\b(ya no|no|don'?t|dont)\b|"
    r"\b(write|mail|correo|carta|post)\b.*\b(only|solo|limits)\b"
)
MORE_YES = {
    "100%", "100", "aight", "alright", "bet", "cabal", "confirmed", "confirm", "continue", "proceed", "proceda", "ei", "ey",
    "eso", "hagalo", "hazlo", "obvio", "okey", "oki", "okis", "surely", "roger", "s", "sisi", "sisisi", "suppose", "aceptado",
    "acepto", "accept", "accepted", "agree", "agreed", "good", "great", "works", "please", "late", "means", "sho",
    "mm", "proceder", "confirmo", "confirmado", "guess", "ta", "va", "yas", "zi", "andele", "yesss", "yessss", "well",
    "why", "thats", "that's",
}  # fmt: skip
OTHER_THING = re.compile(
    r"\b(lev\w+|garnish\w*|liens?|plan|payments?|pagos?|embargo\w*|gravamen|interes|intereses|interest|multas?)\b"
)
LEAVING = {"luego", "bye", "adios", "chao", "goodbye", "later"}
LONGEST_YES = 10
ALONE = 4  # words; 'STOP', 'alto por favor' and the carriers' keywords stand by themselves
KEYWORD = re.compile(
    r"^\W*(end|cancel|cancelar|quit|fin)( please| all| por favor)?\W*$|\b(stop\w*|stp|unsub\w*|opt[ -]?out|remove me|revoke|block me|no robocalls|halt|salir|turn off|up out|enough|opt me out|alto|par[ae]|parar|paren|basta|baja|desuscri\w*)\b"
)


def says_stop(text: str) -> bool:
    """'Stop texting me', 'ya no me llamen', 'STOP'. False for 'I don't want my boss to know'."""
    plain = fold(text)
    if len(plain.split()) <= ALONE and KEYWORD.search(plain) and not OTHER_THING.search(plain):
        return True
    return bool((STOP.search(plain) and REACH.search(plain)) or REFUSED.search(plain))


def says_yes(text: str) -> bool:
    """A yes that no other word takes back."""
    said = yes_or_no(text)
    if said is not None:
        return said
    words = set(re.findall(r"[\w'%-]+", fold(text)))
    if len(words) > LONGEST_YES:
        return False
    if len(words) > 1:
        words = {word for word in words if len(word) > 1}
    return bool(words & ((YES - POLITE) | MORE_YES)) and not words & (NO | LEAVING)
