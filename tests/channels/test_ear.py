"""What a voice says: codes, dates, dollars, phone numbers and addresses, in English and Spanish."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels import ear, numerals
from channels.speakable import speakable


@pytest.mark.parametrize(
    ("code", "english", "spanish"),
    [
        ("CP504", "C P five oh four", "ce pe quinientos cuatro"),
        ("CP14", "C P fourteen", "ce pe catorce"),
        ("LT11", "L T eleven", "ele te once"),
        ("CP90", "C P ninety", "ce pe noventa"),
        ("CP523", "C P five twenty-three", "ce pe quinientos veintitrés"),
        ("CP2000", "C P two thousand", "ce pe dos mil"),
        ("CP22A", "C P twenty-two A", "ce pe veintidós a"),
        ("CP508C", "C P five oh eight C", "ce pe quinientos ocho ce"),
        ("Letter 1058", "Letter ten fifty-eight", "Letter mil cincuenta y ocho"),
        ("3172", "thirty-one seventy-two", "tres mil ciento setenta y dos"),
    ],
)
def test_notices(code, english, spanish):
    assert ear.notice(code, "en") == english
    assert ear.notice(code, "es") == spanish


@pytest.mark.parametrize(
    ("amount", "english", "spanish"),
    [
        ("0.00", "zero dollars", "cero dólares"),
        ("1.00", "one dollar", "un dólar"),
        ("0.01", "one cent", "un centavo"),
        ("21.21", "twenty-one dollars and twenty-one cents", "veintiún dólares con veintiún centavos"),
        ("100.00", "one hundred dollars", "cien dólares"),
        ("200.00", "two hundred dollars", "doscientos dólares"),
        ("1204.55", "one thousand two hundred four dollars and fifty-five cents",
         "mil doscientos cuatro dólares con cincuenta y cinco centavos"),
        ("31001.00", "thirty-one thousand one dollars", "treinta y un mil un dólares"),
        ("50000.00", "fifty thousand dollars", "cincuenta mil dólares"),
        ("1000000.00", "one million dollars", "un millón de dólares"),
        ("2000001.10", "two million one dollars and ten cents", "dos millones un dólares con diez centavos"),
        ("-5.00", "minus five dollars", "menos cinco dólares"),
    ],
)  # fmt: skip
def test_money(amount, english, spanish):
    assert ear.money(amount, "en") == english
    assert ear.money(amount, "es") == spanish


@pytest.mark.parametrize(
    ("day", "english", "spanish"),
    [
        ("2026-12-09", "December ninth, twenty twenty-six", "nueve de diciembre de dos mil veintiséis"),
        ("2027-01-01", "January first, twenty twenty-seven", "primero de enero de dos mil veintisiete"),
        ("2009-03-31", "March thirty-first, two thousand nine", "treinta y uno de marzo de dos mil nueve"),
        (
            "1998-05-12",
            "May twelfth, nineteen ninety-eight",
            "doce de mayo de mil novecientos noventa y ocho",
        ),
        ("2028-02-20", "February twentieth, twenty twenty-eight", "veinte de febrero de dos mil veintiocho"),
    ],
)
def test_days(day, english, spanish):
    assert ear.day(day, "en") == english
    assert ear.day(day, "es") == spanish


@pytest.mark.parametrize(
    ("form", "english", "spanish"),
    [
        ("12153", "one two one five three", "uno dos uno cinco tres"),
        ("1040", "ten forty", "diez cuarenta"),
        ("433-F", "four three three F", "cuatro tres tres efe"),
        ("W-2", "W two", "doble ve dos"),
        ("9465", "nine four six five", "nueve cuatro seis cinco"),
    ],
)
def test_forms(form, english, spanish):
    assert ear.form(form, "en") == english
    assert ear.form(form, "es") == spanish


@pytest.mark.parametrize(
    ("period", "english", "spanish"),
    [
        ("2023", "twenty twenty-three", "dos mil veintitrés"),
        ("2023Q2", "second quarter of twenty twenty-three", "segundo trimestre de dos mil veintitrés"),
        ("2024-06", "June twenty twenty-four", "junio de dos mil veinticuatro"),
    ],
)
def test_periods(period, english, spanish):
    assert ear.period(period, "en") == english
    assert ear.period(period, "es") == spanish


@pytest.mark.parametrize(
    ("written", "language", "said"),
    [
        ("Call 1-800-829-1040.", "en", "Call eight zero zero, eight two nine, one zero four zero."),
        ("Llame al (800) 829-7650.", "es", "Llame al ocho cero cero, ocho dos nueve, siete seis cinco cero."),
        (
            "Text or call 988; in danger, 911.",
            "en",
            "Text or call nine eight eight; in danger, nine one one.",
        ),
        ("See https://www.irs.gov/opa.", "en", "See I R S dot gov slash opa."),
        ("Vea IRS.gov/pagos.", "es", "Vea i erre ese punto gov barra pagos."),
        ("The IRS sent a CDP notice.", "en", "The I R S sent a C D P notice."),
        ("You have 30 days, 7 a.m. to 7 p.m.", "en", "You have thirty days, seven a.m. to seven p.m."),
        ("Espere de 8 a 21 minutos.", "es", "Espere de ocho a veintiún minutos."),
        ("8-20 minutes at 0.5% a month", "en", "eight to twenty minutes at zero point five percent a month"),
        ("El 25% y 101 cuotas", "es", "El veinticinco por ciento y ciento una cuotas"),
        ("Under $50,000 by April 15", "en", "Under fifty thousand dollars by April fifteenth"),
        ("Desde el 1 de enero de 2027", "es", "Desde el primero de enero de dos mil veintisiete"),
        ("By 2026-12-09 for 2023", "en", "By December ninth, twenty twenty-six for twenty twenty-three"),
        ("Form 1040 for $12.", "en", "Form ten forty for twelve dollars."),
        ("LT11 o CP504", "es", "ele te once o ce pe quinientos cuatro"),
        ("At 8:05 or 9:00", "en", "At eight oh five or nine"),
        ("El Tesoro de EE. UU. y la LITC", "es", "El Tesoro de Estados Unidos y la ele i te ce"),
        ("Pay the U.S. Treasury", "en", "Pay the U S Treasury"),
        ("Oprima 1 si es correcto, o 2 si no.", "es", "Oprima uno si es correcto, o dos si no."),
    ],
)
def test_what_was_written_for_the_eye_is_made_speakable(written, language, said):
    assert speakable(written, language) == said


@given(st.integers(0, 10**12 - 1), st.sampled_from(["en", "es"]))
def test_every_number_has_words_and_only_words(number, language):
    said = numerals.cardinal(number, language)
    assert not re.search(r"\d|  |^ | $", said)


@given(st.lists(st.integers(0, 10**9), min_size=2, max_size=2, unique=True), st.sampled_from(["en", "es"]))
def test_two_numbers_never_sound_the_same(pair, language):
    first, second = pair
    assert numerals.cardinal(first, language) != numerals.cardinal(second, language)


@given(st.text(max_size=80), st.sampled_from(["en", "es"]))
def test_what_is_speakable_stays_as_it_is(text, language):
    once = speakable(text, language)
    assert speakable(once, language) == once
