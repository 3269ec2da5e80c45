"""What must come before a levy, what stops one, and what pay stays exempt."""

import re
from pathlib import Path

import pytest
from build import D, case, hold, letter, module, option, plan, tax, view

from acs import law
from acs.case import Assignment, Hearing, Levy, LevySource
from acs.codes import groups, said

FINAL = module(
    notices=(letter("CP14", "2024-06-03"), letter("CP504", "2024-10-07"), letter("LT11", "2026-10-20"))
)


def levy(of, on: str = "2026-11-25"):  # type: ignore[no-untyped-def]
    return view(of, on)["levy"]


def test_the_contract_example() -> None:
    bare = case(module(notices=(letter("CP14", "2024-06-03"), letter("LT11", "2026-10-20", "2026-11-19"))))
    seen = levy(bare, "2026-11-10")
    assert (seen["allowed"], seen["blocked_by"], seen["exceptions"]) == (
        False,
        ["cdp_period_open"],
        ["state_refund"],
    )
    assert view(bare, "2026-11-10")["forecast"][0] == {
        "date": "2026-11-20", "event": "levy_possible", "if": "nothing is done", "source": "26 USC 6330(a), 6331(d)",
    }  # fmt: skip


def test_a_levy_is_possible_after_the_hearing_days() -> None:
    assert levy(case(FINAL))["allowed"] is True
    assert levy(case(FINAL))["blocked_by"] == []


@pytest.mark.parametrize(
    ("notices", "on", "blocks", "exceptions"),
    [
        ((letter("CP14", "2024-06-03"),), "2026-11-25", ["no_cdp_notice", "no_levy_notice"], []),
        ((letter("CP504", "2026-11-09"),), "2026-11-25", ["no_cdp_notice", "intent_period_open"], []),
        ((letter("CP504", "2026-10-09"),), "2026-11-25", ["no_cdp_notice"], ["state_refund"]),
        ((), "2026-11-25", ["no_notice_and_demand", "no_cdp_notice", "no_levy_notice"], []),
    ],
)
def test_a_cp504_alone_reaches_only_a_state_refund(notices, on, blocks, exceptions) -> None:  # type: ignore[no-untyped-def]
    seen = levy(case(module(notices=notices)), on)
    assert (seen["blocked_by"], seen["exceptions"]) == (blocks, exceptions)


@pytest.mark.parametrize(
    ("changes", "block"),
    [
        ({"agreements": (plan(accepted="2026-11-21"),)}, "agreement_in_effect"),
        ({"agreements": (plan(status="pending", requested="2026-11-21"),)}, "agreement_pending"),
        (
            {"agreements": (plan(status="rejected", requested="2026-10-21", ended="2026-11-20"),)},
            "agreement_rejected_30_days",
        ),
        (
            {"agreements": (plan(status="terminated", accepted="2026-01-21", ended="2026-11-20"),)},
            "agreement_terminated_30_days",
        ),
        ({"holds": (hold("bankruptcy", "2026-11-21"),)}, "bankruptcy"),
        ({"holds": (hold("offer", "2026-11-21"),)}, "offer_pending"),
        ({"holds": (hold("offer", "2026-08-21", "2026-11-20"),)}, "offer_ended_30_days"),
        ({"holds": (hold("innocent_spouse", "2026-11-21"),)}, "innocent_spouse_pending"),
        ({"holds": (hold("hardship", "2026-11-21"),)}, "hardship"),
        ({"assignment": Assignment(to="private_agency")}, "with_private_agency"),
    ],
)
def test_what_stops_a_levy(changes, block: str) -> None:  # type: ignore[no-untyped-def]
    seen = levy(case(FINAL, **changes))
    assert seen["allowed"] is False
    assert seen["blocked_by"] == [block]
    assert seen["exceptions"] == []


def test_a_timely_hearing_stops_its_own_period_only() -> None:
    heard = module(
        period="2022", notices=FINAL.notices, hearings=(Hearing(kind="levy", requested=D("2026-11-12")),)
    )
    assert levy(case(heard))["blocked_by"] == ["cdp_hearing_pending"]
    assert levy(case(heard))["exceptions"] == ["state_refund"]
    both = levy(case(heard, FINAL))
    assert both["allowed"] is True
    assert [p["allowed"] for p in both["by_period"]] == [False, True]


