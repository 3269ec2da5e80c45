"""An agent takes a caller with the whole story; nobody else sees it; the caller and the case are told."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from store.audit import AuditStore
from store.cases import CaseStore
from store.conversations import Conversations
from store.handoffs import HandoffStore
from store.tables.audit import AuditRow

CARD = {
    *(
        "id",
        "queue",
        "priority",
        "channel",
        "language",
        "conversation",
        "waiting_since",
        "taxpayer",
        "verified",
    ),
    *("reason", "own_words", "notices", "balance", "deadlines", "told", "asked_for", "offered"),
    *("open_requests", "transfer_pin", "draft_note"),
}


def state(floor, conversation):
    with floor.line.db.read() as session:
        return Conversations(session).row(conversation).state


def audit(floor, event):
    with floor.line.db.read() as session:
        assert AuditStore(session).first_broken() is None
        return session.scalars(select(AuditRow).where(AuditRow.event == event).order_by(AuditRow.seq)).all()


def test_the_page_is_there(floor):
    answer = floor.desk().client.get("/console")
    assert answer.status_code == 200
    assert "console/desk.js" in answer.text


def test_from_the_list_to_the_note_in_the_case(floor):
    desk = floor.desk("ana")
    conversation, handoff = floor.caller()
    listed = desk.get("handoffs?state=waiting").json()["handoffs"]
    assert [one["id"] for one in listed] == [handoff]
    assert "Darnell" not in str(listed)  # no name before the card is opened
    card = desk.send(f"handoffs/{handoff}/accept").json()
    assert card.keys() >= CARD
    assert card["taxpayer"] == {
        "id": "T-1005",
        "name": "Darnell Brooks",
        "kind": "individual",
        "tin_last4": "5004",
    }
    assert (card["own_words"], card["verified"], card["state"]) == (["I got an LT11"], "identity", "active")
    assert state(floor, conversation) == "agent"
    assert desk.get("handoffs?state=active").json()["handoffs"][0]["taxpayer"]["name"] == "Darnell Brooks"

    assert desk.send(f"handoffs/{handoff}/draft", {"note": "Wants"}, "PUT").json() == {"kept": True}
    assert desk.get(f"handoffs/{handoff}").json()["draft_note"] == "Wants"
    refused = desk.send(f"handoffs/{handoff}/complete", {"disposition": "hearing", "note": " "})
    assert refused.status_code == 409
    done = desk.send(f"handoffs/{handoff}/complete", {"disposition": "hearing", "note": "Form 12153 sent."})
    assert (done.status_code, done.json()["state"]) == (200, "closed")
    assert state(floor, conversation) == "closed"
    joined, *states = [frame for frame in floor.pushed if "state" not in frame[1]] + [
        frame for frame in floor.pushed if "state" in frame[1]
    ]
    assert joined[1]["text"].startswith("A person is with you now")
    assert states == [(conversation, {"state": "agent"}), (conversation, {"state": "closed"})]
    with floor.line.db.read() as session:
        assert CaseStore(session).get("T-1005").notes[-1].text == "hearing: Form 12153 sent."
    assert desk.get("session").json()["presence"] in ("wrap_up", "offline")


def test_every_view_of_a_card_leaves_a_row(floor):
    desk = floor.desk("ana")
    conversation, handoff = floor.caller()
    for _ in range(3):
        desk.get(f"handoffs/{handoff}")
    desk.get(f"handoffs/{handoff}/messages")
    rows = audit(floor, "card_viewed")
    assert [(one.actor, one.taxpayer, one.conversation) for one in rows] == [
        ("ana", "T-1005", conversation)
    ] * 3
    assert len(audit(floor, "conversation_read")) == 1


def test_exactly_one_of_two_agents_gets_the_caller(floor):
    desks = [floor.desk("ana"), floor.desk("ben")]
    start = threading.Barrier(2)

    def accept(desk, handoff):
        start.wait()
        return desk.send(f"handoffs/{handoff}/accept").status_code

    with ThreadPoolExecutor(2) as both:
        for _ in range(10):
            _, handoff = floor.caller()
            assert sorted(both.map(accept, desks, [handoff] * 2)) == [200, 409]


def test_what_an_agent_has_is_not_there_for_others_but_for_a_supervisor(floor):
    ana, ben, sue = floor.desk("ana"), floor.desk("ben"), floor.desk("sue")
    _, handoff = floor.caller()
    ana.send(f"handoffs/{handoff}/accept")
    for path in ("", "/messages"):
        assert ben.get(f"handoffs/{handoff}{path}").status_code == 404
        assert sue.get(f"handoffs/{handoff}{path}").status_code == 200
    assert ben.get("handoffs?state=active").json() == {"handoffs": []}
    note = {"note": "x", "disposition": "x"}
    assert ben.send(f"handoffs/{handoff}/complete", note).status_code == 404
    assert ben.send(f"handoffs/{handoff}/messages", {"text": "hi"}).status_code == 404
    assert ben.send(f"handoffs/{handoff}/draft", {"note": "x"}, "PUT").status_code == 409
    assert sue.send(f"handoffs/{handoff}/complete", note).status_code == 409  # to see is not to have


def test_other_queues_are_not_ones_business(floor):
    bea = floor.desk("bea")
    _, handoff = floor.caller()
    _, business = floor.caller(queue="business")
    assert [one["id"] for one in bea.get("handoffs").json()["handoffs"]] == [business]
    assert bea.get(f"handoffs/{handoff}").status_code == 404
    assert bea.send(f"handoffs/{handoff}/accept").status_code == 409
    assert bea.send(f"handoffs/{business}/accept").status_code == 200


def test_words_reach_the_caller_once(floor):
    desk = floor.desk("ana")
    _conversation, handoff = floor.caller()
    path = f"handoffs/{handoff}/messages"
    assert desk.send(path, {"text": "Hello"}).status_code == 409  # not mine yet
    desk.send(f"handoffs/{handoff}/accept")
    key = {"Idempotency-Key": "0b9f3c1e-7f0e-4f5e-9c55-aaaaaaaaaaaa"}
    first = desk.send(path, {"text": "Hello"}, **key).json()["messages"][0]
    again = desk.send(path, {"text": "Hello"}, **key).json()["messages"][0]
    assert first["id"] == again["id"]
    assert (first["from"], first["text"]) == ("agent", "Hello")
    shown = desk.get(path).json()
    assert [(one["from"], one["text"]) for one in shown["messages"]] == [
        ("you", "I got an LT11"),
        ("system", "A person is with you now. They can see everything you told me."),
        ("agent", "Hello"),
    ]
    assert shown["state"] == "agent"
    assert desk.get(f"{path}?after={first['id']}").json()["messages"] == []


@pytest.mark.parametrize("text", ["", "   ", "\x00\x01", "x" * 1601])
def test_nothing_and_too_much_are_not_sent(floor, text):
    desk = floor.desk("ana")
    _, handoff = floor.caller()
    desk.send(f"handoffs/{handoff}/accept")
    assert desk.send(f"handoffs/{handoff}/messages", {"text": text}).status_code == 422


def test_a_call_is_answered_by_voice(floor):
    desk = floor.desk("ana")
    _, handoff = floor.caller(channel="voice")
    desk.send(f"handoffs/{handoff}/accept")
    assert desk.send(f"handoffs/{handoff}/messages", {"text": "Hello"}).status_code == 409


def test_a_transfer_carries_the_story(floor):
    ana, ben = floor.desk("ana"), floor.desk("ben")
    conversation, handoff = floor.caller()
    before = ana.send(f"handoffs/{handoff}/accept").json()
    path = f"handoffs/{handoff}/transfer"
    assert ana.send(path, {"queue": "nowhere", "note": "x"}).status_code == 409
    assert ana.send(path, {"queue": "appeals", "note": "Hearing asked in time."}).status_code == 200
    assert state(floor, conversation) == "queue"
    after = ben.send(f"handoffs/{handoff}/accept").json()
    assert (after["queue"], after["own_words"]) == ("appeals", before["own_words"])
    assert after["moves"][0] | {"at": ""} == {
        "at": "",
        "by": "ana",
        "from": "collection",
        "to": "appeals",
        "note": "Hearing asked in time.",
    }


def test_a_call_back_comes_back(floor):
    desk = floor.desk("ana")
    _, handoff = floor.caller()
    desk.send(f"handoffs/{handoff}/accept")
    path = f"handoffs/{handoff}/callback"
    assert desk.send(path, {"at": "2026-11-23T18:00:00"}).status_code == 422  # without a zone it is no moment
    assert desk.send(path, {"at": "2026-11-23T16:59:00Z"}).status_code == 409
    assert desk.send(path, {"at": "2026-11-23T14:00:00-05:00"}).status_code == 200
    listed = desk.get("handoffs").json()["handoffs"][0]
    assert listed["callback_at"] == "2026-11-23T19:00:00+00:00"


def test_declining_passes_it_on(floor):
    desk = floor.desk("ana")
    _, handoff = floor.caller()
    assert desk.send(f"handoffs/{handoff}/decline").json()["state"] == "waiting"


def test_a_caller_who_left_shows(floor):
    desk = floor.desk("ana")
    conversation, handoff = floor.caller()
    desk.send(f"handoffs/{handoff}/accept")
    with floor.line.db.work() as session:
        HandoffStore(session, floor.clock).cancel(conversation)
    assert desk.get(f"handoffs/{handoff}/messages").json()["state"] == "closed"
    assert desk.send(f"handoffs/{handoff}/messages", {"text": "Hello"}).status_code == 409
    done = {"disposition": "no_contact", "note": "Caller left."}
    assert desk.send(f"handoffs/{handoff}/complete", done).status_code == 200


def test_the_board_tells_how_the_queues_stand(floor):
    desk = floor.desk("ana")
    desk.send("presence", {"state": "available"})
    floor.caller()
    floor.clock.forward(minutes=6)
    board = {one["queue"]: one for one in desk.get("queues").json()["queues"]}
    assert len(board) == 9
    assert (board["collection"]["waiting"], board["collection"]["longest_wait_seconds"]) == (1, 360)
    low, high = board["collection"]["expected_wait_minutes"]
    assert 0 < low < high
    assert board["business"]["agents_available"] == 1
