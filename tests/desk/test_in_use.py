"""What was seen in use: amounts people live on, a yes to what was named, whose case goes back to whom."""

from __future__ import annotations

import pytest
from desk_fakes import Talk, said

from desk.means import of_living
from desk.visit import visit


@pytest.fixture
def talk(desk, spoken):
    def with_(taxpayer=None):
        if taxpayer:
            desk.proves(taxpayer)
        one = Talk(desk)
        one.hears = lambda *args, **facts: " ".join(spoken(a) for a in one.say(*args, **facts))
        return one

    return with_


@pytest.mark.parametrize(
    ("words", "living"),
    [
        ("I lost my job, I get 400 a month unemployment and can't pay the IRS", True),
        ("we live on 1500 from social security", True),
        ("my rent is 1100 and I can't pay", True),
        ("gano 1800 al mes y no puedo pagar", True),
        ("recibo 600 de desempleo", True),
        ("I can't pay it all, could do 200 a month", False),
        ("I only make 1800 but I could pay 50 a month", False),
        ("no puedo pagar todo, puedo pagar 50 al mes", False),
        ("can you do payments of 100", False),
    ],
)
def test_money_to_live_on_is_no_offer_to_pay(words, living):
    assert of_living(words) is living


def test_income_told_before_identity_is_not_asked_for_again(desk, talk):
    caller = talk()
    caller.hears("cannot_pay_hardship", "i get 400 a month unemployment and can't pay", amount="400.00")
    desk.proves("T-1005")
    caller.say("verified")
    caller.say("affirm", "yes")
    asked = caller.say("inform", "2")
    assert asked[-1].ask.words == "utter_ask_hardship_rent"


def test_an_offer_told_before_identity_is_still_an_offer(desk, talk):
    caller = talk()
    first = caller.hears("cannot_pay_hardship", "i can't pay it all, i could do 75 a month", amount="75.00")
    assert "$75.00" in first
    desk.proves("T-1005")
    assert "$75.00" in caller.hears("verified")


def test_income_told_with_a_hardship_is_kept_for_its_question_and_no_plan_is_offered(desk, talk):
    caller = talk("T-1005")
    told = caller.hears(
        "cannot_pay_hardship", "i get 400 a month unemployment and can't pay", amount="400.00"
    )
    assert "$400.00 a month" not in told
    caller.say("affirm", "yes")
    asked = caller.say("inform", "2")
    assert asked[-1].ask.words == "utter_ask_hardship_rent"
    assert desk.drafts.get("T-1005", "hardship")["income"] == "400.00"


def test_before_identity_it_is_kept_too(desk, talk):
    caller = talk()
    first = caller.hears(
        "cannot_pay_hardship", "i get 400 a month unemployment and can't pay", amount="400.00"
    )
    assert "$400.00" not in first
    desk.proves("T-1005")
    assert "plan of $400.00" not in caller.hears("verified", "")


def test_an_offer_to_pay_beside_a_hardship_is_still_weighed(talk):
    caller = talk("T-1005")
    told = caller.hears("cannot_pay_hardship", "i can't pay it all, could do 400 a month", amount="400.00")
    assert "$400.00 a month works" in told


def plan_amount(desk):
    return desk.drafts.get("T-1010", "plan").get("amount")


def test_yes_to_the_amount_named_is_that_amount(desk, talk):
    caller = talk("T-1010")
    caller.say("payment_plan_options")
    asked = caller.say("affirm", "yes")
    assert asked[-1].choices == ("that_amount", "person")
    caller.say("affirm", "yes")
    # The view's own figure: what pays the debt off in time.
    assert plan_amount(desk) == desk.visit("x").option("simple_plan")["terms"]["monthly_recommended"]


def test_no_to_the_amount_named_asks_once_for_another(desk, talk):
    caller = talk("T-1010")
    caller.say("payment_plan_options")
    caller.say("affirm", "yes")
    asked = caller.say("deny", "no")
    assert asked[0].say[0].words == "utter_plan_amount_other"
    assert asked[-1].ask.words == "utter_ask_plan_amount"
    caller.say("inform", "350", amount="350.00")
    assert plan_amount(desk) == "350.00"


