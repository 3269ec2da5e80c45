"""Whatever is broken, every message is answered, a person is offered, and nothing is done twice."""

from __future__ import annotations

import time
from typing import Any

import pytest

from store.tables.conversations import Inbound


@pytest.mark.parametrize("how", ["dead", "empty", "html", "http500", "other_turn"])
def test_a_broken_bot_becomes_the_offer_of_a_person(line: Any, how: str) -> None:
    line.bot.broken = how
    chat = line.chat()
    first = chat.post("what is a CP504 please").json()
    assert "utter_degraded " in first["messages"][0]["text"]
    assert {"id": "person", "label": "(person en)"} in first["messages"][0]["choices"]
    assert "utter_degraded_again" in chat.say("well what about it then")


def test_a_slow_bot_is_not_waited_for(line: Any) -> None:
    line.bot.broken = "slow"
    begun = time.monotonic()
    assert "utter_degraded" in line.chat().say("what is a CP504 please")
    assert time.monotonic() - begun < 4


def test_after_five_failures_nobody_waits_and_it_recovers(line: Any) -> None:
    line.bot.broken = "slow"
    line.line.bot.breaker._failures = 5
    line.line.bot.breaker._shut_until = time.monotonic() + 30
    chat, begun = line.chat(), time.monotonic()
    assert "utter_degraded" in chat.say("hello there my friend")
    assert time.monotonic() - begun < 0.5
    line.bot.broken = ""
    line.line.bot.breaker._shut_until = 0
    assert "utter_echo" in chat.say("hello there my friend")


@pytest.mark.parametrize("wish", ["a person please", "quiero hablar con una persona"])
def test_a_person_can_be_had_with_the_bot_dead(line: Any, wish: str) -> None:
    line.bot.broken = "dead"
    chat = line.chat()
    answer = chat.post(wish).json()
    assert answer["state"] == "queue"
    assert "utter_to_person" in answer["messages"][0]["text"]


def test_the_offer_can_be_taken_by_button_or_by_yes(line: Any) -> None:
    line.bot.broken = "dead"
    by_button, by_yes = line.chat(), line.chat()
    by_button.say("what is a CP504 please")
    assert by_button.post(choice="person").json()["state"] == "queue"
    by_yes.say("what is a CP504 please")
    assert by_yes.post("yes").json()["state"] == "queue"


def test_the_hand_off_has_the_callers_own_words(line: Any) -> None:
    from store.handoffs import HandoffStore

    line.bot.broken = "dead"
    chat = line.chat()
    chat.say("they took my whole paycheck")
    chat.post(choice="person")
    with line.db.read() as session:
        row = HandoffStore(session, line.clock).of(chat.id)
        assert row is not None
        assert "they took my whole paycheck" in row.card["own_words"]


def test_in_line_a_message_is_kept_and_acknowledged(line: Any) -> None:
    chat = line.chat()
    chat.post(choice="person")
    answer = chat.post("are you still there").json()
    assert answer["state"] == "queue"
    assert "utter_in_queue" in answer["messages"][0]["text"]
    assert not line.bot.turns


def test_with_an_agent_the_words_go_to_the_thread_only(line: Any) -> None:
    chat = line.chat()
    line.line.moved(chat.id, "agent")
    answer = chat.post("thank you for taking me").json()
    assert answer == {"messages": [], "state": "agent"}
    assert not line.bot.turns
    assert chat.ask("GET", "messages").json()["messages"][-1]["text"] == "thank you for taking me"


def test_what_the_bot_was_told_but_nobody_answered_is_answered_after_a_crash(make_line: Any) -> None:
    before = make_line()
    with before.http:
        chat = before.chat()
        # The process dies after the message is on disk and before the turn.
        before.app.state.turns.run = _never
        before.http.post(
            f"/chat/conversations/{chat.id}/messages",
            json={"id": "m1", "text": "hello from before"},
            headers={"Authorization": f"Bearer {chat.token}"},
        )
    after = make_line()
    with after.http:
        after.settled()
        chat.line = after
        answer = chat.post("hello from before", id="m1").json()
        assert "utter_echo" in answer["messages"][0]["text"]
        assert len(after.bot.turns) == 1


async def _never(_conversation: str) -> None:
    return None


def test_a_crash_after_the_bot_asks_again_under_the_same_name(make_line: Any) -> None:
    before = make_line()
    with before.http:
        chat = before.chat()
        finish = before.app.state.turns._finish

        def dies(*_: Any) -> None:
            raise RuntimeError("killed")

        before.app.state.turns._finish = dies
        assert chat.post("set up a plan for me", id="m1").status_code == 500
        before.app.state.turns._finish = finish
        first = before.bot.turns[0]["turn"]
    after = make_line()
    with after.http:
        after.settled()
        assert [one["turn"] for one in after.bot.turns] == [first]
        chat.line = after
        assert len(chat.ask("GET", "messages").json()["messages"]) == 3


