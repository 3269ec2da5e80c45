"""Every kind of last day, with days off, printed dates and second letters."""

from build import D, case, deadline, letter, lien, module, plan, view

from acs.case import Hearing, Levy


def test_final_notice_of_the_contract() -> None:
    lt11 = case(module(notices=(letter("CP14", "2024-06-03"), letter("LT11", "2026-10-20", "2026-11-19"))))
    seen = deadline(view(lt11, "2026-11-10"), "cdp_hearing")
    assert seen == {
        "kind": "cdp_hearing", "period": "2023", "notice": "LT11", "notice_date": "2026-10-20",
        "last_day": "2026-11-19", "computed_last_day": "2026-11-19", "days_left": 9, "form": "12153", "passed": False,
        "source": "26 USC 6330(a)(3)(B), 7503",
    }  # fmt: skip
    assert deadline(view(lt11, "2026-11-19"), "cdp_hearing")["passed"] is False
    assert deadline(view(lt11, "2026-11-20"), "cdp_hearing")["passed"] is True
    assert deadline(view(lt11, "2026-11-20"), "equivalent_hearing")["last_day"] == "2027-10-20"


def test_the_printed_date_wins_and_the_computed_one_stays_beside_it() -> None:
    seen = view(case(module(notices=(letter("CP504", "2026-11-09", "2026-11-30"),))), "2026-11-10")
    reply = deadline(seen, "notice_response")
    assert (reply["last_day"], reply["computed_last_day"]) == ("2026-11-30", "2026-12-09")


def test_a_second_final_notice_gives_no_new_hearing() -> None:
    two = case(module(notices=(letter("LT11", "2025-10-20"), letter("CP90", "2026-10-20"))))
    seen = view(two, "2026-11-10")
    hearings = [d for d in seen["deadlines"] if d["kind"] == "cdp_hearing"]
    assert [d["notice"] for d in hearings] == ["LT11"]


def test_each_period_has_its_own_hearing() -> None:
    years = [
        module(period=p, notices=(letter("LT11", d),))
        for p, d in (("2022", "2026-09-01"), ("2023", "2026-10-20"))
    ]
    seen = view(case(*years), "2026-11-10")
    assert {d["period"]: d["passed"] for d in seen["deadlines"] if d["kind"] == "cdp_hearing"} == {
        "2022": True,
        "2023": False,
    }


def test_lien_hearing_starts_after_five_business_days() -> None:
    seen = view(case(liens=(lien("2026-10-05"),)), "2026-11-01")
    assert (
        deadline(seen, "lien_cdp_hearing")["last_day"] == "2026-11-12"
    )  # 13 October, Columbus Day skipped, + 30
    printed = case(
        module(notices=(letter("Letter 3172", "2026-10-09", "2026-11-13"),)), liens=(lien("2026-10-05"),)
    )
    assert deadline(view(printed, "2026-11-01"), "lien_cdp_hearing")["last_day"] == "2026-11-13"


def test_bill_days() -> None:
    seen = view(case(module(notices=(letter("CP14", "2026-11-16"),), assessments=())), "2026-11-20")
    assert deadline(seen, "interest_free_payment")["last_day"] == "2026-12-07"


def test_tax_court_after_a_determination() -> None:
    heard = module(
        notices=(letter("LT11", "2026-03-02"),),
        hearings=(Hearing(kind="levy", requested=D("2026-03-20"), determined=D("2026-10-27")),),
    )
    seen = deadline(view(case(heard), "2026-11-10"), "tax_court_petition")
    assert seen["last_day"] == "2026-11-27"  # the 30th day is Thanksgiving
    late = module(
        notices=heard.notices,
        hearings=(Hearing(kind="levy", requested=D("2026-06-20"), determined=D("2026-10-27")),),
    )
    assert not [d for d in view(case(late), "2026-11-10")["deadlines"] if d["kind"] == "tax_court_petition"]


def test_bank_money_is_held_21_days() -> None:
    seen = view(case(levies=(Levy(kind="bank", source="First Bank", served=D("2026-11-02")),)), "2026-11-10")
    assert (
        deadline(seen, "bank_levy_release")["last_day"],
        deadline(seen, "bank_levy_release")["days_left"],
    ) == ("2026-11-23", 13)


def test_cp523_ends_the_plan_and_then_bars_a_levy() -> None:
    seen = view(
        case(module(notices=(letter("CP523", "2026-11-02"),)), agreements=(plan(accepted="2025-01-10"),)),
        "2026-11-10",
    )
    assert deadline(seen, "agreement_termination")["last_day"] == "2026-12-02"
    assert deadline(seen, "levy_bar_end")["last_day"] == "2027-01-01"


def test_a_terminated_plan_bars_a_levy_for_30_days() -> None:
    seen = view(
        case(agreements=(plan(status="terminated", accepted="2025-01-10", ended="2026-11-02"),)), "2026-11-10"
    )
    assert deadline(seen, "levy_bar_end")["last_day"] == "2026-12-02"


def test_what_is_dated_later_has_not_happened() -> None:
    seen = view(
        case(module(notices=(letter("CP14", "2024-06-03"), letter("LT11", "2026-10-20")))), "2026-10-19"
    )
    assert {d["kind"] for d in seen["deadlines"]} == {"interest_free_payment"}
    assert seen["modules"][0]["latest_notice"] == {"code": "CP14", "date": "2024-06-03"}


def test_an_unknown_letter_with_a_printed_date_is_kept() -> None:
    seen = view(case(module(notices=(letter("LT99", "2026-11-02", "2026-11-23"),))), "2026-11-10")
    assert deadline(seen, "notice_response")["last_day"] == "2026-11-23"
