"""Relief, hearings, hardship, offers and the rest: open or not, and why."""

from decimal import Decimal

import pytest
from build import D, case, failed, hold, letter, lien, module, option, pay, plan, tax, view

from acs.case import Assignment, Hearing, Levy, Return, ReturnPenalty
from acs.options import ALL
from acs.reasons import all_words

ON = "2026-11-22"
CONTRACT = """pay_now short_term_plan guaranteed_plan simple_plan regular_plan partial_pay_plan change_plan reinstate_plan hardship
offer_in_compromise first_time_abatement reasonable_cause cdp_hearing equivalent_hearing collection_appeal levy_release lien_withdrawal
revenue_officer_transfer return_from_private_agency innocent_spouse taxpayer_advocate""".split()


def prior(
    period: str, kind: str | None = None, removed: str | None = None, filed: str | None = "2021-04-01"
) -> Return:
    penalties = (ReturnPenalty(kind=kind, removed=removed),) if kind else ()  # type: ignore[arg-type]
    return Return(
        form="1040",
        period=period,
        due=D("2021-05-17"),
        filed=D(filed) if filed else None,
        penalties=penalties,
    )


def test_every_option_is_always_listed_with_its_reasons() -> None:
    assert list(ALL) == CONTRACT
    for seen in (view(case(), ON), view(case(kind="business"), "1995-01-01"), view(case(), "2040-01-01")):
        assert [o["option"] for o in seen["options"]] == CONTRACT
        assert all(o["reasons"] for o in seen["options"])


@pytest.mark.parametrize("code", sorted(all_words()))
def test_every_reason_speaks_both_languages(code: str) -> None:
    words = all_words()[code]
    assert set(words) == {"yes", "no", "yes_es", "no_es", "source"}
    for side in ("yes", "no"):
        assert words[side].count("{") == words[f"{side}_es"].count("{")
        assert len(words[side].split()) <= 28


def test_first_time_abatement_after_three_clean_years() -> None:
    seen = option(
        view(case(returns=(prior("2020"), prior("2021"), prior("2022"))), ON), "first_time_abatement"
    )
    assert seen["eligible"] is True
    assert seen["terms"]["penalties"] == [
        {"form": "1040", "period": "2023", "kind": "failure_to_pay", "amount": "1600.00"}
    ]


@pytest.mark.parametrize(
    ("kind", "removed", "clean"),
    [
        ("failure_to_pay", None, False),
        ("failure_to_file", "first_time_abatement", False),  # used already
        ("failure_to_file", "reasonable_cause", True),
        ("failure_to_pay", "notice_2024_7", True),
        ("estimated_tax", None, True),  # does not count
        ("accuracy", None, True),
    ],
)
def test_which_history_counts(kind: str, removed: str | None, clean: bool) -> None:
    seen = view(case(returns=(prior("2021", kind, removed),)), ON)
    assert option(seen, "first_time_abatement")["eligible"] is clean


def test_history_older_than_three_years_is_forgotten() -> None:
    assert (
        option(view(case(returns=(prior("2019", "failure_to_pay"),)), ON), "first_time_abatement")["eligible"]
        is True
    )


def test_first_time_abatement_needs_the_prior_returns() -> None:
    assert failed(view(case(returns=(prior("2022", filed=None),)), ON), "first_time_abatement") == {
        "prior_returns_filed"
    }


def test_the_first_of_two_years_is_the_one() -> None:
    first = module(
        period="2022",
        due=D("2023-04-18"),
        filed=D("2023-04-18"),
        assessments=(tax("1000.00", "2023-06-05"), tax("50.00", "2023-09-04", "failure_to_pay")),
    )
    seen = option(view(case(first, module()), ON), "first_time_abatement")
    assert {p["period"] for p in seen["terms"]["penalties"]} == {"2022"}


def test_hearings() -> None:
    lt11 = case(module(notices=(letter("LT11", "2026-10-30"),)))
    assert option(view(lt11, ON), "cdp_hearing")["eligible"] is True
    assert option(view(lt11, ON), "cdp_hearing")["terms"]["last_day"] == "2026-11-30"  # Sunday 29 November
    assert option(view(lt11, ON), "equivalent_hearing")["eligible"] is False
    assert option(view(lt11, "2026-12-01"), "cdp_hearing")["eligible"] is False
    assert option(view(lt11, "2026-12-01"), "equivalent_hearing")["eligible"] is True
    assert option(view(lt11, "2027-11-02"), "equivalent_hearing")["eligible"] is False
    asked = case(
        module(
            notices=(letter("LT11", "2026-10-30"),),
            hearings=(Hearing(kind="levy", requested=D("2026-11-10")),),
        )
    )
    assert failed(view(asked, ON), "cdp_hearing") == {"hearing_not_asked"}


