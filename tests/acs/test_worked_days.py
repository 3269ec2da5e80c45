"""Days and limits worked by hand from the law: hearings, the ten years, levies, passports, agencies, offers."""

from decimal import Decimal
from typing import Any

import pytest
from build import D, case, deadline, failed, letter, lien, module, option, plan, tax, view

from acs.case import Assignment, Hearing, Levy, Name, Return, ReturnPenalty
from acs.days import months_between

BUSINESS = {"kind": "business", "name": Name(business="Lee LLC"), "tin": "00-0000001"}
WAGES = (Levy(kind="wages", source="Acme", served=D("2026-03-02")),)


def figures(on: str, *kept: str, of: Any = None, **changes: Any) -> list[str | None]:
    seen = view(of or case(module(**changes)), on)["modules"][0]
    return [seen[key] for key in kept]


# Days: 26 USC 6320, 6330, 7503; D.C. Code 28-2701.


@pytest.mark.parametrize(
    ("sent", "last_day"),
    [
        ("2026-03-17", "2026-04-17"),  # 16 April, Emancipation Day
        ("2028-03-16", "2028-04-18"),  # Saturday 15; the 16th is a Sunday, kept on Monday
        ("2022-03-16", "2022-04-18"),  # the 16th is a Saturday, kept on Friday 15
        ("2020-05-20", "2020-06-19"),  # Juneteenth was no legal holiday yet
        ("2023-05-20", "2023-06-20"),  # and is one now
        ("2020-12-21", "2021-01-21"),  # Inauguration Day
        ("2028-12-20", "2029-01-19"),  # on a Saturday Inauguration Day takes no Friday with it
        ("2021-12-01", "2022-01-03"),  # New Year's Day on a Saturday is kept on 31 December
        ("2025-10-28", "2025-11-28"),  # Thanksgiving; the Friday after it is a day like others
    ],
)
def test_thirty_days_to_ask_for_a_hearing(sent: str, last_day: str) -> None:
    # fmt: off
    owed = module(period="2018", due=D("2019-04-15"), filed=D("2019-04-15"), assessments=(tax("100.00", "2019-06-03"),),
                  notices=(letter("CP14", "2019-06-03"), letter("LT11", sent)))
    # fmt: on
    assert deadline(view(case(owed), sent), "cdp_hearing")["last_day"] == last_day


@pytest.mark.parametrize(
    ("filed", "last_day", "late"),
    [
        # Five business days over Columbus Day end on 13 October; 30 days later is 12 November; a year later the 13th.
        ("2026-10-05", "2026-11-12", "2027-10-13"),
        # 29 to 31 December, 4 and 5 January: new year's eve is a business day in 2026.
        ("2026-12-28", "2027-02-04", "2028-01-05"),
    ],
)
def test_the_days_of_a_lien_notice(filed: str, last_day: str, late: str) -> None:
    """26 USC 6320(a)(2), (3)(B); 26 CFR 301.6320-1(i): 30 days, and one year, after five business days."""
    seen = view(case(liens=(lien(filed),)), filed)
    assert deadline(seen, "lien_cdp_hearing")["last_day"] == last_day
    assert deadline(seen, "equivalent_hearing")["last_day"] == late


# Ten years: 26 USC 6502, 6330(e), 6331(k)(3).


def test_a_hearing_asked_for_on_the_last_day_stops_the_ten_years() -> None:
    """LT11 of 5 January, last day 4 February: 4 February to 1 September is 209 days, and 30 to go to court."""
    asked = Hearing(kind="levy", requested=D("2026-02-04"), determined=D("2026-09-01"))
    late = Hearing(kind="levy", requested=D("2026-02-05"), determined=D("2026-09-01"))
    notices = (letter("CP14", "2024-06-03"), letter("LT11", "2026-01-05"))
    key = "collection_statute_expires"
    assert figures("2026-11-10", key, notices=notices, hearings=(asked,)) == [
        "2035-01-28"
    ]  # 2034-06-03 + 239
    assert figures("2026-11-10", key, notices=notices, hearings=(late,)) == ["2034-06-03"]