def test_an_equivalent_hearing_stops_nothing() -> None:
    late = module(notices=FINAL.notices, hearings=(Hearing(kind="levy", requested=D("2026-11-20")),))
    assert levy(case(late))["allowed"] is True


def test_after_ten_years_nothing_can_be_taken() -> None:
    old = module(assessments=FINAL.assessments, notices=FINAL.notices)
    assert levy(case(old), "2034-06-04")["blocked_by"] == ["collection_statute_expired"]


def test_exempt_pay_of_2026() -> None:
    # Pub. 1494 (12-2025): $615.38 for a single person with three dependents, weekly; $1,646.16 for a couple with two, biweekly.
    wages = (Levy(kind="wages", source="Acme", served=D("2026-10-01")),)
    single = levy(case(filing_status="single", household_size=4, levies=wages))["exempt_wages"]
    assert single["weekly"] == {"with_statement": "615.38", "without_statement": "309.62"}
    couple = levy(case(filing_status="married_joint", household_size=4, levies=wages))["exempt_wages"]
    assert couple["with_statement"]["biweekly"] == "1646.16"
    assert couple["without_statement"]["biweekly"] == "619.23"
    head = levy(case(filing_status="head_of_household", levies=wages))["exempt_wages"]["with_statement"]
    assert head == {"weekly": "464.42", "biweekly": "928.85", "semimonthly": "1006.25", "monthly": "2012.50"}


def test_exempt_pay_only_when_a_wage_levy_stands_or_is_near() -> None:
    employer = (LevySource(kind="employer", name="Acme"),)
    assert "exempt_wages" not in levy(case(levy_sources=employer))
    assert "exempt_wages" in levy(case(FINAL, levy_sources=employer))
    next_year = levy(case(FINAL, levy_sources=employer), "2027-01-04")["exempt_wages"]
    assert next_year["with_statement"] is None
    assert "not published yet" in next_year["reason"]


def test_the_line_itself_seizes_nothing_by_hand() -> None:
    seen = view(case(assignment=Assignment(to="acs", since=D("2026-06-01"))), "2026-11-10")["assignment"]
    assert {"seize_house", "seize_personal_property", "seize_business_assets", "sue"} <= set(seen["cannot"])
    assert {"levy_wages", "levy_bank", "file_lien", "set_up_plan"} <= set(seen["can"])


def quarter(period: str, *hearings: Hearing, **changes):  # type: ignore[no-untyped-def]
    return module(
        form="941",
        period=period,
        due=D("2026-05-01"),
        notices=changes.pop("notices", (letter("CP504", "2026-09-01"),)),
        hearings=hearings,
        **changes,
    )


def test_all_exceptions_of_the_law() -> None:
    """26 USC 6330(f): jeopardy, state refunds, disqualified employment tax, federal contractors."""
    seen = levy(case(quarter("2026Q1")))
    assert [(e["exception"], e["applies"], e["source"]) for e in seen["exceptions_of_law"]] == [
        ("jeopardy", None, "26 USC 6330(f)(1)"),
        ("state_refund", True, "26 USC 6330(f)(2)"),
        ("disqualified_employment_tax", False, "26 USC 6330(f)(3)"),
        ("federal_contractor", None, "26 USC 6330(f)(4)"),
    ]
    assert {e["exception"] for e in seen["exceptions_of_law"]} <= set(groups()["exceptions"])


@pytest.mark.parametrize(
    ("earlier", "form", "excepted"),
    [
        ("2025Q4", "941", True),
        ("2024Q1", "941", True),  # two years before the first of January 2026
        ("2023Q4", "941", False),
        ("2026Q2", "941", False),  # a later period
        ("2025", "1040", False),  # not employment tax
    ],
)
def test_payroll_levies_after_a_hearing_on_the_two_years_before(
    earlier: str, form: str, excepted: bool
) -> None:
    """26 USC 6330(h)(1), for a business and for a sole proprietor."""
    heard = module(
        form=form, period=earlier, notices=FINAL.notices, hearings=(Hearing(kind="levy", requested=D("2026-11-12")),)
    )  # fmt: skip
    for kind in ("business", "individual"):
        by_period = levy(case(quarter("2026Q1"), heard, kind=kind))["by_period"]
        assert ("disqualified_employment_tax" in by_period[0]["exceptions"]) is excepted


