"""Whatever people, agents, telephones and time do, in any order: each conversation is always somebody's, and one's."""

from __future__ import annotations

import itertools
import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import select
from starlette.testclient import TestClient

from api import taskrouter
from store import agents
from store.agents import add_user
from store.base import Base
from store.flow import flow
from store.tables.agents import AgentRow, AgentSession
from store.tables.conversations import Conversation
from store.tables.handoffs import HandoffRow
from store.tables.outbox import Outbound
from tests.api.conftest import PUBLIC

STEPS = int(os.environ.get("OWNER_STEPS", "500"))
PASSWORD = "a long enough password"
AGENTS = ("ana", "ben", "eva")
STANDS = {"waiting": "queue", "reserved": "queue", "active": "agent"}
KEPT = {"agents", "agent_sessions", "taxpayers", "alembic_version"}


class Desk:
    """An agent's browser."""

    def __init__(self, line: Any, name: str) -> None:
        self.name = name
        self.http = TestClient(line.app, base_url=PUBLIC, raise_server_exceptions=False)
        signed = self.http.post("/console/api/session", json={"username": name, "password": PASSWORD})
        assert signed.status_code == 200, signed.text
        self.http.headers["X-CSRF-Token"] = signed.json()["csrf_token"]

    def do(self, path: str, body: Any = None) -> int:
        status = self.http.post(f"/console/api/{path}", json=body or {}).status_code
        assert status < 500, (path, status)
        return status


@pytest.fixture
def floor(make_line: Any, monkeypatch: Any) -> Any:
    monkeypatch.setattr(agents, "_passwords", PasswordHash((Argon2Hasher(time_cost=1, memory_cost=64),)))
    monkeypatch.setattr(taskrouter, "WATCHES_EVERY", 3600.0)
    made = make_line()
    with made.http:
        with made.db.work() as session:
            for name in AGENTS:
                add_user(session, name, PASSWORD, "agent")
        made.desks = {name: Desk(made, name) for name in AGENTS}
        yield made


def watch(line: Any) -> None:
    """What the line does by itself every two seconds."""
    for one in taskrouter._sweep(line.line):
        taskrouter._tell(line.line, one)


def later(line: Any, seconds: float) -> None:
    """Time goes by; sign-ins last all day here, for it is screens that fall silent and not sessions."""
    line.clock.forward(seconds=seconds)
    with line.db.work() as session:
        for one in session.scalars(select(AgentSession)):
            one.opened_at = one.last_at = line.clock.now()
    watch(line)


def everybody_is_somebodys(line: Any) -> None:
    with line.db.read() as session:
        rows = session.scalars(select(HandoffRow)).all()
        states = dict(session.execute(select(Conversation.id, Conversation.state)).all())
        channels = dict(session.execute(select(Conversation.id, Conversation.channel)).all())
        tasks = set(session.scalars(select(Outbound.key).where(Outbound.kind == "task")))
    open_ones = [row for row in rows if row.state != "closed"]
    of = Counter(row.conversation for row in open_ones)
    assert set(states.values()) <= {"bot", "queue", "agent", "closed"}
    assert not of or max(of.values()) == 1
    for row in open_ones:
        assert states[row.conversation] == STANDS[row.state], (row.state, states[row.conversation])
        assert (row.agent is not None) == (row.state == "active")
        assert (row.reserved_for is not None) == (row.state == "reserved")
        if channels[row.conversation] != "voice" and row.state in ("waiting", "reserved") and not row.moves:
            assert f"task:{row.handoff_key}" in tasks
    for conversation, state in states.items():
        assert (conversation in of) == (state in ("queue", "agent")), (state, of[conversation])
    with line.db.read() as session:
        counted = flow(session, line.clock.now())
    assert counted.pop("offered") == sum(counted.values()), counted
    busy = Counter(row.agent or row.reserved_for for row in open_ones if row.agent or row.reserved_for)
    assert set(busy) <= set(AGENTS)


