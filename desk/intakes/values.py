"""Reading one answer out of what was said: an amount, a number, a day, a year, a choice, or the words themselves."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from desk.heard import Heard
from desk.intakes.model import Question
from desk.intakes.options import SAID
from desk.visit import Visit

LONGEST = 400
"""Letters kept of an answer in the caller's own words."""
MOST = Decimal(10_000_000)
_NUMBER = re.compile(r"(?<![\w.])\$?\s?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?(?![\w%])")
_NONE = re.compile(r"\b(?:none|nothing|zero|nada|ningun[oa]?|cero|no tengo|i (?:do ?nt|have no)|no)\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|"
    "dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
)
_WHEN = re.compile(
    rf"\d|\b(?:{_MONTHS}|weeks?|months?|years?|ago|last|since|still|semanas?|mes(?:es)?|anos?|hace|pasad[oa]|desde|todavia|"
    r"yesterday|today|tomorrow|ayer|hoy|manana|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|lunes|martes|miercoles|jueves|viernes|sabados?|domingos?|"
    r"spring|summer|fall|winter|verano|invierno|never|nunca|not yet|no longer)\b"
)
_COUNTED = {
    word: value
    for value, said in enumerate(
        (
            "zero cero", "one un uno una me yo", "two dos", "three tres", "four cuatro", "five cinco", "six seis",
            "seven siete", "eight ocho", "nine nueve", "ten diez", "eleven once", "twelve doce",
        )
    )
    for word in said.split()
}  # fmt: skip


_BARE = re.compile(
    r"\W*(?:(?:yes|yeah|yep|yup|y|no|nope|nah|n|ok|okay|k|sure|fine|alright|right|correct|maybe|idk|si|claro|bueno|vale|dale|"
    r"sip|nop|quizas?|tal vez|i ?(?:do ?nt|do not) know|do ?nt know|dunno|not sure|no idea|no se|no sabria|quien sabe)\b\W*)+"
    r"(?:please|thanks|thank you|por favor|gracias)?\W*"
)


def bare(said: str) -> bool:
    """A yes, no, ok or 'I don't know' and nothing else: no reason, no story, no message."""
    return bool(_BARE.fullmatch(plain(said)))


def plain(said: str) -> str:
    """Small letters without accents or apostrophes, for comparing."""
    apart = unicodedata.normalize("NFD", said.lower().replace("'", "").replace("’", ""))
    return "".join(one for one in apart if unicodedata.category(one) != "Mn")


def read(here: Visit, question: Question) -> Any | None:
    """The answer to `question` in this message, in the form the draft keeps; None if there is none."""
    return _READS[question.kind](here, question)


def amounts_near(here: Visit, questions: tuple[Question, ...]) -> dict[str, Any]:
    """Amounts and numbers said together with the name of what they are: "rent 900, not 950 for food"."""
    said = plain(here.heard.text)
    found: dict[str, Any] = {}
    for one in questions:
        named = re.search(one.hears, said) if one.hears and one.kind in ("money", "count") else None
        if named is None:
            continue
        after, before = _NUMBER.search(said, named.end()), list(_NUMBER.finditer(said, 0, named.start()))
        nearest = after if after and after.start() - named.end() <= 25 else (before[-1] if before else None)
        if nearest is not None:
            found[one.name] = _number(nearest, one.kind)
        elif here.heard.amount is not None and one.kind == "money":
            found[one.name] = str(here.heard.amount)
    return {name: value for name, value in found.items() if value is not None}


def _number(found: re.Match[str], kind: str) -> Any | None:
    try:
        value = Decimal(found[1].replace(",", "") + (f".{found[2]}" if found[2] else ""))
    except InvalidOperation:
        return None
    if value > MOST:
        return None
    return f"{value:.2f}" if kind == "money" else int(value)


def _money(here: Visit, question: Question) -> str | None:
    heard = here.heard
    if heard.amount is not None and heard.amount <= MOST:
        return f"{heard.amount:.2f}"
    said = plain(heard.text)
    found = list(_NUMBER.finditer(said))
    if found:
        return _number(found[-1], "money")
    return "0.00" if heard.intent == "deny" or (_NONE.search(said) and len(said.split()) <= 6) else None


def _count(here: Visit, question: Question) -> int | None:
    said = plain(here.heard.text)
    found = _NUMBER.search(said)
    if found:
        value = _number(found, "count")
        return value if value is not None and value <= 99 else None
    words = [_COUNTED[word] for word in re.findall(r"[a-z]+", said) if word in _COUNTED]
    if words and len(said.split()) <= 6:
        return words[-1]
    if here.heard.day is not None:
        return here.heard.day
    return 0 if here.heard.intent == "deny" or (_NONE.search(said) and len(said.split()) <= 6) else None


def _when(here: Visit, question: Question) -> str | None:
    """A day where one was said, otherwise the words, if they tell a time at all."""
    heard = here.heard
    if heard.told_days:
        return _nearest(heard, here.today, question).isoformat()
    return _clip(heard.text) if _WHEN.search(plain(heard.text)) else None


def _nearest(heard: Heard, today: date, question: Question) -> date:
    found = heard.told_days[-1]
    if question.past and found > today and not _YEAR.search(heard.text):
        return _year_before(found)
    return found


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def _year(here: Visit, question: Question) -> str | None:
    """A year or period of the case; where the case has none to choose from, any year."""
    years = question.choices(here)
    if here.heard.option in years:
        return here.heard.option
    said = [*here.heard.tax_years, *_YEAR.findall(here.heard.text)]
    if not years:
        return said[-1] if said else None
    fits = [one for one in years if any(one.startswith(year) for year in said)]
    quarters = [one for one in fits if one[4:] and _quarter(one[4:], plain(here.heard.text))]
    return (quarters or fits)[0] if len(fits) == 1 or quarters else None


def _quarter(name: str, said: str) -> bool:
    words = {"Q1": "first|primer", "Q2": "second|segundo", "Q3": "third|tercer", "Q4": "fourth|cuarto"}
    return bool(re.search(rf"\b(?:{words.get(name, name)}|{name.lower()})", said))


def _yes_no(here: Visit, question: Question) -> bool | None:
    return {"affirm": True, "deny": False}.get(here.heard.intent)


def _choice(here: Visit, question: Question) -> str | None:
    """A button, or words that name exactly one of the options."""
    options = question.choices(here)
    if here.heard.option in options:
        return here.heard.option
    said = plain(here.heard.text)
    found = [one for one in options if re.search(SAID.get(one, r"(?!)"), said)]
    if question.outranks in found:
        return question.outranks
    return found[0] if found and (len(found) == 1 or _only_first(found, said)) else None


def _only_first(found: list[str], said: str) -> bool:
    """'I can't pay and it isn't mine' names two: then the one said first counts if the sentence is short."""
    return len(said.split()) <= 8


def _text(here: Visit, question: Question) -> str | None:
    said = here.heard.text
    return _clip(said) if re.search(r"\w{2,}", said) and not bare(said) else None


def _clip(said: str) -> str:
    said = " ".join(said.split())
    return said if len(said) <= LONGEST else said[: LONGEST - 1].rstrip() + "…"


_READS = {
    "money": _money,
    "count": _count,
    "when": _when,
    "year": _year,
    "yes_no": _yes_no,
    "choice": _choice,
    "text": _text,
}
