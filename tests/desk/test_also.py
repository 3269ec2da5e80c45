"""Two needs in one message, a general answer the case makes one's own, and the small words between."""

from __future__ import annotations

import pytest

from desk.heard import heard


def wishes(desk):
    return [one["what"] for one in desk.contacts.get("c").story.asked_for]


def test_the_second_need_is_kept_noted_and_offered_back(desk, spoken):
    answer = desk.says(
        "penalty_abatement", text="i cant pay and also want the penalties removed", notice="LT11"
    )
    assert answer.choices[0] == "cannot_pay_hardship"
    assert "You also mentioned that you cannot pay" in spoken(answer)
    assert "hardship (currently not collectible)" in wishes(desk)


def test_in_spanish_too(desk, spoken):
    answer = desk.says(
        "balance_inquiry", text="cuanto debo y quiero pedir una audiencia y me quiten las multas"
    )
    assert set(answer.choices[:2]) == {"cdp_appeal", "penalty_abatement"}
    assert "También mencionó" in spoken(answer, language="es")


def test_the_other_need_comes_back_after_identity(desk, spoken):
    desk.says("passport", text="my passport was denied and how much do i owe")
    desk.proves("T-1023")
    answer = desk.says("verified")
    assert answer.choices[0] == "balance_inquiry"
    assert "what you owe" in spoken(answer)


def test_one_need_said_twice_is_one_need(desk):
    assert (
        desk.says("setup_payment_plan", text="i want a payment plan, how do payment plans work?").choices
        == ()
    )


def test_a_notice_beside_any_need_has_its_date(desk, spoken):
    # A CP297 opens 30 days for a hearing: November 9 and 30 days is December 9, 2026.
    text = spoken(desk.says("business_payroll_tax", notice="CP297", date="2026-11-09"))
    assert text.startswith("CP297")
    assert "December 9, 2026" in text


def test_the_day_a_letter_came_is_not_the_date_printed_on_it():
    said = "i got the LT11 today"
    found = [
        {"entity": "notice", "value": "LT11"},
        {"entity": "date", "value": "2026-11-22", "start": 15, "end": 20},
    ]
    assert heard("notice_question", found, said).date is None
    printed = [{"entity": "date", "value": "2026-11-09", "start": 9, "end": 23}]
    assert heard("inform", printed, "dated on november ninth").date is not None


@pytest.mark.parametrize(
    ("taxpayer", "intent", "told"),
    [
        ("T-1010", "innocent_spouse", "For 2024 you filed jointly"), ("T-1001", "innocent_spouse", "No joint return"),
        ("T-1012", "offer_in_compromise", "Your offer is in"), ("T-1020", "tax_lien", "filed in your case on November 12, 2026"),
        ("T-1001", "tax_lien", "no lien filed"), ("T-1017", "unfiled_returns", "2023"), ("T-1004", "authorize_representative", "Ana Ruiz, CPA"),
        ("T-1015", "dispute_debt", "already looking into an identity theft"),
    ],
)  # fmt: skip
def test_the_case_makes_a_general_answer_the_callers_own(desk, spoken, taxpayer, intent, told):
    assert told not in spoken(desk.says(intent))
    desk.proves(taxpayer)
    assert told in spoken(desk.says("verified"))


def test_each_spouse_owes_all_of_a_joint_debt(desk, spoken):
    desk.proves("T-1011")  # 26 USC 6013(d)(3)
    assert "each of you owes all of it" in spoken(desk.says("balance_inquiry"))


def test_quarters_are_said_in_words(desk, spoken):
    desk.proves("T-1024")
    assert "third quarter of 2025" in spoken(desk.says("balance_inquiry"))
    assert "tercer trimestre de 2025" in spoken(desk.says("balance_inquiry"), language="es")


def test_no_after_anything_else_ends_kindly(desk):
    desk.proves("T-1001")
    desk.says("balance_inquiry")
    assert desk.says("deny").says()[0].words == "utter_goodbye"


def test_no_to_a_person_goes_on_here(desk):
    desk.says("tax_lien")
    assert desk.says("deny").says()[0].words == "utter_no_person_is_fine"
    assert desk.says("deny").says()[0].words == "utter_goodbye"


@pytest.mark.parametrize("said", ["🙂", "???", "asdf"])
def test_noise_is_not_understood_rather_than_sent_away(desk, said):
    assert desk.says("out_of_scope", text=said).ask.words != "utter_what_next"
    assert desk.says("out_of_scope", text=said).choices[0] == "person"


@pytest.mark.parametrize("taxpayer", ["T-1001", "T-1005", "T-1018"])
def test_on_the_phone_details_are_left_out(desk, spoken, taxpayer):
    desk.proves(taxpayer)
    for intent in ("case_status", "balance_inquiry", "payment_plan_options"):
        answer = desk.says(intent)
        assert len(answer.says(brief=True)) <= 4, intent
        assert sum(one.words.endswith("next") for one in answer.says(brief=True)) <= 1


def test_say_that_again_is_the_last_reply_and_only_that(desk, spoken):
    desk.says("tax_lien")
    desk.says("scam_check")
    again = desk.says("repeat")
    assert [one.words for one in again.say] == ["utter_about_scam_check"]
    assert [one.words for one in desk.says("repeat").say] == ["utter_about_scam_check"]


def test_on_the_phone_only_what_was_said_is_said_again(desk):
    desk.proves("T-1001")
    desk.contacts.get("c").channel = "voice"
    first = desk.says("payment_plan_options")
    assert desk.says("repeat").say == tuple(one for one in first.say if not one.detail)


def test_no_to_identity_goes_on_in_general(desk):
    desk.says("balance_inquiry")
    assert desk.says("deny").says()[0].words == "utter_no_identity_is_fine"


def test_a_balance_already_said_is_not_offered_back(desk, spoken):
    desk.says("payment_plan_options", text="how much do i owe and can i get a payment plan")
    desk.proves("T-1001")
    assert "You also mentioned" not in spoken(desk.says("verified"))
