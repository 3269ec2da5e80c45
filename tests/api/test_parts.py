"""Two sentences, then listen; a text that does not run on; the rest when somebody asks for it."""

from __future__ import annotations

import pytest

from api import parts


def test_two_sentences_and_the_question_are_given_and_the_rest_waits():
    found = parts.for_voice("One is this. Two is that. Three is more. Four is most.", "What would you like?")
    assert found.now == "One is this. Two is that. What would you like?"
    assert found.rest == "Three is more. Four is most."


def test_a_single_sentence_more_is_not_worth_asking_for():
    assert parts.for_voice("One. Two. Three.", "And now?").rest == ""


def test_an_hour_or_a_country_ends_no_sentence():
    assert len(parts.sentences("We call at 9 a.m. on Monday. Pay the U.S. Treasury only.")) == 2


def test_a_text_is_cut_between_sentences_and_the_question_stays():
    long = " ".join(
        f"This is sentence number {at} of a long answer about a letter and a balance." for at in range(9)
    )
    found = parts.for_text(long, "What next?", "\n1 Talk to a person")
    assert found.now.endswith("What next?")
    assert found.rest.startswith("This is sentence")
    assert f"{found.now.removesuffix('What next?')}{found.rest}".split() == long.split()


@pytest.mark.parametrize(
    "said", ["more", "MORE", "say more", "más", "MAS", "lo demás", "siga", "go on", "the rest"]
)
def test_the_ways_to_ask_for_the_rest(said):
    assert parts.wants_more(said)


@pytest.mark.parametrize("said", ["more time to pay", "no more", "mas tiempo", "I owe more than that", ""])
def test_what_is_something_else(said):
    assert not parts.wants_more(said)


def test_on_the_phone_the_rest_comes_when_asked_for(line):
    from xml.etree import ElementTree

    call = line.call()
    sentence = {"kind": "text", "value": {"en": "One. Two. Three. Four.", "es": "Uno."}}
    line.bot.next.append(
        {
            "says": [{"words": "utter_echo", "facts": {"said": sentence}, "text": ""}],
            "answer": {},
            "heard": {"intent": "x", "confidence": 0.9},
        }
    )
    heard = call.say("tell me all of it")
    assert "Two." in heard
    assert ElementTree.fromstring(call.twiml) is not None
    if "utter_more_offer" in heard:
        assert "utter_rest" in call.say("more")


def test_a_courtesy_is_no_sentence_of_the_answer_and_a_question_is_never_held_back(line):
    call = line.call()

    def said(text):
        return {
            "words": "utter_echo",
            "facts": {"said": {"kind": "text", "value": {"en": text, "es": text}}},
            "text": "",
        }

    line.bot.next.append(
        {
            "says": [
                {"words": "utter_verified", "facts": {}, "text": ""},
                said("One. Two. Three. Four. Five."),
                said("How much can you pay? Ten will do."),
            ],
            "answer": {},
            "heard": {"intent": "x", "confidence": 0.9},
        }
    )
    heard = call.say("how much do I owe")
    for wanted in ("utter_verified", "One.", "Two.", "How much can you pay?"):
        assert wanted in heard
    assert "Three." not in heard
