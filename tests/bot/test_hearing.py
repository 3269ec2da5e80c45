"""'I got a see pee five oh four': what must be heard in a sentence, typed or spoken, English and Spanish."""

from datetime import date

import pytest

from bot.hearing import hear

TODAY = date(2026, 11, 22)  # a Sunday


def heard(text: str, kind: str, listening: str | None = None) -> list[str]:
    return [one["value"] for one in hear(text, TODAY, listening) if one["entity"] == kind]


@pytest.mark.parametrize(
    ("text", "notices"),
    [
        ("I got a CP504", ["CP504"]),
        ("cp-504", ["CP504"]),
        ("Cp 504??", ["CP504"]),
        ("C.P. 504", ["CP504"]),
        ("it says c p five oh four", ["CP504"]),
        ("see pee five zero four", ["CP504"]),
        ("a see p five oh for", ["CP504"]),
        ("cp five hundred four", ["CP504"]),
        ("cp five hundred and four", ["CP504"]),
        ("c p 5 0 4", ["CP504"]),
        ("ce pe quinientos cuatro", ["CP504"]),
        ("se pe cinco cero cuatro", ["CP504"]),
        ("un cp quinientos uno", ["CP501"]),
        ("LT11", ["LT11"]),
        ("l t eleven", ["LT11"]),
        ("lt 11", ["LT11"]),
        ("el tee one one", ["LT11"]),
        ("carta ele te once", ["LT11"]),
        ("lt dieciséis", ["LT16"]),
        ("L T thirty eight", ["LT38"]),
        ("LT39", ["LT39"]),
        ("letter ten fifty eight", ["Letter 1058"]),
        ("letter one zero five eight", ["Letter 1058"]),
        ("carta mil cincuenta y ocho", ["Letter 1058"]),
        ("Letter 3172", ["Letter 3172"]),
        ("letter thirty one seventy two", ["Letter 3172"]),
        ("carta treinta y uno setenta y dos", ["Letter 3172"]),
        ("letter 725-B", ["Letter 725-B"]),
        ("cp fourteen", ["CP14"]),
        ("cp14 from 2022", ["CP14"]),
        ("c p two ninety seven", ["CP297"]),
        ("cp 90", ["CP90"]),
        ("CP noventa y uno", ["CP91"]),
        ("CP71C", ["CP71C"]),
        ("cp seventy one see", ["CP71C"]),
        ("CP-71A", ["CP71A"]),
        ("seventy one c notice", ["CP71C"]),
        ("c p five twenty three", ["CP523"]),
        ("ce pe quinientos veintitrés", ["CP523"]),
        ("cp40", ["CP40"]),
        ("c p five oh eight c", ["CP508C"]),
        ("cp508", ["CP508C"]),
        ("CP508C", ["CP508C"]),
        ("cp two thousand", ["CP2000"]),
        ("CP2000", ["CP2000"]),
        ("CP dos mil", ["CP2000"]),
        ("CP504B", ["CP504B"]),
        ("notice 504", ["CP504"]),
        ("el aviso 503", ["CP503"]),
        ("I got a five oh four", ["CP504"]),
        ("el 504 que me llegó", ["CP504"]),
        ("CP501, 503 and 504", ["CP501", "CP503", "CP504"]),
        ("cp503 no wait cp504", ["CP504"]),
        ("digo, no el CP501, el CP503", ["CP503"]),
        ("my c p a told me to call", []),
        ("I pay 504 a month", []),
        ("$504", []),
        ("since 2019", []),
        ("my 401k", []),
        ("call me at once", []),
        ("my letter of 2022", []),
        ("eight hundred five five five oh one four two one one", []),
    ],
)
def test_names_of_notices(text: str, notices: list[str]) -> None:
    assert heard(text, "notice") == notices


