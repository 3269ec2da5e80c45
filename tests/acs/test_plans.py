"""Who may pay over time, how long, at what price."""

from decimal import Decimal

import pytest
from build import D, case, failed, hold, letter, module, option, pay, plan, tax, view
from hypothesis import given
from hypothesis import strategies as st

from acs.case import Address, Return
from acs.plans import floor, judge, months_to_pay, recommended

ON = "2026-11-22"


@pytest.mark.parametrize(
    ("balance", "months", "least", "pays_off"),
    [("24000", 84, "285.71", "398.67"), ("45000", 120, "375.00", "595.17"), ("9500", 36, "263.89", "306.63")],
)
def test_the_worked_amounts(balance: str, months: int, least: str, pays_off: str) -> None:
    assert floor(Decimal(balance), months) == Decimal(least)
    assert recommended(Decimal(balance), months, D(ON)) == Decimal(pays_off)
    assert months_to_pay(Decimal(balance), Decimal(pays_off), D(ON)) == months


@given(balance=st.integers(100_00, 250_000_00), months=st.integers(6, 120))
def test_the_recommended_payment_pays_off_in_its_months(balance: int, months: int) -> None:
    owed = Decimal(balance) / 100
    needed = months_to_pay(owed, recommended(owed, months, D(ON)), D(ON))
    assert needed is not None
    assert needed <= months


def owing(amount: str, **changes):  # type: ignore[no-untyped-def]
    return case(module(assessments=(tax(amount),)), **changes)


def test_simple_plan_limits() -> None:
    assert option(view(owing("50000.00"), ON), "simple_plan")["eligible"] is True
    assert failed(view(owing("50000.01"), ON), "simple_plan") == {"assessed_within_limit"}
    firm = {"kind": "business", "trust_fund": True}
    assert option(view(owing("25000.00", **firm), ON), "simple_plan")["eligible"] is True
    assert failed(view(owing("25000.01", **firm), ON), "simple_plan") == {"assessed_within_limit"}
    assert (
        option(view(owing("50000.00", **(firm | {"operating": False})), ON), "simple_plan")["eligible"]
        is True
    )
    assert option(view(owing("50000.00", kind="business"), ON), "simple_plan")["eligible"] is True
    payroll = module(form="941", period="2023Q4", assessments=(tax("25000.01"),))
    assert failed(view(case(payroll, kind="business"), ON), "simple_plan") == {"assessed_within_limit"}


def test_a_sole_proprietor_in_business_has_the_payroll_limit() -> None:
    payroll = module(form="941", period="2023Q4", assessments=(tax("30000.00"),))
    assert failed(view(case(payroll), ON), "simple_plan") == {"assessed_within_limit"}
    assert option(view(case(payroll, operating=False), ON), "simple_plan")["eligible"] is True
    flagged = owing("40000.00", trust_fund=True)  # a business's flag on a person's file says nothing
    assert option(view(flagged, ON), "simple_plan")["terms"]["assessed_limit"] == "50000.00"


def test_simple_plan_did_not_exist_before() -> None:
    seen = option(view(owing("9000.00"), "2025-03-04"), "simple_plan")
    assert seen["eligible"] is False
    assert [r["code"] for r in seen["reasons"]] == ["figure_published"]


def test_simple_plan_needs_the_returns() -> None:
    missing = (Return(form="1040", period="2024", due=D("2025-04-15"), filed=None),)
    assert failed(view(case(returns=missing), ON), "simple_plan") == {"returns_filed"}
    not_due_yet = (Return(form="1040", period="2026", due=D("2027-04-15"), filed=None),)
    assert option(view(case(returns=not_due_yet), ON), "simple_plan")["eligible"] is True


def test_the_term_ends_with_the_time_to_collect() -> None:
    assert (
        option(view(case(), "2026-11-10"), "simple_plan")["terms"]["months_max"] == 91
    )  # assessed 3 June 2024
    new = case(module(assessments=(tax("9000.00", "2026-10-05"),), notices=()))
    assert option(view(new, ON), "simple_plan")["terms"]["months_max"] == 119


def test_amounts_of_the_terms() -> None:
    seen = view(case(), "2026-11-10")
    terms = option(seen, "simple_plan")["terms"]
    payoff = Decimal(seen["balance"]["payoff"])
    assert Decimal(terms["monthly_minimum"]) == round(payoff / 91, 2)
    assert Decimal(terms["monthly_recommended"]) > Decimal(terms["monthly_minimum"])


