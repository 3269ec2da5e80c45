"""The public notice of a lien: when, until when, and the ways around it (26 USC 6320 to 6326, 6323(j))."""

import pytest
from build import D, case, hold, letter, lien, module, pay, plan, tax, view

from acs.case import Lien
from acs.codes import groups

ON = "2026-11-22"
BILLED = module(notices=(letter("CP14", "2024-06-03"),))


def liens(of, on: str = ON):  # type: ignore[no-untyped-def]
    return view(of, on)["lien"]


@pytest.mark.parametrize(
    ("of", "on", "blocked"),
    [
        (case(BILLED), ON, []),  # IRM 5.12.2: from $10,000
        (case(module(assessments=(tax("9999.99"),))), ON, ["under_filing_amount"]),
        (
            case(BILLED),
            "2024-06-24",
            ["demand_period_open"],
        ),  # 26 USC 6321: only after the demand is neglected
        (
            case(BILLED, agreements=(plan(accepted="2026-01-05"),)),
            ON,
            ["simple_plan"],
        ),  # irs.gov simple plans
        (case(BILLED, agreements=(plan("regular", accepted="2026-01-05"),)), ON, []),
        (case(BILLED, holds=(hold("bankruptcy", "2026-01-05"),)), ON, ["bankruptcy"]),  # 11 USC 362(a)(4)
        (case(BILLED, holds=(hold("hardship", "2026-01-05"),)), ON, []),  # hardship stops no lien
        (case(BILLED, liens=(lien("2026-10-05"),)), ON, ["already_filed"]),
        (case(module(payments=(pay("99999.00", "2024-06-10"),))), ON, ["nothing_owed"]),
        (case(BILLED), "2034-06-05", ["collection_statute_expired"]),
    ],
)
def test_when_a_notice_may_be_filed(of, on: str, blocked: list[str]) -> None:  # type: ignore[no-untyped-def]
    filing = liens(of, on)["filing"]
    assert filing["blocked_by"] == blocked
    assert filing["possible"] is (not blocked)
    assert filing["usual_amount"] == "10000.00"
    assert set(blocked) <= set(groups()["lien"])


def test_the_letter_goes_out_within_five_business_days() -> None:
    # 26 USC 6320(a)(2): filed Monday 5 October 2026, Columbus Day on the 12th does not count.
    assert liens(case(liens=(lien("2026-10-05"),)))["notices"][0]["letter_due"] == "2026-10-13"


def test_released_within_30_days_of_payment_or_of_the_end() -> None:
    # 26 USC 6325(a)
    paid = case(module(payments=(pay("99999.00", "2026-11-02"),)), liens=(lien("2026-10-05"),))
    assert liens(paid)["notices"][0]["release_due"] == "2026-12-02"
    over = case(liens=(lien("2026-10-05"),))
    assert (
        liens(over, "2034-06-30")["notices"][0]["release_due"] is None
    )  # no rate: nobody knows what is owed
    assert liens(over)["notices"][0]["release_due"] is None
    gone = case(liens=(Lien(filed=D("2025-10-06"), released=D("2026-01-05")),))
    assert liens(gone)["filed"] is False


def test_the_ways_with_forms_and_days() -> None:
    ways = {w["way"]: (w["form"], w["days"], w["source"]) for w in liens(case())["ways"]}
    assert ways == {
        "withdrawal": ("12277", None, "26 USC 6323(j)"),
        "discharge": ("14135", 45, "26 USC 6325(b)"),
        "subordination": ("14134", 45, "26 USC 6325(d)"),
        "release": ("668(Z)", 30, "26 USC 6325(a)"),
        "erroneous_lien": (None, 14, "26 USC 6326"),
    }
    assert set(ways) == set(groups()["lien_ways"])


def test_long_before_the_tables_there_are_words() -> None:
    seen = liens(case(), "1950-01-01")
    assert seen["filing"] is None
    assert seen["reason"]
    assert seen["reason_es"]
