"""Little cases worked by hand from the law, each against the case view."""

from decimal import Decimal
from typing import Any

import pytest
from build import D, case, failed, hold, letter, lien, module, option, plan, tax, view

from acs.case import Hearing, Levy, Name, Return

ON = "2026-11-22"
BILL = letter("CP14", "2024-06-03")
FILED = tuple(
    Return(form="1040", period=str(year), due=D(f"{year + 1}-04-15"), filed=D(f"{year + 1}-04-10"))
    for year in range(2018, 2026)
)


def seen(on: str = ON, of: dict[str, Any] | None = None, **period: Any) -> Any:
    return view(case(module(**period), **(of or {})), on)


def days(shown: Any, kind: str) -> list[str]:
    return [d["last_day"] for d in shown["deadlines"] if d["kind"] == kind]


def first(shown: Any, *keys: str) -> list[str]:
    return [shown["modules"][0][key] for key in keys]


def test_last_days() -> None:
    bank = (Levy(kind="bank", source="B", served=D("2026-11-02")),)
    assert days(seen(of={"levies": bank}), "bank_levy_release") == ["2026-11-23"]  # 26 USC 6332(c): 21 days
    ending = seen(notices=(BILL, letter("CP523", "2026-11-02")))
    assert days(ending, "agreement_termination") == ["2026-12-02"]  # 6159(b)(5)
    assert days(ending, "levy_bar_end") == ["2027-01-01"]  # 6331(k)(2)(D); nobody acts, so no roll
    refused = plan("simple", "rejected", requested="2026-10-01", ended="2026-11-10")
    assert days(seen(of={"agreements": (refused,)}), "levy_bar_end") == ["2026-12-10"]  # 6331(k)(2)(B)
    filed = seen(of={"liens": (lien("2026-11-02"),)}, notices=(BILL, letter("Letter 3172", "2026-11-09")))
    assert days(filed, "lien_cdp_hearing") == ["2026-12-09"]  # five business days end on November 9
    assert days(filed, "equivalent_hearing") == ["2027-11-09"]
    final = seen(notices=(BILL, letter("LT11", "2026-11-13")))
    assert days(final, "cdp_hearing") == ["2026-12-14"]  # December 13 is a Sunday
    assert days(final, "equivalent_hearing") == ["2027-11-15"]  # November 13, 2027 is a Saturday
    answered = seen(notices=(BILL, letter("LT16", "2026-11-16")))
    assert days(answered, "notice_response") == ["2026-11-27"]  # the tenth day is Thanksgiving


def test_court_and_large_bills() -> None:
    heard = Hearing(kind="levy", requested=D("2026-03-20"), determined=D("2026-11-20"))
    decided = seen(notices=(letter("LT11", "2026-03-02"),), hearings=(heard,))
    assert days(decided, "tax_court_petition") == ["2026-12-21"]  # December 20 is a Sunday
    large = seen(
        due=D("2026-04-15"), period="2025", filed=D("2026-04-15"), assessments=(tax("150000.00", "2026-11-02"),),
        notices=(letter("CP14", "2026-11-02"),),
    )  # fmt: skip
    assert days(large, "interest_free_payment") == ["2026-11-17"]  # ten business days over Veterans Day


@pytest.mark.parametrize(("amount", "fits"), [("10000.00", True), ("10000.01", False)])
def test_the_guaranteed_limit(amount: str, fits: bool) -> None:
    """26 USC 6159(c)(1): tax of 10,000 dollars at most."""
    shown = seen(of={"returns": FILED}, assessments=(tax(amount),))
    assert ("tax_within_guaranteed_limit" not in failed(shown, "guaranteed_plan")) is fits


@pytest.mark.parametrize(("amount", "fits"), [("50000.00", True), ("50000.01", False)])
def test_the_simple_limit(amount: str, fits: bool) -> None:
    """irs.gov, Simple Payment Plans: 50,000 dollars assessed at most."""
    shown = seen(of={"returns": FILED}, assessments=(tax(amount),))
    assert option(shown, "simple_plan")["eligible"] is fits


@pytest.mark.parametrize(
    ("amount", "payroll", "fits"),
    [
        ("25000.00", True, True),
        ("25000.01", True, False),
        ("50000.00", False, True),
        ("50000.01", False, False),
    ],
)
def test_the_limits_of_a_business(amount: str, payroll: bool, fits: bool) -> None:
    """irs.gov, since December 3, 2025: 25,000 with trust fund tax, 50,000 without."""
    firm = {"kind": "business", "name": Name(business="X LLC"), "tin": "00-0000001", "trust_fund": payroll}
    shown = seen(
        of=firm, form="941" if payroll else "1120", period="2024Q1" if payroll else "2023", due=D("2024-04-30"),
        filed=D("2024-04-20"), assessments=(tax(amount),), notices=(letter("CP161", "2024-06-03"),),
    )  # fmt: skip
    assert option(shown, "simple_plan")["eligible"] is fits


