"""The way all small forms go: one question, corrections, side questions, leaving and coming back."""

from __future__ import annotations

import pytest
from desk_fakes import said

from desk import forms
from desk.reply import reply


@pytest.fixture
def rosa(desk):
    """Rosa, who owes about four thousand dollars, in the middle of setting a plan up."""
    desk.proves("T-1001")
    assert desk.says("setup_payment_plan", amount="200.00").start == "plan"
    return desk


def send(desk, intent, text="", **entities):
    """A message while a form is open: how it ended, and what was said."""
    here = desk.visit("x")
    here.heard = said(intent, text, **entities)
    return forms.take(here)


def question(desk):
    return forms.ask(desk.visit("x"))


def test_a_form_asks_one_thing_after_another_and_reads_back_before_it_is_done(rosa, spoken):
    assert question(rosa).ask.words == "utter_ask_plan_day"
    assert send(rosa, "inform", day="15")[0] == forms.GOES_ON
    assert question(rosa).ask.words.startswith("utter_ask_plan_debit")
    send(rosa, "affirm")
    assert "$200.00 a month, on day 15" in spoken(question(rosa))
    assert not rosa.requests.requests
    assert send(rosa, "affirm")[0] == forms.DONE
    assert "$200.00 a month" in spoken(forms.finish(rosa.visit("affirm"), forms.DONE))
    assert [one.kind for one in rosa.requests.requests.values()] == ["payment_plan"]


def test_a_correction_at_the_end_changes_what_is_read_back(rosa, spoken):
    send(rosa, "inform", day="15")
    send(rosa, "affirm")
    assert send(rosa, "deny", "no, make it 250", amount="250.00")[0] == forms.GOES_ON
    assert "$250.00 a month, on day 15" in spoken(question(rosa))
    send(rosa, "inform", "actually the 20th", day="20")
    assert "$250.00 a month, on day 20" in spoken(question(rosa))


def test_a_question_about_the_fee_is_answered_and_the_form_goes_on(rosa, spoken):
    # Fees in force since July 1, 2024: 22 online and 107 by phone with direct debit.
    here = rosa.visit("x")
    here.heard = said("payment_plan_options", "is there a fee for that")
    assert forms.take(here)[0] is None
    text = spoken(forms.aside(here))
    fee = here.option("simple_plan")["terms"]["fee"]
    assert fee["online_direct_debit"] in text or "no fee" in text
    assert question(rosa).ask.words == "utter_ask_plan_day"


def test_no_at_the_end_sends_nothing(rosa, spoken):
    send(rosa, "inform", day="15")
    send(rosa, "affirm")
    assert send(rosa, "deny")[0] == forms.NO
    assert "No plan was requested" in spoken(forms.finish(rosa.visit("deny"), forms.NO))
    assert not rosa.requests.requests
    assert forms.draft(rosa.visit("x"), "plan") == {}


def test_a_person_closes_the_form_and_the_draft_goes_on_in_another_contact(rosa):
    send(rosa, "inform", day="15")
    here = rosa.visit("talk_to_agent")
    assert forms.leave(here).turned_to == "queue"
    assert forms.opened(here) is None
    rosa.contacts.get("another").taxpayer = "T-1001"
    from desk.visit import visit

    later = visit(rosa.desk, "another", said("setup_payment_plan"))
    assert reply(later).start == "plan"
    assert forms.ask(later).ask.words.startswith("utter_ask_plan_debit")


def test_twice_nothing_usable_offers_a_way_out(rosa):
    assert forms.again(rosa.visit("out_of_scope")).say[0].words == "utter_form_again"
    assert forms.again(rosa.visit("out_of_scope")).say[0].words == "utter_form_or_person"


def test_without_identity_a_form_asks_for_it_and_takes_nothing(rosa):
    rosa.contacts.get("c").taxpayer = None
    assert question(rosa).secure_form == "identity"
    assert send(rosa, "inform", day="15") == (None, ())


def test_a_question_about_the_fee_that_was_heard_as_something_else_is_answered_too(rosa, spoken):
    for intent in ("out_of_scope", "nlu_fallback"):
        here = rosa.visit("x")
        here.heard = said(intent, "is there a fee for that?")
        assert "fee" in spoken(forms.again(here)) or "costs" in spoken(forms.again(here))
    here.heard = said("balance_inquiry", "¿cuánto cuesta?")
    assert "owe" not in spoken(forms.aside(here))
