"""Examples somebody else worked, each with its source. The rest of the room's tests apply them to cases."""

import itertools
from datetime import date
from decimal import Decimal

import pytest
from build import D, case, module, pay, tax, view

from acs import law
from acs.case import Levy
from acs.errors import NotPublished
from acs.facts import poverty_line
from acs.interest import factor, pieces
from acs.plans import floor, recommended


def test_days_of_form_2210() -> None:
    """Form 2210 instructions, penalty worksheet: 76, 92, 92 and 105 days between its dates."""
    ends = ["2025-04-15", "2025-06-30", "2025-09-30", "2025-12-31", "2026-04-15"]
    counted = [
        sum((p.last - p.first).days + 1 for p in pieces(D(start), D(end)))
        for start, end in itertools.pairwise(ends)
    ]
    assert counted == [76, 92, 92, 105]


def test_factor_of_a_365_day_year_at_seven_percent() -> None:
    """Rev. Proc. 95-17, tables: 0.072500983 for a whole year at 7 percent."""
    assert round(factor(D("2024-12-31"), D("2025-12-31")) - 1, 9) == Decimal("0.072500983")


def test_a_leap_year_is_cut_at_new_year() -> None:
    """Rev. Proc. 95-17 has tables of their own for leap years: 8 percent of 366 days, then 365."""
    found = pieces(D("2023-10-31"), D("2024-02-29"))
    assert [(str(p.first), str(p.last)) for p in found] == [
        ("2023-11-01", "2023-12-31"),
        ("2024-01-01", "2024-02-29"),
    ]
    assert found[0].factor == (1 + Decimal("0.08") / 365) ** 61
    assert found[1].factor == (1 + Decimal("0.08") / 366) ** 60


@pytest.mark.parametrize(
    ("on", "status", "household", "period", "exempt"),
    [
        # Pub. 1494 (1-2024), the examples below its tables and cells of them.
        ("2024-06-03", "single", 4, "weekly", "569.22"),
        ("2024-06-03", "married_joint", 4, "biweekly", "1507.70"),
        ("2024-06-03", "single", 1, "weekly", "280.77"),
        ("2024-06-03", "single", 2, "semimonthly", "816.66"),
        ("2024-06-03", "married_joint", 3, "monthly", "2850.00"),
        ("2024-06-03", "head_of_household", 1, "weekly", "421.15"),
        ("2024-06-03", "head_of_household", 6, "weekly", "901.90"),
        ("2024-06-03", "married_separate", 6, "biweekly", "1523.09"),
        ("2024-06-03", "surviving_spouse", 1, "monthly", "2433.33"),
        # Pub. 1494 (12-2025), its two examples.
        ("2026-06-01", "single", 4, "weekly", "615.38"),
        ("2026-06-01", "married_joint", 4, "biweekly", "1646.16"),
    ],
)
def test_pay_exempt_from_levy(on: str, status: str, household: int, period: str, exempt: str) -> None:
    levied = case(
        filing_status=status,
        household_size=household,
        levies=(Levy(kind="wages", source="Acme", served=D("2024-05-01")),),
    )
    assert view(levied, on)["levy"]["exempt_wages"]["with_statement"][period] == exempt


def test_the_year_between_is_left_out_and_said_so() -> None:
    levied = case(levies=(Levy(kind="wages", source="Acme", served=D("2024-05-01")),))
    exempt = view(levied, "2025-06-02")["levy"]["exempt_wages"]
    assert exempt["with_statement"] is None
    assert exempt["reason"].endswith("June 2, 2025 is not in our tables.")
    assert exempt["reason_es"].endswith("2 de junio de 2025.")


@pytest.mark.parametrize(
    ("balance", "months", "least", "pays_off"),
    [("24000", 84, "285.71", "398.67"), ("45000", 120, "375.00", "595.17"), ("9500", 36, "263.89", "306.63")],
)
def test_payments_at_seven_percent(balance: str, months: int, least: str, pays_off: str) -> None:
    """Amortised by hand: daily interest for a twelfth of a year, and a quarter percent a month (6651(h))."""
    assert floor(Decimal(balance), months) == Decimal(least)
    assert recommended(Decimal(balance), months, D("2026-11-22")) == Decimal(pays_off)


