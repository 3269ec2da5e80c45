"""After a call: a link to its written record, by text, to whoever agreed to texts."""

from __future__ import annotations

import re
from typing import Any

import pytest

from acs.casefile import load
from store.cases import import_cases
from store.outbox import Outbox
from store.tables.conversations import Conversation
from store.tables.outbox import Outbound

CASE = """
version: 1
taxpayers:
  - id: T-5
    kind: individual
    name: {first: Darnell, last: Brooks}
    tin: "900-74-5005"
    date_of_birth: 1979-05-14
    phone: "+15125550143"
    address: {street: "1 Main St", city: Austin, state: TX, zip: "78701"}
    consents: {sms: SMS, calls: true}
    modules: []
"""


def call_over(line: Any, tmp_path: Any, *, consent: str = "true", proved: bool = True) -> list[str]:
    """One call from beginning to end; gives the texts that went out about its record."""
    file = tmp_path / "darnell.yml"
    file.write_text(CASE.replace("SMS", consent))
    with line.db.work() as session:
        import_cases(session, load(file))
    call = line.call()
    call.say("what is a CP14")
    with line.db.work() as session:
        session.query(Conversation).one().taxpayer = "T-5" if proved else None
    for _ in range(2):
        line.twilio("/twilio/status", {"CallSid": call.sid, "CallStatus": "completed"})
    with line.db.read() as session:
        return [one.payload["body"] for one in session.query(Outbound).filter(Outbound.kind == "sms")]


def test_the_record_of_a_call_comes_by_a_link_that_wears_out(line: Any, tmp_path: Any) -> None:
    (body,) = call_over(line, tmp_path)
    found = re.search(r"(/records/[\w-]{22,})", body)
    assert found
    assert "utter_record_link en sms" in body
    first = line.http.get(found[1], headers={"Accept": "application/json"}).json()
    assert [one["text"] for one in first["lines"] if one["from"] == "you"] == ["what is a CP14"]
    assert line.http.get(found[1]).headers["content-type"].startswith("text/html")
    assert line.http.get(f"{found[1]}?format=pdf").content.startswith(b"%PDF")
    assert line.http.get(found[1]).status_code == 410
    assert line.http.get(found[1].replace("/records/", "/sheets/")).status_code == 410


def test_a_link_is_good_for_a_day(line: Any, tmp_path: Any) -> None:
    (body,) = call_over(line, tmp_path)
    line.clock.forward(hours=24)
    found = re.search(r"(/records/[\w-]{22,})", body)
    assert found
    assert line.http.get(found[1]).status_code == 410


@pytest.mark.parametrize(("consent", "proved"), [("false", True), ("true", False)])
def test_no_text_without_consent_or_proof(line: Any, tmp_path: Any, consent: str, proved: bool) -> None:
    assert call_over(line, tmp_path, consent=consent, proved=proved) == []


def due(line: Any) -> list[str]:
    """The texts that would go at this moment."""
    with line.db.read() as session:
        return [one.payload["body"] for one in Outbox(session).due(line.clock.now()) if one.kind == "sms"]


def test_a_call_at_night_has_its_link_at_eight_in_the_morning(line: Any, tmp_path: Any) -> None:
    line.clock.forward(hours=12)  # 9 p.m. in Austin
    (body,) = call_over(line, tmp_path)
    assert due(line) == []
    line.clock.forward(hours=10, minutes=59)
    assert due(line) == []
    with line.db.work() as session:
        assert Outbox(session).bring_forward(line.clock.now()) == 0  # Twilio was away and answers again
    assert line.phones.sent == []
    line.clock.forward(minutes=1)  # 8 a.m.
    line.until(lambda: line.phones.sent)
    assert [one.pii_body for one in line.phones.sent] == [body]
    line.clock.forward(hours=23)
    found = re.search(r"(/records/[\w-]{22,})", body)
    assert found
    assert line.http.get(found[1]).status_code == 200  # good for a day from the morning on


def test_whoever_says_stop_in_the_night_has_no_link_in_the_morning(line: Any, tmp_path: Any) -> None:
    line.clock.forward(hours=12)
    (body,) = call_over(line, tmp_path)
    line.text("STOP")
    line.clock.forward(hours=11)
    line.settled()
    assert body not in [one.pii_body for one in line.phones.sent]
