"""First-time abatement's exact look-back (IRM 20.1.1.3.3.2.1), Notice 2024-7, and what the law itself takes away."""

import pytest
from build import D, case, failed, hold, letter, module, option, tax, view

from acs.case import Return, ReturnPenalty

ON = "2026-11-22"


def earlier(
    period: str, form: str = "1040", kind: str | None = "failure_to_pay", removed: str | None = None
) -> Return:
    penalties = (ReturnPenalty(kind=kind, removed=removed),) if kind else ()  # type: ignore[arg-type]
    return Return(form=form, period=period, due=D("2018-04-17"), filed=D("2018-04-10"), penalties=penalties)


def is_open(period: str, *returns: Return, form: str = "1040", on: str = ON) -> bool:
    of = case(module(period=period, form=form), returns=returns)
    return bool(option(view(of, on), "first_time_abatement")["eligible"])


@pytest.mark.parametrize(
    ("period", "penalised", "open_"),
    [
        ("2023", "2019", True),  # four years before
        ("2023", "2020", False),  # three years before
        ("2023", "2022", False),
        ("2023", "2024", True),  # a later year does not count
        ("2019", "2015", True),  # years before 2020 are looked at in the same way
        ("2019", "2016", False),
        ("2019", "2018", False),
    ],
)
def test_three_years_before(period: str, penalised: str, open_: bool) -> None:
    assert is_open(period, earlier(penalised)) is open_


@pytest.mark.parametrize(
    ("period", "penalised", "open_"),
    [
        ("2023Q2", "2023Q1", False),  # the quarter before
        ("2023Q2", "2020Q2", False),  # the twelfth quarter before
        ("2023Q2", "2020Q1", True),
        ("2023Q2", "2023Q3", True),
        ("202306", "202303", False),  # the same quarters, written by their last month
        ("202306", "202003", True),
    ],
)
def test_a_quarter_looks_back_on_twelve(period: str, penalised: str, open_: bool) -> None:
    assert is_open(period, earlier(penalised, "941"), form="941") is open_


def test_only_the_same_kind_of_return_counts() -> None:
    assert is_open("2023", earlier("2022", "941"))
    assert not is_open("2023", earlier("2022", "1040-SR"))  # a 1040-SR is the same income tax return


@pytest.mark.parametrize(
    ("removed", "on", "open_"),
    [
        (None, ON, False),
        ("first_time_abatement", ON, False),  # it was used
        ("reasonable_cause", ON, True),
        ("notice_2024_7", ON, True),
        ("notice_2024_7", "2023-12-18", False),  # the day before the notice
        ("notice_2024_7", "2023-12-19", True),
    ],
)
def test_what_was_removed_before(removed: str | None, on: str, open_: bool) -> None:
    of = module(
        period="2022", due=D("2023-04-18"), filed=D("2023-04-18"), assessments=(tax("5000.00", "2023-06-05"),)
    )
    found = option(view(case(of, returns=(earlier("2021", removed=removed),)), on), "first_time_abatement")
    assert found["eligible"] is open_


def test_a_return_that_is_missing_closes_it_and_one_not_listed_does_not() -> None:
    missing = Return(form="1040", period="2021", due=D("2022-04-18"), filed=None)
    of = case(module(), returns=(missing,))
    assert failed(view(of, ON), "first_time_abatement") == {"prior_returns_filed"}
    assert is_open("2023")


def test_it_may_come_by_itself_for_newer_years() -> None:
    def alone(period: str) -> bool:
        of = module(
            period=period,
            due=D("2026-04-15"),
            filed=D("2026-04-15"),
            assessments=(tax("100.00", "2026-06-01"),),
        )
        return bool(option(view(case(of), ON), "first_time_abatement")["terms"]["may_come_by_itself"])

    assert alone("2025")
    assert not alone("2024")


def test_the_relief_of_2024_takes_its_own_months_only() -> None:
    # Notice 2024-7: late payment of 2020 and 2021 from 5 February 2022 (or the bill) to 31 March 2024.
    returned = Return(
        form="1040", period="2020", due=D("2021-05-17"), filed=D("2021-05-17"),
        penalties=(ReturnPenalty(kind="failure_to_pay", removed="notice_2024_7"),),
    )  # fmt: skip
    of = module(
        period="2020", due=D("2021-05-17"), filed=D("2021-05-17"), notices=(letter("CP14", "2021-07-05"),),
        assessments=(tax("10000.00", "2021-07-05"),),
    )  # fmt: skip
    seen = view(case(of, returns=(returned,)), "2024-06-30")["modules"][0]
    # 18 May 2021 to 17 February 2022: nine months; then 18 April to 30 June 2024: three months begun.
    assert seen["failure_to_pay"] == "600.00"
    without = view(case(of), "2024-06-30")["modules"][0]
    assert without["failure_to_pay"] == "1900.00"  # 38 months begun


def test_what_the_law_takes_away() -> None:
    seen = option(view(case(holds=(hold("disaster", "2026-01-05"),)), ON), "reasonable_cause")
    assert seen["terms"]["statutory"] == [
        {"ground": "disaster", "applies": True, "source": "26 USC 7508A"},
        {"ground": "combat_zone", "applies": False, "source": "26 USC 7508"},
        {"ground": "mailed_in_time", "applies": None, "source": "26 USC 7502"},
        {"ground": "wrong_written_advice", "applies": None, "source": "26 USC 6404(f)"},
    ]
