"""Birth dates said in words are hidden; the dates of letters, plans and deadlines are not."""

from __future__ import annotations

import random

import pytest

from desk.masking import HIDDEN, mask

HIDDEN_WHOLE = (
    ("born march ninth nineteen eighty four", "born [hidden]"),
    ("nueve de marzo del ochenta y cuatro", "[hidden]"),
    ("nací el nueve de marzo de mil novecientos ochenta y cuatro", "nací el [hidden]"),
    ("the ninth of march nineteen eighty-four is me", "the [hidden] is me"),
    ("march the ninth, nineteen oh four", "[hidden]"),
    ("my birthday is twenty first of june two thousand and three", "my birthday is [hidden]"),
    ("el treinta y uno de diciembre de dos mil siete", "el [hidden]"),
    ("date of birth three nine eighty four", "date of birth [hidden]"),
    ("dob oh three oh nine nineteen eighty four", "dob [hidden]"),
    ("born may second twenty ten", "born [hidden]"),
    ("March 9th nineteen eighty four", "[hidden]"),
    ("march ninth 1984", "[hidden]"),
    ("fecha de nacimiento primero de enero del cincuenta", "fecha de nacimiento [hidden]"),
    ("october thirty first twenty oh five", "[hidden]"),
    ("cumpleaños veintidós de septiembre de mil novecientos setenta", "cumpleaños [hidden]"),
)
LEFT = (
    "the letter is dated november ninth twenty twenty six",
    "la carta es del nueve de noviembre de dos mil veintiséis",
    "I got it on march third",
    "may nine people come along",
    "I can pay on march ninth fifty dollars",
    "march ninth ninety days later",
    "the plan ends june first two thousand thirty three",
    "nineteen eighty four",
    "born in nineteen eighty four",
    "el día quince de cada mes",
    "from march first to june thirtieth two thousand twenty five",
    "marzo del treinta y tres",
    "doscientos cincuenta al mes desde el primero de marzo",
    "tax years twenty twenty one and twenty twenty two",
    "quince de abril de dos mil veinticinco",
    "on the fifth of may I paid one hundred",
    "due december ninth two thousand and twenty six",
    "uno de mayo cuarenta dólares",
    "I was born tired",
    "my birthday is soon",
)


@pytest.mark.parametrize(("said", "kept"), HIDDEN_WHOLE)
def test_a_birth_date_in_words_is_hidden(said: str, kept: str) -> None:
    assert mask(said).text == kept


@pytest.mark.parametrize("said", LEFT)
def test_other_dates_in_words_stay(said: str) -> None:
    found = mask(said)
    assert (found.text, found.hidden) == (said, False)


ONE = "one two three four five six seven eight nine".split()
TEEN = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NTH = "first second third fourth fifth sixth seventh eighth ninth".split()
TEENTH = "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split()
UNO = "uno dos tres cuatro cinco seis siete ocho nueve".split()
DIEZ = "diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve".split()
VEINTI = "veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve".split()
DECENA = "treinta cuarenta cincuenta sesenta setenta ochenta noventa".split()
MONTHS = "January February March April May June July August September October November December".split()
MESES = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
FRAMES = (
    "sure, {}",
    "{} thats me",
    "mine is {}",
    "yes hello {} and I still owe",
    "claro, {}",
    "soy del {}",
    "it was {} I think",
)
LETTERS = (
    "dated {}",
    "the letter of {}",
    "due {} they say",
    "la carta del {}",
    "vence {}",
    "I will pay on {}",
    "since {}",
)


def under_hundred(number: int) -> str:
    if number < 20:
        return ONE[number - 1] if number < 10 else TEEN[number - 10]
    return TENS[number // 10 - 2] + (f" {ONE[number % 10 - 1]}" if number % 10 else "")


def menos_de_cien(number: int) -> str:
    if number < 30:
        return UNO[number - 1] if number < 10 else DIEZ[number - 10] if number < 20 else VEINTI[number - 20]
    return DECENA[number // 10 - 3] + (f" y {UNO[number % 10 - 1]}" if number % 10 else "")


def nth(day: int) -> str:
    if day % 10 == 0:
        return {10: "tenth", 20: "twentieth", 30: "thirtieth"}[day]
    return (
        NTH[day - 1]
        if day < 10
        else TEENTH[day - 10]
        if day < 20
        else f"{TENS[day // 10 - 2]} {NTH[day % 10 - 1]}"
    )


def in_words(day: int, month: int, year: int, chance: random.Random) -> str:
    if chance.random() < 0.5:
        small = year % 100
        said = f"two thousand {under_hundred(small)}" if year >= 2000 and small else "two thousand"
        if year >= 2010:
            said = chance.choice([said, f"twenty {under_hundred(small)}"])
        if year < 2000:
            said = f"nineteen {under_hundred(small) if small > 9 else 'oh ' + ONE[small - 1]}"
        name = chance.choice([MONTHS, [one.lower() for one in MONTHS]])[month - 1]
        return chance.choice(
            [
                f"{name} {nth(day)} {said}",
                f"{nth(day)} of {name}, {said}",
                f"{name} {under_hundred(day)} {said}",
            ]
        )
    small = year % 100
    said = f"dos mil {menos_de_cien(small)}" if year >= 2000 and small else "dos mil"
    if year < 2000:
        said = f"mil novecientos {menos_de_cien(small)}"
        said = chance.choice([said, menos_de_cien(small)]) if small >= 40 else said
    return f"{menos_de_cien(day)} de {MESES[month - 1]} {chance.choice(['de', 'del'])} {said}"


def test_five_hundred_people_born_and_five_hundred_letters_in_words() -> None:
    chance = random.Random(11)
    born = [
        in_words(
            chance.randint(1, 30),
            chance.randint(1, 12),
            chance.choice([*range(1935, 2000), *range(2001, 2008)]),
            chance,
        )
        for _ in range(500)
    ]
    missed = [
        one
        for one in born
        if mask(chance.choice(FRAMES).format(one)).text.count(HIDDEN) != 1 or one in mask(one).text
    ]
    assert len(missed) <= 5, missed[:10]
    letters = [
        in_words(chance.randint(1, 30), chance.randint(1, 12), chance.randint(2015, 2039), chance)
        for _ in range(500)
    ]
    wrongly = [one for one in letters if mask(chance.choice(LETTERS).format(one)).hidden]
    assert len(wrongly) <= 5, wrongly[:10]
