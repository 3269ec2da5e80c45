"""Each option, row by row: a case it is open to, a case it is closed to and why, and the law of each point and effect."""

import re
from decimal import Decimal

import pytest
from build import D, case, failed, hold, letter, lien, module, option, pay, plan, tax, view

from acs.case import Assignment, Hearing, Levy
from acs.effects import ON as ABOUT
from acs.effects import all_words, effects
from acs.options import ALL

ON = "2026-11-22"
FINAL = module(notices=(letter("CP14", "2024-06-03"), letter("LT11", "2026-11-02")))
PAID = case(module(payments=(pay("99999.00", "2024-04-15"),)))
LARGE = case(module(assessments=(tax("250000.01"),)))
DEBIT = plan(accepted="2026-01-15", monthly=Decimal("400.00"), direct_debit=True)

ROWS = [
    # option, open case, closed case, the point that closes it, the source of that point
    ("pay_now", case(), PAID, "owes_balance", "the account"),
    ("short_term_plan", case(), LARGE, "under_short_term_limit", "irs.gov payment plans"),
    ("guaranteed_plan", case(), LARGE, "tax_within_guaranteed_limit", "26 USC 6159(c)(1)"),
    ("simple_plan", case(), LARGE, "assessed_within_limit", "irs.gov simple payment plans"),
    ("regular_plan", LARGE, PAID, "owes_balance", "the account"),
    ("partial_pay_plan", LARGE, case(agreements=(DEBIT,)), "no_plan_in_effect", "26 USC 6159"),
    ("change_plan", case(agreements=(DEBIT,)), case(), "plan_in_effect", "26 USC 6159"),
    (
        "reinstate_plan",
        case(agreements=(plan(status="terminated", accepted="2025-01-06", ended="2026-10-01"),)),
        case(agreements=(DEBIT,)),
        "plan_defaulted",
        "26 USC 6159(b)(4), (5)",
    ),
    (
        "hardship",
        case(),
        case(holds=(hold("hardship", "2026-01-05"),)),
        "no_hardship_on_file",
        "26 USC 6343(a)(1)(D)",
    ),
    (
        "offer_in_compromise",
        case(),
        case(holds=(hold("offer", "2026-10-05"),)),
        "no_offer_pending",
        "26 USC 7122",
    ),
    ("first_time_abatement", case(), PAID, "penalty_to_remove", "IRM 20.1.1.3.3.2.1"),
    ("reasonable_cause", case(), PAID, "cause_can_be_shown", "26 USC 6651(a)"),
    ("cdp_hearing", case(FINAL), case(), "hearing_days_open", "26 USC 6320, 6330"),
    (
        "equivalent_hearing",
        case(module(notices=(letter("LT11", "2026-08-03"),))),
        case(FINAL),
        "hearing_days_over",
        "26 CFR 301.6330-1(i)",
    ),
    ("collection_appeal", case(FINAL), case(), "action_to_appeal", "Pub. 1660"),
    (
        "levy_release",
        case(levies=(Levy(kind="wages", served=D("2026-10-05")),)),
        case(),
        "levy_in_place",
        "26 USC 6343(a)",
    ),
    (
        "lien_withdrawal",
        case(liens=(lien("2025-10-06"),), agreements=(DEBIT,)),
        case(),
        "lien_filed",
        "26 USC 6323(j)",
    ),
    (
        "revenue_officer_transfer",
        case(),
        case(assignment=Assignment(to="revenue_officer")),
        "not_with_officer",
        "IRM 5.19.5",
    ),
    (
        "return_from_private_agency",
        case(assignment=Assignment(to="private_agency", name="ConServe")),
        case(),
        "with_agency",
        "irs.gov private debt collection",
    ),
    ("innocent_spouse", case(module(joint=True)), case(), "joint_period", "26 USC 6015"),
]


def test_the_table_holds_every_option() -> None:
    assert [row[0] for row in ROWS] == [name for name in ALL if name != "taxpayer_advocate"]


@pytest.mark.parametrize(("name", "good", "bad", "point", "source"), ROWS, ids=[r[0] for r in ROWS])
def test_open_and_closed(name: str, good, bad, point: str, source: str) -> None:  # type: ignore[no-untyped-def]
    opened = option(view(good, ON), name)
    assert opened["eligible"] is True, [r for r in opened["reasons"] if not r["ok"]]
    seen = view(bad, ON)
    assert option(seen, name)["eligible"] is False
    assert point in failed(seen, name)
    [reason] = [r for r in option(seen, name)["reasons"] if r["code"] == point]
    assert reason["source"].startswith(source)
    assert reason["text"] != reason["text_es"]


def test_the_taxpayer_advocate_is_there_for_anyone() -> None:
    for of in (case(), PAID, LARGE, case(kind="business")):
        seen = option(view(of, ON), "taxpayer_advocate")
        assert seen["eligible"] is True
        assert (seen["terms"]["form"], seen["terms"]["phone"]) == ("911", "+18777774778")
    levied = case(levies=(Levy(kind="wages", served=D("2026-10-05")),))
    criteria = option(view(levied, ON), "taxpayer_advocate")["terms"]["criteria"]
    assert [(c["met"], c["source"]) for c in criteria] == [
        (True, "26 USC 7811(a)(2)(i)"),
        (None, "26 USC 7811(a)(2)(ii)"),
        (None, "26 USC 7811(a)(2)(iii)"),
        (None, "26 USC 7811(a)(2)(iv)"),
    ]