def machine_on(line: Any) -> type[RuleBasedStateMachine]:
    numbers = itertools.count(1)

    class Floor(RuleBasedStateMachine):
        chats, calls = Bundle("chats"), Bundle("calls")

        def __init__(self) -> None:
            super().__init__()
            line.phones.trouble.clear()
            line.bot.broken = ""
            with line.db.work() as session:
                for table in reversed(Base.metadata.sorted_tables):
                    if table.name not in KEPT:
                        session.execute(table.delete())

        @rule(target=chats)
        def somebody_opens_a_chat(self) -> Any:
            return line.chat()

        @rule(target=calls)
        def somebody_calls(self) -> Any:
            return line.call(f"CA{next(numbers):032d}")

        @rule(chat=chats, wish=st.sampled_from(["hello there friend", "i want to die", "person", "person"]))
        def writes(self, chat: Any, wish: str) -> None:
            answer = chat.post(choice="person") if wish == "person" else chat.post(wish)
            assert answer.status_code in (200, 410), answer.text

        @rule(chat=chats)
        def ends_the_chat(self, chat: Any) -> None:
            assert chat.ask("POST", "end").status_code == 200

        @rule(call=calls, key=st.sampled_from(["0", "*", "#", "7"]))
        def presses(self, call: Any, key: str) -> None:
            if call.url and not call.verb("Hangup"):
                call.post(call.path(), Digits=key)
                assert call.tree().tag == "Response"

        @rule(call=calls)
        def hangs_up(self, call: Any) -> None:
            line.twilio("/twilio/status", {"CallSid": call.sid, "CallStatus": "completed"})
            call.url = ""

        @rule(
            call=calls, result=st.sampled_from(["redirected", "error", "system-error", "hangup", "bridged"])
        )
        def leaves_the_line_at_twilio(self, call: Any, result: str) -> None:
            line.twilio("/twilio/voice/queue/after", {"CallSid": call.sid, "QueueResult": result})

        @rule(broken=st.sampled_from(["", "dead", "empty"]))
        def the_bot_breaks_or_heals(self, broken: str) -> None:
            line.bot.broken = broken
            line.line.bot.breaker.good()

        @rule(data=st.data(), agent=st.sampled_from(AGENTS))
        def an_agent_acts(self, data: Any, agent: str) -> None:
            with line.db.read() as session:
                found = (
                    session.execute(select(HandoffRow.id).where(HandoffRow.state != "closed")).scalars().all()
                )
            if not found:
                return
            one = data.draw(st.sampled_from(sorted(found)))
            what = data.draw(
                st.sampled_from(
                    ["accept", "accept", "decline", "transfer", "callback", "complete", "messages"]
                )
            )
            at = (line.clock.now() + timedelta(minutes=20)).isoformat()
            body = {
                "transfer": {"queue": "business", "note": "x"},
                "callback": {"at": at},
                "complete": {"disposition": "resolved", "note": "done"},
                "messages": {"text": "hello"},
            }.get(what, {})
            line.desks[agent].do(f"handoffs/{one}/{what}", body)

        @rule(
            agent=st.sampled_from(AGENTS),
            state=st.sampled_from(["available", "available", "break", "offline"]),
        )
        def an_agent_turns_to(self, agent: str, state: str) -> None:
            line.desks[agent].do("presence", {"state": state})

        @rule(agent=st.sampled_from(AGENTS))
        def a_screen_is_there(self, agent: str) -> None:
            line.desks[agent].do("heartbeat")

        @rule(data=st.data(), kind=st.sampled_from(["accepted", "timeout", "rejected", "canceled", "task"]))
        def twilio_tells(self, data: Any, kind: str) -> None:
            with line.db.read() as session:
                keys = session.execute(select(HandoffRow.handoff_key)).scalars().all()
            if not keys:
                return
            key = data.draw(st.sampled_from(sorted(keys)))
            event = "task.canceled" if kind == "task" else f"reservation.{kind}"
            fields = {
                "Sid": f"EV{next(numbers)}",
                "EventType": event,
                "WorkerName": data.draw(st.sampled_from(AGENTS)),
            }
            line.twilio(
                "/twilio/taskrouter/events", {**fields, "TaskAttributes": f'{{"handoff_key": "{key}"}}'}
            )

        @rule(seconds=st.sampled_from([1, 11, 31, 61, 121, 600, 3600]))
        def time_goes_by(self, seconds: int) -> None:
            later(line, seconds)

        @invariant()
        def holds(self) -> None:
            everybody_is_somebodys(line)

    return Floor


