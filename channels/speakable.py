"""What is still written for the eye in a sentence, turned into words before a voice says it."""

from __future__ import annotations

import re
from collections.abc import Callable

from channels import ear, eye, numerals

SPELLED = "IRS ACS CDP TIN SSN ITIN EIN IRC USC OIC CAP CSED LLC TAS VITA CPA OPA PIN ZIP LITC".split()
AS_WORDS = {"CAP", "PIN", "ZIP", "VITA"}
FEMININE = (
    "persona semana hora cuota vez vece llamada pregunta carta multa página opcion opción deuda declaracion"
    " declaración cita respuesta solicitud tarjeta notificación notificacion cuenta forma copia línea"
    " apelación apelacion audiencia"
).split()
PLACE = r"(?:gov|com|org|net|us)"
MONTH_NAMES = "|".join(eye.MONTHS)
MESES = "|".join(eye.MESES)
Rule = tuple[re.Pattern[str], Callable[[re.Match[str], str], str]]


def speakable(text: str, language: str) -> str:
    """The same sentence with addresses, money, dates, phone numbers, codes and numbers as words."""
    for pattern, say in RULES:
        text = pattern.sub(lambda found, say=say: say(found, language), text)  # type: ignore[misc]
    return re.sub(r"\s+", " ", text).strip()


def _url(found: re.Match[str], language: str) -> str:
    address = found[0].rstrip(".,;:!?")
    return ear.url(address, language) + found[0][len(address) :]


def _money(found: re.Match[str], language: str) -> str:
    return ear.money(found[1].replace(",", ""), language)


def _iso_day(found: re.Match[str], language: str) -> str:
    return ear.day(found[0], language)


def _written_day(found: re.Match[str], language: str) -> str:
    month, of_month, in_year = found[1], int(found[2]), found[3]
    spoken = f"{month} {numerals.ordinal(of_month)}"
    return spoken + (f", {numerals.year(int(in_year), language)}" if in_year else "")


def _fecha(found: re.Match[str], language: str) -> str:
    first = "primero" if int(found[1]) == 1 else numerals.cardinal(int(found[1]), "es")
    spoken = f"{first} de {found[2]}"
    return spoken + (f" de {numerals.cardinal(int(found[3]), 'es')}" if found[3] else "")


def _phone(found: re.Match[str], language: str) -> str:
    return ear.phone(found[0], language)


def _hotline(found: re.Match[str], language: str) -> str:
    return numerals.digits(found[0], language)


def _notice(found: re.Match[str], language: str) -> str:
    return ear.notice(found[0], language)


def _form(found: re.Match[str], language: str) -> str:
    return f"{found[1]} {ear.form(found[2], language)}"


def _spell(found: re.Match[str], language: str) -> str:
    return found[0] if found[0] in AS_WORDS else numerals.letters(found[0], language)


def _clock(found: re.Match[str], language: str) -> str:
    hour, minute = int(found[1]), int(found[2])
    spoken = numerals.cardinal(hour, language, gender="f")
    if not minute:
        return spoken
    between = " oh " if minute < 10 and language == "en" else " y " if language == "es" else " "
    return spoken + between + numerals.cardinal(minute, language)


def _range(found: re.Match[str], language: str) -> str:
    return f"{found[1]}{' a ' if language == 'es' else ' to '}{found[2]}"


def _percent(found: re.Match[str], language: str) -> str:
    return _amount(found[1], language, "") + (" por ciento" if language == "es" else " percent")


def _year(found: re.Match[str], language: str) -> str:
    return numerals.year(int(found[0]), language)


NOT_NOUNS = frozenset(
    "y o u e a al de del en por para que es son si sí no con sin como cuando más menos hasta".split()
)
"""Words that may follow a number which stands for itself: "oprima uno si es correcto"."""


def _number(found: re.Match[str], language: str) -> str:
    noun = re.match(r"\s+([^\W\d_]+)", found.string[found.end() :])
    gender = ""
    if language == "es" and noun:
        stem = re.sub(r"e?s$", "", noun[1].lower())
        feminine = stem in FEMININE or noun[1].lower() in FEMININE
        gender = "" if noun[1].lower() in NOT_NOUNS else "f" if feminine else "m"
    return _amount(found[0], language, gender)


def _amount(text: str, language: str, gender: str) -> str:
    whole, point, part = text.replace(",", "").partition(".")
    if len(whole) > 12:
        return numerals.digits(whole, language)
    spoken = numerals.cardinal(int(whole), language, gender="" if point else gender)
    if point:
        spoken += (" punto " if language == "es" else " point ") + numerals.digits(part, language)
    return spoken


def _ordinal(found: re.Match[str], language: str) -> str:
    return numerals.ordinal(int(found[1]))


def _rule(pattern: str, say: Callable[[re.Match[str], str], str]) -> Rule:
    return re.compile(pattern), say


# Order matters: what is most particular is said first, and what is left is a plain number.
RULES: tuple[Rule, ...] = (
    _rule(r"\bEE\. ?UU\.?", lambda found, language: "Estados Unidos"),
    _rule(r"\bU\.S\.(?=\W|$)", lambda found, language: "U S"),
    _rule(rf"(?i)\b(?:https?://|www\.)\S+|\b[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)*\.{PLACE}\b(?:/[\w./-]*)?", _url),
    _rule(r"\$(-?\d[\d,]*(?:\.\d\d)?)(?!\.?\d)", _money),
    _rule(r"\b\d{4}-\d{2}-\d{2}\b", _iso_day),
    _rule(rf"\b({MONTH_NAMES}) (\d{{1,2}})\b(?:, (\d{{4}}))?", _written_day),
    _rule(rf"\b(\d{{1,2}}) de ({MESES})\b(?: de (\d{{4}})\b)?", _fecha),
    _rule(r"(?<![\d-])(?:\+?1[ -])?(?:\(\d{3}\) ?|\d{3}[-.])\d{3}[-.]\d{4}(?![\d-])|\+1\d{10}\b", _phone),
    _rule(r"\b(?:988|911)\b", _hotline),
    _rule(r"\b(?:CP|LT|LP)[ -]?\d{1,4}[A-Z]?\b|\b(?:Letter|letter|Carta|carta) \d{3,4}[A-Z]?\b", _notice),
    _rule(r"\b(Forms?|forms?|[Ff]ormularios?) ((?:[A-Z]{1,2}-)?\d{2,5}(?:-[A-Z]{1,3})*)\b", _form),
    _rule(rf"\b(?:{'|'.join(SPELLED)})\b", _spell),
    _rule(r"\b(\d{1,2}):(\d\d)\b", _clock),
    _rule(r"(?<![\d-])(\d[\d,]*)\s?[-–—]\s?(\d[\d,]*)\b(?!-\d)", _range),
    _rule(r"\b(\d[\d,]*(?:\.\d+)?) ?%", _percent),
    _rule(r"\b(\d{1,2})(?:st|nd|rd|th)\b", _ordinal),
    _rule(r"(?<![\d,.])(?:19|20)\d\d(?![\d,]|\.\d)", _year),
    _rule(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\w)|(?<!\w)\d+(?:\.\d+)?(?!\w)", _number),
)
