"""Birth dates said in words: "march ninth nineteen eighty four", "nueve de marzo del ochenta y cuatro".

The same rule as for figures (desk/proof_items.py): a full date of 2007 or before is one, and so is any date right after
words that speak of being born. A year of two figures counts from forty on: what is due in the thirties is no birth date.
"""

from __future__ import annotations

import re
import unicodedata

_ONE = "one|two|three|four|five|six|seven|eight|nine"
_TEEN = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|fourty|forty|fifty|sixty|seventy|eighty|ninety"
_NTH = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
_TEENTH = "tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth"
_MONTH = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre"
)
_UNO = "uno|un|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve"
_DIEZ = "diez|once|doce|trece|catorce|quince|dieciseis|diecisiete|dieciocho|diecinueve"
_VEINTE = "veintiuno|veintidos|veintitres|veinticuatro|veinticinco|veintiseis|veintisiete|veintiocho|veintinueve|veinte"
_DECENA = "treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa"
_CIENTO = "mil|cien|ciento|novecientos"
_FIGURES = r"[0-3]?\d(?:st|nd|rd|th)?"

_DAY = (
    rf"(?:(?:twenty|thirty)[- ](?:{_NTH}|{_ONE})|twentieth|thirtieth|twenty|thirty|{_TEENTH}|{_TEEN}|{_NTH}|{_ONE}|"
    rf"treinta(?: y un[oa]?)?|(?:veinte y (?:{_UNO}))|{_VEINTE}|{_DIEZ}|primero|{_UNO}|{_FIGURES})"
)
_SMALL = rf"(?:(?:{_TENS})(?:[- ](?:{_ONE}))?|{_TEEN}|(?:oh|o|zero)[- ](?:{_ONE}))"
_CHICO = rf"(?:(?:{_DECENA})(?: y (?:{_UNO}))?|{_VEINTE}|{_DIEZ}|{_UNO})"
_TO_SEVEN = "one|two|three|four|five|six|seven"
_A_SIETE = "uno|dos|tres|cuatro|cinco|seis|siete"
_OLD = (
    rf"(?:nineteen(?: hundred)?(?: and)?[- ]{_SMALL}|nineteen hundred|two thousand(?:(?: and)? (?:{_TO_SEVEN})|(?! and))|"
    rf"twenty (?:oh|o|zero)[- ](?:{_TO_SEVEN})|mil novecientos(?: {_CHICO})?|diecinueve (?:{_DECENA})(?: y (?:{_UNO}))?|"
    rf"dos mil(?: (?:{_A_SIETE}))?|19\d\d|200[0-7])"
)
_TWO = rf"(?:(?:fourty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:{_ONE}))?|(?:{_DECENA.removeprefix('treinta|')})(?: y (?:{_UNO}))?)"
_WORDS = f"{_ONE}|{_TEEN}|{_TENS}|{_UNO}|{_DIEZ}|{_VEINTE}|{_DECENA}|{_CIENTO}|hundred|thousand|million|oh|o|zero|cero"
_ENDS = rf"(?!\w)(?![- ](?:y )?(?:{_WORDS})\b)"
_COUNTED = (
    r"(?! ?(?:\$|%|a month|al mes|dollars?|bucks|cents|percent|por ciento|dolares|pesos|days?|weeks?|months?|years?|people|"
    r"dias|semanas|meses|anos|personas|times|veces)(?!\w))"
)
_FULL = re.compile(
    rf"(?<![\w$])(?:(?:{_MONTH}),? (?:the )?{_DAY}(?:,| of| in)? ?(?:{_OLD}|'?{_TWO}{_COUNTED}){_ENDS}|"
    rf"{_DAY} (?:day )?(?:of |de )?(?:{_MONTH}),? ?(?:(?:of|in|del?)(?: ano)? )?(?:{_OLD}|'?{_TWO}{_COUNTED}){_ENDS})",
    re.IGNORECASE,
)
_PART = rf"(?:{_MONTH}|{_WORDS}|{_NTH}|{_TEENTH}|twentieth|thirtieth|primero|{_FIGURES}|\d{{4}})"
_SAID = re.compile(
    r"\b(?:born(?: on)?(?: the)?|d\.?o\.?b\.?|date of birth|birth ?da(?:y|te)|naci(?: el)?|nacio(?: el)?|"
    r"(?:fecha de )?nacimiento|cumpleanos)\W{0,3}(?:(?:is|es|was|fue|on|el|the|it'?s|may be)\b\W{0,2}){0,3}"
    rf"({_PART}(?:[ ,-]+(?:(?:y|and|of|de|del|the) )?{_PART}){{2,9}})(?!\w)",
    re.IGNORECASE,
)


def spoken_dates(text: str) -> list[tuple[int, int]]:
    """Where birth dates said in words stand in a text that was made plain; no two of them overlap."""
    folded = "".join(unicodedata.normalize("NFD", one)[0] for one in text)
    said = [one.span(1) for one in _SAID.finditer(folded)]
    return said + [
        one.span()
        for one in _FULL.finditer(folded)
        if not any(a < one.end() and one.start() < b for a, b in said)
    ]