@pytest.mark.timeout(1800)
def test_each_conversation_is_always_somebodys_and_only_ones(floor: Any) -> None:
    """OWNER_STEPS=10000 for the long run."""
    run_state_machine_as_test(
        machine_on(floor),
        settings=settings(
            max_examples=max(1, STEPS // 25),
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_two_accept_at_once_and_one_wins(floor: Any) -> None:
    """RACES=500 for the long run."""
    with ThreadPoolExecutor(2) as pool:
        for _ in range(int(os.environ.get("RACES", "12"))):
            chat = floor.chat()
            chat.post(choice="person")
            with floor.db.read() as session:
                one = session.scalar(select(HandoffRow.id).where(HandoffRow.conversation == chat.id))
            found = sorted(
                pool.map(lambda name, h=one: floor.desks[name].do(f"handoffs/{h}/accept"), ("ana", "ben"))
            )
            assert found == [200, 409]
            everybody_is_somebodys(floor)
            chat.ask("POST", "end")
            for name in ("ana", "ben"):
                floor.desks[name].do(f"handoffs/{one}/complete", {"disposition": "resolved", "note": "x"})


def handoff_of(line: Any, chat: Any) -> Any:
    with line.db.read() as session:
        return session.scalar(select(HandoffRow).where(HandoffRow.open_conversation == chat.id))


def test_an_agents_browser_dies_and_the_person_is_back_at_the_head(floor: Any) -> None:
    first, second = floor.chat(), floor.chat()
    for chat in (first, second):
        chat.post(choice="person")
    floor.desks["ana"].do("presence", {"state": "available"})
    one = handoff_of(floor, first)
    assert floor.desks["ana"].do(f"handoffs/{one.id}/accept") == 200
    later(floor, 29)
    assert handoff_of(floor, first).unattended_since is None
    later(floor, 2)
    assert handoff_of(floor, first).unattended_since is not None
    first.post("are you still there")
    later(floor, 30)
    back = handoff_of(floor, first)
    assert (back.state, back.head, back.agent) == ("waiting", True, None)
    assert first.ask("GET", "messages").json()["state"] == "queue"
    said = [one["text"] for one in first.ask("GET", "messages").json()["messages"]]
    assert any("utter_back_in_line" in one for one in said)
    assert "are you still there" in said
    with floor.db.read() as session:
        assert session.scalar(select(AgentRow.presence).where(AgentRow.name == "ana")) == "offline"
    floor.desks["ben"].do("presence", {"state": "available"})
    floor.desks["ben"].do("heartbeat")
    watch(floor)
    assert handoff_of(floor, first).reserved_for == "ben"


def test_a_caller_who_hangs_up_is_not_rung_for(floor: Any) -> None:
    call = floor.call("CA" + "7" * 32)
    call.press("0")
    assert call.verb("Enqueue")
    floor.twilio("/twilio/status", {"CallSid": call.sid, "CallStatus": "completed"})
    with floor.db.read() as session:
        row = session.scalar(select(HandoffRow))
        assert (row.state, row.disposition) == ("closed", "caller_left")
        assert session.scalar(select(Outbound).where(Outbound.kind == "task_cancel")) is not None
    floor.settled(5)


def test_three_agents_do_not_answer_and_a_supervisor_is_told(floor: Any, caplog: Any) -> None:
    chat = floor.chat()
    chat.post(choice="person")
    for name in AGENTS:
        floor.desks[name].do("presence", {"state": "available"})
    rung = []
    for _ in range(3):
        for name in AGENTS:
            floor.desks[name].do("heartbeat")
        watch(floor)
        rung.append(handoff_of(floor, chat).reserved_for)
        for _ in range(4):
            later(floor, 29)
            for name in AGENTS:
                floor.desks[name].do("heartbeat")
        later(floor, 5)
    assert len(set(rung)) == 3
    assert handoff_of(floor, chat).timeouts == 3
    said = [one["text"] for one in chat.ask("GET", "messages").json()["messages"]]
    assert sum("utter_wait_long" in one for one in said) == 1
    assert "supervisor" in caplog.text


def test_a_wait_of_80_percent_of_a_day_raises_the_alarm_once(floor: Any, caplog: Any) -> None:
    floor.chat().post(choice="person")
    later(floor, 19 * 3600)
    assert "80 %" not in caplog.text
    later(floor, 900)
    later(floor, 900)
    assert caplog.text.count("80 %") == 1
    assert "acs_waits_near_a_day 1.0" in floor.http.get("/metrics").text


def test_the_numbers_add_up(floor: Any) -> None:
    answered, left, alone = floor.chat(), floor.chat(), floor.chat()
    for chat in (answered, left):
        chat.post(choice="person")
    floor.desks["ana"].do(f"handoffs/{handoff_of(floor, answered).id}/accept")
    left.ask("POST", "end")
    alone.ask("POST", "end")
    floor.chat()
    shown = floor.http.get("/metrics").text
    for where, many in {
        "offered": 4,
        "answered": 1,
        "abandoned": 1,
        "contained": 1,
        "with_bot": 1,
        "in_line": 0,
    }.items():
        assert f'acs_conversations{{where="{where}"}} {many}.0' in shown