def test_the_last_of_the_ten_years_still_counts() -> None:
    """26 USC 6502(a)(1): within ten years after 21 November 2016. On that day it can be collected, the day after not."""
    # fmt: off
    owed = module(period="2015", due=D("2016-04-18"), filed=D("2016-04-18"), notices=(letter("LT11", "2019-09-02"),),
                  assessments=(tax("50000.00", "2016-11-21"),))
    # fmt: on
    held = case(owed, levies=WAGES)
    on, after = view(held, "2026-11-21"), view(held, "2026-11-22")
    assert (on["levy"]["allowed"], on["passport"]["counted"]) == (True, "50000.00")
    assert (after["levy"]["blocked_by"], after["passport"]["counted"]) == (
        ["collection_statute_expired"],
        "0.00",
    )


def test_no_months_between_days_of_one_month() -> None:
    """The first payment of a plan comes in the month after: accepted on the 2nd, none is due by the 30th."""
    assert months_between(D("2026-11-02"), D("2026-11-30")) == 0
    assert months_between(D("2026-11-30"), D("2026-10-30")) == 0


def test_a_refused_plan_stops_the_ten_years_and_a_short_one_does_not() -> None:
    """Asked for on 1 September, refused on 20 October 2026: 49 days and 30."""
    key = "collection_statute_expires"
    refused = plan(status="rejected", requested="2026-09-01", ended="2026-10-20")
    assert figures("2026-11-25", key, of=case(agreements=(refused,))) == ["2034-08-21"]
    short = plan(kind="short_term", requested="2026-09-01", accepted="2026-09-20")
    assert figures("2026-11-25", key, of=case(agreements=(short,))) == ["2034-06-03"]


# Levies, passports, agencies, offers.


def test_a_hearing_about_a_lien_does_not_open_the_door_to_an_early_levy() -> None:
    """26 USC 6330(h)(1) asks for a hearing 'under this section': on a levy, and in time."""
    early = (letter("CP161", "2024-06-10"), letter("LT11", "2024-11-04"))
    new = module(form="941", period="2025-Q4", due=D("2026-02-02"), filed=D("2026-02-02"),
                 assessments=(tax("9000.00", "2026-03-09"),), notices=(letter("CP504B", "2026-05-04"),))  # fmt: skip
    for hearing, excepted in [
        (Hearing(kind="levy", requested=D("2024-11-20"), determined=D("2025-03-03")), True),
        (Hearing(kind="levy", requested=D("2025-02-20"), determined=D("2025-03-03")), False),
        (Hearing(kind="lien", requested=D("2024-11-20"), determined=D("2025-03-03")), False),
    ]:
        old = module(form="941", period="2024-Q1", due=D("2024-04-30"), filed=D("2024-04-30"),
                     assessments=(tax("9000.00", "2024-06-10"),), notices=early, hearings=(hearing,))  # fmt: skip
        seen = view(case(old, new, **BUSINESS), "2026-11-10")["levy"]["by_period"][1]
        assert ("disqualified_employment_tax" in seen["exceptions"]) is excepted


def test_exempt_pay_that_is_not_published_keeps_its_shape() -> None:
    """Pub. 1494 for 2027 is not out: every pay period is there, without a figure, and the reason beside it."""
    seen = view(case(levies=WAGES), "2027-02-01")["levy"]["exempt_wages"]
    for period in ("weekly", "biweekly", "semimonthly", "monthly"):
        assert seen[period] == {"with_statement": None, "without_statement": None}
    assert seen["reason"]
    assert seen["reason_es"]


