"""Whatever callers and agents do, in any order: nobody is ever lost, and everybody agrees where a caller is."""

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import event, select

from desk.ports import HandoffWanted
from store.agents import AgentStore
from store.conversations import Conversations
from store.db import Database
from store.errors import NotPossible, TakenByAnother
from store.handoff_sweep import sweep
from store.handoff_work import HandoffWork
from store.handoffs import HandoffStore, SystemTime
from store.tables.agents import AgentRow
from store.tables.conversations import Conversation
from store.tables.handoffs import HandoffRow

AGENTS = st.sampled_from(["ana", "ben", "cy"])
QUEUES = st.sampled_from(["collection", "business", "urgent"])


class Clock(SystemTime):
    def __init__(self):
        self.at = SystemTime().now()

    def now(self):
        return self.at


def machine_on(empty: Path):
    class Floor(RuleBasedStateMachine):
        handoffs = Bundle("handoffs")

        @initialize()
        def start(self):
            self.folder = tempfile.TemporaryDirectory()
            file = Path(self.folder.name) / "line.sqlite"
            shutil.copy(empty, file)
            self.database = Database(f"sqlite:///{file}")
            event.listen(
                self.database.engine, "connect", lambda one, _: one.execute("PRAGMA synchronous=OFF")
            )
            self.clock = Clock()
            with self.database.work() as session:
                for name in ("ana", "ben", "cy"):
                    skills = ["business"] if name == "cy" else None
                    session.add(
                        AgentRow(
                            name=name, role="agent", password_hash="x", presence="offline", queues=skills
                        )
                    )

        def work(self, deed):
            try:
                with self.database.work() as session:
                    return deed(session)
            except (NotPossible, TakenByAnother):
                return None

        @rule(target=handoffs, queue=QUEUES, priority=st.integers(1, 5))
        def somebody_wants_a_person(self, queue, priority):
            def deed(session):
                store = Conversations(session)
                row = store.open("chat", "en", self.clock.now())
                wanted = HandoffWanted(queue=queue, priority=priority, reason="x")
                return row.id, HandoffStore(session, self.clock).open(store.get(row.id), wanted)

            return self.work(deed)

        @rule(one=handoffs)
        def asks_again(self, one):
            wanted = HandoffWanted(queue="collection", priority=1, reason="x")
            again = self.work(
                lambda session: HandoffStore(session, self.clock).open(
                    Conversations(session).get(one[0]), wanted
                )
            )
            assert again in (one[1], None)

        @rule(one=consumes(handoffs))
        def hangs_up(self, one):
            self.work(lambda session: HandoffStore(session, self.clock).cancel(one[0]))

        @rule(one=handoffs, agent=AGENTS)
        def accepts(self, one, agent):
            self.work(lambda session: HandoffWork(session, self.clock).accept(one[1], agent))

        @rule(one=handoffs, agent=AGENTS)
        def declines(self, one, agent):
            self.work(lambda session: HandoffWork(session, self.clock).decline(one[1], agent))

        @rule(one=handoffs, agent=AGENTS, queue=QUEUES)
        def transfers(self, one, agent, queue):
            self.work(lambda session: HandoffWork(session, self.clock).transfer(one[1], agent, queue, "x"))

        @rule(one=handoffs, agent=AGENTS, minutes=st.integers(-5, 90))
        def calls_back(self, one, agent, minutes):
            at = self.clock.now() + timedelta(minutes=minutes)
            self.work(lambda session: HandoffWork(session, self.clock).callback(one[1], agent, at))

        @rule(one=handoffs, agent=AGENTS, note=st.sampled_from(["", "done"]))
        def completes(self, one, agent, note):
            self.work(lambda session: HandoffWork(session, self.clock).complete(one[1], agent, "other", note))

        @rule(agent=AGENTS, state=st.sampled_from(["available", "available", "break", "offline"]))
        def turns_to(self, agent, state):
            self.work(lambda session: AgentStore(session, self.clock).presence(agent, state))

        @rule(agent=AGENTS)
        def is_seen(self, agent):
            def deed(session):
                session.get_one(AgentRow, agent).last_seen = self.clock.now()

            self.work(deed)

        @rule(seconds=st.sampled_from([1, 10, 31, 61, 121, 3600]))
        def time_goes_by(self, seconds):
            self.clock.at += timedelta(seconds=seconds)
            self.work(lambda session: sweep(session, self.clock))

        @invariant()
        def everybody_agrees(self):
            if not hasattr(self, "database"):
                return
            with self.database.read() as session:
                found = session.execute(
                    select(HandoffRow, Conversation.state).join(
                        Conversation, Conversation.id == HandoffRow.conversation
                    )
                ).all()
            seen = [row.conversation for row, _ in found if row.state != "closed"]
            assert len(seen) == len(set(seen))
            for row, state in found:
                assert (
                    state
                    == {"waiting": "queue", "reserved": "queue", "active": "agent", "closed": "closed"}[
                        row.state
                    ]
                )
                assert (row.open_conversation is None) == (row.state == "closed")
                assert (row.state == "reserved") == (row.reserved_for is not None)
                assert row.agent is not None or row.state != "active"
                assert row.state in ("active", "closed") or row.agent is None

        def teardown(self):
            if hasattr(self, "database"):
                self.database.engine.dispose()
                self.folder.cleanup()

    return Floor


@pytest.mark.timeout(170)
def test_nobody_is_ever_lost(empty_sqlite):
    run_state_machine_as_test(
        machine_on(empty_sqlite),
        settings=settings(
            max_examples=30, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
