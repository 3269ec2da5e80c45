"""A desk without a database: the same ports, kept in plain dictionaries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from acs.case import Agreement, Case
from acs.casefile import load
from desk import forms
from desk.answer import Answer
from desk.contact import Contact
from desk.heard import Heard, heard
from desk.ports import Desk, HandoffWanted, Reminder, Request
from desk.reply import reply
from desk.visit import Visit, visit

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 22)


@cache
def demo_cases() -> tuple[Case, ...]:
    return tuple(c for file in sorted((ROOT / "demo" / "cases").glob("*.yml")) for c in load(file))


class FakeCases:
    def __init__(self) -> None:
        self.cases = {c.id: c for c in demo_cases()}
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

    def change(self, key: str, *, status: str, facts: Mapping[str, Any]) -> Request:
        known = self.requests[key]
        self.requests[key] = replace(known, status=status, facts={**known.facts, **facts})
        return self.requests[key]


class FakeDrafts:
    def __init__(self) -> None:
        self.drafts: dict[tuple[str, str], dict[str, Any]] = {}

    def get(self, conversation: str, topic: str) -> dict[str, Any]:
        return dict(self.drafts.get((conversation, topic), {}))

    def put(self, conversation: str, topic: str, values: Mapping[str, Any]) -> None:
        self.drafts[conversation, topic] = dict(values)

    def drop(self, conversation: str, topic: str) -> None:
        self.drafts.pop((conversation, topic), None)

    def of(self, conversation: str) -> dict[str, dict[str, Any]]:
        return {topic: dict(one) for (owner, topic), one in self.drafts.items() if owner == conversation}


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


class FakeReminders:
    def __init__(self) -> None:
        self.planned: dict[str, Reminder] = {}
        self.stopped: set[str] = set()

    def reachable(self, phone: str, channel: str) -> bool:
        return phone not in self.stopped

    def plan(self, reminder: Reminder) -> Reminder:
        return self.planned.setdefault(reminder.key, reminder)

    def of(self, taxpayer: str) -> Sequence[Reminder]:
        return [one for one in self.planned.values() if one.taxpayer == taxpayer]

    def cancel(self, key: str, why: str) -> None:
        self.planned.pop(key, None)


class FakeCallBacks:
    def __init__(self) -> None:
        self.promised: list[tuple[HandoffWanted, str, datetime]] = []

    def promise(self, contact: Contact, wanted: HandoffWanted, phone: str, at: datetime) -> str:
        self.promised.append((wanted, phone, at))
        return "H-C"


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
        self.reminders, self.call_backs = FakeReminders(), FakeCallBacks()
        self.desk = Desk(
            self.cases,
            self.contacts,
            self.requests,
            self.drafts,
            self.handoffs,
            self.audit,
            FakeClock(),
            self.reminders,
            self.call_backs,
        )

    def proves(self, taxpayer: str) -> None:
        self.contacts.get("c").taxpayer = taxpayer

    def visit(self, intent: str, **entities: Any) -> Visit:
        return visit(self.desk, "c", said(intent, **entities))

    def says(self, intent: str, **entities: Any):
        return reply(self.visit(intent, **entities))


LEAVES = frozenset(
    "talk_to_agent request_callback complaint revenue_officer_contact cannot_pay_hardship distress opt_out".split()
)
"""What ends a form, its draft kept: the rule of that name in data/rules.yml."""


class Talk:
    """A talk as the dialogue leads it: the desk's reply, or the open form's, and then its next question."""

    def __init__(self, desk: FakeDesk, conversation: str = "c", channel: str = "web") -> None:
        self.desk, self.conversation = desk, conversation
        desk.contacts.get(conversation).channel = channel

    def say(self, intent: str, text: str = "", **entities: Any) -> list[Answer]:
        here = visit(self.desk.desk, self.conversation, said(intent, text, **entities))
        if forms.opened(here) is None:
            answer = reply(here)
            answers = [answer]
        else:
            how, heard_back = forms.take(here)
            answers = [here.close(one) for one in heard_back]
            if how is None and here.heard.intent in LEAVES:
                answers.append(forms.leave(here))
            elif how is None:
                answers.append(forms.aside(here))
            elif how != forms.GOES_ON:
                answers.append(here.close(forms.finish(here, how)))
        after = visit(self.desk.desk, self.conversation, said("nothing", ""))
        if forms.opened(after) is not None:
            answers.append(forms.ask(after))
        return answers


def said(intent: str, text: str = "", **entities: Any) -> Heard:
    """A message as the bot would have heard it: said("notice_question", notice="CP504")."""
    found = [{"entity": name, "value": value} for name, value in entities.items()]
    return heard(intent, found, text or intent)
