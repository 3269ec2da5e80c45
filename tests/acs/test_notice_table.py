"""Each letter, row by row: what it sets in motion in the view, by when, on which form, and by what law."""

import pytest
from build import case, letter, lien, module, option, plan, view

from acs.codes import said
from acs.notices import notice_info

SENT, ON = "2026-11-02", "2026-11-10"  # a Monday; nothing falls on a day off for three weeks

ROWS = [
    # code, the deadline it sets, last day, form, law or IRS page of that day
    ("CP14", "interest_free_payment", "2026-11-23", None, "26 USC 6601(e)(3)"),
    ("CP22A", "interest_free_payment", "2026-11-23", None, "26 USC 6601(e)(3)"),
    ("CP501", "notice_response", "2026-11-12", None, "CP501, as printed"),
    ("CP503", "notice_response", "2026-11-12", None, "CP503, as printed"),
    ("CP504", "notice_response", "2026-12-02", None, "26 USC 6331(d)(2)"),
    ("CP504B", "notice_response", "2026-12-02", None, "26 USC 6331(d)(2)"),
    ("LT11", "cdp_hearing", "2026-12-02", "12153", "26 USC 6330(a)(3)(B)"),
    ("Letter 1058", "cdp_hearing", "2026-12-02", "12153", "26 USC 6330(a)(3)(B)"),
    ("CP90", "cdp_hearing", "2026-12-02", "12153", "26 USC 6330(a)(3)(B)"),
    ("CP297", "cdp_hearing", "2026-12-02", "12153", "26 USC 6330(a)(3)(B)"),
    ("LT75", "cdp_hearing", "2026-12-02", "12153", "26 USC 6330(a)(3)(B)"),
    ("CP91", "cdp_hearing", "2026-12-02", "12153", "26 USC 6330(a)(3)(B)"),
    ("CP298", "cdp_hearing", "2026-12-02", "12153", "26 USC 6330(a)(3)(B)"),
    ("CP92", "cdp_hearing", "2026-12-02", "12153", "26 USC 6330(a)(3)(B)"),
    ("CP242", "cdp_hearing", "2026-12-02", "12153", "26 USC 6330(a)(3)(B)"),
    ("LT16", "notice_response", "2026-11-12", None, "irs.gov, Understanding your LT16"),
    ("CP523", "agreement_termination", "2026-12-02", "9423", "26 USC 6159(b)(5)"),
    ("CP2000", "notice_response", "2026-12-02", None, "CP2000, as printed"),
    (
        "CP12",
        "notice_response",
        "2027-01-04",
        None,
        "26 USC 6213(b)(2)",
    ),  # day 60 is New Year's Day, a Friday
]


def deadlines_of(code: str, printed: str | None = None):  # type: ignore[no-untyped-def]
    of = module(notices=(letter(code, SENT, printed),), assessments=())
    plans = (plan(accepted="2025-01-06"),) if code == "CP523" else ()
    return view(case(of, agreements=plans), ON)["deadlines"]


@pytest.mark.parametrize(("code", "kind", "last_day", "form", "source"), ROWS, ids=[r[0] for r in ROWS])
def test_what_a_letter_sets_in_motion(
    code: str, kind: str, last_day: str, form: str | None, source: str
) -> None:
    [found] = [d for d in deadlines_of(code) if d["kind"] == kind]
    assert (found["last_day"], found["computed_last_day"], found["form"]) == (last_day, last_day, form)
    assert found["source"].startswith(source)
    assert found["notice"] == code
    assert found["days_left"] == (view_day(last_day) - view_day(ON)).days


def view_day(text: str):  # type: ignore[no-untyped-def]
    from datetime import date

    return date.fromisoformat(text)


@pytest.mark.parametrize(("code", "kind", "last_day"), [r[:3] for r in ROWS], ids=[r[0] for r in ROWS])
def test_the_printed_day_wins_and_the_computed_one_is_shown(code: str, kind: str, last_day: str) -> None:
    [found] = [d for d in deadlines_of(code, "2026-11-25") if d["kind"] == kind]
    assert (found["last_day"], found["computed_last_day"]) == ("2026-11-25", last_day)


