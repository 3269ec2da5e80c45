"""Numbers, letters and codes as a voice says them, in English and Spanish."""

from __future__ import annotations

import unicodedata

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
).split()
TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"))

UNOS = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis"
    " diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco"
    " veintiséis veintisiete veintiocho veintinueve"
).split()
DECENAS = "cero diez veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa".split()
CIENTOS = (
    "cero ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos"
    " novecientos"
).split()

LETRAS = dict(
    zip(
        "ABCDEFGHIJKLMNÑOPQRSTUVWXYZ",
        "a,be,ce,de,e,efe,ge,hache,i,jota,ka,ele,eme,ene,eñe,o,pe,cu,erre,ese,te,u,ve,doble ve,equis,"
        "i griega,zeta".split(","),
        strict=True,
    )
)

ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}


def cardinal(number: int, language: str, *, gender: str = "") -> str:
    """The number as words. In Spanish `gender` "m" or "f" agrees with the next noun: "veintiún días"."""
    if number < 0:
        return ("menos " if language == "es" else "minus ") + cardinal(-number, language, gender=gender)
    return _spanish(number, gender) if language == "es" else _english(number)


def _english(number: int) -> str:
    for size, name in SCALES:
        if number >= size:
            head, rest = divmod(number, size)
            return f"{_english(head)} {name}" + (f" {_english(rest)}" if rest else "")
    if number >= 100:
        head, rest = divmod(number, 100)
        return f"{ONES[head]} hundred" + (f" {_english(rest)}" if rest else "")
    if number < 20:
        return ONES[number]
    tens, ones = divmod(number, 10)
    return TENS[tens] + (f"-{ONES[ones]}" if ones else "")


def _spanish(number: int, gender: str) -> str:
    if number >= 10**12:
        return _spanish_scale(number, 10**12, "un billón", "billones", gender)
    if number >= 10**6:
        return _spanish_scale(number, 10**6, "un millón", "millones", gender)
    if number >= 1000:
        head, rest = divmod(number, 1000)
        thousands = "mil" if head == 1 else f"{_spanish(head, gender or 'm')} mil"
        return thousands + (f" {_spanish(rest, gender)}" if rest else "")
    if number == 100:
        return "cien"
    if number > 100:
        head, rest = divmod(number, 100)
        hundreds = CIENTOS[head] if gender != "f" or head == 1 else CIENTOS[head][:-2] + "as"
        return hundreds + (f" {_spanish(rest, gender)}" if rest else "")
    return _spanish_small(number, gender)


def _spanish_scale(number: int, size: int, one: str, many: str, gender: str) -> str:
    head, rest = divmod(number, size)
    top = one if head == 1 else f"{_spanish(head, 'm')} {many}"
    return top + (f" {_spanish(rest, gender)}" if rest else "")


def _spanish_small(number: int, gender: str) -> str:
    if number < 30:
        word = UNOS[number]
    else:
        tens, ones = divmod(number, 10)
        word = DECENAS[tens] + (f" y {UNOS[ones]}" if ones else "")
    if not gender or not word.endswith("uno"):
        return word
    if gender == "f":
        return word[:-1] + "a"
    return "veintiún" if word == "veintiuno" else word[:-1]


def ordinal(number: int) -> str:
    """English only, for days of the month: 9 is "ninth", 31 is "thirty-first"."""
    words = _english(number)
    head, dash, last = words.rpartition("-")
    if last in ORDINALS:
        return head + dash + ORDINALS[last]
    if last.endswith("y"):
        return head + dash + last[:-1] + "ieth"
    return head + dash + last + "th"


def digits(text: str, language: str) -> str:
    """Every digit alone: "980" is "nine eight zero"."""
    names = UNOS if language == "es" else ONES
    return " ".join(names[int(d)] for d in text)


def letters(text: str, language: str) -> str:
    """Every letter alone: "CP" is "C P" in English, "ce pe" in Spanish."""
    plain = unicodedata.normalize("NFC", text).upper()
    return " ".join(LETRAS.get(letter, letter) if language == "es" else letter for letter in plain)


def code_number(text: str, language: str) -> str:
    """The number inside a notice's name as agents say it: 504 "five oh four", 1058 "ten fifty-eight"."""
    number = int(text)
    if len(text) > 4 or text.startswith("0"):
        return digits(text, language)
    if language == "es" or len(text) < 3:
        return cardinal(number, language)
    if number % 1000 == 0:
        return cardinal(number, language)
    head, rest = divmod(number, 100)
    if rest == 0:
        return f"{_english(head)} hundred"
    return f"{_english(head)} " + (f"oh {ONES[rest]}" if rest < 10 else _english(rest))


def year(number: int, language: str) -> str:
    """2026 is "twenty twenty-six", 2009 "two thousand nine"; in Spanish the plain number."""
    if language == "es" or number < 1000 or number > 2999 or 2000 <= number <= 2009:
        return cardinal(number, language)
    head, rest = divmod(number, 100)
    if rest == 0:
        return f"{_english(head)} hundred"
    return f"{_english(head)} " + (f"oh {ONES[rest]}" if rest < 10 else _english(rest))
