"""A fact as the ear hears it: "C P five oh four", dates and dollars as words, phones digit by digit."""

from __future__ import annotations

import re

from channels import eye, numerals

QUARTERS = {
    "en": ("first quarter", "second quarter", "third quarter", "fourth quarter"),
    "es": ("primer trimestre", "segundo trimestre", "tercer trimestre", "cuarto trimestre"),
}


def money(value: object, language: str) -> str:
    """One thousand two hundred four dollars and fifty-five cents; mil doscientos cuatro dólares con ..."""
    amount = eye.as_money(value)
    dollars, cents = divmod(int(abs(amount) * 100), 100)
    minus = ("menos " if language == "es" else "minus ") if amount < 0 else ""
    if not dollars and cents:
        return minus + _cents(cents, language)
    spoken = minus + _dollars(dollars, language)
    if not cents:
        return spoken
    return spoken + (" con " if language == "es" else " and ") + _cents(cents, language)


def _dollars(dollars: int, language: str) -> str:
    if language == "es":
        of = "de " if dollars and dollars % 10**6 == 0 else ""
        noun = "dólar" if dollars == 1 else "dólares"
        return f"{numerals.cardinal(dollars, 'es', gender='m')} {of}{noun}"
    return f"{numerals.cardinal(dollars, 'en')} dollar" + ("" if dollars == 1 else "s")


def _cents(cents: int, language: str) -> str:
    if language == "es":
        return f"{numerals.cardinal(cents, 'es', gender='m')} centavo" + ("" if cents == 1 else "s")
    return f"{numerals.cardinal(cents, 'en')} cent" + ("" if cents == 1 else "s")


def day(value: object, language: str) -> str:
    """ "December ninth, twenty twenty-six", "nueve de diciembre de dos mil veintiséis" """
    on = eye.as_day(value)
    if language == "es":
        first = "primero" if on.day == 1 else numerals.cardinal(on.day, "es")
        return f"{first} de {eye.MESES[on.month - 1]} de {numerals.year(on.year, 'es')}"
    return f"{eye.MONTHS[on.month - 1]} {numerals.ordinal(on.day)}, {numerals.year(on.year, 'en')}"


def notice(value: str, language: str) -> str:
    """ "CP504" is "C P five oh four", "ce pe quinientos cuatro"; "CP22A" keeps its last letter."""
    spoken = []
    for letters, digits in re.findall(r"([^\W\d_]+)|(\d+)", value):
        if letters.lower() in {"letter", "carta", "notice", "aviso", "form", "formulario"}:
            spoken.append(letters)
        elif letters:
            spoken.append(numerals.letters(letters, language))
        else:
            spoken.append(numerals.code_number(digits, language))
    return " ".join(spoken)


def period(value: str, language: str) -> str:
    """A tax year, "twenty twenty-three", or a quarter of one: "2023Q2" is "second quarter of ..."."""
    found = re.fullmatch(r"(\d{4})(?:-?Q([1-4])|-?(\d\d))?", value)
    if not found:
        raise ValueError("a period is a year, a quarter (2023Q2) or a month (2023-06)")
    spoken = numerals.year(int(found[1]), language)
    if found[2]:
        quarter = QUARTERS[language][int(found[2]) - 1]
        return f"{quarter} de {spoken}" if language == "es" else f"{quarter} of {spoken}"
    if found[3]:
        month = int(found[3]) - 1
        return f"{eye.MESES[month]} de {spoken}" if language == "es" else f"{eye.MONTHS[month]} {spoken}"
    return spoken


def form(value: str, language: str) -> str:
    """Digit by digit, but everybody says "ten forty": "433-F" is "four three three F"."""
    spoken = []
    for letters, digits in re.findall(r"([^\W\d_]+)|(\d+)", value):
        if letters:
            spoken.append(numerals.letters(letters, language))
        elif digits in {"1040", "1099"}:
            spoken.append(
                f"{numerals.cardinal(int(digits[:2]), language)} "
                f"{numerals.cardinal(int(digits[2:]), language)}"
            )
        else:
            spoken.append(numerals.digits(digits, language))
    return " ".join(spoken)


def phone(value: object, language: str) -> str:
    """Digit by digit, a pause between the groups: "eight zero zero, eight two nine, seven six five zero"."""
    plain = eye.phone_digits(value)
    groups = [plain[:3], plain[3:6], plain[6:]] if len(plain) == 10 else [plain]
    return ", ".join(numerals.digits(group, language) for group in groups)


def url(value: str, language: str) -> str:
    """ "IRS.gov/payments" is "I R S dot gov slash payments" """
    names = {
        "en": {".": "dot", "/": "slash", "-": "dash", "_": "underscore"},
        "es": {".": "punto", "/": "barra", "-": "guion", "_": "guion bajo"},
    }[language]
    bare = re.sub(r"^(?i:https?://)?(?i:www\.)?", "", value).rstrip("/")
    spoken = []
    for piece in re.findall(r"[^\W\d_]+|\d+|[./_-]", bare):
        if piece in names:
            spoken.append(names[piece])
        elif piece.isdigit():
            spoken.append(numerals.digits(piece, language))
        else:
            spoken.append(numerals.letters(piece, language) if piece.lower() == "irs" else piece)
    return " ".join(spoken)