def test_the_letter_of_a_lien_counts_from_five_business_days_after_filing() -> None:
    # 26 USC 6320(a)(3)(B): filed Monday 5 October, business day five is Tuesday the 13th (Columbus Day), 30 days on.
    seen = view(case(module(notices=(letter("Letter 3172", "2026-10-06"),)), liens=(lien("2026-10-05"),)), ON)
    [found] = [d for d in seen["deadlines"] if d["kind"] == "lien_cdp_hearing"]
    assert (found["last_day"], found["form"], found["source"]) == (
        "2026-11-12",
        "12153",
        "26 USC 6320(a)(3)(B), 7503",
    )
    [late] = [d for d in seen["deadlines"] if d["kind"] == "equivalent_hearing"]
    assert late["last_day"] == "2027-10-13"  # a year from the end of the five business days


@pytest.mark.parametrize(
    "code", ["LT38", "LT39", "CP71C", "CP521", "CP40", "CP508C", "CP508R", "Letter 725-B", "CP49"]
)
def test_a_letter_without_days_of_its_own_sets_none_unless_one_is_printed(code: str) -> None:
    assert deadlines_of(code) == []
    [found] = deadlines_of(code, "2026-11-25")
    assert (found["kind"], found["last_day"], found["computed_last_day"]) == (
        "notice_response",
        "2026-11-25",
        None,
    )


@pytest.mark.parametrize(
    ("code", "rights", "source"),
    [
        ("CP14", {"pay_now", "simple_plan", "first_time_abatement"}, "26 USC 6303"),
        ("CP504", {"collection_appeal", "simple_plan"}, "26 USC 6331(d)"),
        ("LT11", {"cdp_hearing", "equivalent_hearing", "collection_appeal"}, "26 USC 6330"),
        ("CP91", {"cdp_hearing", "collection_appeal"}, "26 USC 6330, 6331(h)"),
        ("CP92", {"cdp_hearing"}, "26 USC 6330(f)"),
        ("L3172", {"cdp_hearing", "equivalent_hearing", "lien_withdrawal"}, "26 USC 6320"),
        ("LT39", {"pay_now", "simple_plan", "hardship"}, "26 USC 7524"),
        ("CP523", {"reinstate_plan", "collection_appeal"}, "26 USC 6159(b)(5)"),
        ("CP508C", {"pay_now", "simple_plan", "offer_in_compromise"}, "26 USC 7345"),
        ("CP40", {"return_from_private_agency"}, "26 USC 6306"),
        ("CP49", {"innocent_spouse"}, "26 USC 6402(a)"),
    ],
)
def test_the_rights_a_letter_gives(code: str, rights: set[str], source: str) -> None:
    info = notice_info(code)
    assert info is not None
    assert rights <= set(info.rights)
    assert info.source.startswith(source)


@pytest.mark.parametrize("code", ["CP14", "CP501", "CP503", "CP504", "LT16", "LT38", "LT39", "CP71"])
def test_these_give_no_hearing(code: str) -> None:
    """26 USC 6330 and 6320 alone give one; a CP504 is the notice of 6331(d)."""
    seen = view(case(module(notices=(letter(code, SENT),))), ON)
    assert not option(seen, "cdp_hearing")["eligible"]
    assert not [d for d in seen["deadlines"] if "hearing" in d["kind"]]


def test_a_state_refund_taken_first_gives_a_hearing_afterwards() -> None:
    # 26 USC 6330(f): the CP504 let the refund be taken, the CP92 gives the hearing; it opens no new levy by itself.
    of = case(module(notices=(letter("CP504", "2026-08-03"), letter("CP92", SENT))))
    seen = view(of, ON)
    assert option(seen, "cdp_hearing")["eligible"]
    assert seen["levy"]["blocked_by"] == ["cdp_period_open"]
    assert said("levy", "cdp_period_open")


def test_the_equivalent_hearing_is_open_for_a_year() -> None:
    # 26 CFR 301.6330-1(i): one year, less the days of the timely hearing.
    seen = view(case(module(notices=(letter("LT11", SENT),))), "2026-12-03")
    [found] = [d for d in seen["deadlines"] if d["kind"] == "equivalent_hearing"]
    assert (found["last_day"], found["form"], found["source"]) == (
        "2027-11-02", "12153", "26 CFR 301.6330-1(i); 26 USC 7503",
    )  # fmt: skip
