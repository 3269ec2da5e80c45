"""A filled data sheet: for the proven taxpayer's own conversation, or behind a link for a day."""

from __future__ import annotations

import re
from typing import Any

import pytest

from acs.casefile import load
from desk.ports import Request
from store.cases import import_cases
from store.requests import RequestStore
from store.tables.audit import AuditRow
from store.tables.conversations import Conversation

CASE = """
version: 1
taxpayers:
  - id: T-4
    kind: individual
    name: {first: Darnell, last: Brooks}
    tin: "900-74-5004"
    date_of_birth: 1979-05-14
    address: {street: "1 Main St", city: Birmingham, state: AL, zip: "35205"}
    consents: {sms: true, calls: true}
    modules:
      - form: "1040"
        period: "2023"
        due: 2024-04-15
        filed: 2024-04-15
        assessments:
          - {kind: tax, date: 2024-06-03, amount: 8100.00}
        notices:
          - {code: LT11, date: 2026-11-02}
"""
PROOF = {"tin": "900-74-5004", "date_of_birth": "1979-05-14", "zip": "35205"}
SAYS = {"what": {"kind": "words", "value": "request_hearing"}}


@pytest.fixture
def darnell(line: Any, tmp_path: Any) -> Any:
    """The line with a case that has an open hearing."""
    file = tmp_path / "darnell.yml"
    file.write_text(CASE)
    with line.db.work() as session:
        import_cases(session, load(file))
    return line


def asked(line: Any, conversation: str, key: str = "the-request", taxpayer: str = "T-4") -> None:
    """A hearing that was taken down in this conversation."""
    facts = {"period": "2023", "hearing": "cdp_hearing", "instead": "want_plan", "why": "my hours were cut"}
    with line.db.work() as session:
        RequestStore(session).open(
            Request(key, taxpayer, conversation, "hearing", "to_sign", line.clock.now(), facts)
        )


def test_the_proven_taxpayer_gets_the_sheet_as_page_and_pdf(darnell: Any) -> None:
    chat = darnell.chat()
    darnell.bot.say("utter_hello")
    chat.token = chat.ask("POST", "identity", PROOF).json()["token"]
    asked(darnell, chat.id)
    page = chat.ask("GET", "sheets/the-request")
    assert page.status_code == 200
    assert "my hours were cut" in page.text
    assert "December 2, 2026" in page.text  # LT11 of November 2 and 30 days
    pdf = chat.ask("GET", "sheets/the-request?format=pdf")
    assert pdf.content.startswith(b"%PDF")
    with darnell.db.read() as session:
        rows = [one.what for one in session.query(AuditRow)]
    assert rows.count(["data sheet", "hearing"]) == 2


def test_without_proof_or_for_another_there_is_no_sheet(darnell: Any) -> None:
    stranger = darnell.chat()
    asked(darnell, stranger.id)
    assert stranger.ask("GET", "sheets/the-request").status_code == 404
    darnell.bot.say("utter_hello")
    stranger.token = stranger.prove().json().get("token", stranger.token)  # Rosa, not Darnell
    assert stranger.ask("GET", "sheets/the-request").status_code == 404
    assert stranger.ask("GET", "sheets/no-such-request").status_code == 404
    stranger.token = "wrong"
    assert stranger.ask("GET", "sheets/the-request").status_code == 401


def test_the_chat_gets_a_link_that_ends_after_a_few_openings(darnell: Any) -> None:
    chat = darnell.chat()
    darnell.bot.say("utter_hello")
    chat.token = chat.ask("POST", "identity", PROOF).json()["token"]
    asked(darnell, chat.id)
    darnell.bot.say("utter_intake_done_to_sign", facts=SAYS)
    path = re.findall(r"https://line\.example\.org(/sheets/[\w-]+)", chat.say("yes"))[0]
    assert "T-4" not in path
    assert "my hours were cut" in darnell.http.get(path).text
    assert darnell.http.get(f"{path}?format=pdf").content.startswith(b"%PDF")
    assert darnell.http.get(path).status_code == 200
    assert darnell.http.get(path).status_code == 410
    darnell.bot.say("utter_intake_done_to_sign", facts=SAYS)
    assert "/sheets/" not in chat.say("yes")  # one link for one request


def test_a_link_is_dead_after_a_day_and_a_guess_opens_nothing(darnell: Any) -> None:
    chat = darnell.chat()
    darnell.bot.say("utter_hello")
    chat.token = chat.ask("POST", "identity", PROOF).json()["token"]
    asked(darnell, chat.id)
    darnell.bot.say("utter_intake_done_to_sign", facts=SAYS)
    path = re.findall(r"https://line\.example\.org(/sheets/[\w-]+)", chat.say("yes"))[0]
    darnell.clock.forward(hours=25)
    assert darnell.http.get(path).status_code == 410
    assert darnell.http.get("/sheets/abc").status_code == 410


def test_whoever_texts_gets_the_link_in_a_text_of_its_own(darnell: Any) -> None:
    darnell.bot.say("utter_ask_identity", secure_form="identity")
    darnell.text("i want a hearing")
    darnell.settled()
    path = re.findall(r"(/verify/[\w-]+)", " ".join(darnell.phones.bodies()))[0]
    darnell.bot.say("utter_hello")
    assert darnell.http.post(path, data=PROOF).status_code == 200
    darnell.settled()
    with darnell.db.read() as session:
        conversation = session.query(Conversation).filter(Conversation.taxpayer == "T-4").one().id
    asked(darnell, conversation)
    darnell.bot.say("utter_intake_done_to_sign", facts=SAYS)
    darnell.text("yes")
    darnell.settled()
    texts = [one for one in darnell.phones.bodies() if "/sheets/" in one]
    assert len(texts) == 1
    assert "2023" not in texts[0]
