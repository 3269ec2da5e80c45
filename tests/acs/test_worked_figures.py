"""Figures worked by hand from the law, and days at the edge; each test names its source and shows the working."""

from typing import Any

import pytest
from build import D, case, letter, module, pay, plan, tax, view

from acs.case import Levy, Name

BUSINESS = {"kind": "business", "name": Name(business="Lee LLC"), "tin": "00-0000001"}
WAGES = (Levy(kind="wages", source="Acme", served=D("2026-03-02")),)


def figures(on: str, *kept: str, of: Any = None, **changes: Any) -> list[str | None]:
    seen = view(of or case(module(**changes)), on)["modules"][0]
    return [seen[key] for key in kept]


def quarter(due: str, filed: str, amount: str, **changes: Any) -> Any:
    base: dict[str, Any] = {
        "form": "941", "period": "2023-Q4", "due": D(due), "filed": D(filed), "notices": (),
        "assessments": (tax(amount, "2024-07-01"),),
    }  # fmt: skip
    return module(**(base | changes))


# Interest: 26 USC 6601, 6621, 6622.


@pytest.mark.parametrize(
    ("start", "end", "amount", "interest"),
    [
        # 2024 is a leap year: 10,000 x ((1 + 0.08/366)^260 - 1), 16 April to 31 December.
        ("2024-04-15", "2024-12-31", "10000.00", "584.70"),
        # 10,000 x (1 + 0.08/366)^260 x (1 + 0.07/365)^365: the year of 2025 is 0.072500983 (Rev. Proc. 95-17).
        ("2024-04-15", "2025-12-31", "10000.00", "1352.10"),
        # 8,200 until 10 November 2026: 260 days at 8/366, 455 at 7/365, 91 at 6/365, 133 at 7/365.
        ("2024-04-15", "2026-11-10", "8200.00", "1661.84"),
        # 12,000 of a first quarter: 245 days at 8/366, then as above.
        ("2024-04-30", "2026-11-10", "12000.00", "2384.72"),
    ],
)
def test_interest_by_the_day(start: str, end: str, amount: str, interest: str) -> None:
    owed = module(due=D(start), filed=D(start), assessments=(tax(amount),))
    assert view(case(owed), end)["modules"][0]["interest"] == interest


def test_the_last_day_with_a_rate_and_the_first_without() -> None:
    """The fourth quarter of 2026 is the last one published: 31 December has a figure, 1 January has none."""
    last, none = view(case(), "2026-12-31"), view(case(), "2027-01-01")
    assert last["balance"]["payoff"] is not None
    assert none["balance"]["payoff"] is none["modules"][0]["interest"] is None
    assert none["balance"]["reason"]
    assert none["modules"][0]["reason"]
    assert none["modules"][0]["failure_to_pay"] == "1650.00"  # 33 months at half a percent need no rate


def test_paid_on_the_next_business_day_is_paid_on_the_due_date() -> None:
    """26 USC 7503: 15 April 2023 was a Saturday, the 17th Emancipation Day as observed; the 18th is in time."""
    due = {"period": "2022", "due": D("2023-04-15"), "filed": D("2023-04-18"),
           "assessments": (tax("10000.00", "2023-06-05"),), "notices": ()}  # fmt: skip
    kept = ("interest", "failure_to_pay", "failure_to_file", "payoff")
    assert figures("2024-01-10", *kept, **due, payments=(pay("10000.00", "2023-04-18"),)) == ["0.00"] * 4
    # A day later: 4 days at 7 percent, 10,000 x ((1 + 0.07/365)^4 - 1) = 7.67, and interest on the 7.67 since.
    assert figures("2023-04-19", "interest", of=case(module(**due | {
        "assessments": (tax("10000.00", "2023-04-19"),), "payments": (pay("10000.00", "2023-04-19"),)
    }))) == ["7.67"]  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "paid", "stops"),
    [
        ("99999.99", "2024-06-24", True),  # 21 calendar days after 3 June
        ("99999.99", "2024-06-25", False),
        ("100000.00", "2024-06-17", True),  # 10 business days: 4 to 7, 10 to 14, 17 June
        ("100000.00", "2024-06-18", False),
    ],
)
def test_the_free_days_of_a_bill(amount: str, paid: str, stops: bool) -> None:
    """26 USC 6601(e)(3): 21 calendar days, or 10 business days when the bill asks for $100,000 or more."""
    figure = {
        on: view(case(module(assessments=(tax(amount),), payments=(pay(amount, paid),))), on)["modules"][0]
        for on in (paid, "2024-06-03")
    }
    assert (figure[paid]["interest"] == figure["2024-06-03"]["interest"]) is stops


# Paying late and filing late: 26 USC 6651, 26 CFR 301.6651-1(b).


@pytest.mark.parametrize(
    ("due", "on", "months"),
    [
        ("2024-04-15", "2024-06-15", 2), ("2024-04-15", "2024-06-16", 3),
        # Due on the last day of April: every month is a calendar month, 31 May not 30.
        ("2024-04-30", "2024-06-30", 2), ("2024-04-30", "2024-07-31", 3), ("2024-04-30", "2024-08-01", 4),
        ("2024-02-29", "2024-07-31", 5), ("2024-01-31", "2024-07-31", 6),
    ],
)  # fmt: skip
def test_months_of_paying_late(due: str, on: str, months: int) -> None:
    owed = module(due=D(due), filed=D(due), assessments=(tax("10000.00", "2024-06-03"),))
    assert view(case(owed), on)["modules"][0]["failure_to_pay"] == f"{50 * months}.00"


