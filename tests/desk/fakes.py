"""A desk without a database: the same ports, kept in plain dictionaries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from acs.case import Agreement, Case
from acs.casefile import load
from desk.contact import Contact
from desk.heard import Heard, heard
from desk.ports import Desk, HandoffWanted, Request
from desk.reply import reply
from desk.visit import Visit, visit

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 22)


class FakeCases:
    def __init__(self) -> None:
        self.cases = {c.id: c for file in sorted((ROOT / "demo" / "cases").glob("*.yml")) for c in load(file)}
        self.notes: list[tuple[str, str]] = []

    def get(self, taxpayer: str) -> Case | None:
        return self.cases.get(taxpayer)

    def household(self, taxpayer: str) -> Mapping[str, Case]:
        case = self.cases[taxpayer]
        return {c.id: c for c in self.cases.values() if c.id in (taxpayer, case.spouse)}

    def add_note(self, taxpayer: str, by: str, text: str, at: datetime) -> None:
        self.notes.append((taxpayer, text))

    def add_agreement(self, taxpayer: str, agreement: Mapping[str, Any]) -> None:
        case = self.cases[taxpayer]
        self.cases[taxpayer] = replace(case, agreements=(*case.agreements, Agreement(**agreement)))


class FakeContacts:
    def __init__(self) -> None:
        self.contacts: dict[str, Contact] = {}

    def get(self, conversation: str) -> Contact:
        return self.contacts.setdefault(conversation, Contact(conversation, "web", "en"))

    def keep(self, contact: Contact) -> None:
        self.contacts[contact.id] = contact


class FakeRequests:
    def __init__(self) -> None:
        self.requests: dict[str, Request] = {}

    def open(self, request: Request) -> Request:
        return self.requests.setdefault(request.key, request)

    def of(self, taxpayer: str) -> Sequence[Request]:
        return [one for one in self.requests.values() if one.taxpayer == taxpayer]


class FakeDrafts:
    def __init__(self) -> None:
        self.drafts: dict[tuple[str, str], dict[str, Any]] = {}

    def get(self, conversation: str, topic: str) -> dict[str, Any]:
        return dict(self.drafts.get((conversation, topic), {}))

    def put(self, conversation: str, topic: str, values: Mapping[str, Any]) -> None:
        self.drafts[conversation, topic] = dict(values)

    def drop(self, conversation: str, topic: str) -> None:
        self.drafts.pop((conversation, topic), None)


class FakeHandoffs:
    def __init__(self) -> None:
        self.opened: list[HandoffWanted] = []

    def open(self, contact: Contact, wanted: HandoffWanted) -> str:
        self.opened.append(wanted)
        return f"H-{len(self.opened)}"

    def wait_minutes(self, queue: str) -> tuple[int, int] | None:
        return (8, 20)


class FakeAudit:
    def __init__(self) -> None:
        self.rows: list[tuple[str | None, tuple[str, ...], str]] = []

    def disclosed(self, contact: Contact, what: Sequence[str], ground: str, at: datetime) -> None:
        self.rows.append((contact.taxpayer, tuple(what), ground))


class FakeClock:
    def today(self) -> date:
        return TODAY

    def now(self) -> datetime:
        return datetime(2026, 11, 22, 15, 0, tzinfo=UTC)


class FakeDesk:
    """`desk.says("...")` is one message; `as_` is who the database says was proved."""

    def __init__(self) -> None:
        self.cases, self.contacts, self.requests = FakeCases(), FakeContacts(), FakeRequests()
        self.drafts, self.handoffs, self.audit = FakeDrafts(), FakeHandoffs(), FakeAudit()
        self.desk = Desk(
            self.cases, self.contacts, self.requests, self.drafts, self.handoffs, self.audit, FakeClock()
        )

    def proves(self, taxpayer: str) -> None:
        self.contacts.get("c").taxpayer = taxpayer

    def visit(self, intent: str, **entities: Any) -> Visit:
        return visit(self.desk, "c", said(intent, **entities))

    def says(self, intent: str, **entities: Any):
        return reply(self.visit(intent, **entities))


def said(intent: str, text: str = "", **entities: Any) -> Heard:
    """A message as the bot would have heard it: said("notice_question", notice="CP504")."""
    found = [{"entity": name, "value": value} for name, value in entities.items()]
    return heard(intent, found, text or intent)