def test_fees_by_way_and_income() -> None:
    usual = {
        "online_direct_debit": "22.00",
        "online_other": "69.00",
        "phone_direct_debit": "107.00",
        "phone_other": "178.00",
    }
    assert option(view(case(), ON), "simple_plan")["terms"]["fee"] == usual
    at_limit = case(agi=Decimal("39900.00"), household_size=1)
    terms = option(view(at_limit, ON), "simple_plan")["terms"]
    assert terms["low_income"] is True
    assert terms["fee"] == {
        "online_direct_debit": "0.00",
        "online_other": "43.00",
        "phone_direct_debit": "0.00",
        "phone_other": "43.00",
    }
    over = case(agi=Decimal("39900.01"), household_size=1)
    assert option(view(over, ON), "simple_plan")["terms"]["fee"] == usual
    four = case(agi=Decimal("82500.00"), household_size=4)
    assert option(view(four, ON), "simple_plan")["terms"]["low_income"] is True
    alaska = case(agi=Decimal("10000.00"), household_size=1, address=Address(state="AK"))
    assert (
        option(view(alaska, ON), "simple_plan")["terms"]["low_income"] is None
    )  # its own guideline is not in the table
    before = option(view(case(), "2024-06-28"), "regular_plan")["terms"]["fee"]["online_direct_debit"]
    assert before == "31.00"


def test_short_term_is_for_people_under_100000() -> None:
    seen = option(view(owing("40000.00"), ON), "short_term_plan")
    assert seen["eligible"] is True
    assert seen["terms"]["last_payment"] == "2027-05-21"
    assert set(seen["terms"]["fee"].values()) == {"0.00"}
    assert failed(view(owing("90000.00"), ON), "short_term_plan") == {
        "under_short_term_limit"
    }  # with interest it is more
    assert failed(view(owing("9000.00", kind="business"), ON), "short_term_plan") == {"individual"}


def test_short_term_is_for_less_than_the_limit() -> None:
    # irs.gov payment plans: less than $100,000 in tax, penalties and interest
    def fresh(amount: str) -> bool:
        today = module(period="x", due=D(ON), filed=D(ON), assessments=(tax(amount, ON),), notices=())
        seen = view(case(today), ON)
        assert seen["balance"]["payoff"] == amount
        return bool(option(seen, "short_term_plan")["eligible"])

    assert fresh("99999.99")
    assert not fresh("100000.00")


def test_guaranteed_plan() -> None:
    assert option(view(owing("10000.00"), ON), "guaranteed_plan")["eligible"] is True  # the tax alone counts
    assert option(view(owing("10000.00"), ON), "guaranteed_plan")["terms"]["months_max"] == 36
    assert failed(view(owing("10000.01"), ON), "guaranteed_plan") == {"tax_within_guaranteed_limit"}
    two = case(
        module(period="2022", due=D("2023-04-18"), filed=D("2023-04-18"), assessments=(tax("500.00"),)),
        module(assessments=(tax("500.00"),)),
    )
    assert failed(view(two, ON), "guaranteed_plan") == {"paid_prior_years"}
    old = case(
        module(
            period="2016",
            due=D("2018-04-15"),
            filed=D("2018-04-15"),
            assessments=(tax("500.00", "2018-06-04"),),
        ),
        module(assessments=(tax("500.00"),)),
    )
    assert option(view(old, ON), "guaranteed_plan")["eligible"] is True  # seven years before
    planned = owing(
        "500.00", agreements=(plan(status="completed", accepted="2023-05-01", ended="2024-05-01"),)
    )
    assert failed(view(planned, ON), "guaranteed_plan") == {"no_plan_prior_years"}


def test_a_running_plan_is_changed_and_a_broken_one_reinstated() -> None:
    running = case(agreements=(plan(accepted="2025-07-16", monthly=Decimal("300.00"), day=15),))
    seen = view(running, ON)
    assert option(seen, "change_plan")["eligible"] is True
    assert option(seen, "change_plan")["terms"]["fee"]["online_direct_debit"] == "10.00"
    assert option(seen, "change_plan")["terms"]["fee"]["phone_other"] == "89.00"
    assert failed(seen, "simple_plan") == {"no_plan_in_effect"}
    assert option(seen, "reinstate_plan")["eligible"] is False
    warned = case(module(notices=(letter("CP523", "2026-11-02"),)), agreements=running.agreements)
    assert option(view(warned, ON), "reinstate_plan")["eligible"] is True
    ended = case(agreements=(plan(status="terminated", accepted="2025-07-16", ended="2026-09-01"),))
    assert option(view(ended, ON), "reinstate_plan")["eligible"] is True
    assert option(view(ended, ON), "change_plan")["eligible"] is False


