"""Requests taken down: each topic asked, corrected, put aside, refused where the case does not allow it, and sent once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from desk_fakes import Talk, said

from acs.case import ReturnPenalty
from desk.intakes.topics import INTAKES
from desk.visit import visit


@pytest.fixture(autouse=True)
def not_the_first_time(desk):
    """Darnell was late before, so that only reasonable cause can help him."""
    case = desk.cases.cases["T-1005"]
    late = (ReturnPenalty(kind="failure_to_pay"),)
    returns = tuple(replace(one, penalties=late) if one.period == "2022" else one for one in case.returns)
    desk.cases.cases["T-1005"] = replace(case, returns=returns)


@pytest.fixture
def talk(desk, spoken):
    """Speaks with one taxpayer and gives back all that was said."""

    def with_(taxpayer=None, conversation="c", channel="web"):
        if taxpayer:
            desk.contacts.get(conversation).taxpayer = taxpayer
        one = Talk(desk, conversation, channel)
        one.hears = lambda *args, **facts: " ".join(spoken(a, "en", channel) for a in one.say(*args, **facts))
        one.oye = lambda *args, **facts: " ".join(spoken(a, "es", channel) for a in one.say(*args, **facts))
        return one

    return with_


def sent(desk, kind):
    return [one for one in desk.requests.requests.values() if one.kind == kind and one.status != "asked"]


def option(value):
    return ("inform", "", {"option": value})


def words(text, intent="inform", **entities):
    return (intent, text, entities)


YES, NO = ("affirm", "yes", {}), ("deny", "no", {})

HAPPY = {
    # topic: taxpayer, need, answers, what is said at the end, what the request keeps, what the note has
    "hearing": (
        "T-1005", "cdp_appeal", [option("hear_cannot_pay"), option("want_plan"), words("my hours were cut")],
        "mail it to the address on your LT11 by December 2, 2026",  # LT11 of November 2 and 30 days
        {"hearing": "cdp_hearing", "due": "2026-12-02", "form": "12153", "instead": "want_plan"},
    ),
    "appeal": ("T-1018", "collection_appeal_other", [option("cap_levy"), words("i was never told"), words("stop the levy")], "manager", {"form": "9423", "action": "cap_levy"}),
    "hardship": (
        "T-1018", "cannot_pay_hardship",
        [words("there are 4 of us"), words("2100"), words("1,200"), words("500"), words("$180"), words("150 for gas"), words("none"), words("40"), words("one")],
        "person looks at your figures",
        {"household": 4, "income": "2100.00", "medical": "0.00", "vehicles": 1, "left_over": "70.00"},  # 2100 - 1200 - 500 - 180 - 150
    ),
    "first_time": ("T-1003", "penalty_abatement", [], "IRS answers by letter", {"period": "2025"}),
    "reasonable_cause": (
        "T-1005", "penalty_abatement", [words("i was in the hospital"), words("since march 2024"), words("june 2024")],
        "Keep proof", {"form": "843", "what": "i was in the hospital"},
    ),
    "unfiled": ("T-1017", "unfiled_returns", [words("by january 15", date="2027-01-15"), YES], "file by January 15, 2027", {"due": "2027-01-15"}),
    "already_paid": ("T-1001", "already_paid", [words("900 dollars", amount="900.00"), words("march 3", date="2027-03-03"), option("paid_check")], "$900.00", {"amount": "900.00", "on": "2026-03-03", "way": "paid_check"}),
    "levy_release": ("T-1018", "wage_levy", [option("free_hardship"), words("the rent and food"), words("this friday", date="2026-11-27")], "putting you through", {"which": "levy_wages", "ground": "free_hardship"}),
    "lien": ("T-1020", "tax_lien", [option("lien_discharge"), words("to sell the house"), words("december 20", date="2026-12-20")], "14135", {"form": "14135"}),
    "transfer": ("T-1001", "transfer_question", [words("i want one person for my case")], "may say no", {"why": "i want one person for my case"}),
    "recall": ("T-1022", "private_collection_agency", [], "signed letter", {}),
    "advocate": ("T-1018", "taxpayer_advocate", [option("harm_money"), words("they take half my pay"), words("an end to the levy")], "putting you through", {"form": "911", "harm": "harm_money"}),
    "innocent_spouse": ("T-1010", "innocent_spouse", [option("spouse_divorced"), NO, words("she hid the income")], "8857", {"form": "8857", "knew": False, "year": "2024"}),
    "dispute": ("T-1001", "dispute_debt", [option("wrong_theft"), words("i never worked there")], "14039", {"form": "14039", "theft": True}),
    "representative": ("T-1001", "authorize_representative", [option("rep_act"), words("Ana Ruiz"), words("2022 and 2023")], "2848", {"form": "2848", "name": "Ana Ruiz"}),
    "payroll": ("T-1024", "business_payroll_tax", [YES, YES, NO, words("a plan")], "putting you through", {"operating": True, "returns": False}),
}  # fmt: skip


@pytest.mark.parametrize("topic", HAPPY)
def test_it_is_offered_asked_read_back_and_sent_once(desk, talk, topic):
    taxpayer, need, answers, told, kept = HAPPY[topic]
    caller = talk(taxpayer)
    assert caller.say(need)[-1].choices[:2] == ("yes", "no")
    asked = caller.say("affirm", "yes")
    for intent, text, entities in answers:
        assert asked[-1].ask.words.startswith(f"utter_ask_{topic}_"), asked[-1].ask
        asked = caller.say(intent, text, **entities)
    assert asked[-1].ask.words in ("utter_intake_confirm", "utter_intake_confirm_only")
    assert not sent(desk, topic)
    assert told in caller.hears("affirm", "yes")
    (request,) = sent(desk, topic)
    assert request.status == INTAKES[topic].status
    assert {name: request.facts.get(name) for name in kept} == kept
    notes = [text for whose, text in desk.cases.notes if whose == taxpayer]
    assert any("Read back and confirmed" in one for one in notes)
    assert len(desk.requests.requests) == 1


@pytest.mark.parametrize("topic", [one for one in HAPPY if HAPPY[one][2]])
def test_put_aside_it_is_kept_and_nothing_is_sent(desk, talk, topic):
    taxpayer, need, answers, _, _ = HAPPY[topic]
    caller = talk(taxpayer)
    caller.say(need)
    caller.say("affirm", "yes")
    intent, text, entities = answers[0]
    caller.say(intent, text, **entities)
    assert "Nothing was sent" in caller.hears("deny", "never mind")
    assert not sent(desk, topic)
    # Another contact, another channel: after identity it goes on with the second question.
    later = talk(taxpayer, "later", "sms")
    first = later.say("verified")
    assert any(one.words in ("utter_intake_go_on", "utter_intake_waiting") for a in first for one in a.says())
    later.say("affirm", "yes")
    assert desk.drafts.get(taxpayer, topic)


@pytest.mark.parametrize(
    ("taxpayer", "need"),
    [
        ("T-1001", "cdp_appeal"), ("T-1002", "collection_appeal_other"), ("T-1013", "cannot_pay_hardship"), ("T-1001", "wage_levy"),
        ("T-1001", "tax_lien"), ("T-1021", "transfer_question"), ("T-1001", "private_collection_agency"), ("T-1001", "innocent_spouse"),
        ("T-1015", "dispute_debt"), ("T-1001", "unfiled_returns"), ("T-1001", "business_payroll_tax"), ("T-1007", "cdp_appeal"),
    ],
)  # fmt: skip
def test_what_the_case_does_not_allow_is_not_taken_down(desk, talk, taxpayer, need):
    caller = talk(taxpayer)
    answers = caller.say(need)
    assert not any(one.words.startswith("utter_intake_offer") for a in answers for one in a.says())
    caller.say("affirm", "yes")
    assert not [one for one in desk.requests.requests.values() if one.status != "asked"]


def test_a_right_asked_for_stands_with_its_time_though_nothing_more_is_said(desk, talk):
    talk("T-1005").say("cdp_appeal")
    (request,) = desk.requests.requests.values()
    assert (request.kind, request.status, request.facts["due"]) == ("hearing", "asked", "2026-12-02")
    talk("T-1005").say("cdp_appeal")
    assert len(desk.requests.requests) == 1


def test_a_correction_by_name_changes_that_answer_and_is_said_back(desk, talk):
    caller = talk("T-1018")
    caller.say("cannot_pay_hardship")
    caller.say("affirm", "yes")
    for given in ("3", "2000", "900"):
        caller.say("inform", given)
    heard = caller.hears("deny", "sorry the rent is 950, not 900")
    assert "Changed: rent or mortgage $950.00" in heard
    assert "food" in heard
    assert desk.drafts.get("T-1018", "hardship")["rent"] == "950.00"
    assert "food" not in desk.drafts.get("T-1018", "hardship")


def test_two_amounts_with_their_names_find_their_places(desk, talk):
    caller = talk("T-1018")
    caller.say("cannot_pay_hardship")
    caller.say("affirm", "yes")
    caller.say("inform", "2")
    caller.say("inform", "income 2500 and rent is 1100, food 400")
    kept = desk.drafts.get("T-1018", "hardship")
    assert (kept["income"], kept["rent"], kept["food"]) == ("2500.00", "1100.00", "400.00")


def test_a_correction_at_the_read_back(desk, talk):
    caller = talk("T-1001")
    caller.say("already_paid", "i already paid 500 by check", amount="500.00")
    caller.say("affirm", "yes")
    assert "amount $500.00" in caller.hears("inform", "march 3", date="2026-03-03")
    assert "What should I change" in caller.hears("deny", "no")
    assert "amount $550.00" in caller.hears("inform", "the amount was 550", amount="550.00")
    caller.say("affirm", "yes")
    assert sent(desk, "already_paid")[0].facts["amount"] == "550.00"


def test_no_twice_at_the_read_back_sends_nothing(desk, talk):
    caller = talk("T-1003")
    caller.say("penalty_abatement")
    caller.say("affirm", "yes")
    caller.say("deny", "no")
    assert not sent(desk, "first_time")


def test_a_side_question_is_answered_and_the_question_comes_again(desk, talk):
    caller = talk("T-1018")
    caller.say("cannot_pay_hardship")
    caller.say("affirm", "yes")
    answers = caller.say("balance_inquiry", "how much do i owe?")
    assert any(one.words.startswith("utter_balance") for a in answers for one in a.say)
    assert answers[-1].ask.words == "utter_ask_hardship_household"
    assert sum(a.ask is not None for a in answers) == 1


@pytest.mark.parametrize(
    "said_", ["i want to talk to my accountant first", "quiero hablar con mi abogado primero"]
)
def test_a_representative_first_ends_all_questions(desk, talk, said_):
    caller = talk("T-1018")
    caller.say("cannot_pay_hardship")
    caller.say("affirm", "yes")
    answers = caller.say("authorize_representative", said_)
    assert answers[0].say[0].words == "utter_intake_representative_first"  # 26 USC 7521(b)(2)
    assert not any((a.ask and a.ask.words.startswith("utter_ask")) for a in answers)
    assert "to talk to a representative first" in [
        one["what"] for one in desk.contacts.get("c").story.asked_for
    ]
    assert any("representative first" in text for _, text in desk.cases.notes)


def test_a_person_is_reached_from_any_question(desk, talk):
    caller = talk("T-1018")
    caller.say("cannot_pay_hardship")
    caller.say("affirm", "yes")
    caller.say("inform", "3")
    answers = caller.say("talk_to_agent", "let me talk to a person")
    assert answers[0].turned_to == "queue"
    assert desk.handoffs.opened[-1].card["drafts"]["hardship"]["household"] == 3


def test_twice_not_understood_leaves_the_question_open(desk, talk):
    caller = talk("T-1018")
    caller.say("cannot_pay_hardship")
    caller.say("affirm", "yes")
    assert "did not get the number" in caller.hears("nlu_fallback", "well you know")
    heard = caller.hears("nlu_fallback", "hmm it depends")
    assert "leave that one open" in heard
    assert "How much money comes in" in heard


def test_in_spanish(desk, talk):
    caller = talk("T-1018")
    assert "¿Lo hago?" in caller.oye("cannot_pay_hardship")
    caller.say("affirm", "sí")
    assert "¿Cuánto dinero entra al mes" in caller.oye("inform", "somos cuatro")
    caller.say("inform", "2000")
    caller.say("inform", "no pago renta")
    assert desk.drafts.get("T-1018", "hardship")["rent"] == "0.00"


@pytest.mark.parametrize(
    ("need", "topic", "queue"),
    [("deceased_taxpayer", "deceased", "collection"), ("bankruptcy", "bankruptcy", "insolvency")],
)
def test_what_needs_no_identity_goes_to_a_person_with_its_facts(desk, talk, need, topic, queue):
    caller = talk()
    caller.say(need)
    caller.say("affirm", "yes")
    while caller.desk.handoffs.opened == []:
        here = visit(desk.desk, "c", said("x"))
        from desk import forms

        step = forms.opened(here).step(here)
        if step == "confirm":
            caller.say("affirm", "yes")
        elif (
            INTAKES[topic].questions[[q.name for q in INTAKES[topic].questions].index(step)].kind == "choice"
        ):
            caller.say(
                "inform",
                "",
                option=INTAKES[topic]
                .questions[[q.name for q in INTAKES[topic].questions].index(step)]
                .options[0],
            )
        else:
            caller.say("inform", "march 3 2026", date="2026-03-03")
    wanted = desk.handoffs.opened[-1]
    assert wanted.queue == queue
    assert any("2026-03-03" in one["what"] for one in wanted.card["asked_for"]), wanted.card["asked_for"]
    assert not desk.requests.requests


def test_a_wish_from_before_identity_goes_into_the_notes_afterwards(desk, talk):
    caller = talk()
    caller.say("cdp_appeal", "i want a hearing")
    assert desk.cases.notes == []
    desk.contacts.get("c").taxpayer = "T-1005"
    caller.say("verified")
    (note,) = [text for whose, text in desk.cases.notes if whose == "T-1005"]
    assert note.startswith(
        "TP asked for: hearing (Collection Due Process or equivalent) (2026-11-22 15:00 UTC"
    )
    caller.say("balance_inquiry")
    assert len(desk.cases.notes) == 1


def test_open_requests_are_told_first_in_the_next_contact_and_on_asking(desk, talk):
    taxpayer, need, answers, _, _ = HAPPY["hearing"]
    caller = talk(taxpayer)
    for intent, text, entities in ((need, "", {}), YES, *answers, YES):
        caller.say(intent, text, **entities)
    assert "Form 12153 must still be signed and sent by December 2, 2026" in caller.hears("case_status")
    later = talk(taxpayer, "later", "voice")
    heard = later.hears("verified")
    assert heard.index("you asked for a hearing") < heard.index("Your case is with")
    # Asked again it is told, not taken down a second time.
    assert "On November 22, 2026 you asked for a hearing" in talk(taxpayer, "third").hears("cdp_appeal")
    assert len(desk.requests.requests) == 1


def test_a_near_day_is_told_first(desk, talk):
    # LT11 of November 2 and 30 days: December 2, ten days from November 22, 2026.
    heard = talk("T-1005").hears("verified")
    assert heard.startswith("The last day to ask for a Collection Due Process hearing for")
    assert "December 2, 2026" in heard


def test_a_supervisor_is_a_person_of_that_kind_and_noted(desk, talk):
    caller = talk("T-1001")
    assert caller.say("talk_to_agent", "let me speak to your supervisor")[0].turned_to == "queue"
    assert desk.handoffs.opened[-1].reason == "asks for a supervisor"
    assert any("a supervisor" in text for _, text in desk.cases.notes)


def test_a_complaint_is_kept_in_own_words(desk, talk):
    caller = talk("T-1001")
    assert "noted your complaint" in caller.hears("complaint", "the last agent hung up on me")
    (request,) = desk.requests.requests.values()
    assert (request.kind, request.facts["words"]) == ("complaint", "the last agent hung up on me")


def test_a_message_for_the_agent(desk, talk):
    caller = talk("T-1001")
    assert "What is the message" in caller.hears(
        "talk_to_agent", "can i leave a message for the agent i spoke with"
    )
    assert "i mailed the forms" in caller.hears("inform", "i mailed the forms on monday")
    caller.say("affirm", "yes")
    assert any("i mailed the forms on monday" in text for _, text in desk.cases.notes)


def test_on_the_phone_an_offer_is_short(talk):
    for topic, (taxpayer, need, *_) in HAPPY.items():
        caller = talk(taxpayer, topic, "voice")
        answer = caller.say(need)[-1]
        assert len(answer.says(brief=True)) <= 5, topic


def test_a_revenue_officer_wanted_is_a_request_of_its_own(desk, talk):
    caller = talk("T-1021")
    assert caller.say("revenue_officer_contact")[0].turned_to == "queue"
    (request,) = desk.requests.requests.values()
    assert (request.kind, request.status) == ("officer", "handed")
    assert "speaking with a revenue officer is with a person" in talk("T-1021", "later").hears("case_status")


def test_reasonable_cause_comes_after_first_time_relief_was_asked_for(desk, talk):
    caller = talk("T-1003")
    caller.say("penalty_abatement")
    caller.say("affirm", "yes")
    caller.say("affirm", "yes")
    heard = caller.hears("penalty_abatement", "and for being sick?")
    assert "first-time penalty relief of November 22, 2026 is received" in heard
    assert "request for penalty relief for reasonable cause now" in heard


def test_whoever_listens_hears_the_day_once(desk, talk):
    taxpayer, need, answers, _, _ = HAPPY["hearing"]
    caller = talk(taxpayer)
    for intent, text, entities in ((need, "", {}), YES, *answers, YES):
        caller.say(intent, text, **entities)
    first = talk("T-1005", "later", "voice").say("verified")[0].say
    assert first[0].words == "utter_request_to_sign_by"
    assert not first[1].words.startswith("utter_deadline_cdp")


@pytest.mark.parametrize(
    "between", ["balance_inquiry", "payment_methods", "payment_plan_options", "verify_identity"]
)
def test_a_right_asked_for_first_is_offered_after_the_proof_whatever_was_asked_between(desk, talk, between):
    caller = talk()
    caller.say("cdp_appeal", "i want a hearing")
    caller.say(between, "something else")
    desk.proves("T-1005")
    told = caller.hears("verified", "")
    assert "Form 12153" in told
    assert "December 2, 2026" in told  # LT11 of November 2 and 30 days
    assert told.rstrip().endswith("Shall I?")
    asked = caller.say("affirm", "yes")
    assert asked[-1].ask.words.startswith("utter_ask_hearing_")


def test_what_was_asked_in_between_is_answered_too(desk, talk):
    caller = talk()
    caller.say("cdp_appeal", "i want a hearing")
    caller.say("balance_inquiry", "and how much is it")
    desk.proves("T-1005")
    assert "$11,804.61" in caller.hears("verified", "")


@pytest.mark.parametrize("answer", ["yes", "no", "ok", "I don't know", "sí", "no sé"])
def test_a_bare_word_is_no_reason_and_is_asked_for_once_more(desk, talk, answer):
    caller = talk("T-1001")
    caller.say("transfer_question")
    caller.say("affirm", "yes")
    assert "words of your own" in caller.hears("affirm" if answer in ("yes", "ok", "sí") else "deny", answer)
    asked = caller.say("affirm", answer)
    assert asked[-1].ask.words == "utter_intake_confirm"
    assert desk.drafts.get("T-1001", "transfer") == {"why": None}
    caller.say("affirm", "yes")
    assert any("why: not given" in text for _, text in desk.cases.notes)


def test_a_reason_that_begins_with_yes_is_a_reason(desk, talk):
    caller = talk("T-1001")
    caller.say("transfer_question")
    caller.say("affirm", "yes")
    caller.say("affirm", "yes because the last three agents told me different things")
    assert desk.drafts.get("T-1001", "transfer")["why"].startswith("yes because")


def test_what_could_be_paid_is_no_cost(desk, talk):
    caller = talk("T-1018")
    caller.say("cannot_pay_hardship")
    caller.say("affirm", "yes")
    caller.say("inform", "2")
    caller.say("inform", "1800")
    assert "could pay $50.00 a month" in caller.hears(
        "setup_payment_plan", "i could pay 50 a month", amount="50.00"
    )
    assert "rent" not in desk.drafts.get("T-1018", "hardship")
    caller.say("inform", "900")
    assert desk.drafts.get("T-1018", "hardship")["rent"] == "900.00"


@pytest.mark.parametrize(
    "intent", ["setup_payment_plan", "payment_plan_options", "inform", "deny", "nlu_fallback"]
)
def test_a_number_in_an_intake_belongs_to_its_question(desk, talk, intent):
    caller = talk("T-1018")
    caller.say("cannot_pay_hardship")
    caller.say("affirm", "yes")
    caller.say("inform", "2")
    asked = caller.say(intent, "nothing, 400 a month unemployment", amount="400.00")
    assert desk.drafts.get("T-1018", "hardship")["income"] == "400.00"
    assert asked[-1].ask.words == "utter_ask_hardship_rent"
    assert not [one for one in asked if one.start]


FIGURES = ["2", "6200", "2400", "900", "450", "600", "none", "3100", "2"]


def test_a_plan_by_figures_is_taken_down_and_goes_to_a_person_with_all_of_it(desk, talk):
    caller = talk("T-1023")  # $122,357.45: above the limit of the simple plan, below that of no statement
    told = caller.hears("setup_payment_plan", "900 a month", amount="900.00")
    assert "$900.00 a month does not pay it off in time" in told
    assert told.rstrip().endswith("Shall I?")
    caller.say("affirm", "yes")
    for one in FIGURES:
        caller.say("inform", one)
    said_ = caller.hears("affirm", "yes")
    assert "proof of income, bank statements" in said_
    assert "433-F" in said_
    (request,) = sent(desk, "finances")
    assert request.status == "handed"
    assert request.facts["monthly"] == "900.00"
    assert request.facts["left_over"] == "1850.00"  # 6200 - 2400 - 900 - 450 - 600 - 0
    card = desk.handoffs.opened[-1].card
    assert card["open_requests"][-1]["facts"]["rent"] == "2400.00"


def test_a_plan_that_pays_in_time_needs_no_figures(desk, talk):
    caller = talk("T-1023")
    answer = caller.say("setup_payment_plan", "2400 a month", amount="2400.00")[-1]
    assert answer.ask.words == "utter_plan_with_person"
    caller.say("affirm", "yes")
    wishes = [one["what"] for one in desk.handoffs.opened[-1].card["asked_for"]]
    assert "payment plan of $2400.00 a month" in wishes


def test_figures_given_for_a_pause_are_not_asked_again_for_a_plan(desk, talk):
    caller = talk("T-1023")
    caller.say("cannot_pay_hardship")
    caller.say("affirm", "yes")
    for one in ("2", "6200", "2400"):
        caller.say("inform", one)
    caller.say("inform", "stop")
    caller.say("payment_plan_options", "what plans are there")
    asked = caller.say("affirm", "yes")
    assert asked[-1].ask.words == "utter_ask_finances_monthly"
    asked = caller.say("inform", "900 dollars", amount="900.00")
    assert asked[-1].ask.words == "utter_ask_hardship_food"