def test_a_bare_number_is_a_notice_when_we_asked_which_one() -> None:
    assert heard("504", "notice", "notice") == ["CP504"]
    assert heard("eleven", "notice", "notice") == ["LT11"]
    assert heard("504", "notice", "amount") == []


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("$200", ["200.00"]),
        ("$1,204.55", ["1204.55"]),
        ("200 dollars", ["200.00"]),
        ("two hundred a month", ["200.00"]),
        ("doscientos al mes", ["200.00"]),
        ("200 al mes", ["200.00"]),
        ("I can pay 150", ["150.00"]),
        ("5k", ["5000.00"]),
        ("five grand", ["5000.00"]),
        ("5 mil", ["5000.00"]),
        ("dos mil quinientos dólares", ["2500.00"]),
        ("twelve hundred dollars", ["1200.00"]),
        ("i owe 12500", ["12500.00"]),
        ("debo 8,342.17", ["8342.17"]),
        ("five hundred dollars and fifty cents", ["500.50"]),
        ("puedo pagar cien", ["100.00"]),
        ("can i do 200... actually 150", ["150.00"]),
        ("$200, no wait, $250", ["250.00"]),
        ("doscientos al mes, digo, trescientos al mes", ["300.00"]),
        ("not 200, 300 a month", ["300.00"]),
        ("between 100 and 200 a month", ["100.00", "200.00"]),
        ("entre 100 y 200 al mes", ["100.00", "200.00"]),
        ("a hundred and fifty a month", ["150.00"]),
        ("ciento cincuenta mensuales", ["150.00"]),
        ("75/mo", ["75.00"]),
        ("CP504", []),
        ("I need 60 days", []),
        ("two letters", []),
        ("for 2022", []),
        ("on November 9", []),
        ("401k", []),
        ("call me at 800-555-0142", []),
        ("form 12153", []),
        ("una carta", []),
        ("no one called", []),
        ("I owe for 2021 and 2022", []),
        ("24/7", []),
        ("the 15th", []),
    ],
)
def test_money(text: str, amounts: list[str]) -> None:
    assert heard(text, "amount") == amounts


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("200", "200.00"),
        ("two fifty", "250.00"),
        ("doscientos", "200.00"),
        ("2000", "2000.00"),
        ("nothing", "0.00"),
        ("nada", "0.00"),
        ("como unos 80", "80.00"),
        ("twenty five", "25.00"),
        ("two hundred no wait two fifty", "250.00"),
    ],
)
def test_a_bare_number_is_money_when_we_asked_for_an_amount(text: str, amount: str) -> None:
    assert heard(text, "amount", "amount") == [amount]


def test_what_is_unclear_is_said_to_be_unclear() -> None:
    (one,) = [e for e in hear("one fifty", TODAY, "amount") if e["entity"] == "amount"]
    assert (one["value"], one["ambiguous"]) == ("150.00", True)
    assert "ambiguous" not in hear("one hundred fifty a month", TODAY)[0]
    assert all(e["ambiguous"] for e in hear("between 100 and 200 a month", TODAY))


def test_what_is_owed_and_what_can_be_paid() -> None:
    found = hear("I owe 12,500 for 2022 and I can only pay two hundred fifty a month on the 15th", TODAY)
    assert [(e["entity"], e["value"], e.get("about")) for e in found] == [
        ("amount", "12500.00", "owed"),
        ("tax_year", "2022", None),
        ("amount", "250.00", "pay"),
        ("day", "15", None),
    ]
    found = hear("debo ocho mil y puedo pagar cien al mes", TODAY)
    assert [(e["value"], e["about"]) for e in found] == [("8000.00", "owed"), ("100.00", "pay")]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("dated November 9", ["2026-11-09"]),
        ("Nov. 9th, 2025", ["2025-11-09"]),
        ("the 9th of November", ["2026-11-09"]),
        ("11/9/2026", ["2026-11-09"]),
        ("11/09", ["2026-11-09"]),
        ("2026-11-09", ["2026-11-09"]),
        ("13/11/2026", ["2026-11-13"]),
        ("fechada el 9 de noviembre", ["2026-11-09"]),
        ("9 de noviembre del 2025", ["2025-11-09"]),
        ("el nueve de noviembre", ["2026-11-09"]),
        ("november ninth twenty twenty six", ["2026-11-09"]),
        ("october twenty first", ["2026-10-21"]),
        ("two weeks ago", ["2026-11-08"]),
        ("hace tres días", ["2026-11-19"]),
        ("in ten days", ["2026-12-02"]),
        ("dentro de una semana", ["2026-11-29"]),
        ("yesterday", ["2026-11-21"]),
        ("mañana", ["2026-11-23"]),
        ("it came last tuesday", ["2026-11-17"]),
        ("next friday", ["2026-11-27"]),
        ("llegó el lunes", ["2026-11-16"]),
        ("my letter is dated the 9th", ["2026-11-09"]),
        ("I can pay by December 5", ["2026-12-05"]),
        ("I will pay january 3", ["2027-01-03"]),
        ("received it december 28", ["2025-12-28"]),
        ("November 9, no wait, November 12", ["2026-11-12"]),
        ("february 30", []),
        ("por la mañana", []),
        ("I may call", []),
    ],
)
def test_dates(text: str, days: list[str]) -> None:
    assert heard(text, "date") == days