def test_yes_to_what_would_do_after_too_little(desk, talk):
    caller = talk("T-1010")
    caller.say("payment_plan_options", "50 a month", amount="50.00")
    asked = caller.say("affirm", "ok yes")
    assert plan_amount(desk) == desk.visit("x").option("simple_plan")["terms"]["monthly_recommended"]
    assert asked[-1].ask.words == "utter_ask_plan_day"


def test_a_day_said_to_the_offer_of_a_plan_is_a_yes_with_its_day(desk, talk):
    caller = talk("T-1010")
    caller.say("payment_plan_options", "350 a month", amount="350.00")
    asked = caller.say("nlu_fallback", "the fifteenth", day="15")
    assert asked[-1].ask.words == "utter_ask_plan_debit"
    assert desk.drafts.get("T-1010", "plan")["day"] == 15


def test_the_plan_just_offered_is_not_called_one_begun_before(desk, talk):
    caller = talk()
    caller.say("setup_payment_plan", "350 a month", amount="350.00")
    caller.say("payment_plan_options", "350 a month", amount="350.00")
    desk.proves("T-1010")
    assert "started" not in caller.hears("verified", "")


def test_yes_after_did_you_mean_takes_the_likeliest(desk):
    desk.proves("T-1010")
    here = visit(desk.desk, "c", said("nlu_fallback", "hmm what about it"))
    from dataclasses import replace

    from desk.reply import reply

    here.heard = replace(here.heard, guesses=("balance_inquiry", "case_status"))
    assert reply(here).ask.words == "utter_did_you_mean"
    assert any(one.words.startswith("utter_balance_") for one in desk.says("affirm").say)


def test_take_my_case_back_from_an_agency_is_a_recall(desk, talk):
    caller = talk("T-1022")
    told = caller.hears("transfer_question", "can you take my case back")
    assert "revenue officer" not in told.lower()
    assert desk.contacts.get("c").asked == "intake:recall"


def test_with_a_revenue_officer_a_plan_is_made_there_and_that_is_said(talk):
    caller = talk("T-1021")
    told = caller.hears(
        "revenue_officer_contact", "a revenue officer came, can i set up a plan with you instead"
    )
    assert "A plan is made with that officer" in told


def test_an_executor_who_said_so_is_not_asked_who_they_are(talk):
    caller = talk()
    caller.say("deceased_taxpayer", "my dad passed away in march and i am the executor")
    caller.say("affirm", "yes")
    asked = caller.say("inform", "march 2026")
    assert asked[-1].ask.words == "utter_intake_confirm"


@pytest.mark.parametrize(
    "said_",
    [
        "hi, i'm a cpa calling on behalf of my client, what is the balance for 2024?",
        "i am her attorney and i need her balance",
        "soy el contador, represento a la señora, cuánto debe",
    ],
)
def test_a_representative_is_asked_to_show_it_and_hears_what_they_came_for(desk, talk, said_):
    caller = talk()
    answer = caller.say("authorize_representative", said_)[-1]
    assert answer.secure_form == "identity"
    assert answer.say[0].words == "utter_rep_show"
    assert desk.contacts.get("c").pending["intent"] in ("balance_inquiry", "case_status")


def test_somebody_who_wants_a_representative_is_not_taken_for_one(talk):
    caller = talk()
    assert caller.say("authorize_representative", "i want my cpa to handle this")[-1].secure_form is None


def test_is_it_real_is_answered_by_the_case(talk):
    caller = talk("T-1022")
    told = caller.hears("scam_check", "some company says they collect for the irs, is it a scam?")
    assert "Example Recovery Agency" in told
    assert "Only that agency" in told


def test_is_the_letter_real_names_the_last_letter_on_file(talk):
    caller = talk("T-1001")
    told = caller.hears("scam_check", "is this letter real")
    assert "CP504" in told
    assert "November 9, 2026" in told
    assert "agency" not in told


def test_no_agency_has_it_and_one_that_calls_is_not_paid(talk):
    told = talk("T-1001").hears("scam_check", "a collection agency called me about irs taxes")
    assert "No private agency has your case" in told


def test_a_son_may_be_the_executor_and_is_asked(desk, talk):
    caller = talk()
    caller.say("deceased_taxpayer", "my father passed away and you keep sending him letters")
    caller.say("affirm", "yes")
    asked = caller.say("inform", "in march 2026")
    assert asked[-1].ask.words == "utter_ask_deceased_who"