@pytest.mark.parametrize("name", list(ALL))
def test_each_says_its_four_effects_in_both_languages(name: str) -> None:
    found = option(view(case(), ON), name)["terms"]["effects"]
    assert tuple(found) == ABOUT
    for one in found.values():
        assert one["text"] != one["text_es"]
        assert re.search(r"USC|CFR|irs\.gov|Form ", one["source"])


@pytest.mark.parametrize(
    ("name", "about", "code", "source"),
    [
        ("simple_plan", "levy", "plan", "26 USC 6331(k)(2)"),  # pending, in effect, 30 days after
        ("short_term_plan", "levy", "custom", "irs.gov payment plans"),  # the law says nothing of it
        ("simple_plan", "lien", "simple", "irs.gov simple payment plans"),
        ("regular_plan", "lien", "stays", "26 USC 6323"),
        ("simple_plan", "penalty_rate", "plan", "26 USC 6651(h)"),  # from acceptance
        ("short_term_plan", "penalty_rate", "none", "26 USC 6601"),
        ("simple_plan", "collection_statute", "plan", "26 USC 6331(k)(3)"),
        ("offer_in_compromise", "levy", "offer", "26 USC 6331(k)(1)"),
        ("offer_in_compromise", "collection_statute", "offer", "26 USC 6331(k)(3)"),
        ("cdp_hearing", "levy", "hearing", "26 USC 6330(e)"),
        ("cdp_hearing", "collection_statute", "hearing", "26 USC 6330(e)(1)"),
        ("equivalent_hearing", "levy", "equivalent", "26 CFR 301.6330-1(i)"),
        ("equivalent_hearing", "collection_statute", "none", "26 USC 6502"),
        ("collection_appeal", "collection_statute", "none", "26 USC 6502"),
        ("hardship", "collection_statute", "none", "26 USC 6502"),  # hardship stops no clock
        ("hardship", "levy", "hardship", "26 USC 6343(a)(1)(D)"),
        ("innocent_spouse", "levy", "spouse", "26 USC 6015(e)(1)(B)"),
        ("innocent_spouse", "collection_statute", "spouse", "26 USC 6015(e)(2)"),
        ("lien_withdrawal", "lien", "withdrawal", "26 USC 6323(j)"),
        ("taxpayer_advocate", "levy", "advocate", "26 USC 7811"),
    ],
)
def test_an_effect_and_its_law(name: str, about: str, code: str, source: str) -> None:
    found = effects(name)[about]
    assert found["code"] == code
    assert found["source"].startswith(source)


def test_every_statement_is_used() -> None:
    words = all_words()
    assert set(words["options"]) == set(ALL)
    for place, about in enumerate(ABOUT):
        assert {codes[place] for codes in words["options"].values()} == set(words[about])


def test_what_an_offer_costs_and_asks() -> None:
    # 26 CFR 300.3; 26 USC 7122(c)(1)(A), (c)(3), (f)
    terms = option(view(case(), ON), "offer_in_compromise")["terms"]
    assert (terms["fee"], terms["down_payment_rate"], terms["deemed_accepted_months"]) == (
        "205.00",
        "0.20",
        24,
    )
    assert terms["send"] == ["656", "433-A (OIC)", "fee", "first_payment"]
    poor = option(view(case(agi=Decimal("39900.00"), household_size=1), ON), "offer_in_compromise")["terms"]
    assert (poor["fee"], poor["send"]) == ("0.00", ["656", "433-A (OIC)"])


def test_a_regular_plan_without_a_statement() -> None:
    # IRS taxpayer relief initiative 2020: people up to $250,000 whose case no revenue officer works.
    def statement(amount: str, **changes):  # type: ignore[no-untyped-def]
        of = case(module(assessments=(tax(amount),)), **changes)
        return option(view(of, ON), "regular_plan")["terms"]["financial_statement"]

    assert statement("250000.00") is None
    assert statement("250000.01") == "433-F"
    assert statement("90000.00", assignment=Assignment(to="revenue_officer")) == "433-A"
    assert statement("90000.00", kind="business") == "433-B"


def test_hearing_days_are_written_as_people_write_them() -> None:
    [point] = [
        r for r in option(view(case(FINAL), ON), "cdp_hearing")["reasons"] if r["code"] == "hearing_days_open"
    ]
    assert point["text"] == "The last day to ask for a hearing is December 2, 2026."
    assert point["text_es"] == "El último día para pedir la audiencia es el 2 de diciembre de 2026."


def test_a_hearing_of_the_lien_or_of_the_levy_stops_the_clock() -> None:
    # 26 USC 6320(c) takes over 6330(e): both suspend the time to collect; an equivalent hearing does not.
    for kind in ("levy", "lien"):
        heard = module(hearings=(Hearing(kind=kind, requested=D("2026-01-05"), determined=D("2026-03-06")),))  # type: ignore[arg-type]
        assert view(case(heard), ON)["modules"][0]["collection_statute_expires"] == "2034-09-01"
