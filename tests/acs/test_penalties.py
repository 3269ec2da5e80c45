"""Late filing and late paying against the regulation's own examples and the code's months."""

from decimal import Decimal

import pytest
from build import D, case, hold, letter, module, pay, plan, tax, view


def charged(of, on: str) -> tuple[str, str]:  # type: ignore[no-untyped-def]
    seen = view(of, on)["modules"][0]
    return seen["failure_to_file"], seen["failure_to_pay"]


def test_regulation_example_1() -> None:
    # 26 CFR 301.6651-1(f): $800 shown, $700 paid by the due date, filed 20 July, $100 paid 21 August: $58 and $2.50.
    # A form without the later minimum penalty, so that the example's year does not matter.
    shown = module(
        form="941", period="2023Q4", due=D("2024-04-15"), filed=D("2024-07-20"), notices=(),
        assessments=(tax("800.00", "2024-07-20"), tax("200.00", "2024-12-30", "additional_tax")),
        payments=(pay("700.00", "2024-04-15"), pay("100.00", "2024-08-21")),
    )  # fmt: skip
    assert charged(case(shown), "2024-12-31") == ("58.00", "2.50")


def test_regulation_example_1_added_tax() -> None:
    # The $200 is billed and paid late: 6 percent is $12, cut to what late filing left of 25 percent: $50 - $40.
    added = module(
        form="941", period="2023Q4", due=D("2024-04-15"), filed=D("2024-07-20"),
        assessments=(tax("800.00", "2024-07-20"), tax("200.00", "2025-01-08", "additional_tax")),
        payments=(pay("700.00", "2024-04-15"), pay("100.00", "2024-08-21"), pay("200.00", "2026-01-05")),
        notices=(letter("CP22A", "2025-01-08"),),
    )  # fmt: skip
    # 21 days end 29 January; from there to 5 January are 11 months and a part: 12 x 0.5 percent of $200.
    assert charged(case(added), "2026-02-01") == ("58.00", "12.50")


def test_two_equal_assessments_count_twice() -> None:
    def charge(*extra):  # type: ignore[no-untyped-def]
        return charged(case(module(notices=(), assessments=(tax("0.00"), *extra))), "2026-01-01")[1]

    one = tax("1000.00", "2025-01-08", "additional_tax")
    assert Decimal(charge(one, one)) == 2 * Decimal(charge(one))


def test_added_tax_paid_within_its_days_costs_nothing() -> None:
    added = module(
        assessments=(tax("0.00"), tax("200.00", "2025-01-08", "additional_tax")),
        payments=(pay("200.00", "2025-01-29"),), notices=(letter("CP22A", "2025-01-08"),),
    )  # fmt: skip
    assert charged(case(added), "2026-02-01")[1] == "0.00"


def test_regulation_example_2_proportions() -> None:
    # $20 and $112.50: five months late with $500 unpaid for eight months.
    late = module(
        form="941", period="2023Q4", filed=D("2024-12-01"), notices=(), assessments=(tax("500.00", "2024-12-02"),),
        payments=(pay("500.00", "2024-12-10"),),
    )  # fmt: skip
    assert charged(case(late), "2024-12-31") == ("112.50", "20.00")


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2024-05-15", "0.00"),
        ("2024-06-03", "100.00"),
        ("2024-06-15", "100.00"),
        ("2024-06-16", "150.00"),
        ("2025-04-15", "600.00"),
    ],
)
def test_half_a_percent_for_each_month_begun(on: str, expected: str) -> None:
    assert charged(case(), on)[1] == expected


def test_a_payment_makes_only_later_months_smaller() -> None:
    paid = case(module(payments=(pay("4000.00", "2024-05-16"),)))  # the first day of the second month
    assert charged(paid, "2024-06-16")[1] == "130.00"  # 50 + 50 + 30
    early = case(module(payments=(pay("4000.00", "2024-05-15"),)))
    assert charged(early, "2024-06-16")[1] == "110.00"  # 50 + 30 + 30


def test_one_percent_for_months_beginning_after_ten_days() -> None:
    warned = case(module(notices=(letter("CP14", "2024-06-03"), letter("CP504", "2024-10-05"))))
    # Ten days end on 15 October; the month that begins on the 16th is the first at one percent.
    assert charged(warned, "2024-10-16")[1] == "400.00"  # 6 x 0.5 + 1 x 1 percent
    later = case(module(notices=(letter("CP14", "2024-06-03"), letter("CP504", "2024-10-06"))))
    assert charged(later, "2024-10-16")[1] == "350.00"
    assert charged(later, "2024-11-16")[1] == "450.00"


def test_a_quarter_percent_while_an_agreement_is_in_effect() -> None:
    running = plan(requested="2024-06-20", accepted="2024-08-16")
    assert charged(case(agreements=(running,)), "2024-08-16")[1] == "225.00"  # 4 x 0.5 + 0.25
    pending = plan(status="pending", requested="2024-06-20")
    assert charged(case(agreements=(pending,)), "2024-08-16")[1] == "250.00"
    short = plan(kind="short_term", requested="2024-06-20", accepted="2024-06-20")
    assert charged(case(agreements=(short,)), "2024-08-16")[1] == "250.00"
    ended = plan(status="terminated", requested="2024-06-20", accepted="2024-08-16", ended="2024-10-20")
    assert charged(case(agreements=(ended,)), "2024-11-16")[1] == "325.00"  # 4 x 0.5, 3 x 0.25, 0.5


