"""The demo people are invented, each shows what the list says, and the list proves their identity."""

import re
from datetime import date
from pathlib import Path

import pytest

from acs.view import case_view
from desk.identity import Known, claim, fits

README = Path(__file__).resolve().parents[2] / "demo" / "README.md"
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def people(demo_cases):
    return {case.id: case for case in demo_cases}


@pytest.fixture(scope="module")
def view(people):
    return lambda key: case_view(people[key], TODAY, cases=people)


@pytest.fixture(scope="module")
def listed():
    rows = [
        line.strip("| ").split(" | ")
        for line in README.read_text("utf-8").splitlines()
        if line.startswith("| T-")
    ]
    return {row[0]: row for row in rows}


def test_the_list_names_everyone(people, listed):
    assert listed.keys() == people.keys()
    assert len(people) >= 18
    for key, row in listed.items():
        assert row[1] == people[key].name.full
        assert row[7] == {"es": "Spanish", "en": "English"}[people[key].language]


def known(case):
    where = case.address.zip if case.address else None
    return Known(case.tin, case.kind, case.date_of_birth, where, case.caller_id, case.deceased is not None)


def test_what_the_list_says_proves_identity_and_one_wrong_digit_does_not(people, listed):
    for key, (_, _, _, tin, born, zip_code, caller_id, *_) in listed.items():
        case = people[key]
        both = {"tin": tin, "zip": zip_code, "caller_id": caller_id}
        given = {**both, "date_of_birth": born} if case.individual else both
        assert fits(claim(given), known(case)) is (case.deceased is None), key
        assert not fits(claim({**given, "zip": "00000"}), known(case))


def test_no_number_belongs_to_anyone(people):
    numbers = [case.tin.replace("-", "") for case in people.values()]
    assert len(set(numbers)) == len(numbers)
    assert all(re.match(r"9\d\d|000", number) for number in numbers)
    phones = {case.phone for case in people.values()}
    phones |= {one.phone for case in people.values() for one in case.representatives}
    phones |= {case.assignment.phone for case in people.values() if case.assignment} - {None}
    assert all(re.fullmatch(r"\+1\d{3}55501\d\d", phone) for phone in phones), phones


def test_every_date_is_a_day_of_its_case(people):
    """Nothing but deadlines lies ahead, and a bill comes on a Monday, as bills do."""
    for case in people.values():
        for module in case.modules:
            for one in (*module.assessments, *module.notices):
                assert one.date <= TODAY, (case.id, one)
                assert one.date.weekday() == 0, (case.id, one)
            assert all(one.date <= TODAY for one in module.payments), case.id


@pytest.mark.parametrize(
    ("key", "kind", "last_day"),
    [
        ("T-1001", "notice_response", "2026-12-09"),  # CP504 of November 9, 30 days
        ("T-1002", "interest_free_payment", "2026-12-07"),  # CP14 of November 16, 21 days
        ("T-1005", "cdp_hearing", "2026-12-02"),  # LT11 of November 2, 30 days
        ("T-1006", "equivalent_hearing", "2027-09-14"),  # a year from the LT11 of September 14
        ("T-1009", "agreement_termination", "2026-11-25"),  # CP523 of October 26, 30 days
        ("T-1019", "bank_levy_release", "2026-12-01"),  # 21 days from November 10
        ("T-1020", "lien_cdp_hearing", "2026-12-21"),  # five business days, 30 days, a Saturday
        ("T-1024", "cdp_hearing", "2026-12-09"),  # CP297 of November 9, 30 days
    ],
)
def test_the_days_that_count_are_the_ones_the_list_tells_of(view, key, kind, last_day):
    ahead = {(one["kind"], one["last_day"]) for one in view(key)["deadlines"] if not one["passed"]}
    assert (kind, last_day) in ahead


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("T-1007", "cdp_hearing_pending"),
        ("T-1008", "agreement_in_effect"),
        ("T-1012", "offer_pending"),
        ("T-1013", "hardship"),
        ("T-1014", "bankruptcy"),
        ("T-1015", "identity_theft"),
        ("T-1022", "with_private_agency"),
    ],
)
def test_why_no_levy_may_come_is_what_the_list_says(view, key, reason):
    levy = view(key)["levy"]
    assert not levy["allowed"]
    assert reason in levy["blocked_by"]


def test_both_spouses_owe_the_joint_year(view):
    assert view("T-1010")["balance"] == view("T-1011")["balance"]
    assert view("T-1011")["balance"]["assessed"] != "0.00"


def test_the_passport_debt_is_above_the_limit_of_the_year(view):
    passport = view("T-1023")["passport"]
    assert (passport["certifiable"], passport["certified"], passport["threshold"]) == (
        True,
        "2026-03-02",
        "66000.00",
    )
