"""Plays a story on the stage and compares what happens with what its writer expects."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from acs.asof import known_on, with_spouse
from acs.view import case_view
from bot.hearing import hear
from store.cases import CaseStore
from store.conversations import Conversations
from store.handoff_rows import open_handoff
from store.requests import RequestStore
from store.tables.cases import NoteRow
from store.tables.conversations import Conversation, Message
from tests.line import figures
from tests.line.cast import Person
from tests.line.contact import Call, Chat, Text
from tests.line.expected import look, many, plain, same, ways
from tests.line.figures import Figures
from tests.line.stage import Stage
from tests.line.stories import Story

AWAITED = re.compile(r"(\d+) (minute|hour|day|week)s?")


@dataclass
class After:
    """How the contact stands after a turn, as the database has it."""

    state: str
    language: str
    proved: bool
    says: list[Any]
    choices: list[str]
    form: bool
    queue: str
    requests: list[Any]
    notes: list[str]
    recorded: list[str]


@dataclass
class Teller:
    """One telling of one story."""

    stage: Stage
    story: Story
    people: list[Person]
    contact: Any = None
    seen: int = 0
    log: list[str] = field(default_factory=list)
    said: Figures = field(default_factory=Figures)
    choices: list[str] = field(default_factory=list)
    own: tuple[Any, Figures] | None = None

    def tell(self) -> None:
        """All of it. AssertionError with the whole talk where something is not as written."""
        self._check_facts()
        self._come(self.story.channel)
        for turn in self.story.turns:
            self.said |= _in_turn(turn, self.stage.clock.today())
            reply = self._do(turn)
            if reply is None:
                continue
            self.log.append(f"   line: {reply}")
            after = self._after()
            self.choices = after.choices or self.choices
            try:
                self._compare(turn, reply, after)
                self._figures(reply, after)
            except AssertionError as wrong:
                raise AssertionError(f"{wrong}\n" + "\n".join(self.log)) from None

    # What is done.

    def _come(self, channel: str) -> None:
        number = self.people[0].phone if self.people else f"+1512{3_000_000 + id(self) % 999_999}"
        address = f"10.{id(self) % 250}.{id(self) // 250 % 250}.{id(self) // 62_500 % 250}"
        if channel == "web":
            self.contact = Chat(self.stage, address, self.story.language)
        else:
            self.contact = (
                Call(self.stage, number) if channel == "voice" else Text(self.stage, address, number)
            )
        self.log.append(f"-- {channel}, {self.stage.clock.today()}: {self.contact.greeting}")
        if channel == "voice" and self.story.language == "es":
            self.log.append(f"   [2] {self.contact.press('2')}")

    def _do(self, turn: dict[str, Any]) -> str | None:
        deed = next(iter(turn))
        self.log.append(f"> {deed}: {turn[deed]}")
        if "wait" in turn:
            number, unit = AWAITED.fullmatch(turn["wait"]).groups()  # type: ignore[union-attr]
            self.stage.clock.forward(timedelta(**{f"{unit}s": int(number)}))
            return None
        if "comes back" in turn:
            self._come(turn["comes back"])
            return self.contact.greeting
        if "prove" in turn:
            return self.contact.prove(self._proof(turn["prove"]), self._who(turn["prove"]))
        if "hang up" in turn:
            return self.contact.hang_up()
        if "silence" in turn:
            return self.contact.silence()
        if "choose" in turn:
            return self.contact.choose(turn["choose"], self.choices)
        for name in ("say", "press"):
            if name in turn:
                return getattr(self.contact, name)(str(turn[name]))
        raise AssertionError(turn)

    def _who(self, how: Any) -> Person:
        assert self.people, "nobody to prove: the story has no case"
        return self.people[1] if how == "spouse" else self.people[0]

    def _proof(self, how: Any) -> dict[str, str]:
        if how == "representative":
            return self._who(how).representative()
        proof = self._who(how).proof(how == "caller id")
        return (
            {**proof, "tin": proof["tin"][:-1] + str((int(proof["tin"][-1]) + 1) % 10)}
            if how == "wrong"
            else proof
        )

    # What has come of it.

    def _after(self) -> After:
        with self.stage.db.read() as session:
            row = self._row(session)
            if row is None:
                return After("bot", self.story.language, False, [], [], False, "", [], [], [])
            new = session.scalars(
                select(Message).where(Message.conversation == row.id, Message.seq > self.seen, Message.sender != "you")
                .order_by(Message.seq)
            ).all()  # fmt: skip
            self.seen = max([self.seen, *(one.seq for one in new)])
            owner = row.taxpayer or (self.people[0].id if self.people else None)
            last, waiting = (new[-1] if new else None), open_handoff(session, row.id)
            return After(
                row.state, row.language, row.taxpayer is not None, [one.says for one in new if one.says],
                list(last.choices or ()) if last else [], bool(last and last.secure_form),
                waiting.queue if waiting else "", list(RequestStore(session).of(owner)) if owner else [],
                [one.text for one in session.scalars(select(NoteRow).where(NoteRow.taxpayer_id == owner))],
                [one["what"] for one in (row.story or {}).get("asked_for", [])],
            )  # fmt: skip

    def _row(self, session: Any) -> Conversation | None:
        if self.contact.channel == "web":
            return session.get(Conversation, self.contact.id)
        if self.contact.channel == "voice":
            return Conversations(session).by_call(self.contact.call.sid)
        return Conversations(session).by_phone(self.contact.number, "sms", self.stage.clock.now())

    def views(self) -> list[Any]:
        """The case view of everyone in the story, today."""
        today = self.stage.clock.today()
        with self.stage.db.read() as session:
            store = CaseStore(session)
            found = []
            for one in self.people:
                household = {name: known_on(case, today) for name, case in store.household(one.id).items()}
                found.append(case_view(with_spouse(household[one.id], household), today, cases=household))
            return found

    # What is compared.

    def _check_facts(self) -> None:
        for path, wanted in self.story.facts.items():
            found = look(self.views()[0], path)
            assert same(found, wanted), f"the case view has {path} = {found}, the writer worked out {wanted}"

    def _compare(self, turn: dict[str, Any], reply: str, after: After) -> None:
        said = plain(reply)
        for wanted in many(turn.get("hears")):
            assert self._stands(wanted, said, after), f"not heard: {wanted}"
        for unwanted in many(turn.get("never")):
            assert not self._stands(unwanted, said, after), f"heard, and must not be: {unwanted}"
        self._compare_question(turn, reply, after)
        missing = set(many(turn.get("offers"))) - set(after.choices)
        assert not missing, f"not offered: {missing}; offered: {after.choices}"
        for name in ("form", "state", "queue", "language"):
            found = getattr(after, name)
            assert turn.get(name, found) == found, f"{name} is {found!r}, not {turn[name]!r}"
        for name, there in (("noted", after.notes), ("recorded", after.recorded)):
            for wanted in many(turn.get(name)):
                kept = plain(" / ".join(there))
                assert self._stands(wanted, kept, after), f"not {name}: {wanted!r}; there is {there}"
        self._compare_requests(turn, after)

    def _stands(self, wanted: Any, said: str, after: After) -> bool:
        voice = self.contact.channel == "voice"
        return any(plain(one) in said for one in ways(wanted, after.language, voice))

    def _compare_question(self, turn: dict[str, Any], reply: str, after: After) -> None:
        asked = re.findall(r"[^.?!¿]*\?", reply)
        assert len(asked) <= 2, f"more than one question: {asked}"
        if turn.get("asks") == "nothing":
            assert not asked, f"asks: {asked}"
            return
        for wanted in many(turn.get("asks")):
            assert self._stands(wanted, plain(" ".join(asked)), after), (
                f"does not ask {wanted!r}, but {asked}"
            )

    def _compare_requests(self, turn: dict[str, Any], after: After) -> None:
        shown = [(one.kind, one.status, dict(one.facts)) for one in after.requests]
        if "request" in turn:
            wanted = turn["request"]
            fits = [one for one in after.requests if one.kind == wanted["kind"]]
            fits = [one for one in fits if wanted.get("status", one.status) == one.status]
            fits = [
                one
                for one in fits
                if all(same(one.facts.get(k), v) for k, v in wanted.get("facts", {}).items())
            ]
            assert len(fits) == 1, f"{len(fits)} requests are {wanted}; there are {shown}"
        assert not (turn.get("no request") and shown), f"there are requests: {shown}"

    def _own(self, after: After) -> Figures:
        """The figures of the case: worked out anew when the day changed or something was requested."""
        now = (self.stage.clock.today(), [(one.key, one.status) for one in after.requests])
        if self.own is None or self.own[0] != now:
            found = Figures()
            for one in self.people:
                found |= figures.inside(one.case)
            for view in self.views():
                found |= figures.inside(view) | _sums(view)
            self.own = (now, found)
        return self.own[1]

    def _figures(self, reply: str, after: After) -> None:
        """Each figure is the case view's, the law's or the caller's own; before identity none is the case's."""
        told = figures.told(after.says) | (
            Figures() if self.contact.channel == "voice" else figures.written(reply)
        )
        known = figures.law() | self.said | figures.of_values((), [self.stage.clock.today()])
        own = self._own(after)
        if after.proved:
            stray = told - known - own - _dates_of(after, own)
            assert not stray, f"in the reply but not in the case view, the law or the caller's words: {stray}"
        else:
            assert not (told - known) & own, f"told before identity: {(told - known) & own}"
            assert not told - known, f"neither of the law nor of the caller's words: {told - known}"


def _sums(view: Any) -> Figures:
    """The penalties of a period as one amount: the line may say them together."""
    parts = ("failure_to_file", "failure_to_pay", "other_penalties")
    known = [one for one in view["modules"] if all(one[part] is not None for part in parts)]
    return figures.of_values(sum(Decimal(one[part]) for part in parts) for one in known)


def _dates_of(after: After, own: Figures) -> Figures:
    """The days of what was requested; where a reminder is spoken of, also a day before a payment and three before
    a deadline."""
    found = figures.inside([dict(one.facts) for one in after.requests])
    if any("reminder" in one["words"] for say in after.says for one in say):
        sent = {day - timedelta(days=1) for day in found.days} | {day - timedelta(days=3) for day in own.days}
        found |= figures.of_values((), sent)
    return found | figures.of_values((), [one.asked_at.date() for one in after.requests])


def _in_turn(turn: dict[str, Any], today: date) -> Figures:
    """What the caller says in this turn, and what the writer worked out for it."""
    found = figures.inside([turn.get("hears"), turn.get("request")], numbers=True)
    said = str(turn.get("say") or turn.get("press") or "")
    heard = hear(said, today, None) if said else []
    amounts = [Decimal(str(one["value"])) for one in heard if one["entity"] == "amount"]
    amounts += [Decimal(one.replace(",", "")) for one in re.findall(r"\d[\d,]*(?:\.\d\d)?", said)]
    days = [date.fromisoformat(str(one["value"])) for one in heard if one["entity"] == "date"]
    # A day named without its year may be the last one or the next.
    days += [
        one.replace(year=one.year + by) for one in days if (one.month, one.day) != (2, 29) for by in (-1, 1)
    ]
    return found | figures.of_values(amounts, days)