@pytest.mark.parametrize(
    ("share", "lines"),
    [
        ("low_income_share", ["39900", "54100", "68300", "82500", "96700"]),
        ("agency_share", ["31920", "43280", "54640", "66000"]),
    ],
)
def test_poverty_lines_of_2026(share: str, lines: list[str]) -> None:
    """HHS poverty guidelines 2026: $15,960 and $5,680 for each further person; 250 and 200 percent of it."""
    found = [
        poverty_line(case(household_size=size), D("2026-11-22"), share) for size in range(1, len(lines) + 1)
    ]
    assert found == [Decimal(line) for line in lines]


@pytest.mark.parametrize(
    ("year", "limit"),
    [(2016, 50), (2017, 50), (2018, 51), (2019, 52), (2020, 53), (2021, 54), (2022, 55), (2023, 59), (2024, 62), (2025, 64), (2026, 66)],
)  # fmt: skip
def test_passport_limits(year: int, limit: int) -> None:
    """Rev. Procs. 2016-55 and 2017-58; irs.gov (2024); 26 USC 7345(f) for the others."""
    assert law.amount("passport.threshold", on=date(year, 7, 1)) == limit * 1000


def test_the_passport_limit_by_the_laws_own_formula() -> None:
    """26 USC 7345(f): $50,000 times the cost of living, to the nearest $1,000. For 2026 the index gives 1.3135."""
    assert round(50000 * Decimal("1.3135"), -3) == law.amount("passport.threshold", on=date(2026, 1, 1))


@pytest.mark.parametrize(("year", "least"), [(2020, 435), (2022, 435), (2023, 450), (2024, 485), (2025, 510), (2026, 525)])  # fmt: skip
def test_smallest_late_filing_penalty(year: int, least: int) -> None:
    """26 USC 6651(a), (j), by the year the return was due."""
    assert law.amount("penalties.failure_to_file.minimum", on=date(year, 4, 15)) == least


@pytest.mark.parametrize("key", ["penalties.failure_to_file.minimum", "passport.threshold", "interest.underpayment_rate"])  # fmt: skip
def test_2027_is_worked_out_by_nobody(key: str) -> None:
    """A formula may give $535 or $68,000; until the IRS says so there is no figure."""
    with pytest.raises(NotPublished):
        law.rule(key, on=date(2027, 4, 15))


def test_treas_reg_301_6651_1_f_example_1() -> None:
    """$800 shown, $700 paid by the due date, filed 20 July with 4 months late, $100 paid 21 August; $200 added,
    billed 8 January, paid 23 December. Late payment $2.50, late filing $58 (60 - 2), on the added tax $10."""
    example = module(
        form="941", period="2023Q4", due=D("2024-04-15"), filed=D("2024-07-20"), notices=(),
        assessments=(tax("800.00", "2024-07-20"), tax("200.00", "2025-01-18", "additional_tax")),
        payments=(pay("700.00", "2024-04-15"), pay("100.00", "2024-08-21"), pay("200.00", "2025-12-23")),
    )  # fmt: skip
    seen = view(case(example), "2026-01-31")["modules"][0]
    assert seen["failure_to_file"] == "58.00"
    assert seen["failure_to_pay"] == "12.50"  # 2.50, and 12.00 cut to what late filing left: 50 - 40 = 10


def test_treas_reg_301_6651_1_f_example_2() -> None:
    """$500 unpaid, filed 1 December and paid 10 December: late payment $20 (8 months), late filing $112.50."""
    example = module(
        form="941", period="2023Q4", due=D("2024-04-15"), filed=D("2024-12-01"), notices=(),
        assessments=(tax("500.00", "2024-12-02"),), payments=(pay("500.00", "2024-12-10"),),
    )  # fmt: skip
    seen = view(case(example), "2024-12-31")["modules"][0]
    assert (seen["failure_to_file"], seen["failure_to_pay"]) == ("112.50", "20.00")