def test_no_quarter_percent_for_a_late_return_or_a_business() -> None:
    running = plan(requested="2024-06-20", accepted="2024-08-16")
    late = case(module(filed=D("2024-04-20")), agreements=(running,))
    assert charged(late, "2024-08-16")[1] == "250.00"
    firm = case(kind="business", agreements=(running,))
    assert charged(firm, "2024-08-16")[1] == "250.00"


def test_the_cap_of_25_percent() -> None:
    assert charged(case(), "2026-12-31")[1] == "1650.00"
    old = module(
        due=D("2020-07-15"),
        period="2019",
        filed=D("2020-07-10"),
        assessments=(tax("10000.00", "2020-08-03"),),
        notices=(),
    )
    assert charged(case(old), "2026-01-01")[1] == "2500.00"


def test_the_last_month_before_the_cap_is_cut() -> None:
    # 26 USC 6651(a)(2): 7 months at half a percent and 21 at one make 24.5; of the next one percent half is left.
    warned = module(
        period="2021", due=D("2022-04-18"), filed=D("2022-04-18"), assessments=(tax("10000.00", "2022-06-06"),),
        notices=(letter("CP504", "2022-11-07"),),
    )  # fmt: skip
    assert charged(case(warned), "2024-08-18")[1] == "2450.00"
    assert charged(case(warned), "2024-08-19")[1] == "2500.00"
    assert charged(case(warned), "2026-08-19")[1] == "2500.00"


def test_late_filing_with_late_payment_is_47_and_a_half_at_most() -> None:
    never = module(
        filed=None,
        due=D("2020-07-15"),
        period="2019",
        assessments=(tax("10000.00", "2021-08-03"),),
        notices=(),
    )
    assert charged(case(never), "2026-01-01") == ("2250.00", "2500.00")


@pytest.mark.parametrize(
    ("year", "least"),
    [("2021", "435.00"), ("2023", "450.00"), ("2024", "485.00"), ("2025", "510.00"), ("2026", "525.00")],
)
def test_the_minimum_after_sixty_days(year: str, least: str) -> None:
    late = module(
        period=str(int(year) - 1),
        due=D(f"{year}-04-15"),
        filed=D(f"{year}-07-01"),
        notices=(),
        assessments=(tax("600.00", f"{year}-08-03"),),
    )
    assert charged(case(late), f"{year}-08-10")[0] == least  # late payment does not make the minimum smaller
    on_day_60 = module(
        period="x",
        due=D(f"{year}-04-15"),
        filed=D(f"{year}-06-14"),
        notices=(),
        assessments=(tax("600.00", f"{year}-08-03"),),
    )
    assert charged(case(on_day_60), f"{year}-08-10")[0] == "54.00"


def test_the_minimum_is_never_more_than_the_tax_and_only_for_income_tax() -> None:
    small = module(filed=D("2024-12-01"), notices=(), assessments=(tax("300.00", "2024-12-30"),))
    assert charged(case(small), "2024-12-31")[0] == "300.00"
    payroll = module(
        form="941", filed=D("2024-12-01"), notices=(), assessments=(tax("300.00", "2024-12-30"),)
    )
    assert charged(case(payroll), "2024-12-31")[0] == "67.50"


def test_a_minimum_nobody_published_is_null_and_says_so() -> None:
    future = module(
        period="2026", due=D("2027-04-15"), filed=None, notices=(), assessments=(tax("300.00", "2027-07-05"),)
    )
    seen = view(case(future), "2027-08-01")["modules"][0]
    assert seen["failure_to_file"] is None
    assert seen["reason"]


def test_extension_moves_late_filing_but_not_late_payment() -> None:
    extended = module(
        extended_to=D("2024-10-15"),
        filed=D("2024-10-20"),
        notices=(),
        assessments=(tax("10000.00", "2024-11-18"),),
    )
    assert charged(case(extended), "2024-11-18") == ("450.00", "400.00")


def test_what_is_assessed_covers_its_months() -> None:
    both = (tax("10000.00"), tax("100.00", "2024-06-03", "failure_to_pay"))
    assert charged(case(module(assessments=both)), "2024-06-10")[1] == "100.00"
    assert charged(case(module(assessments=both)), "2024-06-16")[1] == "150.00"
    filed_late = module(
        filed=D("2024-05-20"), assessments=(tax("10000.00"), tax("900.00", "2024-06-03", "failure_to_file"))
    )
    assert charged(case(filed_late), "2025-06-03")[0] == "900.00"


def test_a_bill_on_the_first_day_of_a_month_covers_that_month() -> None:
    held = case(module(assessments=(tax("10000.00"), tax("150.00", "2024-06-16", "failure_to_pay"))))
    assert charged(held, "2024-06-16")[1] == "150.00"
    assert charged(held, "2024-07-16")[1] == "200.00"


def test_a_hold_for_hardship_stops_no_penalty() -> None:
    assert charged(case(holds=(hold("hardship", "2024-07-01"),)), "2025-04-15")[1] == "600.00"


def test_withholding_counts_from_the_due_date() -> None:
    held = case(module(payments=(pay("4000.00", "2024-06-01", "withholding"),)))
    assert charged(held, "2024-06-03")[1] == "60.00"


def test_the_parts_add_up() -> None:
    seen = view(case(module(payments=(pay("2500.00", "2025-02-10"),))), "2026-11-22")
    m = seen["modules"][0]
    parts = sum(
        Decimal(m[k]) for k in ("tax", "failure_to_file", "failure_to_pay", "interest", "other_penalties")
    )
    assert parts == Decimal(m["payoff"]) == Decimal(seen["balance"]["payoff"])
