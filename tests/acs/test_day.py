"""What one day does to one case, rule by rule; the days come from the law, not from our own code."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from build import D, case, hold, letter, lien, module, pay, plan, tax

from acs.case import Assignment, Case, Hearing, Levy, LevySource, Name, Passport, Return
from acs.day import caught_up, look, run
from acs.notices import is_kind

STREAM = (letter("CP14", "2026-03-02"), letter("CP501", "2026-04-06"), letter("CP503", "2026-05-11"), letter("CP504", "2026-06-15"))  # fmt: skip
FINAL = (*STREAM, letter("LT11", "2026-08-17", "2026-09-16"))
ACS = Assignment(to="acs", since=D("2026-07-20"))
WAGES, BANK = LevySource(kind="employer", name="Acme"), LevySource(kind="bank", name="First Bank")
BENEFIT = LevySource(kind="benefit", name="Social Security")


def owing(*notices, amount: str = "5000.00", **changes):  # type: ignore[no-untyped-def]
    base = {
        "period": "2025",
        "due": D("2026-04-15"),
        "filed": D("2026-02-02"),
        "assessments": (tax(amount, "2026-03-02"),),
        "notices": notices or FINAL,
    }
    return module(**(base | changes))  # fmt: skip


def after(of: Case, start: str, on: str = "") -> tuple[Case, list[tuple[str, str, str]]]:
    looked = caught_up(of, D(start), D(on or start))
    return looked.case, [(e.day.isoformat(), e.code, e.what) for e in looked.events]


def codes(of: Case, on: str) -> set[str]:
    return {e.code if e.code != "letter" else e.what for e in run(of, D(on))[1]}


def test_the_stream_from_the_bill_to_the_final_notice() -> None:
    # Five weeks between the letters of the stream, on Mondays; CP504 gives 30 days (26 USC 6331(d)(2)),
    # the final notice 30 days (6330(a)(3)(B)); one final notice for the period.
    _, events = after(case(owing(letter("CP14", "2026-03-02"))), "2026-03-03", "2027-03-01")
    assert events[:6] == [
        ("2026-04-06", "letter", "CP501"),
        ("2026-05-11", "letter", "CP503"),
        ("2026-06-15", "letter", "CP504"),
        ("2026-07-20", "moved", "acs"),
        ("2026-08-17", "letter", "LT11"),
        ("2026-10-09", "letter", "LT16"),  # 53 days after the final notice nothing is known to levy
    ]
    assert sum(what == "LT11" for _, _, what in events) == 1


def test_a_first_bill_goes_out_for_a_new_debt_and_a_second_for_what_is_added() -> None:
    fresh = case(owing(notices=()))
    done, events = after(fresh, "2026-03-03", "2026-03-09")
    assert events == [("2026-03-09", "letter", "CP14")]
    assert done.modules[0].notices[0].deadline == D("2026-03-30")  # 21 days (26 USC 6601(e)(3))
    more = replace(done.modules[0], assessments=(*done.modules[0].assessments, tax("900.00", "2026-03-16", "additional_tax")))  # fmt: skip
    assert ("2026-03-16", "letter", "CP22A") in after(replace(done, modules=(more,)), "2026-03-16")[1]


def test_a_business_gets_its_own_letters() -> None:
    firm = {"kind": "business", "name": Name(business="Lee LLC")}
    _, events = after(case(owing(letter("CP161", "2026-03-02")), **firm), "2026-03-03", "2026-06-20")
    assert [what for _, code, what in events if code == "letter"] == ["CP501", "CP503", "CP504B"]


@pytest.mark.parametrize(
    ("changes", "left"),
    [
        ({"holds": (hold("bankruptcy", "2026-06-20"),)}, set()),
        ({"holds": (hold("identity_theft", "2026-06-20"),)}, set()),
        ({"holds": (hold("offer", "2026-06-20"),)}, set()),
        ({"holds": (hold("hardship", "2026-06-20"),)}, set()),
        ({"deceased": D("2026-06-20")}, set()),
        ({"agreements": (plan(status="pending", kind="regular", requested="2026-06-20"),)}, set()),
        ({}, {"moved"}),
    ],
)
def test_what_keeps_the_stream_back(changes: dict, left: set[str]) -> None:
    assert codes(case(owing(*STREAM), **changes), "2026-07-20") - {"follow_up"} == left


def test_a_cp504_alone_serves_no_levy_and_a_final_notice_only_after_its_days() -> None:
    only_intent = case(owing(*STREAM), assignment=ACS, levy_sources=(WAGES, BANK))
    assert "levy_served" not in codes(only_intent, "2026-08-14")
    ready = case(owing(), assignment=ACS, levy_sources=(WAGES, BANK))
    served = [e for e in after(ready, "2026-08-18", "2026-12-31")[1] if e[1] == "levy_served"]
    # 30 days end on September 16; the office waits 53 days, to October 9. The next source follows later.
    assert served == [
        ("2026-10-09", "levy_served", "wages: Acme"),
        ("2026-11-09", "levy_served", "bank: First Bank"),  # 30 days later is a Sunday
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"agreements": (plan(accepted="2026-10-01"),)},
        {"agreements": (plan(status="pending", kind="regular", requested="2026-10-01"),)},
        {"agreements": (plan(status="terminated", accepted="2026-01-05", ended="2026-09-30"),)},
        {"agreements": (plan(status="rejected", requested="2026-08-05", ended="2026-09-30"),)},
        {"holds": (hold("hardship", "2026-10-01"),)},
        {"holds": (hold("offer", "2026-10-01"),)},
        {"holds": (hold("offer", "2026-08-01", "2026-09-30"),)},
        {"holds": (hold("bankruptcy", "2026-10-01"),)},
        {"holds": (hold("innocent_spouse", "2026-10-01"),)},
        {"deceased": D("2026-10-01")},
        {"assignment": Assignment(to="queue", since=D("2026-10-01"))},
        {"assignment": Assignment(to="revenue_officer", since=D("2026-10-01"))},
        {"assignment": Assignment(to="private_agency", since=D("2026-10-01"))},
        {"assignment": Assignment(to="appeals", since=D("2026-10-01"))},
    ],
)
def test_what_stops_a_levy_stops_the_run(changes: dict) -> None:
    base = {"assignment": ACS, "levy_sources": (WAGES,)}
    assert "levy_served" in codes(case(owing(), **base), "2026-10-13")
    assert "levy_served" not in codes(case(owing(), **(base | changes)), "2026-10-13")


def test_a_timely_hearing_keeps_its_period_and_the_case_goes_to_appeals() -> None:
    asked = owing(hearings=(Hearing(kind="levy", requested=D("2026-09-10")),))
    done, events = after(case(asked, assignment=ACS, levy_sources=(WAGES,)), "2026-09-10", "2026-12-31")
    assert events[0] == ("2026-09-10", "moved", "appeals")
    assert not any(code == "levy_served" for _, code, _ in events)
    assert {f.code for f in done.follow_ups} == {"hearing"}
    # Determined on January 4, 2027: the 30 days to go to court end on February 3 (26 USC 6330(d)(1)).
    decided = replace(asked, hearings=(Hearing(kind="levy", requested=D("2026-09-10"), determined=D("2027-01-04")),))  # fmt: skip
    back = after(replace(done, modules=(replace(done.modules[0], hearings=decided.hearings),)), "2027-01-04", "2027-03-01")[1]  # fmt: skip
    assert ("2027-02-04", "moved", "acs") in back
    assert [day for day, code, _ in back if code == "levy_served"] == ["2027-02-04"]


def test_social_security_has_a_letter_of_its_own_first() -> None:
    ready = case(owing(), assignment=ACS, levy_sources=(BENEFIT,), agi=Decimal("90000"), household_size=1)
    events = [e for e in after(ready, "2026-10-01", "2026-12-31")[1] if e[1] in ("letter", "levy_served")]
    assert events == [
        ("2026-10-12", "letter", "CP91"),
        (
            "2026-11-13",
            "levy_served",
            "social_security: Social Security",
        ),  # Veterans Day: last day November 12
    ]
    poor = replace(ready, agi=Decimal("20000"))
    assert not any(code == "levy_served" for _, code, _ in after(poor, "2026-10-01", "2026-12-31")[1])


def test_a_state_refund_taken_brings_the_hearing_right_once() -> None:
    taken = (Levy(kind="state_refund", served=D("2026-07-22")),)
    person = case(owing(*STREAM), assignment=ACS, levies=taken)
    done, events = after(person, "2026-07-22", "2026-08-31")
    assert ("2026-07-23", "letter", "CP92") in events
    assert not any(is_kind(what, "cdp_notice") for _, code, what in events[1:] if code == "letter")
    assert done.modules[0].notices[-1].deadline == D("2026-08-24")  # 30 days end on a Saturday (7503)
    firm = case(owing(*STREAM), kind="business", name=Name(business="X"), assignment=ACS, levies=taken)
    assert "CP242" in codes(firm, "2026-07-23")


def test_a_lien_is_filed_from_ten_thousand_and_its_letter_follows_in_time() -> None:
    assert "lien_filed" not in codes(case(owing(amount="9999.99"), assignment=ACS), "2026-09-03")
    large = case(owing(amount="10000.00"), assignment=ACS)
    done, events = after(large, "2026-08-18", "2026-09-30")
    filed = [day for day, code, _ in events if code == "lien_filed"]
    assert filed == ["2026-09-03"]
    assert ("2026-09-04", "letter", "Letter 3172") in events
    # Five business days after September 3 (Labor Day is the 7th) are September 11; 30 days later a Sunday
    # and Columbus Day follow: October 13 (26 USC 6320(a)(3)(B), 7503).
    assert done.modules[0].notices[-1].deadline == D("2026-10-13")


@pytest.mark.parametrize(
    "changes",
    [
        {"agreements": (plan(accepted="2026-08-20"),)},
        {"holds": (hold("hardship", "2026-08-20"),)},
        {"liens": (lien("2026-08-20"),)},
        {"assignment": Assignment(to="queue", since=D("2026-07-20"))},
    ],
)
def test_no_lien_for_plans_hardship_or_twice(changes: dict) -> None:
    assert "lien_filed" not in codes(case(owing(amount="30000.00"), **({"assignment": ACS} | changes)), "2026-09-04")  # fmt: skip


def test_what_is_paid_is_let_go() -> None:
    paid = owing(payments=(pay("6000.00", "2026-11-02"),))
    of = case(paid, assignment=ACS, liens=(lien("2026-09-03"),), levies=(Levy(kind="wages", source="Acme", served=D("2026-10-09")),))  # fmt: skip
    done, events = after(of, "2026-11-02", "2026-12-31")
    assert ("2026-11-02", "levy_released", "wages: Acme") in events
    assert done.liens[0].released == D("2026-12-02")  # 30 days (26 USC 6325(a))


@pytest.mark.parametrize(
    "changes",
    [{"agreements": (plan(accepted="2026-11-02"),)}, {"holds": (hold("hardship", "2026-11-02"),)}],
)
def test_a_plan_and_hardship_release_the_wage_levy(changes: dict) -> None:
    of = case(owing(), assignment=ACS, levies=(Levy(kind="wages", source="Acme", served=D("2026-10-09")),))
    assert "levy_released" not in codes(of, "2026-11-03")
    assert "levy_released" in codes(replace(of, **changes), "2026-11-03")


def test_ten_years_after_the_assessment_the_levy_goes_and_a_person_closes_the_period() -> None:
    old = case(owing(), assignment=ACS, levies=(Levy(kind="wages", source="Acme", served=D("2030-10-09")),))
    done, events = after(old, "2036-03-01", "2036-03-10")  # assessed on March 2, 2026 (26 USC 6502)
    assert ("2036-03-03", "levy_released", "wages: Acme") in events
    assert [f.code for f in done.follow_ups] == ["expired_period"]


def test_a_simple_plan_is_accepted_a_regular_one_waits_for_a_person() -> None:
    asked = plan(status="pending", requested="2026-09-01", monthly=Decimal("100.00"), day=15)
    done, events = after(case(owing(), assignment=ACS, agreements=(asked,)), "2026-09-02", "2026-09-30")
    assert ("2026-09-15", "plan_accepted", "simple") in events
    assert done.agreements[0].accepted == D("2026-09-15")
    for other in (replace(asked, kind="regular"), replace(asked, monthly=Decimal("5.00"))):
        left, _ = after(case(owing(), assignment=ACS, agreements=(other,)), "2026-09-02", "2026-12-30")
        assert left.agreements[0].status == "pending"
        assert [f.code for f in left.follow_ups] == ["plan_request"]


def test_a_missed_plan_defaults_ends_after_thirty_days_and_bars_a_levy_thirty_more() -> None:
    broken = plan(accepted="2026-06-18", requested="2026-06-01", monthly=Decimal("100.00"), day=15)
    of = case(owing(), assignment=ACS, agreements=(broken,), levy_sources=(WAGES,))
    done, events = after(of, "2026-06-19", "2026-12-31")
    told = [(day, code) for day, code, what in events if code.startswith("plan") or what in ("CP523",)]
    assert told == [
        ("2026-08-25", "plan_default"),  # July 15 and August 15 and ten days of grace
        ("2026-08-25", "letter"),
        ("2026-09-25", "plan_terminated"),  # the day after thirty days (26 USC 6159(b)(5))
    ]
    # 30 days after September 25 end on October 25, a Sunday; the bar itself is no day to act (6331(k)(2)(D)).
    assert next(day for day, code, _ in events if code == "levy_served") == "2026-10-26"
    assert done.agreements[0].status == "terminated"


def test_a_plan_that_is_caught_up_in_time_goes_on() -> None:
    broken = plan(accepted="2026-06-18", monthly=Decimal("100.00"), day=15)
    warned, _ = after(case(owing(), assignment=ACS, agreements=(broken,)), "2026-06-19", "2026-08-25")
    assert warned.agreements[0].status == "defaulted"
    made = replace(warned.modules[0], payments=(pay("300.00", "2026-09-10"),))
    done, events = after(replace(warned, modules=(made,)), "2026-09-10", "2026-10-20")
    assert events[0] == ("2026-09-10", "plan_cured", "simple")
    assert done.agreements[0].status == "active"


def test_a_paid_plan_is_completed_and_a_short_one_ends_after_180_days() -> None:
    paid = owing(payments=(pay("6000.00", "2026-11-02"),))
    assert "plan_completed" in codes(case(paid, agreements=(plan(accepted="2026-06-18"),)), "2026-11-02")
    short = plan("short_term", accepted="2026-03-02")
    _, events = after(case(owing(), assignment=ACS, agreements=(short,)), "2026-03-03", "2026-12-01")
    assert ("2026-08-31", "plan_terminated", "short_term") in events  # 180 days end on Saturday, August 29


def test_a_short_plan_older_than_the_table_of_days_is_left_to_a_person() -> None:
    old = case(owing(), assignment=ACS, agreements=(plan("short_term", accepted="2016-01-01"),))
    done, events = after(old, "2026-11-23")
    assert done.agreements == old.agreements
    assert "plan_terminated" not in {code for _, code, *_ in events}


def test_passport_over_the_limit_and_back_with_a_plan_but_not_by_paying_down() -> None:
    large = case(
        owing(amount="70000.00"),
        assignment=ACS,
        levies=(Levy(kind="bank", source="B", served=D("2026-10-09")),),
    )
    done, _ = after(large, "2026-10-13")
    assert done.passport.certified == D("2026-10-13")
    assert done.modules[0].notices[-1].code == "CP508C"
    down = replace(done, modules=(replace(done.modules[0], payments=(pay("20000.00", "2026-10-20"),)),))
    assert after(down, "2026-10-20")[0].passport.certified is not None
    planned = replace(done, agreements=(plan(accepted="2026-10-20"),))
    assert after(planned, "2026-10-20")[0].passport == Passport()
    assert "CP508R" in codes(planned, "2026-10-20")


def test_the_years_after() -> None:
    waiting = case(owing(), assignment=Assignment(to="queue", since=D("2026-08-18")))
    assert ("2027-08-23", "letter", "CP71") in after(waiting, "2026-08-18", "2027-08-30")[1]  # 26 USC 7524
    cold = case(owing(*STREAM), assignment=Assignment(to="acs", since=D("2026-07-20")))
    resumed = [e for e in after(cold, "2027-08-16", "2027-10-30")[1] if e[1] == "letter"]
    assert resumed == [("2027-08-16", "letter", "LT38"), ("2027-09-20", "letter", "LT11")]


def test_agencies_only_where_the_law_lets_them_and_only_those_under_contract() -> None:
    waiting = Assignment(to="queue", since=D("2025-06-02"))
    old = owing(assessments=(tax("5000.00", "2024-03-04"),), due=D("2023-04-17"), period="2022")
    of = case(old, assignment=waiting, agi=Decimal("90000"))
    done, events = after(of, "2026-06-01", "2026-06-10")
    assert done.assignment is not None
    assert done.assignment.to == "private_agency"
    assert done.assignment.name in ("CBE Group", "Coast Professional", "ConServe")
    assert ("2026-06-02", "letter", "CP40") in events
    assert done.assignment.since == D("2026-06-02")
    assert after(replace(of, agi=Decimal("20000")), "2026-06-02")[0].assignment == waiting
    later, _ = after(of, "2026-10-01")  # the contracts known ended on September 22, 2026
    assert later.assignment == waiting
    assert [f.code for f in later.follow_ups] == ["agency_list"]
    stopped = replace(done, holds=(hold("hardship", "2026-07-01"),))
    assert ("2026-07-01", "moved", "acs") in after(stopped, "2026-07-01")[1]


def test_an_officer_writes_before_the_visit_and_the_field_gets_the_large_debts() -> None:
    with_name = Assignment(to="revenue_officer", since=D("2026-10-01"), name="H. Marsh")
    _, events = after(case(owing(), assignment=with_name), "2026-10-02", "2026-10-30")
    assert ("2026-10-08", "letter", "Letter 725-B") in events
    huge = case(owing(amount="300000.00"), assignment=ACS)
    done, _ = after(huge, "2026-10-19")
    assert done.assignment == Assignment(to="revenue_officer", since=D("2026-10-19"))
    assert "officer" in {f.code for f in done.follow_ups}


def test_a_plan_ends_for_a_return_that_is_missing_or_a_new_debt() -> None:
    good = plan(accepted="2026-03-02")
    late = Return(form="1040", period="2025", due=D("2026-04-15"))
    of = case(owing(), agreements=(good,), returns=(late,))
    assert "plan_default" not in codes(of, "2026-10-15")
    assert "plan_default" in codes(of, "2026-10-22")


def test_every_event_is_told_in_the_history() -> None:
    done, events = run(case(owing(*STREAM)), D("2026-07-20"))
    assert [n.text for n in done.notes] == ["Case moved to ACS."]
    assert [(n.by, n.at) for n in done.notes] == [("ACS day", events[0].day)]
    assert look(done, D("2026-07-20")).events == ()


def test_the_run_never_seizes_nor_sues_nor_accepts_an_offer() -> None:
    from acs.day.words import words

    assert set(words()["events"]) == {
        "letter", "plan_accepted", "plan_default", "plan_cured", "plan_terminated", "plan_completed",
        "levy_served", "levy_released", "lien_filed", "lien_released", "moved", "passport_certified",
        "passport_reversed", "follow_up", "follow_up_closed",
    }  # fmt: skip
