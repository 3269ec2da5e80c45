"""One message at the desk: who speaks, what was heard, and the case, only where the law lets us see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from acs.asof import known_on, with_spouse
from acs.case import Case
from acs.view import case_view
from acs.view_types import CaseView, DeadlineView, OptionView
from desk.answer import Answer, Say
from desk.contact import Contact
from desk.heard import Heard
from desk.ports import Desk

NOT_CITED = frozenset({"the account", "law/"})
"""Where a reason comes from when it is no law: nothing a caller could look up."""
BRIEF = frozenset({"sms", "voice"})
"""Channels on which details are left out: they are listened to, or paid per segment."""

IDENTITY_GROUND = "identity proved in this contact, 26 USC 6103(e)(1)"


@dataclass
class Visit:
    """The case and its view are there only once identity is proved (26 USC 6103)."""

    desk: Desk
    contact: Contact
    heard: Heard
    today: date
    case: Case | None = None
    view: CaseView | None = None
    disclosed: list[str] = field(default_factory=list)
    resumed: bool = False
    """Whether this answers a question that was asked before identity was proved."""

    @property
    def verified(self) -> bool:
        return self.view is not None

    def deadlines(self, *, kind: str | None = None) -> list[DeadlineView]:
        """The case's deadlines, nearest first, those still open before those gone by."""
        found = [one for one in (self.view["deadlines"] if self.view else []) if kind in (None, one["kind"])]
        return sorted(found, key=lambda one: (one["passed"], abs(one["days_left"])))

    def option(self, name: str) -> OptionView | None:
        """What the rules core says of one option for this case."""
        options = self.view["options"] if self.view else []
        return next((one for one in options if one["option"] == name), None)

    def shows(self, *what: str) -> None:
        """Remembers what of the case this answer lets the caller see, for the audit trail."""
        self.disclosed += [one for one in what if one not in self.disclosed]

    def asks_for(self, what: str) -> None:
        """Records a right or a wish with its time, whatever comes of it."""
        entry = {"what": what, "at": self.desk.clock.now().isoformat(timespec="seconds")}
        if all(one["what"] != what for one in self.contact.story.asked_for):
            self.contact.story.asked_for.append(entry)

    def offers(self, what: str, **terms: Any) -> None:
        """Records what was offered, for the card."""
        entry = {"what": what, **terms}
        if entry not in self.contact.story.offered:
            self.contact.story.offered.append(entry)

    def close(self, answer: Answer) -> Answer:
        """Keeps the story and the audit trail; returns the answer unchanged."""
        told = self.contact.story.told
        turn = told[-1].get("turn", 0) + 1 if told else 1
        brief = self.contact.channel in BRIEF
        told += [
            {"words": say.words, "facts": dict(say.facts), "turn": turn}
            for say in answer.say
            if not (brief and say.detail)
        ]
        self.desk.contacts.keep(self.contact)
        answer = replace(answer, sources=tuple(one for one in answer.sources if one not in NOT_CITED))
        if self.disclosed:
            self.desk.audit.disclosed(self.contact, self.disclosed, IDENTITY_GROUND, self.desk.clock.now())
        return answer


def visit(desk: Desk, conversation: str, heard: Heard) -> Visit:
    """Opens a visit: the case comes in only if the database says identity is proved."""
    contact = desk.contacts.get(conversation)
    today = desk.clock.today()
    here = Visit(desk, contact, heard, today)
    if contact.taxpayer is not None:
        case = desk.cases.get(contact.taxpayer)
        if case is not None:
            household = desk.cases.household(contact.taxpayer)
            here.case = with_spouse(
                known_on(case, today), {id: known_on(one, today) for id, one in household.items()}
            )
            here.view = case_view(case, today, cases=household)
    remember(contact, heard)
    return here


def remember(contact: Contact, heard: Heard) -> None:
    """Adds what the caller said to the story, in their own words."""
    story = contact.story
    if heard.text and heard.text not in story.own_words[-1:]:
        story.own_words.append(heard.text)
    for code in heard.notices:
        entry: dict[str, Any] = {"code": code}
        if heard.date:
            entry["date"] = heard.date.isoformat()
        if all(one.get("code") != code or ("date" in entry and "date" not in one) for one in story.notices):
            story.notices = [one for one in story.notices if one.get("code") != code] + [entry]


def needs_identity(here: Visit, *say: Say, sources: Sequence[str] = ()) -> Answer:
    """The general answer now; the caller's own once they have proved who they are."""
    here.contact.pending = here.heard.to_json()
    here.contact.asked = "identity"
    return Answer(
        say=tuple(say),
        ask=Say("utter_ask_identity"),
        sources=tuple(sources),
        secure_form="identity",
    )
