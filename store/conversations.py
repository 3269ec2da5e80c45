"""Conversations and their transcripts. The desk sees a Contact; the doors see the row."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from desk.contact import Contact, Story
from desk.identity import IDLE
from store.at_hand import any_of
from store.crypto import blind_index, blind_indexes
from store.tables.conversations import Conversation, Message

LONGEST = timedelta(hours=12)
"""A chat token is good for this long at most."""
THREAD = timedelta(hours=24)
"""A text within this long of the last one goes on with the same conversation."""


_BY_PHONE = (
    select(Conversation)
    .where(
        Conversation.phone_index.in_(any_of("phones")),
        Conversation.channel == bindparam("channel"),
        Conversation.closed_at.is_(None),
        Conversation.last_at > bindparam("since"),
    )
    .order_by(Conversation.last_at.desc())
    .limit(1)
)
_LAST_SAID = (
    select(Message)
    .where(Message.conversation == bindparam("conversation"), Message.sender.in_(("assistant", "system")))
    .order_by(Message.seq.desc())
    .limit(1)
)


def new_id() -> str:
    """A name nobody can guess: 128 random bits and more, safe in a URL."""
    return secrets.token_urlsafe(18)


def new_token() -> str:
    """A secret for one browser: 256 random bits."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """All that is kept of a token."""
    return sha256(token.encode()).hexdigest()


class Conversations:
    """Rows of one unit of work. Also the desk's `Contacts` port."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def open(
        self,
        channel: str,
        language: str,
        now: datetime,
        *,
        token: str | None = None,
        phone: str | None = None,
        call_sid: str | None = None,
    ) -> Conversation:
        """A new conversation of which nothing is proved."""
        row = Conversation(
            id=new_id(),
            channel=channel,
            language=language,
            state="bot",
            token_hash=token_hash(token) if token else None,
            phone=phone,
            phone_index=blind_index("phone", phone) if phone else None,
            call_sid=call_sid,
            opened_at=now,
            last_at=now,
            misses=0,
            failures=0,
        )
        self.session.add(row)
        self.session.flush()
        return row

    def row(self, conversation: str) -> Conversation | None:
        """The row as the database has it now."""
        return self.session.get(Conversation, conversation)

    def by_token(self, conversation: str, token: str, now: datetime) -> Conversation | None:
        """The conversation, if this token opens it: not too old, and not left alone after identity was proved."""
        row = self.row(conversation)
        if row is None or row.token_hash is None:
            return None
        fits = [
            secrets.compare_digest(one or "", token_hash(token)) for one in (row.token_hash, row.token_before)
        ]
        if not any(fits) or now - row.opened_at > LONGEST:
            return None
        left_alone = row.taxpayer is not None and row.state in ("bot", "closed") and now - row.last_at > IDLE
        return None if left_alone else row

    def arrived(self, row: Conversation, token: str) -> None:
        """The holder uses this token: if it is the newest, the one before it dies."""
        if row.token_before is not None and secrets.compare_digest(row.token_hash or "", token_hash(token)):
            row.token_before = None

    def by_call(self, call_sid: str) -> Conversation | None:
        """The conversation of a call."""
        return self.session.scalar(select(Conversation).where(Conversation.call_sid == call_sid))

    def by_phone(self, phone: str, channel: str, now: datetime) -> Conversation | None:
        """The running text conversation with this number, if the last word is not too long ago."""
        given = {"phones": blind_indexes("phone", phone), "channel": channel, "since": now - THREAD}
        return self.session.scalar(_BY_PHONE, given)

    def touch(self, row: Conversation, now: datetime) -> None:
        """A word from the person: after a long silence nothing is proved any more."""
        if row.taxpayer is not None and now - row.last_at > IDLE:
            self.forget_identity(row)
        row.last_at = now

    def forget_identity(self, row: Conversation) -> None:
        """The contact is a stranger's again."""
        row.taxpayer = None
        row.authority = None
        row.verified_at = None
        row.held = None

    def verify(
        self, row: Conversation, taxpayer: str, now: datetime, authority: dict[str, Any] | None = None
    ) -> str | None:
        """Identity is proved. A chat gets a new token, which is returned.

        The old one dies when the new one is first used, so that nobody is locked out whose answer was lost.
        """
        row.taxpayer = taxpayer
        row.authority = authority
        row.verified_at = now
        row.last_at = now
        if row.token_hash is None:
            return None
        token = new_token()
        row.token_before = row.token_before or row.token_hash
        row.token_hash = token_hash(token)
        return token

    def move(self, conversation: str, state: str, now: datetime) -> None:
        """bot, queue, agent or closed; a closed conversation stays closed and its identity is forgotten."""
        row = self.row(conversation)
        if row is None or row.state == "closed":
            return
        row.state = state
        if state == "closed":
            row.closed_at = now
            row.held = None

    def get(self, conversation: str) -> Contact:
        """The contact as the desk sees it. KeyError if there is none."""
        row = self.row(conversation)
        if row is None:
            raise KeyError(f"There is no conversation {conversation}.")
        return Contact(
            id=row.id,
            channel="web" if row.channel == "chat" else row.channel,
            language=row.language,
            state=row.state,
            taxpayer=row.taxpayer,
            authority=row.authority,
            pending=row.pending,
            asked=row.asked,
            misses=row.misses,
            story=Story(**(row.story or {})),
            phone=row.phone,
        )

    def keep(self, contact: Contact) -> None:
        """Keeps what the desk may change; never the state and never who it is."""
        row = self.row(contact.id)
        if row is None:
            raise KeyError(f"There is no conversation {contact.id}.")
        row.language = contact.language
        row.pending = contact.pending
        row.asked = contact.asked
        row.misses = contact.misses
        row.story = asdict(contact.story)

    def say(
        self,
        row: Conversation,
        sender: str,
        text: str,
        now: datetime,
        *,
        author: str | None = None,
        language: str | None = None,
        says: Sequence[dict[str, Any]] | None = None,
        choices: Sequence[str] = (),
        secure_form: str | None = None,
        listen: str | None = None,
        sources: Sequence[str] = (),
        inbound: int | None = None,
        message_id: str | None = None,
        rules: str | None = None,
    ) -> Message:
        """One more line of the transcript: sender is assistant, agent, system or you.

        A `message_id` that is there already adds nothing; the line that has it is returned.
        """
        if message_id and (known := self.session.scalar(select(Message).where(Message.id == message_id))):
            return known
        message = Message(
            id=message_id or new_id(),
            conversation=row.id,
            at=now,
            sender=sender,
            author=author,
            language=language or row.language,
            text=text,
            says=list(says) if says else None,
            choices=list(choices) or None,
            secure_form=secure_form,
            listen=listen,
            sources=list(sources) or None,
            inbound=inbound,
            rules=rules,
        )
        self.session.add(message)
        self.session.flush()
        return message

    def transcript(self, conversation: str, after: str | None = None) -> Sequence[Message]:
        """All lines in order, or those after one that is already known."""
        query = select(Message).where(Message.conversation == conversation).order_by(Message.seq)
        if after:
            known = self.session.scalar(
                select(Message.seq).where(Message.id == after, Message.conversation == conversation)
            )
            query = query.where(Message.seq > (known or 0))
        return self.session.scalars(query).all()

    def replies(self, inbound: int) -> Sequence[Message]:
        """What was answered to one thing that came in."""
        return self.session.scalars(
            select(Message).where(Message.inbound == inbound, Message.sender != "you").order_by(Message.seq)
        ).all()

    def last_said(self, conversation: str) -> Message | None:
        """The last line of ours."""
        return self.session.scalar(_LAST_SAID, {"conversation": conversation})

    def last_reply(self, conversation: str) -> Sequence[Message]:
        """The last turn of ours, whole, to be repeated."""
        last = self.last_said(conversation)
        if last is None:
            return []
        return self.replies(last.inbound) if last.inbound is not None else [last]
