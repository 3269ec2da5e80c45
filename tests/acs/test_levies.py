"""What must come before a levy, what stops one, and what pay stays exempt."""

import pytest
from build import D, case, hold, letter, module, plan, view

from acs.case import Assignment, Hearing, Levy, LevySource

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