def test_an_old_warning_or_an_old_plan_does_not_reopen() -> None:
    again = (
        plan(status="terminated", accepted="2024-07-16", ended="2025-03-03"),
        plan(accepted="2025-07-16", monthly=Decimal("300.00"), day=15),
    )
    warned = module(notices=(letter("CP14", "2024-06-03"), letter("CP523", "2025-01-20")))
    assert option(view(case(warned, agreements=again), ON), "reinstate_plan")["eligible"] is False
    newly = module(notices=(letter("CP14", "2024-06-03"), letter("CP523", "2026-10-26")))
    assert option(view(case(newly, agreements=again), ON), "reinstate_plan")["eligible"] is True


def test_a_change_tells_what_the_new_plan_would_ask() -> None:
    running = case(agreements=(plan(accepted="2025-07-16", monthly=Decimal("300.00"), day=15),))
    terms = option(view(running, ON), "change_plan")["terms"]
    assert terms["months_max"] == 91
    assert Decimal(terms["monthly_recommended"]) > Decimal(terms["monthly_minimum"]) > 0
    assert terms["fee"]["online_other"] == "10.00"  # the fee of a change, 26 CFR 300.2
    assert terms["current"]["monthly"] == "300.00"


def test_an_amount_that_is_not_there_says_why() -> None:
    for name in ("guaranteed_plan", "simple_plan", "regular_plan", "partial_pay_plan", "short_term_plan"):
        terms = option(view(case(), "2027-02-01"), name)["terms"]
        assert terms["monthly_minimum"] is None
        assert terms["reason"]
        assert terms["reason_es"]
    assert "not published yet" in option(view(case(), "2027-02-01"), "simple_plan")["terms"]["reason"]
    paid = case(module(payments=(pay("99999.00", "2024-04-15"),)))
    assert option(view(paid, ON), "simple_plan")["terms"]["reason"] == "Nothing is owed now."


def test_bankruptcy_closes_every_plan() -> None:
    seen = view(case(holds=(hold("bankruptcy", "2026-01-05"),)), ON)
    for name in (
        "short_term_plan",
        "guaranteed_plan",
        "simple_plan",
        "regular_plan",
        "partial_pay_plan",
        "hardship",
        "offer_in_compromise",
    ):
        assert "no_bankruptcy" in failed(seen, name)


def test_nothing_owed_nothing_to_plan() -> None:
    paid = case(module(assessments=(tax("100.00"),), payments=(pay("100.00", "2024-04-15"),)))
    seen = view(paid, ON)
    assert seen["balance"]["payoff"] == "0.00"
    assert all("owes_balance" in failed(seen, n) for n in ("pay_now", "simple_plan", "short_term_plan"))


def test_judging_an_amount() -> None:
    good = judge(owing("20000.00"), D("2026-11-22"), Decimal("500.00"), 15)
    assert good.kind == "simple_plan"
    assert good.enough
    assert good.pays_off
    assert good.months is not None
    assert good.last_payment is not None
    assert good.last_payment.day == 15
    assert good.fee["online_direct_debit"] == "22.00"
    little = judge(owing("20000.00"), D("2026-11-22"), Decimal("100.00"), 30)
    assert (little.enough, little.kind, little.months) == (False, None, None)
    no = {r["code"]: r["text"] for r in little.why if not r["ok"]}
    assert {"amount_meets_floor", "payment_day_allowed", "amount_pays_off"} <= set(no)
    assert all(r["text_es"] for r in little.why)
    slow = judge(owing("20000.00"), D("2026-11-22"), good.floor or Decimal(0))
    assert (slow.enough, slow.pays_off, slow.kind, slow.instead) == (False, False, None, "partial_pay_plan")
    assert {r["code"]: r["ok"] for r in slow.why}["amount_meets_floor"] is True  # and yet it never pays off
    guaranteed = judge(owing("5000.00"), D("2026-11-22"), Decimal("400.00"))
    assert guaranteed.kind == "guaranteed_plan"
    assert judge(owing("90000.00"), D("2026-11-22"), Decimal("3000.00")).kind == "regular_plan"


def test_judging_never_guesses() -> None:
    unknown = judge(case(), D("2027-02-01"), Decimal("500.00"))
    assert unknown.floor is None
    assert not unknown.enough
    assert any("not published" in r["text"] for r in unknown.why)
