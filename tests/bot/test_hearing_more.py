"""Numbers as people drop them into a sentence: bare amounts, payroll forms, early years, dates said twice."""

from datetime import date

import pytest

from bot.hearing import hear

TODAY = date(2026, 11, 22)  # a Sunday


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("one seventy five on the tenth", [("amount", "175.00"), ("date", "2026-12-10")]),
        ("i can send two twenty", [("amount", "220.00")]),
        ("charge 300", [("amount", "300.00")]),
        ("i got three hundred right now", [("amount", "300.00")]),
        ("bájenme de 350 a 200", [("amount", "350.00"), ("amount", "200.00")]),
        ("cien a la quincena", [("amount", "100.00")]),
        ("220 x mes", [("amount", "220.00")]),
        ("three hundred letters from you people", []),
        ("we owe on the 941", [("form", "941")]),
        ("nine forty one taxes", [("form", "941")]),
        ("i owe 941 dollars", [("amount", "941.00")]),
        ("letter eleven fifty three", [("notice", "Letter 1153")]),
        ("carta 1153", [("notice", "Letter 1153")]),
        ("it's from oh nine", [("tax_year", "2009")]),
        ("lo del 09", [("tax_year", "2009")]),
        ("friday the 20th", [("date", "2026-11-20")]),
        ("next friday", [("date", "2026-11-27")]),
        ("when is my last day", []),
        ("cuál es el último día", []),
        ("el último aviso que llegó", []),
        ("200 on the last day of every month", [("amount", "200.00"), ("day", "31")]),
        ("it costs me a day of work", []),
        ("not the CP504, the LT11", [("notice", "LT11")]),
        ("no es el CP504, es el LT11", [("notice", "LT11")]),
        ("not for 2021, I meant 2022", [("tax_year", "2022")]),
        ("c b e group called", [("agency", "CBE Group")]),
        ("con serve me llamó", [("agency", "ConServe")]),
    ],
)
def test_numbers_dropped_into_a_sentence(text: str, named: list[tuple[str, str]]) -> None:
    assert [(one["entity"], one["value"]) for one in hear(text, TODAY)] == named