def test_social_security_is_taken_by_15_percent() -> None:
    # 26 USC 6331(h)(1)
    benefit = (Levy(kind="social_security", served=D("2026-10-01")),)
    assert levy(case(levies=benefit))["benefit_share"] == "0.15"
    assert "benefit_share" not in levy(case())


def test_no_day_is_promised_for_a_levy() -> None:
    """The office waits longer than the law asks (IRM 5.19.4.3.1: 53 days); that is a custom, told to nobody."""
    assert law.number("levies.wait_after_final_notice", on=D("2026-11-22")) == 53
    words = "".join(
        p.read_text(encoding="utf-8") for p in (Path(law.__file__).parent / "words").glob("*.yml")
    )
    assert not re.search(r"\b53\b", words)
    possible = [e for e in view(case(FINAL), "2026-10-25")["forecast"] if e["event"] == "levy_possible"]
    assert possible[0]["date"] == "2026-11-20"  # the first day the law no longer bars it
    assert "no longer bars" in said("events", "levy_possible")


@pytest.mark.parametrize("office", ["notice_stream", "acs", "queue", "private_agency", "appeals"])
def test_only_an_officer_takes_things_and_only_a_court_a_house(office: str) -> None:
    """26 USC 6334(e)(1), 7401, 6306(b); IRM 5.19.4: no one at a desk seizes a house, a car or a shop, or sues."""
    seen = view(case(assignment=Assignment(to=office)), "2026-11-10")["assignment"]  # type: ignore[arg-type]
    never = {"seize_house", "seize_personal_property", "seize_business_assets", "sue"}
    assert never <= set(seen["cannot"])
    assert not never & set(seen["can"])
    assert not [a for a in seen["can"] if a.startswith("seize") or "su" in a.split("_")]


def test_what_a_revenue_officer_can_do_with_a_court_or_approval() -> None:
    seen = view(case(assignment=Assignment(to="revenue_officer")), "2026-11-10")["assignment"]
    assert {"seize_house_with_court_order", "seize_business_assets_with_approval", "summons"} <= set(
        seen["can"]
    )
    assert {"seize_house_without_court_order", "sue"} <= set(seen["cannot"])


def test_when_the_law_asks_for_a_release() -> None:
    """26 USC 6343(a)(1)(A) to (E)."""
    wages = (Levy(kind="wages", source="Acme", served=D("2026-10-01")),)
    of = case(
        levies=wages, agreements=(plan(accepted="2026-11-01"),), holds=(hold("hardship", "2026-11-01"),)
    )
    terms = option(view(of, "2026-11-25"), "levy_release")["terms"]
    assert [(c["condition"], c["met"], c["source"][-2]) for c in terms["conditions"]] == [
        ("paid_or_expired", False, "A"),
        ("release_helps_collection", None, "B"),
        ("agreement", True, "C"),
        ("hardship", True, "D"),
        ("worth_more_than_owed", None, "E"),
    ]
    assert terms["release_required"] is True


def test_ten_days_after_the_bill() -> None:
    # 26 USC 6331(a): within 10 days after notice and demand; the tenth day still counts.
    billed = case(module(notices=(letter("CP14", "2026-11-09"),), assessments=(tax("100.00", "2026-11-09"),)))
    assert "demand_period_open" in levy(billed, "2026-11-19")["blocked_by"]
    assert "demand_period_open" not in levy(billed, "2026-11-20")["blocked_by"]


def test_thirty_days_after_the_notice_of_intent() -> None:
    # 26 USC 6331(d)(2): a state refund may go on the 31st day.
    warned = case(module(notices=(letter("CP504", "2026-10-12"),)))
    assert levy(warned, "2026-11-11")["exceptions"] == []
    assert levy(warned, "2026-11-12")["exceptions"] == ["state_refund"]
