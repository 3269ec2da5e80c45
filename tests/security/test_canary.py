"""The watch after every test can smell: each planted leak is found, and an honest journey leaves none."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from api.metrics import FORGED
from tests.api.fakes import SentText
from tests.security.canary import BALANCE, BORN, CALLER_ID, PROOF, RIGHT, TIN, Nose
from tests.security.watch import all_traces


def test_a_whole_journey_on_every_channel_leaves_no_trace(lively: Any) -> None:
    line = lively
    chat = line.chat()
    chat.say(f"my social is {TIN} and I was born {BORN}")
    assert chat.ask("POST", "identity", RIGHT).json()["verified"]
    line.text(f"I am {TIN.replace('-', ' ')}, call me")
    line.settled()
    call = line.call()
    call.say("nine zero zero eight one seven two six three")
    call.say("how much do i owe")
    assert all_traces([line], "") == {}


def test_the_canary_is_told_her_balance_once_she_proved_who_she_is(lively: Any) -> None:
    """So that silence before it means something."""
    chat = lively.chat()
    lively.bot.hears = "balance_inquiry"
    assert BALANCE not in chat.say("how much do I owe").replace("48913.27", BALANCE)
    chat.token = chat.ask("POST", "identity", RIGHT).json()["token"]
    assert BALANCE in chat.say("how much do I owe").replace("48913.27", BALANCE)


@pytest.mark.leaks
@pytest.mark.parametrize("form", sorted(PROOF))
def test_a_trace_in_any_form_is_smelt(form: str, tmp_path: Path) -> None:
    nose = Nose(PROOF)
    assert nose.in_bytes(b"xx" + form.upper().encode() + b"yy")
    log = tmp_path / "a.log"
    log.write_bytes(b"all is well\n" * 1000)
    assert nose.in_file(log) == []
    with open(log, "ab") as more:
        more.write(form.encode()[:4])
    assert nose.in_file(log) == []
    with open(log, "ab") as more:
        more.write(form.encode()[4:])
    assert nose.in_file(log), "a trace written in two pieces was missed"


@pytest.mark.leaks
@pytest.mark.parametrize(
    ("where", "place"),
    [
        ("database", "the database"),
        ("wal", "its write-ahead log"),
        ("log", "a log"),
        ("exception", "a log"),
        ("text", "what Twilio was told"),
        ("bot", "the dialogue engine"),
        ("url", "an address"),
        ("metrics", "the metrics"),
    ],
)
def test_a_planted_leak_is_found(line: Any, caplog: Any, where: str, place: str) -> None:
    bare = TIN.replace("-", "")
    if where in ("database", "wal"):
        with line.db.work() as session:
            session.execute(text("UPDATE taxpayers SET digest = :d WHERE id = 'T-CANARY'"), {"d": bare})
        if where == "database":
            with line.db.engine.connect() as connection:
                connection.connection.dbapi_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    elif where == "log":
        logging.getLogger("api").info("turn of %s done", TIN)
    elif where == "exception":
        try:
            raise ValueError(f"cannot read {CALLER_ID}")
        except ValueError:
            logging.getLogger("api").exception("it failed")
    elif where == "text":
        line.phones.sent.append(SentText("SM1", "+15125550143", f"you said {BORN}"))
    elif where == "bot":
        line.bot.turns.append({"text": bare})
    elif where == "url":
        line.phones.called.append(("+1", f"https://line.example.org/x?tin={TIN}"))
    else:
        FORGED._documentation, kept = f"of {TIN}", FORGED._documentation
        try:
            assert place in all_traces([line], caplog.text)
        finally:
            FORGED._documentation = kept
        return
    assert place in all_traces([line], caplog.text)
