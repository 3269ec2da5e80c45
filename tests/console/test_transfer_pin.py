"""The transfer PIN on the desk: asked of the caller, never shown; three tries, a day, once."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from api.line import Line
from desk.answer import Say, text
from desk.ports import HandoffWanted
from store.audit import AuditStore
from store.conversations import Conversations
from store.handoffs import HandoffStore
from store.tables.audit import AuditRow
from store.tables.handoffs import HandoffRow
from store.transfer_pins import TransferPins


def told(floor: Any, conversation: str) -> str | None:
    with floor.line.db.work() as session:
        return TransferPins(session, floor.clock).to_tell(Conversations(session).row(conversation))


def called_back(floor: Any, handoff: str) -> None:
    """On another call nothing is proved any more."""
    with floor.line.db.work() as session:
        row = session.get_one(HandoffRow, handoff)
        row.card = {**row.card, "verified": "none"}


@pytest.fixture
def with_pin(floor: Any) -> tuple[Any, str, str]:
    conversation, handoff = floor.caller(channel="voice")
    digits = told(floor, conversation)
    called_back(floor, handoff)
    desk = floor.desk("ana")
    desk.send(f"handoffs/{handoff}/accept")
    return desk, f"handoffs/{handoff}", digits


def wrong(digits: str) -> str:
    return f"{(int(digits) + 1) % 10_000:04d}"


def test_the_right_digits_prove_it_and_the_card_says_so(floor: Any, with_pin: Any) -> None:
    desk, path, digits = with_pin
    card = desk.get(path).json()
    assert card["verified"] == "none"
    assert card["transfer_pin"]["tries_left"] == 3
    spoken = " ".join(digits)
    assert desk.send(f"{path}/pin", {"digits": spoken}).json()["right"] is True
    card = desk.get(path).json()
    assert card["verified"] == "transfer_pin"
    assert digits not in str({**card, "conversation": "", "id": ""})
    assert desk.send(f"{path}/pin", {"digits": digits}).status_code == 409
    assert rows(floor) == [["right"]]


def test_three_wrong_and_even_the_right_one_proves_nothing(floor: Any, with_pin: Any) -> None:
    desk, path, digits = with_pin
    left = [desk.send(f"{path}/pin", {"digits": wrong(digits)}).json()["tries_left"] for _ in range(3)]
    assert left == [2, 1, 0]
    refused = desk.send(f"{path}/pin", {"digits": digits})
    assert refused.status_code == 409
    assert "Prove identity in full." in refused.text
    assert desk.get(path).json()["verified"] == "none"
    assert rows(floor) == [["wrong"]] * 3


def test_a_day_later_it_counts_no_more(floor: Any, with_pin: Any) -> None:
    desk, path, digits = with_pin
    floor.clock.forward(hours=25)
    desk = floor.desk("ana")
    assert desk.send(f"{path}/pin", {"digits": digits}).status_code == 409


def test_nobody_else_may_try(floor: Any, with_pin: Any) -> None:
    _, path, digits = with_pin
    assert floor.desk("ben").send(f"{path}/pin", {"digits": digits}).status_code in (404, 409)


def test_a_stranger_has_none_and_it_is_told_once(floor: Any) -> None:
    stranger, handoff = floor.caller(taxpayer=None)
    assert told(floor, stranger) is None
    desk = floor.desk("ana")
    desk.send(f"handoffs/{handoff}/accept")
    assert desk.send(f"handoffs/{handoff}/pin", {"digits": "0000"}).status_code == 409
    assert desk.get(f"handoffs/{handoff}").json()["transfer_pin"] is None
    known, _ = floor.caller()
    assert told(floor, known) is not None
    assert told(floor, known) is None


def test_whoever_proves_to_be_somebody_else_has_a_pin_of_their_own(floor: Any) -> None:
    conversation, handoff = floor.caller(taxpayer="T-1005")
    first = told(floor, conversation)
    with floor.line.db.work() as session:
        Conversations(session).row(conversation).taxpayer = "T-1001"
        contact = Conversations(session).get(conversation)
        HandoffStore(session, floor.clock).open(
            contact, HandoffWanted("collection", 5, "x", {"verified": "none"})
        )
    second = told(floor, conversation)
    assert second is not None
    desk, path = floor.desk("ana"), f"handoffs/{handoff}"
    desk.send(f"{path}/accept")
    assert first == second or not desk.send(f"{path}/pin", {"digits": first}).json()["right"]
    assert desk.send(f"{path}/pin", {"digits": second}).json()["right"]


def test_another_queue_asks_for_the_same_digits(floor: Any, with_pin: Any) -> None:
    desk, path, digits = with_pin
    desk.send(f"{path}/transfer", {"queue": "appeals", "note": "Hearing."})
    ben = floor.desk("ben")
    ben.send(f"{path}/accept")
    assert ben.send(f"{path}/pin", {"digits": digits}).json()["right"] is True


@pytest.mark.parametrize("channel", ["chat", "voice", "sms"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_thread_shows_everything_but_the_digits(floor: Any, channel: str, language: str) -> None:
    conversation, handoff = floor.caller(channel=channel, language=language)
    spoken = {"en": "four, eight, two, one", "es": "cuatro, ocho, dos, uno"}[language]
    given, shown = (", ".join("4821"), spoken) if channel == "voice" else ("4821", "4821")
    says = Say("utter_transfer_pin", {"pin": text(given, given)})
    with floor.line.db.work() as session:
        row = Conversations(session).row(conversation)
        words = floor.line.render(says, language, "web" if channel == "chat" else channel)
        assert shown in words
        kept = [{"words": says.words, "facts": dict(says.facts)}]
        Conversations(session).say(row, "assistant", words, floor.clock.now(), says=kept)
    desk = floor.desk("ana")
    desk.send(f"handoffs/{handoff}/accept")
    thread = desk.get(f"handoffs/{handoff}/messages").text
    assert "[transfer PIN]" in thread
    assert shown not in thread


def rows(floor: Any) -> list[Any]:
    line: Line = floor.line
    with line.db.read() as session:
        assert AuditStore(session).first_broken() is None
        found = session.scalars(
            select(AuditRow).where(AuditRow.event == "transfer_pin").order_by(AuditRow.seq)
        )
        return [one.what for one in found]
