"""Interest against published factors, day counts and hand calculations."""

from datetime import date
from decimal import Decimal

import pytest
from build import D, case, letter, module, pay, tax, view

from acs.errors import NotPublished
from acs.interest import factor


def test_a_year_at_seven_percent() -> None:
    assert round(factor(D("2024-12-31"), D("2025-12-31")) - 1, 9) == Decimal(
        "0.072500983"
    )  # Rev. Proc. 95-17 table


def test_a_leap_year_counts_366_days() -> None:
    expected = (1 + Decimal("0.08") / 366) ** 366
    assert round(factor(D("2023-12-31"), D("2024-12-31")), 12) == round(expected, 12)


def test_quarters_of_2026() -> None:
    seven, six = 1 + Decimal("0.07") / 365, 1 + Decimal("0.06") / 365
    assert round(factor(D("2025-12-31"), D("2026-09-30")), 12) == round(seven**90 * six**91 * seven**92, 12)


def test_the_day_of_payment_counts_and_the_due_date_does_not() -> None:
    assert factor(D("2025-04-15"), D("2025-04-15")) == 1
    assert factor(D("2025-04-15"), D("2025-04-16")) == 1 + Decimal("0.07") / 365


@pytest.mark.parametrize("span", [("2026-12-31", "2027-01-01"), ("2017-06-01", "2018-06-01")])
def test_nothing_is_guessed_outside_the_table(span: tuple[str, str]) -> None:
    with pytest.raises(NotPublished):
        factor(D(span[0]), D(span[1]))


def test_the_balance_becomes_null_with_a_reason_after_the_last_quarter() -> None:
    seen = view(case(), "2027-01-15")
    assert seen["modules"][0]["interest"] is None
    assert seen["modules"][0]["payoff"] is None
    assert "not published yet" in seen["modules"][0]["reason"]
    assert seen["balance"]["payoff"] is None
    assert seen["balance"]["assessed"] == "10000.00"
    assert seen["balance"]["per_day"] is None
    assert seen["balance"]["reason"]
    assert seen["balance"]["reason_es"]
    assert (
        seen["modules"][0]["failure_to_pay"] == "1000.00" or Decimal(seen["modules"][0]["failure_to_pay"]) > 0
    )


def test_interest_runs_from_the_due_date_whatever_the_extension() -> None:
    plain = view(case(), "2025-12-31")["modules"][0]["interest"]
    extended = view(case(module(extended_to=D("2024-10-15"), filed=D("2024-10-10"))), "2025-12-31")
    assert extended["modules"][0]["interest"] == plain
    days_2024 = (date(2024, 12, 31) - date(2024, 4, 15)).days
    grown = (1 + Decimal("0.08") / 366) ** days_2024 * (1 + Decimal("0.07") / 365) ** 365
    assert Decimal(plain) == round(10000 * (grown - 1), 2)


def test_paid_within_21_days_of_the_bill_costs_no_more_interest() -> None:
    to_the_bill = round(10000 * ((1 + Decimal("0.08") / 366) ** 49 - 1), 2)  # 15 April to 3 June
    for on in ("2024-06-03", "2024-06-10", "2024-06-24"):  # paying today would stop it at the bill's date
        assert Decimal(view(case(), on)["modules"][0]["interest"]) == to_the_bill
        assert view(case(), on)["balance"]["per_day"] == "0.00"
    assert Decimal(view(case(), "2024-06-25")["modules"][0]["interest"]) > to_the_bill + 40
    paid = view(case(module(payments=(pay("10000.00", "2024-06-24"),))), "2025-06-24")["modules"][0]
    grown = (1 + Decimal("0.08") / 366) ** 211 * (1 + Decimal("0.07") / 365) ** 175
    assert abs(Decimal(paid["interest"]) - to_the_bill * grown) <= Decimal(
        "0.01"
    )  # only unpaid interest goes on


def test_a_bill_of_100000_gives_ten_business_days() -> None:
    large = module(assessments=(tax("100000.00"),))
    first = view(case(large), "2024-06-17")["modules"][0]["interest"]  # the tenth business day
    assert first == view(case(large), "2024-06-03")["modules"][0]["interest"]
    assert view(case(large), "2024-06-18")["modules"][0]["interest"] != first


def test_payments_stop_interest_from_their_day() -> None:
    seen = view(case(module(notices=(), payments=(pay("4000.00", "2024-12-31"),))), "2025-12-31")["modules"][
        0
    ]
    before = (1 + Decimal("0.08") / 366) ** 260
    owed = 10000 * before - 4000
    expected = 10000 * (before - 1) + owed * ((1 + Decimal("0.07") / 365) ** 365 - 1)
    assert Decimal(seen["interest"]) == round(expected, 2)
    assert seen["tax"] == "6000.00"


def test_penalty_interest_starts_where_the_law_says() -> None:
    # Late filing and accuracy: from the return's due date; every other penalty: from its bill.
    def added(kind: str) -> Decimal:
        with_it = module(assessments=(tax("10000.00"), tax("1000.00", kind=kind)), notices=())
        without = module(notices=())
        dates = "2025-12-31"
        mine = Decimal(view(case(with_it), dates)["modules"][0]["interest"])
        return mine - Decimal(view(case(without), dates)["modules"][0]["interest"])

    year = (1 + Decimal("0.07") / 365) ** 365
    from_due = 1000 * ((1 + Decimal("0.08") / 366) ** 260 * year - 1)
    from_bill = 1000 * ((1 + Decimal("0.08") / 366) ** 211 * year - 1)
    for kind in ("failure_to_file", "accuracy"):
        assert abs(added(kind) - from_due) <= Decimal("0.01")
    for kind in ("failure_to_pay", "estimated_tax"):
        assert abs(added(kind) - from_bill) <= Decimal("0.01")


def test_interest_already_assessed_is_not_computed_again() -> None:
    both = (tax("10000.00"), tax("105.00", kind="interest"))
    seen = view(case(module(assessments=both, notices=())), "2024-12-31")["modules"][0]
    later = 10105 * ((1 + Decimal("0.08") / 366) ** 211 - 1)
    assert Decimal(seen["interest"]) == 105 + round(later, 2)
    assert seen["assessed"] == "10105.00"


def test_assessed_interest_also_covers_years_before_the_table() -> None:
    old = module(
        period="2015", due=D("2016-04-18"), filed=D("2016-04-18"), notices=(),
        assessments=(tax("1000.00", "2016-06-06"), tax("90.00", "2025-12-31", "interest")),
    )  # fmt: skip
    assert Decimal(view(case(old), "2026-01-31")["modules"][0]["interest"]) > 90


def test_a_bill_after_sixty_days_is_not_the_first_demand() -> None:
    # 26 USC 6303(a): assessed 3 June 2024, notice and demand by 2 August.
    def free(bill: str) -> bool:
        return view(case(module(notices=(letter("CP14", bill),))), bill)["balance"]["per_day"] == "0.00"

    assert free("2024-08-02")
    assert not free("2024-08-03")