def test_collection_appeal_needs_an_action() -> None:
    assert failed(view(case(), ON), "collection_appeal") == {"action_to_appeal"}
    for changed in (
        case(liens=(lien("2026-10-05"),)),
        case(module(notices=(letter("CP504", "2026-11-02"),))),
        case(agreements=(plan(status="rejected", requested="2026-09-01", ended="2026-11-10"),)),
    ):
        assert option(view(changed, ON), "collection_appeal")["eligible"] is True


def test_offer() -> None:
    seen = option(view(case(), ON), "offer_in_compromise")
    assert (seen["eligible"], seen["terms"]["fee"], seen["terms"]["down_payment_rate"]) == (
        True,
        "205.00",
        "0.20",
    )
    poor = option(view(case(agi=Decimal("20000.00"), household_size=1), ON), "offer_in_compromise")["terms"]
    assert (poor["fee"], poor["down_payment_rate"]) == ("0.00", "0.00")
    pending = view(case(holds=(hold("offer", "2026-10-01"),)), ON)
    assert failed(pending, "offer_in_compromise") == {"no_offer_pending"}


def test_lien_withdrawal_by_direct_debit() -> None:
    debit = plan(accepted="2026-06-15", monthly=Decimal("400.00"), direct_debit=True)
    ready = case(liens=(lien("2025-10-06"),), agreements=(debit,))
    assert option(view(ready, ON), "lien_withdrawal")["eligible"] is True
    assert failed(view(ready, "2026-08-20"), "lien_withdrawal") == {"debits_made"}
    large = case(module(assessments=(tax("25000.01"),)), liens=ready.liens, agreements=ready.agreements)
    assert failed(view(large, ON), "lien_withdrawal") == {"within_withdrawal_limit", "pays_in_months"}


def test_levy_release_and_its_grounds() -> None:
    wages = (Levy(kind="wages", source="Acme", served=D("2026-10-01")),)
    assert option(view(case(levies=wages), ON), "levy_release")["eligible"] is True
    hard = option(view(case(levies=wages, holds=(hold("hardship", "2026-11-01"),)), ON), "levy_release")
    assert {r["code"]: r["ok"] for r in hard["reasons"]} == {"levy_in_place": True, "release_required": True}
    assert option(view(case(), ON), "levy_release")["eligible"] is False


def test_who_has_the_case_decides_transfers() -> None:
    agency = view(case(assignment=Assignment(to="private_agency", name="ConServe")), ON)
    assert option(agency, "return_from_private_agency")["eligible"] is True
    assert failed(agency, "revenue_officer_transfer") == {"not_with_agency"}
    officer = view(case(assignment=Assignment(to="revenue_officer")), ON)
    assert failed(officer, "revenue_officer_transfer") == {"not_with_officer"}
    assert option(officer, "simple_plan")["terms"]["online"] is False


def test_innocent_spouse_needs_a_joint_return() -> None:
    assert failed(view(case(), ON), "innocent_spouse") == {"joint_period"}
    assert option(view(case(module(joint=True)), ON), "innocent_spouse")["eligible"] is True


def test_a_spouse_owes_the_joint_periods_too() -> None:
    from acs.view import case_view

    rosa = case(module(joint=True), module(period="2022", joint=False), spouse="T-2")
    luis = case(module(period="2021"), id="T-2", spouse="T-1")
    seen = case_view(luis, D(ON), cases={"T-1": rosa, "T-2": luis})
    assert [m["period"] for m in seen["modules"]] == ["2021", "2023"]


