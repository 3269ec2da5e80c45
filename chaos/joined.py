"""What went in and what came out, put side by side: lost, doubled, missing, in the wrong order."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

import httpx
from sqlalchemy import select

from chaos.people import Ledger
from chaos.stage import Stage
from store.crypto import blind_index
from store.tables.conversations import Conversation
from store.tables.handoffs import HandoffRow

WORD = re.compile(r"\bq[bcdfghjlmnpqrtvwxz]{6}\b")


@dataclass
class Joined:
    """Counts of everything that must be nought, and of what there was."""

    texts: int = 0
    acked: int = 0
    chats: int = 0
    handoffs: int = 0
    tasks: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    missing_handoffs: list[str] = field(default_factory=list)
    double_handoffs: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Nothing lost, nothing twice."""
        return not (self.lost or self.doubled or self.missing_handoffs or self.double_handoffs)

    def __str__(self) -> str:
        return (
            f"{self.acked} of {self.texts} texts acknowledged, {self.chats} chat messages, {self.handoffs} hand-offs, "
            f"{self.tasks} tasks: {len(self.lost)} lost, {len(self.doubled)} doubled, "
            f"{len(self.missing_handoffs)} hand-offs missing, {len(self.double_handoffs)} doubled"
        )


def joined(stage: Stage, ledger: Ledger, *, all_texts: bool = True) -> Joined:
    """The ledger of the pretend Twilio, joined with what the people sent. `all_texts`: also those never acknowledged,
    for the sweep must have found them."""
    found = Joined(texts=len(ledger.words), acked=len(ledger.acked & ledger.words.keys()))
    out = Counter(
        word
        for record in stage.world.messages.records
        if record["direction"] != "inbound"
        for word in set(WORD.findall(record["body"]))
    )
    closed = _moot(stage, ledger)
    for sid, word in ledger.words.items():
        if sid in closed:
            continue
        if out[word] == 0 and (all_texts or sid in ledger.acked):
            found.lost.append(f"{sid} {word} {'acked' if sid in ledger.acked else 'not acked'}")
        if out[word] > 1:
            found.doubled.append(f"{sid} {word} x{out[word]}")
    _handoffs(stage, ledger, found, all_texts)
    _chats(stage, ledger, found)
    return found


def _moot(stage: Stage, ledger: Ledger) -> set[str]:
    """Texts that came in after their sender was already in line: those are answered without their word."""
    order = {record["sid"]: at for at, record in enumerate(stage.world.messages.records)}
    moot = set()
    wishes = {ledger.sent[sid]["From"]: order[sid] for sid in ledger.wanted_person.values()}
    for sid in ledger.words:
        wish = wishes.get(ledger.sent[sid]["From"])
        # One that was never acknowledged may have been found by the sweep after the wish had been heard.
        if wish is not None and (order[sid] > wish or sid not in ledger.acked):
            moot.add(sid)
    return moot


def _handoffs(stage: Stage, ledger: Ledger, found: Joined, all_texts: bool) -> None:
    tasks = Counter(
        str(__import__("json").loads(one["attributes"]).get("handoff_key", ""))
        for one in stage.world.taskrouter.all("WT")
    )
    found.tasks = sum(tasks.values())
    wanted = {phone: sid for phone, sid in ledger.wanted_person.items() if all_texts or sid in ledger.acked}
    chats = [one for one in ledger.chats if one.person and one.person in one.answered]
    database = stage.database()
    with database.read() as session:
        for phone in wanted:
            query = (
                select(HandoffRow.handoff_key)
                .join(Conversation, Conversation.id == HandoffRow.conversation)
                .where(Conversation.phone_index == blind_index("phone", phone))
            )
            _judged(found, phone, list(session.scalars(query)), tasks)
        for chat in chats:
            query = select(HandoffRow.handoff_key).where(HandoffRow.conversation == chat.id)
            _judged(found, chat.id, list(session.scalars(query)), tasks)
    database.engine.dispose()


def _judged(found: Joined, who: str, keys: list[str], tasks: Counter[str]) -> None:
    found.handoffs += 1
    if not keys or any(tasks[key] == 0 for key in keys):
        found.missing_handoffs.append(f"{who} {keys}")
    if len(keys) > 1 or any(tasks[key] > 1 for key in keys):
        found.double_handoffs.append(f"{who} {keys}")


def _chats(stage: Stage, ledger: Ledger, found: Joined) -> None:
    with httpx.Client(timeout=10, trust_env=False) as http:
        for chat in ledger.chats:
            url = f"{stage.url}/chat/conversations/{chat.id}/messages"
            answer = http.get(url, headers={"Authorization": f"Bearer {chat.token}"})
            messages = answer.json()["messages"]
            said, heard = Counter[str](), Counter[str]()
            for one in messages:
                words = WORD.findall(one["text"])
                (said if one["from"] == "you" else heard).update(words)
            for name, word in chat.said.items():
                if name not in chat.answered:
                    continue
                found.chats += 1
                if said[word] == 0 or heard[word] == 0:
                    found.lost.append(f"chat {word}")
                if said[word] > 1 or heard[word] > 1:
                    found.doubled.append(f"chat {word} said {said[word]} heard {heard[word]}")
