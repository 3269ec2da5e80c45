"""Keeping what came in, in one transaction, before anybody is told that it arrived."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from api.front import clean
from api.line import Line, channel_of
from store.conversations import Conversations
from store.inbox import Inbox
from store.tables.conversations import Conversation


@dataclass(frozen=True)
class Accepted:
    """It is on disk. `new` is False when it had come in before."""

    seq: int
    conversation: str
    new: bool
    shown: dict[str, Any] | None = None
    """The person's own line of the transcript."""


class TooManyWaiting(Exception):
    """More is waiting in this conversation than anybody types; try again in a moment."""


MOST_WAITING = 20


def accept(
    line: Line,
    session: Any,
    row: Conversation,
    source: str,
    external_id: str,
    kind: str,
    body: dict[str, Any],
) -> Accepted:
    """Keeps one text, choice, key press or event of a conversation in the running transaction."""
    now, inbox = line.clock.now(), Inbox(session)
    known = inbox.find(source, external_id)
    if known is not None:
        return Accepted(known, row.id, False)
    if source == "chat" and inbox.count(row.id) >= MOST_WAITING:
        raise TooManyWaiting
    conversations = Conversations(session)
    conversations.touch(row, now)
    if kind == "text":
        body = {**body, **clean(str(body.get("text") or ""))}
    seq, new = inbox.accept(source, external_id, row.id, kind, {**body, "state": row.state}, now)
    shown = None
    if new and (own := _own_words(line, row, kind, body)):
        shown = line.shown(conversations.say(row, "you", own, now, inbound=seq))
    return Accepted(seq, row.id, new, shown)


def _own_words(line: Line, row: Conversation, kind: str, body: dict[str, Any]) -> str:
    if kind == "text":
        return str(body["text"])
    if kind == "choice":
        return line.label(str(body["choice"]), row.language, channel_of(row))
    return f"[{body['keys']}]" if kind == "keys" else ""
