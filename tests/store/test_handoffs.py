"""Callers get in line once, one agent wins, nobody is lost, and the conversation always agrees."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from desk.ports import HandoffWanted
from store.agents import AgentStore
from store.cases import CaseStore, import_cases
from store.conversations import Conversations
from store.errors import NoSuchHandoff, NotPossible, TakenByAnother
from store.handoff_queues import queues
from store.handoff_sweep import sweep
from store.handoff_work import HandoffWork
from store.handoffs import HandoffStore
from store.tables.agents import AgentRow
from store.tables.conversations import Conversation
from store.tables.handoffs import HandoffRow

NOON = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)


class Clock:
    """A clock the test moves."""

    def __init__(self):
        self.at = NOON

    def now(self):
        return self.at

    def today(self):
        return self.at.date()

    def forward(self, seconds):
        self.at += timedelta(seconds=seconds)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def line(database, clock):
    return Line(database, clock)


class Line:
    """What the tests do, each in a unit of work of its own, with the agreement checked after every step."""

    def __init__(self, database, clock):
        self.database, self.clock = database, clock

    def agent(self, name, presence="available", **skills):
        with self.database.work() as session:
            row = AgentRow(name=name, role="agent", password_hash="x", presence=presence)
            row.presence_since = row.last_seen = self.clock.now()
            row.queues, row.languages = skills.get("queues"), skills.get("languages")
            session.add(row)
        return name

    def seen(self, name):
        with self.database.work() as session:
            session.get_one(AgentRow, name).last_seen = self.clock.now()

    def caller(self, queue="collection", priority=5, language="en", taxpayer=None, reason="plan"):
        with self.database.work() as session:
            row = Conversations(session).open("chat", language, self.clock.now())
            row.taxpayer = taxpayer
        return row.id, self.wants(row.id, queue, priority, reason)

    def callers(self, many):
        """Many who want a person, in one unit of work."""
        with self.database.work() as session:
            rows = [Conversations(session).open("chat", "en", self.clock.now()).id for _ in range(many)]
            wanted = HandoffWanted(queue="collection", priority=5, reason="plan")
            store = HandoffStore(session, self.clock)
            return [(one, store.open(Conversations(session).get(one), wanted)) for one in rows]

    def wants(self, conversation, queue="collection", priority=5, reason="plan"):
        with self.database.work() as session:
            contact = Conversations(session).get(conversation)
            wanted = HandoffWanted(
                queue=queue, priority=priority, reason=reason, card={"own_words": ["help"]}
            )
            return HandoffStore(session, self.clock).open(contact, wanted)

    def do(self, deed, *given, **more):
        with self.database.work() as session:
            done = getattr(HandoffWork(session, self.clock), deed)(*given, **more)
        self.agreement()
        return done

    def sweep(self):
        with self.database.work() as session:
            happened = sweep(session, self.clock)
        self.agreement()
        return [(one.kind, one.agent) for one in happened]

    def row(self, handoff):
        with self.database.read() as session:
            return session.get_one(HandoffRow, handoff)

    def state(self, conversation):
        with self.database.read() as session:
            return session.get_one(Conversation, conversation).state

    def agreement(self):
        """Every conversation is with exactly one of bot, queue, agent, nobody; as its hand-off says."""
        means = {"waiting": "queue", "reserved": "queue", "active": "agent", None: {"bot", "closed"}}
        with self.database.read() as session:
            handoffs = session.scalars(select(HandoffRow).where(HandoffRow.open_conversation.is_not(None)))
            by_conversation = {row.conversation: row.state for row in handoffs}
            for row in session.scalars(select(Conversation)):
                assert row.state in means[by_conversation.get(row.id)]


def test_getting_in_line_twice_is_once(line):
    conversation, first = line.caller()
    assert line.wants(conversation) == first
    assert (line.state(conversation), line.row(first).state) == ("queue", "waiting")
    assert line.row(first).handoff_key == conversation
    assert len(line.row(first).transfer_pin) == 4


def test_asking_again_may_only_become_more_urgent(line):
    conversation, handoff = line.caller(priority=5)
    line.wants(conversation, queue="urgent", priority=1)
    line.wants(conversation, queue="collection", priority=5)
    assert (line.row(handoff).queue, line.row(handoff).priority) == ("urgent", 1)


def test_getting_in_line_at_the_same_moment_is_once(line):
    with line.database.work() as session:
        conversation = Conversations(session).open("chat", "en", NOON).id
    start = threading.Barrier(4)

    def want(_):
        start.wait()
        return line.wants(conversation)

    with ThreadPoolExecutor(4) as many:
        assert len(set(many.map(want, range(4)))) == 1


def test_a_conversation_that_is_over_gets_in_no_line(line):
    conversation, handoff = line.caller()
    line.do("accept", handoff, line.agent("ana"))
    line.do("complete", handoff, "ana", "answered", "All explained.")
    with pytest.raises(NotPossible):
        line.wants(conversation)
    assert line.state(conversation) == "closed"


def test_exactly_one_of_two_agents_wins_a_hundred_times(line):
    agents = [line.agent("ana"), line.agent("ben")]
    start = threading.Barrier(2)

    def accept(agent, handoff):
        start.wait()
        try:
            with line.database.work() as session:
                HandoffWork(session, line.clock).accept(handoff, agent)
            return agent
        except TakenByAnother:
            return None

    callers = line.callers(100)
    with ThreadPoolExecutor(2) as both:
        for conversation, handoff in callers:
            winners = [one for one in both.map(accept, agents, [handoff] * 2) if one]
            assert len(winners) == 1
            assert (line.row(handoff).agent, line.state(conversation)) == (winners[0], "agent")
    line.agreement()


def test_accepting_again_by_the_winner_changes_nothing(line):
    _, handoff = line.caller()
    line.do("accept", handoff, line.agent("ana"))
    line.clock.forward(5)
    line.do("accept", handoff, "ana")
    assert line.row(handoff).accepted_at == NOON


def test_who_is_served_first(line):
    order = []
    for queue, priority in (("collection", 5), ("collection", 3), ("collection", 5), ("urgent", 5)):
        order.append(line.caller(queue=queue, priority=priority)[1])
        line.clock.forward(1)
    line.agent("ana")
    served = []
    for _ in order:
        line.seen("ana")
        assert line.sweep()[-1] == ("reserved", "ana")
        with line.database.read() as session:
            handoff = session.scalars(select(HandoffRow.id).where(HandoffRow.state == "reserved")).one()
        line.do("accept", handoff, "ana")
        line.do("complete", handoff, "ana", "answered", "Done.")
        with line.database.work() as session:
            AgentStore(session, line.clock).presence("ana", "available")
        served.append(order.index(handoff))
    assert served == [3, 1, 0, 2]


def test_language_and_queue_are_skills(line):
    line.agent("english", languages=["en"])
    line.agent("bakery", queues=["business"], languages=["es", "en"])
    _, handoff = line.caller(language="es")
    assert line.sweep() == []
    line.agent("spanish", languages=["es"])
    assert line.sweep() == [("reserved", "spanish")]
    assert line.row(handoff).reserved_for == "spanish"


def test_a_reservation_goes_on_after_two_minutes_and_after_three_to_the_supervisor(line):
    both = [line.agent("ana"), line.agent("ben")]
    conversation, handoff = line.caller()
    happened = line.sweep()
    for _ in range(3):
        line.clock.forward(119)
        for name in both:
            line.seen(name)
        assert line.sweep() == []
        line.clock.forward(1)
        happened += line.sweep()
    ana, ben = (("reserved", one) for one in both)
    assert [one for one in happened if one[0] == "reserved"] == [ana, ben, ana, ben]
    assert happened.index(("supervisor", None)) == len(happened) - 2
    assert (line.row(handoff).timeouts, line.state(conversation)) == (3, "queue")


def test_declining_asks_the_next_one(line):
    for name in ("ana", "ben"):
        line.agent(name)
    _, handoff = line.caller()
    line.sweep()
    with pytest.raises(NotPossible):
        line.do("decline", handoff, "ben")
    line.do("decline", handoff, "ana")
    assert line.sweep() == [("reserved", "ben")]


def test_a_lost_agent_leaves_the_caller_unattended_then_at_the_head_with_notes(line):
    line.agent("ana")
    conversation, handoff = line.caller(priority=5)
    line.do("accept", handoff, "ana")
    line.do("draft", handoff, "ana", "Wants 200 a month.")
    _, other = line.caller(priority=3)
    line.clock.forward(29)
    assert line.sweep() == []
    line.clock.forward(1)
    assert line.sweep() == [("unattended", "ana")]
    assert line.state(conversation) == "agent"
    line.clock.forward(30)
    assert ("returned", "ana") in line.sweep()
    assert line.state(conversation) == "queue"
    with line.database.read() as session:
        store = HandoffStore(session, line.clock)
        assert (store.ahead(conversation), store.ahead(line.row(other).conversation)) == (0, 1)
        card = store.card(handoff)
    assert card["draft_note"] == "Wants 200 a month."
    assert "ana" in card["moves"][-1]["note"]


def test_a_heartbeat_in_time_ends_being_unattended(line):
    line.agent("ana")
    conversation, handoff = line.caller()
    line.do("accept", handoff, "ana")
    line.clock.forward(40)
    line.sweep()
    line.seen("ana")
    assert line.sweep() == [("attended", "ana")]
    assert line.row(handoff).unattended_since is None
    assert line.state(conversation) == "agent"


def test_a_transfer_keeps_the_story_and_the_pin_the_caller_knows(line):
    conversation, handoff = line.caller()
    pin = line.row(handoff).transfer_pin
    line.do("accept", handoff, line.agent("ana"))
    line.clock.forward(300)
    line.do("transfer", handoff, "ana", "insolvency", "Chapter 13 filed in August.")
    with line.database.read() as session:
        card = HandoffStore(session, line.clock).card(handoff)
    assert (card["queue"], card["own_words"], card["draft_note"]) == (
        "insolvency",
        ["help"],
        "Chapter 13 filed in August.",
    )
    assert line.row(handoff).transfer_pin == pin
    assert card["moves"][0]["by"] == "ana"
    assert card["waiting_since"] == NOON.isoformat()
    assert line.state(conversation) == "queue"
    with pytest.raises(NotPossible):
        line.do("transfer", handoff, "ana", "insolvency", "again")
    line.do("accept", handoff, "ana")
    with pytest.raises(NotPossible):
        line.do("transfer", handoff, "ana", "nowhere", "")


def test_a_callback_comes_back_when_it_is_due(line):
    conversation, handoff = line.caller()
    line.do("accept", handoff, line.agent("ana"))
    with pytest.raises(NotPossible):
        line.do("callback", handoff, "ana", NOON - timedelta(minutes=1))
    line.do("callback", handoff, "ana", NOON + timedelta(hours=2))
    assert line.sweep() == []
    with line.database.work() as session:
        assert HandoffStore(session, line.clock).cancel(conversation) is False  # the caller may hang up now
    line.clock.forward(7200)
    line.seen("ana")
    assert line.sweep() == [("reserved", "ana")]


def test_completing_needs_a_note_and_writes_it_into_the_case(line, demo_cases):
    with line.database.work() as session:
        import_cases(session, demo_cases)
    conversation, handoff = line.caller(taxpayer="T-1005")
    line.do("accept", handoff, line.agent("ana"))
    for note, disposition in (("", "answered"), ("  ", "answered"), ("x", "")):
        with pytest.raises(NotPossible):
            line.do("complete", handoff, "ana", disposition, note)
    line.do("complete", handoff, "ana", "plan_set_up", "Wants a hearing form by mail.")
    with line.database.read() as session:
        note = CaseStore(session).get("T-1005").notes[-1]
        assert session.get_one(AgentRow, "ana").presence == "wrap_up"
    assert (note.by, note.text) == ("Agent ana", "plan_set_up: Wants a hearing form by mail.")
    assert (line.state(conversation), line.row(handoff).state) == ("closed", "closed")


def test_hanging_up_in_line_ends_it_and_leaves_a_note(line, demo_cases):
    with line.database.work() as session:
        import_cases(session, demo_cases)
    line.agent("ana")
    conversation, handoff = line.caller(taxpayer="T-1005", reason="hearing")
    line.sweep()
    with line.database.work() as session:
        assert HandoffStore(session, line.clock).person_left(conversation, NOON) is True
        assert HandoffStore(session, line.clock).cancel(conversation) is False
        assert "hearing" in CaseStore(session).get("T-1005").notes[-1].text
    line.agreement()
    assert line.sweep() == []
    with pytest.raises(TakenByAnother):
        line.do("accept", handoff, "ana")


def test_hanging_up_on_an_agent_is_told_and_closed_if_the_agent_is_lost_too(line):
    conversation, handoff = line.caller()
    line.do("accept", handoff, line.agent("ana"))
    with line.database.work() as session:
        assert HandoffStore(session, line.clock).cancel(conversation) is False
        assert HandoffStore(session, line.clock).card(handoff)["caller_left"] is True
    line.clock.forward(61)
    line.sweep()
    assert (line.row(handoff).state, line.state(conversation)) == ("closed", "closed")


def test_signing_off_gives_callers_back(line):
    conversation, handoff = line.caller()
    line.do("accept", handoff, line.agent("ana"))
    with line.database.work() as session:
        AgentStore(session, line.clock).presence("ana", "offline")
    line.agreement()
    assert (line.row(handoff).head, line.state(conversation)) == (True, "queue")


def test_the_wait_is_a_range_and_nothing_is_promised_without_agents(line):
    def wait():
        with line.database.read() as session:
            return HandoffStore(session, line.clock).wait_minutes("collection")

    conversation, _handoff = line.caller()
    assert wait() is None
    line.agent("ana")
    low, high = wait()
    assert 1 <= low < high
    line.clock.forward(50 * 60)
    assert wait()[1] >= 50  # someone has waited that long already
    with line.database.read() as session:
        assert HandoffStore(session, line.clock).place(conversation) == (0, wait())
        board = {one["queue"]: one for one in queues(session, line.clock)}
    assert board["collection"]["waiting"] == 1
    assert board["collection"]["longest_wait_seconds"] == 3000
    assert board["appeals"]["waiting"] == 0


def test_there_is_no_such_handoff(line):
    with pytest.raises(NoSuchHandoff):
        line.do("accept", "nothing", "ana")