def test_the_levy_waits_for_the_day_after_the_last_one() -> None:
    """26 USC 6331(k)(2)(B): refused on 20 October 2026, barred through 19 November."""
    notices = (letter("CP14", "2024-06-03"), letter("LT11", "2026-01-05"))
    held = case(
        module(notices=notices),
        agreements=(plan(status="rejected", requested="2026-09-01", ended="2026-10-20"),),
    )
    assert [view(held, on)["levy"]["allowed"] for on in ("2026-11-19", "2026-11-20")] == [False, True]


@pytest.mark.parametrize(("amount", "certifiable"), [("66000.00", False), ("66000.01", True)])
def test_the_passport_debt_must_be_more_than_the_limit(amount: str, certifiable: bool) -> None:
    """26 USC 7345(b)(1)(B), (f): more than $66,000 in 2026."""
    seen = view(case(module(assessments=(tax(amount),)), levies=WAGES), "2026-11-10")["passport"]
    assert (seen["counted"], seen["certifiable"]) == (amount, certifiable)


def test_who_is_at_appeals_is_not_for_a_private_agency() -> None:
    """26 USC 6306(d)(5): a case that is under a proper appeal."""
    seen = view(case(assignment=Assignment(to="appeals", since=D("2026-06-01"))), "2026-11-10")
    agency = seen["private_agency"]
    assert (agency["may_hold"], agency["reasons"]) == (False, ["appeal"])


@pytest.mark.parametrize(("born", "may"), [("2008-11-10", True), ("2008-11-11", False)])
def test_a_private_agency_may_not_hold_who_is_under_eighteen(born: str, may: bool) -> None:
    """26 USC 6306(d)(3)(B): eighteen on the birthday itself."""
    seen = view(case(date_of_birth=D(born)), "2026-11-10")["private_agency"]
    assert (seen["may_hold"], seen["reasons"]) == (may, [] if may else ["under_age"])


@pytest.mark.parametrize(("on", "listed"), [("2026-09-22", 3), ("2026-09-23", None)])
def test_the_list_of_agencies_ends_with_their_contracts(on: str, listed: int | None) -> None:
    """26 USC 6306; irs.gov: five years from September 23, 2021. Who follows is said to be unknown, not guessed."""
    seen = view(case(), on)["private_agency"]
    if listed:
        assert len(seen["agencies"]) == listed
        assert "reason" not in seen
    else:
        assert seen["agencies"] is None
        assert (
            seen["reason"]
            == "The list of private collection agencies for September 23, 2026 is not published yet."
        )
        assert seen["reason_es"].startswith("Todavía no se ha publicado la lista de agencias")


def test_low_income_that_no_table_tells_is_said_so() -> None:
    """26 USC 6306(d)(3)(F): 200 percent of a guideline; the one of 2027 is not published."""
    seen = view(case(agi=Decimal("20000.00")), "2027-02-01")["private_agency"]
    assert seen["reason"].endswith("is not published yet.")
    assert seen["reason_es"]
    assert view(case(agi=Decimal("31920.00")), "2026-11-10")["private_agency"]["reasons"] == ["low_income"]
    more = view(case(agi=Decimal("31920.01")), "2026-11-10")["private_agency"]
    assert (more["may_hold"], more["reasons"]) == (True, [])


@pytest.mark.parametrize(
    ("agi", "people", "fee"),
    # 250 percent of 15,960 and 5,680 for each further person: 39,900, 54,100, 96,700 for five.
    [("39900.00", 1, "0.00"), ("39900.01", 1, "205.00"), ("54100.00", 2, "0.00"), ("96700.00", 5, "0.00"),
     ("96700.01", 5, "205.00")],
)  # fmt: skip
def test_an_offer_of_low_income_costs_nothing(agi: str, people: int, fee: str) -> None:
    """26 USC 7122(c)(3)(A): at or under 250 percent of the poverty guideline."""
    seen = view(case(agi=Decimal(agi), household_size=people), "2026-11-10")
    assert option(seen, "offer_in_compromise")["terms"]["fee"] == fee


