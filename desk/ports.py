"""What the desk needs from outside, so that it can be tested without any of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from acs.case import Case
from desk.contact import Contact


@dataclass(frozen=True)
class Request:
    """Something a caller asked to be done. `key` makes it happen once however often it is sent."""

    key: str
    taxpayer: str
    conversation: str
    kind: str
    status: str
    asked_at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class HandoffWanted:
    """A person is needed: which queue, how urgent, why, and the card with the whole story."""

    queue: str
    priority: int
    reason: str
    card: Mapping[str, Any] = field(default_factory=dict)


class Cases(Protocol):
    """The collection cases."""

    def get(self, taxpayer: str) -> Case | None: ...
    def household(self, taxpayer: str) -> Mapping[str, Case]: ...
    def add_note(self, taxpayer: str, by: str, text: str, at: datetime) -> None: ...
    def add_agreement(self, taxpayer: str, agreement: Mapping[str, Any]) -> None: ...


class Contacts(Protocol):
    """Conversations: read by id, and the parts the desk may change (story, asked, pending, language, misses)."""

    def get(self, conversation: str) -> Contact: ...
    def keep(self, contact: Contact) -> None: ...


class Requests(Protocol):
    """What callers asked to be done, each once."""

    def open(self, request: Request) -> Request: ...
    def of(self, taxpayer: str) -> Sequence[Request]: ...
    def change(self, key: str, *, status: str, facts: Mapping[str, Any]) -> Request: ...


class Drafts(Protocol):
    """Half-filled forms, kept by their owner (a conversation, or a taxpayer for every channel) and topic."""

    def get(self, conversation: str, topic: str) -> dict[str, Any]: ...
    def put(self, conversation: str, topic: str, values: Mapping[str, Any]) -> None: ...
    def drop(self, conversation: str, topic: str) -> None: ...
    def of(self, conversation: str) -> Mapping[str, dict[str, Any]]: ...


class Handoffs(Protocol):
    """The queues of people. Opening twice for one conversation gives the same hand-off."""

    def open(self, contact: Contact, wanted: HandoffWanted) -> str: ...
    def wait_minutes(self, queue: str) -> tuple[int, int] | None: ...


@dataclass(frozen=True)
class Reminder:
    """A call or text the caller agreed to. `about` is the day it is for, `at` the moment it goes out.

    `what` says of which kind the day is (payment, deadline); it is never said in the text or to whoever answers.
    """

    key: str
    taxpayer: str
    conversation: str
    channel: str
    phone: str
    what: str
    about: date
    at: datetime
    language: str
    agreed_at: datetime
    state: str = "planned"


class Reminders(Protocol):
    """Reminders people agreed to. Planning one twice under its key keeps one."""

    def reachable(self, phone: str, channel: str) -> bool: ...
    def plan(self, reminder: Reminder) -> Reminder: ...
    def of(self, taxpayer: str) -> Sequence[Reminder]: ...
    def cancel(self, key: str, why: str) -> None: ...


class NoReminders:
    """Where nothing can be sent, nothing is offered."""

    def reachable(self, phone: str, channel: str) -> bool:
        return False

    def plan(self, reminder: Reminder) -> Reminder:
        return reminder

    def of(self, taxpayer: str) -> Sequence[Reminder]:
        return ()

    def cancel(self, key: str, why: str) -> None:
        """There is nothing to cancel."""


class CallBacks(Protocol):
    """Calls promised to people: the line rings them itself and puts them through."""

    def promise(self, contact: Contact, wanted: HandoffWanted, phone: str, at: datetime) -> str: ...


class Audit(Protocol):
    """Who was told what, and on what ground (26 USC 6103)."""

    def disclosed(self, contact: Contact, what: Sequence[str], ground: str, at: datetime) -> None: ...


class Clock(Protocol):
    """The business day of the rules, and the moment."""

    def today(self) -> date: ...
    def now(self) -> datetime: ...


@dataclass(frozen=True)
class Desk:
    """Everything plugged together; one per unit of work."""

    cases: Cases
    contacts: Contacts
    requests: Requests
    drafts: Drafts
    handoffs: Handoffs
    audit: Audit
    clock: Clock
    reminders: Reminders = field(default_factory=NoReminders)
    call_backs: CallBacks | None = None
