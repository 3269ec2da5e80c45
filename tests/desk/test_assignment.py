"""Who has the case, a person at any time, and the card that tells the whole story."""

from __future__ import annotations


def test_a_stranger_asking_for_a_revenue_officer_is_offered_a_person_and_told_nothing(desk, spoken):
    answer = desk.says("revenue_officer_contact")
    assert answer.secure_form == "identity"
    assert "person" in answer.choices
    assert desk.handoffs.opened == []


def test_the_officers_own_case_goes_to_the_officers_queue_with_name_and_story(desk, spoken):
    desk.proves("T-1021")
    desk.says("notice_question", text="i got a letter 1058", notice="1058")
    answer = desk.says("revenue_officer_contact", text="can I talk to a revenue officer")
    wanted = desk.handoffs.opened[0]
    assert wanted.queue == "revenue_officer"
    assert answer.turned_to == "queue"
    assert "can I talk to a revenue officer" in wanted.card["own_words"]
    assert "i got a letter 1058" in wanted.card["own_words"]
    assert wanted.card["taxpayer"]["id"] == "T-1021"
    assert "revenue officer" in spoken(answer)


def test_without_an_officer_the_caller_is_told_so_and_still_reaches_a_person(desk, spoken):
    desk.proves("T-1001")
    answer = desk.says("revenue_officer_contact")
    assert "No revenue officer has your case" in spoken(answer)
    assert desk.handoffs.opened[0].queue == "collection"


def test_the_card_misses_nothing_the_caller_said(desk):
    desk.proves("T-1001")
    desk.says("notice_question", text="got a CP504 dated Nov 9", notice="CP504", date="2026-11-09")
    desk.says("payment_plan_options", text="could do 200 a month", amount="200.00")
    desk.says("cdp_appeal", text="and I want a hearing")
    desk.says("talk_to_agent", text="a person please")
    card = desk.handoffs.opened[0].card
    assert card["own_words"] == [
        "got a CP504 dated Nov 9", "could do 200 a month", "and I want a hearing", "a person please",
    ]  # fmt: skip
    assert card["notices"][0] == {"code": "CP504", "date": "2026-11-09"}
    assert card["balance"] == desk.visit("x").view["balance"]
    assert any("hearing" in one["what"] for one in card["asked_for"])
    assert card["plan_draft"] == {"amount": "200.00"}
    assert any(one["what"] == "simple_plan" for one in card["offered"])


def test_a_person_is_reached_without_any_proof(desk, spoken):
    answer = desk.says("talk_to_agent")
    assert answer.turned_to == "queue"
    assert "8 to 20 minutes" in spoken(answer)
    card = desk.handoffs.opened[0].card
    assert card["verified"] == "none"
    assert card["balance"] is None


def test_danger_goes_to_the_urgent_queue_and_speaks_of_no_debt(desk, spoken):
    text = spoken(desk.says("distress"))
    assert "988" in text
    assert "$" not in text
    assert desk.handoffs.opened[0].queue == "urgent"


def test_a_near_deadline_moves_the_caller_up(desk):
    desk.proves("T-1009")  # CP523: the plan may end after November 25, three days away.
    desk.says("talk_to_agent")
    assert desk.handoffs.opened[0].priority < 5


def test_two_misses_lead_to_a_person(desk):
    first = desk.says("nlu_fallback")
    second = desk.says("nlu_fallback")
    assert first.says()[0].words == "utter_say_again"
    assert second.choices[0] == "person"


def test_rights_are_recorded_with_their_time_even_for_a_stranger(desk):
    for intent in (
        "cdp_appeal",
        "cannot_pay_hardship",
        "innocent_spouse",
        "taxpayer_advocate",
        "authorize_representative",
    ):
        desk.says(intent)
    asked = desk.contacts.get("c").story.asked_for
    assert len(asked) == 5
    assert all(one["at"] for one in asked)


def test_whoever_has_the_case_and_what_they_can_and_can_not_do(desk, spoken):
    # T-1021 is with a revenue officer: a house only with a court's order (26 USC 6334(e)(1)); suits are not theirs (7401).
    desk.proves("T-1021")
    answer = desk.says("explain_acs", text="what can they do to me")
    assert "with a revenue officer" in spoken(answer)
    assert "they can take part of your pay" in spoken(answer)
    assert "take a house, with a court order" in spoken(answer)
    assert "They cannot take a house without a court order" in spoken(answer)
    assert "No pueden quitar una casa sin orden de un tribunal" in spoken(answer, language="es")
    assert "they can take" in spoken(answer, channel="voice")
    assert any("6331" in one for one in answer.sources)


def test_a_private_agency_is_said_to_be_unable_to_levy(desk, spoken):
    # 26 USC 6306(b): it may call and write and arrange payments; levies are not among its tasks.
    desk.proves("T-1022")
    text = spoken(desk.says("explain_acs"))
    assert "They cannot take part of your pay" in text


def test_a_stranger_hears_of_acs_in_general(desk, spoken):
    assert "set up plans" in spoken(desk.says("explain_acs"))
    assert desk.audit.rows == []


def test_the_hours_of_the_line_and_how_long_it_is(desk, spoken):
    answer = desk.says("wait_time", text="what are your hours")
    # Law: lines.hours, 8 to 20. The wait comes first, so that both are heard before "more".
    for channel in ("web", "sms"):
        text = spoken(answer, channel=channel)
        assert text.startswith("The wait is about 8 to 20 minutes. The collection line usually has people")
        assert "weekdays from 8 a.m. to 8 p.m., your local time" in text
    assert "from eight a.m. to eight p.m., your local time" in spoken(answer, channel="voice")
    assert "de 8 de la mañana a 8 de la noche" in spoken(answer, language="es")
