"""Interest against published factors, day counts and hand calculations."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from build import D, case, letter, module, pay, tax, view

from acs.case import Case, Payment
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


# A second bill: 26 USC 6601(e)(3), "if such amount is paid within 21 calendar days". What the bill does not
# ask for first had its own notice and demand and goes on.

PERCENT = {2024: (8, 8, 8, 8), 2025: (7, 7, 7, 7), 2026: (7, 6, 7, 7)}  # the quarters of the fact sheet


def by_hand(amount: str, start: str, end: str) -> Decimal:
    """Grown day by day: the day after `start` is the first that counts."""
    grown, day = Decimal(amount), D(start)
    while day < D(end):
        day += timedelta(days=1)
        rate = Decimal(PERCENT[day.year][(day.month - 1) // 3]) / 100
        grown += grown * rate / (366 if day.year % 4 == 0 else 365)
    return grown


def twice_billed(*payments: Payment) -> Case:
    return case(
        module(
            assessments=(tax("10000.00"), tax("1000.00", "2026-10-05", "additional_tax")),
            notices=(letter("CP14", "2024-06-03"), letter("CP22A", "2026-10-05")),
            payments=payments,
        )
    )


def old_and_new(old_until: str) -> Decimal:
    old = by_hand("10000", "2024-04-15", old_until) - 10000
    return old + by_hand("1000", "2024-04-15", "2026-10-05") - 1000


def test_while_a_second_bill_runs_only_what_it_asks_for_stands_still() -> None:
    whole = view(twice_billed(), "2026-10-20")
    seen = whole["modules"][0]
    assert Decimal(seen["interest"]) == round(old_and_new("2026-10-20"), 2)
    daily = by_hand("10000", "2024-04-15", "2026-10-20") * Decimal("0.07") / 365
    assert Decimal(whole["balance"]["per_day"]) == round(daily, 2)


def test_the_days_of_a_second_bill_are_over() -> None:
    seen = view(twice_billed(), "2026-10-27")["modules"][0]  # the 21st day is Monday, October 26
    both = old_and_new("2026-10-27") + by_hand("1000", "2024-04-15", "2026-10-27")
    assert Decimal(seen["interest"]) == round(both - by_hand("1000", "2024-04-15", "2026-10-05"), 2)


def test_a_payment_in_the_days_of_a_second_bill_counts_from_it_as_far_as_it_pays_that_bill() -> None:
    asked = by_hand("1000", "2024-04-15", "2026-10-05")
    seen = view(twice_billed(pay("2000.00", "2026-10-21")), "2026-11-20")["modules"][0]
    # The rest pays the old debt on its own day; October 21 to November 20 bears interest on what is left of it.
    left = by_hand("10000", "2024-04-15", "2026-10-21") - (2000 - asked)
    expected = by_hand(str(left), "2026-10-21", "2026-11-20") + 2000 - 11000
    assert abs(Decimal(seen["interest"]) - expected) <= Decimal("0.01")


@pytest.mark.parametrize(("second", "last_day"), [("20000.00", "2026-10-26"), ("120000.00", "2026-10-20")])
def test_ten_business_days_are_for_what_this_bill_asks_for(second: str, last_day: str) -> None:
    """26 USC 6601(e)(3): "the amount for which such notice and demand is made". October 12 is Columbus Day."""
    owed = module(
        assessments=(tax("150000.00"), tax(second, "2026-10-05", "additional_tax")),
        notices=(letter("CP14", "2024-06-03"), letter("CP22A", "2026-10-05")),
    )
    days = [d for d in view(case(owed), "2026-10-06")["deadlines"] if d["kind"] == "interest_free_payment"]
    assert [d["last_day"] for d in days if d["notice"] == "CP22A"] == [last_day]