@pytest.mark.parametrize(("amount", "certifiable"), [("66000.00", False), ("66000.01", True)])
def test_the_passport_limit(amount: str, certifiable: bool) -> None:
    """26 USC 7345(b)(1): more than the threshold, with a levy made."""
    letters = (BILL, letter("CP504", "2025-01-06"), letter("LT11", "2025-03-03"))
    levied = (Levy(kind="wages", source="A", served=D("2025-06-02")),)
    shown = seen(of={"levies": levied}, assessments=(tax(amount),), notices=letters)
    assert shown["passport"]["certifiable"] is certifiable


@pytest.mark.parametrize(("on", "over"), [("2026-11-21", False), ("2026-11-22", True)])
def test_ten_years(on: str, over: bool) -> None:
    """26 USC 6502(a)(1)."""
    shown = seen(
        on, period="2015", due=D("2016-04-15"), filed=D("2016-04-15"), assessments=(tax("1000.00", "2016-11-21"),),
        notices=(letter("CP14", "2016-11-21"),),
    )  # fmt: skip
    assert ("collection_statute_expired" in shown["levy"]["blocked_by"]) is over
    assert first(shown, "collection_statute_expires") == ["2026-11-21"]


def test_the_clock_stands_still() -> None:
    running = plan("simple", "active", requested="2025-06-20", accepted="2025-07-16")
    asked = seen(of={"agreements": (running,)})
    assert first(asked, "collection_statute_expires") == ["2034-06-29"]  # 26 days, 6331(k)(3)
    stayed = seen(of={"holds": (hold("bankruptcy", "2025-01-10", "2025-06-10"),)})
    assert first(stayed, "collection_statute_expires") == ["2035-05-03"]  # 334 days to December 10, 6503(h)


def test_paying_late() -> None:
    """26 USC 6651(a)(2), (d), (h): 32 months have begun since April 16, 2024."""
    warned = seen(notices=(BILL, letter("CP504", "2026-01-05")))
    assert first(warned, "failure_to_pay") == ["2150.00"]  # 21 at half, 11 from January 16 at one percent
    running = plan("simple", "active", requested="2025-06-20", accepted="2025-07-16")
    agreed = seen(of={"agreements": (running,)})
    assert first(agreed, "failure_to_pay") == ["1175.00"]  # 15 at half, 17 at a quarter
    assert agreed["levy"]["blocked_by"][0] == "agreement_in_effect"


@pytest.mark.parametrize(
    ("on", "filed", "extended", "amount", "file", "pay"),
    [
        ("2024-12-20", "2024-09-30", "2024-10-15", "10000.00", "0.00", "450.00"),  # nine months
        ("2024-11-20", "2024-07-20", None, "10000.00", "1800.00", "400.00"),  # 4 x (5 - 0.5); eight months
        ("2024-11-20", "2024-07-20", None, "300.00", "300.00", "12.00"),  # the least is all of the tax
    ],
)
def test_filing_late(on: str, filed: str, extended: str | None, amount: str, file: str, pay: str) -> None:
    """26 USC 6651(a)(1), (a)(2), (c)(1)."""
    shown = seen(
        on, filed=D(filed), extended_to=D(extended) if extended else None, assessments=(tax(amount, "2024-09-02"),),
        notices=(letter("CP14", "2024-09-02"),),
    )  # fmt: skip
    assert first(shown, "failure_to_file", "failure_to_pay") == [file, pay]


def test_what_is_left_of_pay() -> None:
    """Publication 1494 for 2026: 464.42 for a head of household and 101.92 for each of two dependents."""
    levied = (Levy(kind="wages", source="A", served=D("2026-06-02")),)
    shown = seen(of={"filing_status": "head_of_household", "household_size": 3, "levies": levied})
    assert shown["levy"]["exempt_wages"]["weekly"] == {
        "with_statement": "668.26",
        "without_statement": "309.62",
    }


@pytest.mark.parametrize(("income", "fee"), [("39900.00", "0.00"), ("39900.01", "205.00")])
def test_what_an_offer_and_a_plan_cost(income: str, fee: str) -> None:
    """26 USC 7122(c)(3): 250 percent of 15,960 dollars; 180 days end on May 21, 2027; 91 months to June 2034."""
    shown = seen(of={"agi": Decimal(income), "household_size": 1})
    assert option(shown, "offer_in_compromise")["terms"]["fee"] == fee
    assert option(shown, "short_term_plan")["terms"]["last_payment"] == "2027-05-21"
    assert option(shown, "simple_plan")["terms"]["months_max"] == 91
