"""'Why did it grow?': every line in cents, and together exactly the payoff."""

from datetime import date
from decimal import Decimal

import pytest
from build import D, case, letter, module, pay, plan, tax, view
from hypothesis import HealthCheck, given, settings
from test_any_case import any_case

from acs.case import Case
from acs.growth import all_words
from acs.view import case_view


def lines(of, on: str):  # type: ignore[no-untyped-def]
    return view(of, on)["modules"][0]["growth"]


def test_a_debt_that_only_waited() -> None:
    # $10,000 due 15 April 2024, filed in time, billed 3 June, looked at on 31 December 2025.
    found = lines(case(module(notices=())), "2025-12-31")
    assert [(x["kind"], x["from"], x["to"], x["count"], x["rate"], x["amount"]) for x in found] == [
        ("interest_accrued", "2024-04-16", "2024-12-31", 260, "0.08", "584.70"),  # 8 % of 366, 260 days
        ("late_payment", "2024-04-16", "2025-12-16", 21, "0.005", "1050.00"),
        ("tax", "2024-06-03", "2024-06-03", None, None, "10000.00"),
        ("interest_accrued", "2025-01-01", "2025-12-31", 365, "0.07", "767.40"),  # 7.2500983 % of 10,584.70
    ]
    first = 10000 * ((1 + Decimal("0.08") / 366) ** 260 - 1)
    assert round(first, 2) == Decimal("584.70")
    assert round((10000 + first) * Decimal("0.072500983"), 2) == Decimal("767.40")
    assert found[-1]["balance"] == view(case(module(notices=())), "2025-12-31")["modules"][0]["payoff"]


def test_rates_of_late_payment_stand_on_lines_of_their_own() -> None:
    warned = module(notices=(letter("CP14", "2024-06-03"), letter("CP504", "2024-10-05")))
    running = plan(requested="2025-01-20", accepted="2025-02-20")
    found = [
        x for x in lines(case(warned, agreements=(running,)), "2025-03-31") if x["kind"] == "late_payment"
    ]
    assert [(x["count"], x["rate"], x["amount"]) for x in found] == [
        (6, "0.005", "300.00"),
        (4, "0.01", "400.00"),
        (2, "0.0025", "50.00"),
    ]
    assert found[2]["text"] == "Late payment: 2 months or parts of a month at 0.25% of $10,000.00"
    assert found[2]["text_es"] == "Pagar tarde: 2 meses o partes de un mes al 0.25% de $10,000.00"


def test_late_filing_its_minimum_and_payments() -> None:
    late = module(filed=D("2024-07-01"), notices=(), assessments=(tax("600.00", "2024-08-05"),), payments=(pay("100.00", "2024-09-02"),))  # fmt: skip
    found = {x["kind"]: x for x in lines(case(late), "2024-09-30")}
    assert found["late_filing_minimum"]["amount"] == "485.00"
    assert found["payment"]["amount"] == "-100.00"
    plain = module(filed=D("2024-06-01"), notices=(), assessments=(tax("600.00", "2024-08-05"),))
    filing = next(x for x in lines(case(plain), "2024-09-30") if x["kind"] == "late_filing")
    assert (filing["count"], filing["amount"]) == (2, "54.00")


def test_too_much_paid_ends_at_nothing_and_says_so() -> None:
    found = lines(case(module(payments=(pay("99999.00", "2024-05-01"),))), "2025-01-31")
    assert found[-1]["kind"] == "overpaid"
    assert found[-1]["balance"] == "0.00"


def test_without_a_rate_there_are_no_lines() -> None:
    assert lines(case(), "2027-01-31") is None


@pytest.mark.parametrize("kind", sorted(all_words()))
def test_every_line_speaks_both_languages(kind: str) -> None:
    words = all_words()[kind]
    assert words["en"] != words["es"]
    assert "USC" in words["source"]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(of=any_case())
def test_the_lines_add_up_to_the_cent(of: Case) -> None:
    for m in case_view(of, date(2026, 11, 22))["modules"]:
        if m["payoff"] is None:
            assert m["growth"] is None
            continue
        found = m["growth"] or []
        assert sum((Decimal(x["amount"]) for x in found), Decimal(0)) == Decimal(m["payoff"])
        assert [x["from"] for x in found[:-1]] == sorted(x["from"] for x in found[:-1])
        interest = sum(Decimal(x["amount"]) for x in found if x["kind"] in ("interest", "interest_accrued"))
        assert interest == Decimal(m["interest"] or 0)
        late = sum(Decimal(x["amount"]) for x in found if x["kind"] in ("failure_to_pay", "late_payment"))
        assert late == Decimal(m["failure_to_pay"] or 0)
