"""The note an agent finds begun, and the card in one line."""

from __future__ import annotations

from decimal import Decimal


def test_the_draft_tells_contact_words_figures_and_the_next_day(desk):
    # CP504 of November 9, 2026: the last day is December 9.
    desk.proves("T-1001")
    desk.says(
        "payment_plan_options", text="I got a CP504, could do 200 a month", notice="CP504", amount="200.00"
    )
    desk.says("talk_to_agent", text="agent please")
    card = desk.handoffs.opened[-1].card
    payoff = desk.visit("x").view["balance"]["payoff"]
    note = card["draft_note"]
    assert note.startswith("TPCI chat, ID verified.")
    assert 'TP stated: "I got a CP504, could do 200 a month".' in note
    assert f"ADV bal ${payoff}" in note
    assert "ADV IA amount works" in note
    assert "12/09/26" in note
    assert f"owes ${float(payoff):,.2f};" in card["headline"]
    assert "by 12/09/26 (17 days left)" in card["headline"]


def test_a_stranger_s_note_tells_nothing_of_a_case(desk):
    desk.says("wage_levy", text="they take my pay")
    desk.says("talk_to_agent", text="agent please")
    card = desk.handoffs.opened[-1].card
    assert "ID not verified" in card["draft_note"]
    assert "$" not in card["draft_note"] + card["headline"]
    assert "stop or release of a levy" in card["draft_note"]


def test_a_promise_stands_in_the_note(desk):
    from desk import forms

    desk.proves("T-1001")
    desk.says("make_payment", text="i pay 500 on december 4", amount="500.00", date="2026-12-04")
    assert forms.draft(desk.visit("x"), "promise")["amount"] == str(Decimal("500.00"))
    forms.finish(desk.visit("affirm"), forms.DONE)
    desk.says("talk_to_agent", text="agent please")
    assert "promise to pay $500.00 by 2026-12-04" in desk.handoffs.opened[-1].card["draft_note"]


def test_a_very_long_contact_keeps_how_it_began_and_what_came_last(desk):
    for number in range(150):
        desk.says("interest_question", text=f"question {number}")
    story = desk.visit("x").contact.story
    kept = [*range(20), *range(70, 150)]
    assert story.own_words[:100] == [f"question {number}" for number in kept]
    assert len(story.told) == 100
    turns = [one["turn"] for one in story.told]
    assert turns == sorted(turns)
    assert turns[-1] == 150