def test_a_turn_that_always_fails_ends_with_a_person_and_blocks_nobody(line: Any) -> None:
    chat = line.chat()
    resolve = line.app.state.turns._ask_bot

    async def breaks(*_: Any) -> None:
        raise RuntimeError("boom")

    line.app.state.turns._ask_bot = breaks
    for _ in range(3):
        assert chat.post("hello there friend", id="m1").status_code == 500
    assert "utter_degraded_again" in chat.post("hello there friend", id="m1").json()["messages"][0]["text"]
    line.app.state.turns._ask_bot = resolve
    assert "utter_echo" in chat.say("and now it works")
    with line.db.read() as session:
        assert all(one.done_at for one in session.query(Inbound))


@pytest.mark.parametrize("says", ["i want to kill myself", "no pattern knows these words", "a person please"])
def test_a_turn_that_always_fails_still_hears_danger_and_the_wish_for_a_person(line: Any, says: str) -> None:
    from store.handoffs import HandoffStore

    class Ear:
        async def hears_danger(self, text: str) -> bool:
            return text == "no pattern knows these words"

    line.line.ear = Ear()
    chat, turns = line.chat(), line.app.state.turns
    finish, failed = turns._finish, []

    def breaks_three_times(*args: Any) -> Any:
        if len(failed) < 3:
            failed.append(1)
            raise RuntimeError("boom")
        return finish(*args)

    turns._finish = breaks_three_times
    for _ in range(3):
        assert chat.post(says, id="m1").status_code == 500
    answer = chat.post(says, id="m1").json()
    assert answer["state"] == "queue"
    with line.db.read() as session:
        row = HandoffStore(session, line.clock).of(chat.id)
        assert row is not None
        assert (row.queue == "urgent") == (says != "a person please")
        assert row.priority == (5 if says == "a person please" else 1)
    assert ("utter_distress " in answer["messages"][0]["text"]) == (says != "a person please")


def test_danger_goes_first_even_if_the_desk_cannot_make_a_card(line: Any, monkeypatch: Any) -> None:
    from desk import handoff
    from store.handoffs import HandoffStore

    def torn(_: Any) -> None:
        raise ValueError("this case cannot be read")

    monkeypatch.setattr(handoff, "card", torn)
    chat = line.chat()
    answer = chat.post("i want to kill myself").json()
    assert answer["state"] == "queue"
    assert "utter_distress " in answer["messages"][0]["text"]
    with line.db.read() as session:
        row = HandoffStore(session, line.clock).of(chat.id)
        assert row is not None
        assert (row.queue, row.priority, row.card["own_words"]) == ("urgent", 1, ["i want to kill myself"])


def test_missing_words_become_true_ones(line: Any) -> None:
    from channels.errors import WordsError

    words, chat = line.line.words, line.chat()
    render = words.render

    def some(key: str, facts: Any, **where: Any) -> str:
        if key == "utter_unknown":
            raise WordsError("no words", key=key)
        return render(key, facts, **where)

    words.render = some
    line.bot.say("utter_unknown")
    reply = chat.post("what about this one").json()["messages"][0]
    assert "utter_degraded" in reply["text"]
    assert reply["choices"][0]["id"] == "person"


def test_the_conversation_is_read_again_after_the_bot(line: Any) -> None:
    """The bot's actions work on the same database in another process."""
    chat = line.chat()

    def opens_handoff(asked: dict[str, Any]) -> None:
        with line.db.work() as session:
            from store.conversations import Conversations

            row = Conversations(session).row(asked["conversation"])
            assert row is not None
            row.language, row.state = "es", "queue"

    line.bot.during = opens_handoff
    line.bot.say("utter_to_person", turned_to="queue")
    answer = chat.post("this is too much for me to type").json()
    assert answer["state"] == "queue"
    assert " es web>" in answer["messages"][0]["text"]


def test_nothing_that_was_said_is_in_the_log(line: Any, caplog: Any) -> None:
    caplog.set_level("DEBUG")
    chat = line.chat()
    chat.say("my secret word is mandragora and 900-70-1234")
    line.bot.broken = "dead"
    chat.say("again mandragora for you")
    line.text("mandragora by text")
    line.settled()
    ours = [one.getMessage() for one in caplog.records if not one.name.startswith(("httpx", "asyncio"))]
    assert not any("mandragora" in one or "900-70" in one for one in ours)
