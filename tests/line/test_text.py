"""The story by text, in both languages: the letter, the one-time link, the answer by text; STOP, START, HELP."""

from __future__ import annotations

import httpx
import pytest

from tests.line.phones import link_in

pytestmark = pytest.mark.line


def prove(link: str, person) -> httpx.Response:
    """Opens the page behind the link, as people do, and sends the form."""
    assert httpx.get(link).status_code == 200
    return httpx.post(link, data=person.fields)


def test_from_the_letter_to_a_person(texts, console, people):
    before_all = {one["id"] for one in console.waiting()}
    phone = texts("+15125550131")
    general = phone.send("I got a CP504 dated 11/9/2026, can I pay 200 a month?")
    assert "Automated assistant" in general
    assert "December 9, 2026" in general
    assert "8,868" not in general
    before = len(phone.thread())
    page = prove(link_in(general), people["text_en"])
    assert page.status_code == 200
    assert "8,868" not in page.text
    own = phone.wait(before)
    assert "December 9, 2026" in own
    assert "$200.00 a month works" in own
    assert "$8,868.94" in own
    phone.send("yes")
    phone.send("the 15th")
    assert "$200.00 a month, on day 15, and you make each payment yourself" in phone.send("no")
    assert "is in as of today" in phone.send("yes")
    assert "putting you through to a person" in phone.send("PERSON")
    new = [one for one in console.waiting() if one["id"] not in before_all and one["channel"] == "sms"]
    assert len(new) == 1
    handoff = new[0]["id"]
    assert console.do(handoff, "accept").is_success
    card = console.card(handoff)
    assert card["taxpayer"]["id"] == people["text_en"].id
    assert any("CP504" in words for words in card["own_words"])
    assert [one["kind"] for one in card["open_requests"]] == ["payment_plan"]
    before = len(phone.thread())
    assert console.do(handoff, "messages", text="Hello, I have your whole story here.").is_success
    assert "whole story" in phone.wait(before)
    assert console.do(
        handoff, "complete", disposition="resolved", note="Plan is in. Nothing else."
    ).is_success


def test_the_same_in_spanish(texts, console, people):
    phone = texts("+15125550132")
    general = phone.send("me llegó una carta cp504 con fecha del 9 de noviembre, puedo pagar 200 al mes?")
    assert "9 de diciembre de 2026" in general
    assert "8,868" not in general
    before = len(phone.thread())
    page = prove(link_in(general), people["text_es"])
    assert page.status_code == 200
    assert 'lang="es"' in page.text
    own = phone.wait(before)
    assert "9 de diciembre de 2026" in own
    assert "$8,868.94" in own
    assert "$200.00 al mes" in own
    phone.send("sí")
    phone.send("el 15")
    assert "$200.00 al mes" in phone.send("no")
    assert "$200.00 al mes" in phone.send("sí")
    assert "persona" in phone.send("quiero hablar con una persona")
    waiting = [one for one in console.waiting() if one["channel"] == "sms" and one["language"] == "es"]
    told = [console.card(one["id"])["taxpayer"] for one in waiting]
    assert [one["id"] for one in told if one] == [people["text_es"].id]


def test_the_link_is_good_for_one_proof(texts, people):
    phone = texts("+15125550133")
    link = link_in(phone.send("what do i owe"))
    wrong = httpx.post(link, data={"tin": "900-99-9998", "date_of_birth": "1990-01-01", "zip": "43215"})
    assert wrong.status_code == 200
    assert "do not match" in wrong.text
    before = len(phone.thread())
    assert prove(link, people["text_en"]).status_code == 200
    assert "$8,868.94" in phone.wait(before)
    assert httpx.get(link).status_code == 410
    assert httpx.post(link, data=people["text_en"].fields).status_code == 410
    assert httpx.get(link[:-1] + ("A" if link[-1] != "A" else "B")).status_code == 410


def test_stop_is_confirmed_once_and_then_it_is_quiet(texts):
    phone = texts("+15125550134")
    phone.send("what is a lien")
    assert "unsubscribed" in phone.send("STOP")
    assert phone.silent("what do i owe")
    assert phone.silent("STOP")
    assert phone.silent("hello?")
    assert "re-subscribed" in phone.send("START")
    assert "lien" in phone.send("what is a lien").lower()


def test_stop_in_ones_own_words(texts):
    phone = texts("+15125550135")
    phone.send("what is a lien")
    assert "You will get no more texts" in phone.send("please stop texting me")
    assert phone.silent("what is a lien")
    phone.post("START")  # Twilio never had the number stopped, so it confirms nothing.
    assert "lien" in phone.send("what is a lien").lower()


def test_stop_and_help_in_spanish(texts):
    phone = texts("+15125550136")
    phone.send("qué es un gravamen")
    assert "PERSONA" in phone.send("AYUDA")
    assert "No le mandaremos más mensajes" in phone.send("ALTO")
    assert phone.silent("cuánto debo")
    assert "Le volveremos a escribir" in phone.send("COMENZAR")
    assert "gravamen" in phone.send("qué es un gravamen").lower()


def test_help_is_answered_once(texts):
    phone = texts("+15125550137")
    assert "STOP" in phone.send("HELP")
    assert len([one for one in phone.thread() if one["from"] == "line"]) == 1


@pytest.mark.parametrize(
    "words", ["stop the levy on my pay", "how do i stop a wage garnishment", "paren el embargo de mi sueldo"]
)
def test_stopping_a_levy_is_not_an_opt_out(texts, words):
    phone = texts("+15125550138")
    said = phone.send(words)
    assert "levy" in said.lower() or "embargo" in said.lower()
    assert "no more texts from us" not in said
    assert "No le mandaremos" not in said
    assert phone.send("what is a lien")


def test_a_taxpayer_number_in_a_text_is_not_kept(texts, line):
    phone = texts("+15125550139")
    said = phone.send("my social is 900-96-7101 what do i owe")
    assert "8,868" not in said
    assert "900-96-7101" not in said