def test_passport() -> None:
    def passport(amount: str, on: str = ON, **changes):  # type: ignore[no-untyped-def]
        return view(case(module(assessments=(tax(amount),)), liens=(lien("2025-10-06"),), **changes), on)[
            "passport"
        ]

    assert passport("66000.00")["reasons"] == ["not_over_threshold"]
    assert passport("66000.01")["certifiable"] is True
    assert passport("66000.01")["threshold"] == "66000.00"
    assert passport("66000.01", "2025-12-01") == {
        "threshold": "64000.00", "counted": "66000.01", "certifiable": True, "reasons": ["over_threshold"], "certified": None,
    }  # fmt: skip
    assert passport("90000.00", "2025-11-03")["reasons"] == [
        "no_lien_or_levy"
    ]  # the lien's hearing days still run
    assert passport("90000.00", agreements=(plan(accepted="2026-01-05"),))["reasons"] == [
        "agreement_in_effect"
    ]
    assert passport("90000.00", holds=(hold("hardship", "2026-01-05"),))["reasons"] == ["hardship"]
    later = passport("90000.00", "2027-01-05")
    assert (later["threshold"], later["certifiable"]) == (None, False)
    assert "not published yet" in later["reason"]


def test_private_agencies_may_not_hold_these() -> None:
    def reasons(**changes):  # type: ignore[no-untyped-def]
        return view(case(**changes), ON)["private_agency"]["reasons"]

    assert reasons() == []
    assert reasons(deceased=D("2026-01-05")) == ["deceased"]
    assert reasons(date_of_birth=D("2009-01-05")) == ["under_age"]
    assert reasons(agreements=(plan(accepted="2026-01-05"),)) == ["agreement"]
    assert reasons(agi=Decimal("31920.00"), household_size=1) == ["low_income"]
    assert reasons(agi=Decimal("31920.01"), household_size=1) == []
    assert reasons(holds=(hold("identity_theft", "2026-01-05"),)) == ["identity_theft"]


def test_collection_time() -> None:
    def expires(*, of=None, **changes):  # type: ignore[no-untyped-def]
        return view(case(*([of] if of else []), **changes), ON)["modules"][0]["collection_statute_expires"]

    assert expires() == "2034-06-03"
    assert (
        expires(agreements=(plan(requested="2025-06-20", accepted="2025-07-16"),)) == "2034-06-29"
    )  # 26 days pending
    assert expires(agreements=(plan(accepted="2025-07-16"),)) == "2034-06-03"  # in effect: the clock runs
    assert expires(holds=(hold("hardship", "2025-01-01"),)) == "2034-06-03"
    assert (
        expires(holds=(hold("bankruptcy", "2025-01-01", "2025-03-01"),)) == "2035-02-01"
    )  # 59 days, then six months
    overlap = (hold("innocent_spouse", "2025-01-01", "2025-03-01"), hold("offer", "2025-02-01", "2025-03-15"))
    assert expires(holds=overlap) == "2034-09-30"  # 1 January to 30 April: overlapping days count once
    ended = plan(status="terminated", accepted="2025-01-05", ended="2026-01-05")
    assert expires(agreements=(ended,)) == "2034-07-03"
    heard = module(hearings=(Hearing(kind="levy", requested=D("2026-01-05"), determined=D("2026-03-06")),))
    assert expires(of=heard) == "2034-09-01"  # 60 days, and 30 until the determination is final
    late = module(notices=(letter("LT11", "2025-01-06"),), hearings=heard.hearings)
    assert expires(of=late) == "2034-06-03"  # asked too late: an equivalent hearing stops no clock


def test_payments_larger_than_the_debt_leave_nothing() -> None:
    seen = view(case(module(payments=(pay("99999.00", "2024-05-01"),))), ON)
    assert seen["balance"]["payoff"] == "0.00"
    assert seen["balance"]["per_day"] == "0.00"


# A period that was assessed without a return: 26 USC 6020(b) makes one for the IRS, 6011 still asks the taxpayer for it.


@pytest.mark.parametrize(
    ("filed", "listed", "on", "missing"),
    [
        (None, None, "2026-11-10", True),
        (None, "2026-10-01", "2026-11-10", False),  # the list of returns knows that it came in
        (D("2024-04-12"), None, "2026-11-10", False),
    ],
)
def test_a_period_assessed_without_a_return_is_a_missing_return(filed, listed, on, missing) -> None:
    rows = (Return(form="1040", period="2023", due=D("2024-04-15"), filed=D(listed)),) if listed else ()
    seen = view(case(module(filed=filed), returns=rows), on)
    for name in ("simple_plan", "guaranteed_plan", "regular_plan"):
        assert ("returns_filed" in failed(seen, name)) is missing, name
    told = next(r for r in option(seen, "simple_plan")["reasons"] if r["code"] == "returns_filed")
    assert ("1040 2023" in told["text"]) is missing