def test_three_clean_years_are_three() -> None:
    """IRM 20.1.1.3.3.2.1: for 2023 the years 2020 to 2022; a penalty of 2019 is too old, one of 2020 is not."""
    for year, clean in ((2019, True), (2020, False), (2022, False)):
        late = Return(form="1040", period=str(year), due=D(f"{year + 1}-04-15"), filed=D(f"{year + 1}-05-02"),
                      penalties=(ReturnPenalty(kind="failure_to_file"),))  # fmt: skip
        assert (
            "clean_years" not in failed(view(case(returns=(late,)), "2026-11-10"), "first_time_abatement")
        ) is clean


def test_a_hearing_bars_the_levy_until_its_thirty_days_in_court_are_over() -> None:
    """26 USC 6330(d)(1), (e)(1): determined on 1 September 2026, to court until 1 October, and no levy until then."""
    held = case(
        module(
            notices=(letter("CP14", "2024-06-03"), letter("LT11", "2026-01-05")),
            hearings=(Hearing(kind="levy", requested=D("2026-02-04"), determined=D("2026-09-01")),),
        )
    )
    assert view(held, "2026-10-01")["levy"]["blocked_by"] == ["cdp_hearing_pending"]
    assert view(held, "2026-10-02")["levy"]["allowed"] is True


def test_what_begins_on_the_last_of_the_ten_years_still_stops_them() -> None:
    """26 USC 6330(e)(1), 6502: asked for on 21 November 2026, the last day; ten days later ten have been added."""
    owed = module(period="2015", due=D("2016-04-18"), filed=D("2016-04-18"), notices=(),
                  assessments=(tax("500.00", "2016-11-21"),),
                  hearings=(Hearing(kind="levy", requested=D("2026-11-21")),))  # fmt: skip
    assert figures("2026-12-01", "collection_statute_expires", of=case(owed)) == ["2026-12-01"]


def test_filed_on_the_last_day_is_filed_in_time() -> None:
    """26 USC 6651(h): on the due date, or the day to which 26 USC 7503 moves it, the lower rate is open."""
    running = plan(requested="2024-04-17", accepted="2024-04-18")
    for due, filed, late in [("2024-04-15", "2024-04-15", "25.00"), ("2023-04-15", "2023-04-18", "25.00"),
                             ("2023-04-15", "2023-04-19", "50.00")]:  # fmt: skip
        owed = module(period="2022", due=D(due), filed=D(filed), assessments=(tax("10000.00", "2024-04-16"),))
        seen = view(case(owed, agreements=(running,)), "2024-05-10")["modules"][0]
        months = 1 if due == "2024-04-15" else 13
        usual = 0 if months == 1 else 12 * 50
        assert seen["failure_to_pay"] == f"{usual + Decimal(late):.2f}"


def test_a_levy_or_a_lien_of_the_day_of_the_assessment_is_for_it() -> None:
    """26 USC 7345(b)(1)(C), 6320: neither has to be younger than the assessment it rests on."""
    owed = module(assessments=(tax("70000.00", "2024-06-03"),))
    levied = case(owed, levies=(Levy(kind="wages", source="Acme", served=D("2024-06-03")),))
    assert view(levied, "2026-11-10")["passport"]["certifiable"] is True
    # Five business days after 3 June 2024 is the 10th; 30 days later is 10 July.
    assert deadline(view(case(owed, liens=(lien("2024-06-03"),)), "2024-06-20"), "lien_cdp_hearing")[
        "last_day"
    ] == ("2024-07-10")


def test_the_five_years_before_a_guaranteed_plan_are_five() -> None:
    """26 USC 6159(c)(2): for 2023 the years 2018 to 2022; what was not filed for 2017 is too old for this point."""
    for year, counts in ((2017, False), (2018, True), (2022, True)):
        missing = Return(form="1040", period=str(year), due=D(f"{year + 1}-04-15"), filed=None)
        closed = failed(view(case(returns=(missing,)), "2026-11-10"), "guaranteed_plan")
        assert ("filed_prior_years" in closed) is counts
