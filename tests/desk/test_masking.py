"""No taxpayer or card number survives, however it is written or said; amounts, dates and phones do."""

from __future__ import annotations

import pytest

from desk.masking import HIDDEN, mask

PRIVATE = [
    "my social is 900-70-1234",
    "900 70 1234",
    "900.70.1234",
    "900701234",
    "ssn:900701234.",
    "ssn900701234",
    "EIN 90-0701234",
    "it is 9 0 0 7 0 1 2 3 4 ok",
    "9-0-0-7-0-1-2-3-4",
    "900/70/1234",
    "900_70_1234",
    "900 - 70 - 1234",
    "(900) 70 1234",
    "900–70–1234",
    "９００－７０－１２３４",
    "٩٠٠٧٠١٢٣٤",
    "9\u200b00\u200b-70-12\u200d34",
    "9️⃣0️⃣0️⃣7️⃣0️⃣1️⃣2️⃣3️⃣4️⃣",
    "①⓪⓪⑦⓪①②③④",
    "9OO-7O-1234",
    "nine zero zero seven zero one two three four",
    "nine oh oh, seven oh, one two three four",
    "nine hundred seventy twelve thirty four",
    "nine double zero seven zero one two three four",
    "um nine zero zero uh seven zero dash one two three four",
    "nueve cero cero siete cero uno dos tres cuatro",
    "novecientos setenta doce treinta y cuatro",
    "mi seguro social es el 900 70 1234",
    "900-70-1234 1984",
    "900701234 03/09/1984",
    "900701234 900709876",
    "4111 1111 1111 1111",
    "4111111111111111",
    "3782 822463 10005",
    "cuatro uno uno uno uno uno uno uno uno uno uno uno uno uno uno uno",
    "900-70-2023",
    "I was born on 03/09/1984",
    "dob 3-9-84",
    "caller id 4471902",
    "the caller ID number is 4471902",
    "el número de llamada es 4471902",
    "03/09/1984",
    "1984-03-09",
    "March 9, 1984",
    "my birthday is 9 March 1984",
    "nací el 9 de marzo de 1984",
    "date of birth 03091984",
]

PUBLIC = [
    "I got a CP504 dated 11/09/2026",
    "CP 504, LT11 and letter 1058",
    "I owe $12,345.67",
    "I owe 1,234,567.89 dollars",
    "about 200 a month",
    "tax years 2021 2022 2023",
    "2019, 2020, 2021 and 2022",
    "call me at 512-555-0143",
    "(512) 555-0143 after 5",
    "+1 512 555 0143",
    "5125550143",
    "my zip is 78701-1234",
    "form 1040 2023 3 years late",
    "letter of 2026-11-09 3 pages",
    "11/09/2026 5 pm",
    "one hundred and fifty a month",
    "nineteen thousand two hundred fifty dollars",
    "twenty twenty three and twenty twenty two",
    "doscientos al mes",
    "el quince de cada mes",
    "five one two five five five oh one four three",
    "123456.78",
    "Form 433-F and Form 12153",
    "I pay 150 on the 15th",
    "my letter is dated 11/09/2026",
    "dated Nov 9, 2026, tax year 1998",
    "I have not filed since 2003",
    "we married in June 2004",
    "la carta es del 9 de noviembre de 2026",
    "my son was born in 2019",
]


@pytest.mark.parametrize("text", PRIVATE)
def test_private_numbers_are_hidden(text: str) -> None:
    masked = mask(text)
    assert masked.hidden
    assert HIDDEN in masked.text
    left = [character for character in masked.text if character.isdigit()]
    assert "".join(left) in ("", "1984", "03091984"), masked.text
    words = {"seven", "siete", "setenta", "twelve", "doce", "uno"}
    assert not words & set(masked.text.lower().replace(",", " ").split()), masked.text


@pytest.mark.parametrize("text", PUBLIC)
def test_amounts_dates_phones_and_notices_stay(text: str) -> None:
    assert mask(text).text == text
    assert not mask(text).hidden


def test_only_the_number_is_hidden() -> None:
    assert mask("I am 900-70-1234 and got a CP504").text == f"I am {HIDDEN} and got a CP504"


def test_invisible_characters_are_dropped() -> None:
    assert mask("he\u200bllo\x00 \u202ethere").text == "hello there"