@pytest.mark.parametrize(
    ("sent", "pay_late"),
    # Seen on 10 October 2024, six months begun. Ten days after 5 September is the 15th: the month that begins on the
    # 16th costs 1 percent. After a notice of the 6th, whose tenth day is the 16th itself, it still costs half.
    [("2024-09-05", "350.00"), ("2024-09-06", "300.00")],
)
def test_one_percent_begins_after_the_tenth_day(sent: str, pay_late: str) -> None:
    """26 USC 6651(d)(1): months beginning after the day 10 days after the notice."""
    notices = (letter("CP14", "2024-06-03"), letter("CP504", sent))
    assert figures("2024-10-10", "failure_to_pay", notices=notices) == [pay_late]


@pytest.mark.parametrize(
    ("accepted", "ended", "quarters"),
    # Months seen until 10 November 2025: 19, of which the 15th begins on 16 June 2025 and ends on 15 July.
    [
        ("2025-07-15", None, 5),
        ("2025-07-16", None, 4),
        ("2025-07-16", "2025-08-15", 1),
        ("2025-07-16", "2025-08-16", 2),
    ],
)
def test_a_quarter_percent_in_every_month_an_agreement_touches(
    accepted: str, ended: str | None, quarters: int
) -> None:
    """26 USC 6651(h): any month in which an agreement is in effect; 10,000 x (0.5 or 0.25 percent)."""
    days = {"requested": "2025-06-20", "accepted": accepted, **({"ended": ended} if ended else {})}
    held = plan(status="terminated" if ended else "active", **days)
    seen = view(case(agreements=(held,)), "2025-11-10")["modules"][0]
    assert seen["failure_to_pay"] == f"{50 * (19 - quarters) + 25 * quarters}.00"
    company = case(module(form="1120"), agreements=(held,), **BUSINESS)
    assert view(company, "2025-11-10")["modules"][0]["failure_to_pay"] == "950.00"  # individuals only


@pytest.mark.parametrize(
    ("filed", "amount", "late_filing"),
    [
        ("2024-04-16", "10000.00", "450.00"),  # one day is a month: 5 percent less half a percent
        ("2024-05-15", "10000.00", "450.00"), ("2024-05-16", "10000.00", "900.00"),
        ("2025-01-10", "10000.00", "2250.00"),  # five months at most: 22.5 percent
        ("2024-06-14", "1000.00", "90.00"),  # 60 days late: no minimum yet, two months
        ("2024-06-15", "1000.00", "485.00"),  # 61 days: the least of 2024
        ("2024-06-15", "200.00", "200.00"),  # but not more than the tax
    ],
)  # fmt: skip
def test_filing_late(filed: str, amount: str, late_filing: str) -> None:
    """26 USC 6651(a)(1), (c)(1) and the last sentence of (a); $485 for returns due in 2024."""
    owed = {"filed": D(filed), "assessments": (tax(amount, "2025-03-03"),), "notices": ()}
    assert figures("2026-11-10", "failure_to_file", **owed) == [late_filing]


def test_filing_late_of_a_quarter_knows_no_minimum() -> None:
    """The minimum is for income tax alone: 300 x 22.5 percent = 67.50, four months late and more."""
    owed = case(quarter("2024-01-31", "2024-06-01", "300.00"), **BUSINESS)
    assert figures("2026-11-10", "failure_to_file", of=owed) == ["67.50"]
    two = case(quarter("2024-01-31", "2024-03-01", "8000.00"), **BUSINESS)  # February, and a day of March
    assert figures("2026-11-10", "failure_to_file", of=two) == ["720.00"]


def test_an_extension_moves_filing_not_paying() -> None:
    """Extended to 15 October 2024, filed on the 16th: one month late; paying is late from 15 April, 31 months."""
    owed = {"extended_to": D("2024-10-15"), "filed": D("2024-10-16"), "notices": (),
            "assessments": (tax("10000.00", "2025-01-06"),)}  # fmt: skip
    assert figures("2026-11-10", "failure_to_file", "failure_to_pay", **owed) == ["450.00", "1550.00"]


def test_money_after_the_due_date_makes_paying_late_smaller_and_filing_late_not() -> None:
    """26 USC 6651(b): filed 1 August 2024 (4 months), 6,000 of 10,000 paid on 1 June.

    Filing: 4 x 500 less the paying months 50 + 50 + 20 + 20 = 1,860. Paying: 50 + 50 + 20 x 29 = 680.
    """
    owed = {"filed": D("2024-08-01"), "assessments": (tax("10000.00", "2024-10-07"),), "notices": (),
            "payments": (pay("6000.00", "2024-06-01"),)}  # fmt: skip
    assert figures("2026-11-10", "failure_to_file", "failure_to_pay", **owed) == ["1860.00", "680.00"]


def test_an_assessed_late_payment_is_not_counted_twice() -> None:
    """Assessed on 16 June, the first day of the third month: three months are in it, the 28 after are added."""
    held = (tax("10000.00", "2024-06-16"), tax("150.00", "2024-06-16", "failure_to_pay"))
    assert figures("2026-11-10", "failure_to_pay", assessments=held, notices=()) == ["1550.00"]