@pytest.mark.parametrize(
    ("text", "listening", "day"),
    [
        ("15", "day", "15"),
        ("the fifteenth", "day", "15"),
        ("el quince", "day", "15"),
        ("on the 1st", "day", "1"),
        ("el primero", "day", "1"),
        ("200 a month on the 15th", None, "15"),
        ("doscientos el 15 de cada mes", None, "15"),
        ("every month on the twenty eighth", None, "28"),
        ("the last day of the month", "day", "31"),
        ("the 5th no the 10th", "day", "10"),
    ],
)
def test_the_day_of_the_month(text: str, listening: str | None, day: str) -> None:
    assert heard(text, "day", listening) == [day]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("I owe for 2021 and 2022", ["2021", "2022"]),
        ("twenty twenty two", ["2022"]),
        ("two thousand nineteen", ["2019"]),
        ("dos mil veintidós", ["2022"]),
        ("del 2019", ["2019"]),
        ("tax year 21", ["2021"]),
        ("my last year's taxes", ["2025"]),
        ("nineteen ninety eight", ["1998"]),
        ("CP14 2023", ["2023"]),
        ("I owe $2,021", []),
        ("2000 a month", []),
        ("November 9 2026", []),
        ("2035", []),
        ("CP2000", []),
        ("2022, sorry, 2021", ["2021"]),
    ],
)
def test_tax_years(text: str, years: list[str]) -> None:
    assert heard(text, "tax_year") == years


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("form 12153", ["12153"]),
        ("12153", ["12153"]),
        ("one two one five three", ["12153"]),
        ("433-F", ["433-F"]),
        ("form four thirty three f", ["433-F"]),
        ("forma 9465", ["9465"]),
        ("twenty eight forty eight", ["2848"]),
        ("formulario 656", ["656"]),
        ("W-2", ["W-2"]),
        ("I owe 9465", []),
        ("656", []),
        ("call 911", []),
    ],
)
def test_forms(text: str, forms: list[str]) -> None:
    assert heard(text, "form") == forms


@pytest.mark.parametrize(
    "text",
    [
        "call me at (800) 555-0142",
        "800-555-0142",
        "1 800 555 0142",
        "8005550142",
        "eight hundred five five five zero one four two",
        "ocho cero cero cinco cinco cinco cero uno cuatro dos",
    ],
)
def test_telephone_numbers(text: str) -> None:
    assert heard(text, "phone") == ["8005550142"]


def test_languages_and_agencies() -> None:
    assert heard("quiero hablar español", "language") == ["es"]
    assert heard("English please", "language") == ["en"]
    assert heard("CBE Group keeps calling", "agency") == ["CBE Group"]


def test_places_point_into_the_original_text() -> None:
    text = "Señora, me llegó un CE PE quinientos cuatro y puedo pagar $200"
    for one in hear(text, TODAY):
        assert text[one["start"] : one["end"]] == one["text"]
    assert [one["text"] for one in hear(text, TODAY)] == ["CE PE quinientos cuatro", "$200"]
