"""Birth dates and caller IDs in a message: they prove who somebody is, so they are hidden like a taxpayer number.

A full date of 2007 or before is one, since no letter that still counts is that old; so is any date right after words
that speak of being born. A caller ID is the number printed on a letter under that name.
"""

from __future__ import annotations

import re

from desk.spoken_dates import spoken_dates

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|"
    r"diciembre|ene|abr|ago|dic)\.?"
)
_OLD = r"(?:19\d\d|200[0-7])"
_ANY = r"(?:19|20)?\d\d"


def _dates(year: str) -> str:
    day = r"(?:[0-3]?\d)(?:st|nd|rd|th)?"
    return "|".join(
        (
            rf"{year}[-/. ]\d{{1,2}}[-/. ]\d{{1,2}}",
            rf"\d{{1,2}} ?[-/. ] ?\d{{1,2}} ?[-/. ] ?{year}",
            rf"{_MONTH} (?:the )?{day}(?: of)?,? ?(?:del? )?{year}",
            rf"{day} (?:de |of )?{_MONTH},? ?(?:del? |of )?{year}",
        )
    )


_FULL = re.compile(rf"(?<![\w$])(?<!\d[-./,])(?:{_dates(_OLD)})(?![\d-])", re.IGNORECASE)
_SAID = re.compile(
    r"\b(?:born(?: on)?(?: the)?|d\.?o\.?b\.?|date of birth|birth ?da(?:y|te)|nac[ií](?: el)?|naci[oó](?: el)?|"
    r"nacimiento|cumplea[nñ]os)\W{0,3}(?:(?:is|es|was|fue|on|el|the|it'?s|may be)\b\W{0,2}){0,3}"
    rf"({_dates(_ANY)}|\d{{8}}|\d{{6}})(?![\d-])",
    re.IGNORECASE,
)


_CALLER = re.compile(
    r"\b(?:caller ?-?id(?:entification)?|(?:id|identificaci[oó]n|n[uú]mero) de (?:la )?llamad(?:a|or))"
    r"(?: number| no\.?)?\W{0,3}(?:(?:is|es|it'?s|number|n[uú]mero|el)\b\W{0,2}){0,3}(\d[\d -]{2,18}\d)",
    re.IGNORECASE,
)


def proof_items(text: str) -> list[tuple[int, int]]:
    """Where birth dates and caller IDs stand in a text that was made plain."""
    found = [one.span(1) for said in (_SAID, _CALLER) for one in said.finditer(text)]
    for start, end in [*(one.span() for one in _FULL.finditer(text)), *spoken_dates(text)]:
        if not any(a < end and start < b for a, b in found):
            found.append((start, end))
    return found
