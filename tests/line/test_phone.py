"""The story by phone, in both languages: the letter, who you are by keys, the plan, a person; and what goes wrong."""

from __future__ import annotations

import time

import pytest

pytestmark = pytest.mark.line

OWED_EN = "eight thousand eight hundred sixty-eight dollars and ninety-four cents"
OWED_ES = "ocho mil ochocientos sesenta y ocho dólares con noventa y cuatro centavos"


def test_from_the_letter_to_a_plan_to_a_person(call, console, people):
    before = {one["id"] for one in console.waiting()}
    phone = call("+15125550111")
    assert "automated assistant" in phone.greeting
    assert "it is not the I R S" in phone.greeting
    assert "Para español, oprima dos" in phone.greeting
    assert "Press zero for a person" in phone.greeting
    general = phone.say("i got a c p five oh four dated november ninth")
    assert "C P five oh four" in general
    assert "the last day is December ninth, twenty twenty-six" in general
    assert "dollars" not in general
    assert phone.takes == {"keys": True, "speech": False, "how_many_keys": 9}
    own = phone.key_identity(people["phone_en"].keyed)
    assert "The last day to answer the C P five oh four is December ninth, twenty twenty-six" in own
    assert OWED_EN in phone.say("how much do i owe")
    assert phone.say("can i pay two hundred a month").startswith("I heard two hundred dollars")
    offer = phone.press("1")
    assert "two hundred dollars a month works" in offer
    assert "which day of the month" in phone.say("yes")
    assert "bank account" in phone.say("the fifteenth")
    read_back = phone.say("no")
    assert "two hundred dollars a month, on day fifteen, and you make each payment yourself" in read_back
    done = phone.say("yes")
    assert "two hundred dollars a month, on day fifteen, is in as of today" in done
    phone.say("i want to talk to a person")
    assert phone.state == "waiting"
    new = [one for one in console.waiting() if one["id"] not in before]
    assert [one["channel"] for one in new] == ["voice"]
    card = console.card(new[0]["id"])
    assert card["taxpayer"]["id"] == people["phone_en"].id
    assert card["verified"] == "identity"
    assert any("c p five oh four dated november ninth" in words for words in card["own_words"])
    assert any("talk to a person" in words for words in card["own_words"])
    assert [one["kind"] for one in card["open_requests"]] == ["payment_plan"]
    assert any(one["last_day"] == "2026-12-09" for one in card["deadlines"])
    assert "8868.94" in str(card["balance"])


@pytest.mark.parametrize("asks", ["key", "word"])
def test_the_same_in_spanish(call, console, people, asks):
    before = {one["id"] for one in console.waiting()}
    phone = call("+15125550112")
    spanish = phone.press("2") if asks == "key" else phone.say("español")
    assert "seguimos en español" in spanish
    if asks == "word":
        return
    general = phone.say("recibí una carta ce pe quinientos cuatro con fecha del nueve de noviembre")
    assert "el último día es el nueve de diciembre de dos mil veintiséis" in general
    assert "dólares" not in general
    own = phone.key_identity(people["phone_es"].keyed)
    assert "nueve de diciembre de dos mil veintiséis" in own
    assert OWED_ES in phone.say("cuánto debo")
    heard = phone.say("puedo pagar doscientos al mes")
    assert heard.startswith("Entendí doscientos dólares")
    assert "Oprima uno si es correcto, o dos si no" in heard
    assert "doscientos dólares al mes sí sirve" in phone.press("1")
    phone.say("sí")
    phone.say("el quince")
    read_back = phone.say("no")
    assert "doscientos dólares al mes, el día quince de cada mes" in read_back
    assert "doscientos dólares al mes" in phone.say("sí")
    phone.say("quiero hablar con una persona")
    assert phone.state == "waiting"
    assert set(phone.languages()[4:]) == {"es-MX"}
    new = [one for one in console.waiting() if one["id"] not in before]
    assert [(one["channel"], one["language"]) for one in new] == [("voice", "es")]
    card = console.card(new[0]["id"])
    assert card["taxpayer"]["id"] == people["phone_es"].id
    assert [one["kind"] for one in card["open_requests"]] == ["payment_plan"]


def test_an_amount_misheard_is_said_again(call, people):
    phone = call("+15125550113")
    phone.say("how much do i owe")
    phone.key_identity(people["phone_key"].keyed)
    assert phone.say("i can pay nine hundred a month").startswith("I heard nine hundred dollars")
    assert "say it again" in phone.press("2")
    assert phone.say("i can pay two hundred a month").startswith("I heard two hundred dollars")
    assert "two hundred dollars a month works" in phone.press("1")


def test_what_was_hardly_understood_is_asked_about(call):
    phone = call("+15125550114")
    asked = phone.say("i got a c p fourteen", confidence=0.3)
    assert asked.startswith("I think you said: i got a c p fourteen")
    assert "C P fourteen" in phone.press("1")


def test_silence_first_words_then_keys_then_a_person(call):
    phone = call("+15125550115")
    assert "I did not hear you" in phone.silence()
    assert "use the keys" in phone.silence()
    assert "putting you through to a person" in phone.silence()
    assert phone.state == "waiting"


def test_wrong_keys_of_identity_end_with_a_person(call):
    phone = call("+15125550116")
    phone.say("how much do i owe")
    wrong = ("900912019", "01011990", "95814")
    for _ in range(2):
        assert "do not match" in phone.key_identity(wrong)
    assert "No more tries" in phone.key_identity(wrong)
    phone.press("0")
    assert phone.state == "waiting"
    assert "dollars" not in " ".join(one["text"] for one in phone.heard)


@pytest.mark.parametrize(
    "moment", ["at once", "after an answer", "while an amount is read back", "as first identity key"]
)
def test_zero_is_a_person_at_any_moment(call, moment):
    phone = call("+15125550117")
    if moment == "after an answer":
        phone.say("what is a lien")
    if moment == "while an amount is read back":
        phone.say("i can pay two hundred a month")
    if moment == "as first identity key":
        phone.say("how much do i owe")
        assert phone.takes["how_many_keys"] == 9
    said = phone.press("0")
    if moment == "as first identity key":
        said = phone.silence()  # A number may begin with 0, so the line waits whether more keys come.
    assert "putting you through to a person" in said
    assert phone.state == "waiting"


def test_star_is_the_menu_and_pound_says_it_again(call):
    phone = call("+15125550118")
    said = phone.say("what is a lien")
    assert phone.press("#") == said
    assert "I can explain your letter" in phone.press("*")


def test_hanging_up_while_waiting_takes_the_hand_off_back(call, console):
    before = {one["id"] for one in console.waiting()}
    phone = call("+15125550119")
    phone.press("0")
    mine = [one["id"] for one in console.waiting() if one["id"] not in before]
    assert len(mine) == 1
    phone.hang_up()
    end = time.monotonic() + 5
    while mine[0] in {one["id"] for one in console.waiting()} and time.monotonic() < end:
        time.sleep(0.1)
    assert mine[0] not in {one["id"] for one in console.waiting()}


def test_a_person_in_danger_is_heard_even_when_the_recogniser_was_unsure(call, console):
    phone = call("+15125550120")
    said = phone.say("i want to kill myself", confidence=0.2)
    assert "nine eight eight" in said
    assert phone.state == "waiting"
    assert any(one["queue"] == "urgent" and one["channel"] == "voice" for one in console.waiting())
