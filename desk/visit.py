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
from desk.authority import OWN, Authority, ground_of, limited
from desk.contact import Contact
from desk.heard import Heard
from desk.ports import Desk

NOT_CITED = frozenset({"the account", "law/"})
"""Where a reason comes from when it is no law: nothing a caller could look up."""
OFFERS_A_PERSON = frozenset(
    "utter_offer_person utter_hardship_person utter_levy_person utter_penalty_person utter_plan_change_person "
    "utter_plan_reinstate_person utter_plan_with_person".split()
)
"""Questions whose yes is a person, whoever asked them."""
BRIEF = frozenset({"sms", "voice"})
"""Channels on which details are left out: they are listened to, or paid per segment."""


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
    turn: int | None = None
    """The number of this turn in the story, once something was told in it."""
    resumed: bool = False
    """Whether this answers a question that was asked before identity was proved."""

    authority: Authority | None = None
    """The representative who speaks for the taxpayer; None when the taxpayer does."""
    ground: str = OWN
    """The ground on which the case is told, for the audit trail."""

    @property
    def only_hears(self) -> bool:
        """Whether this caller may be told things but may ask for nothing (Form 8821)."""
        return self.authority is not None and not self.authority.may_act

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
        """Keeps the story and the audit trail; returns the answer. Done again it adds only what is new."""
        if answer.ask and answer.ask.words in OFFERS_A_PERSON:
            self.contact.asked = "person"
        told = self.contact.story.told
        self.turn = self.turn or (told[-1].get("turn", 0) + 1 if told else 1)
        brief = self.contact.channel in BRIEF
        now = [
            {"words": say.words, "facts": dict(say.facts), "turn": self.turn}
            for say in answer.say
            if not (brief and say.detail)
        ]
        told += [one for one in now if one not in told]
        self._note_wishes()
        self.contact.story.shorten()
        self.desk.contacts.keep(self.contact)
        sources = (one for one in dict.fromkeys(answer.sources) if one not in NOT_CITED)
        answer = replace(answer, sources=tuple(sources))
        if self.disclosed:
            self.desk.audit.disclosed(self.contact, self.disclosed, self.ground, self.desk.clock.now())
            self.disclosed = []
        return answer

    def _note_wishes(self) -> None:
        """What was asked for goes into the case notes, with its time, as soon as it is known whose case it is."""
        if self.case is None:
            return
        for one in self.contact.story.asked_for:
            if not one.get("noted"):
                at = str(one["at"])[:16].replace("T", " ")
                text = f"TP asked for: {one['what']} ({at} UTC, {self.contact.channel})."
                self.desk.cases.add_note(self.case.id, "ACS Line", text, self.desk.clock.now())
                one["noted"] = True


def visit(desk: Desk, conversation: str, heard: Heard) -> Visit:
    """Opens a visit: the case comes in only if the database says identity is proved."""
    contact = desk.contacts.get(conversation)
    today = desk.clock.today()
    here = Visit(desk, contact, heard, today)
    if contact.taxpayer is not None:
        case = desk.cases.get(contact.taxpayer)
        if case is not None:
            _let_in(here, case)
    remember(contact, heard)
    return here


def _let_in(here: Visit, case: Case) -> None:
    """The whole case with the joint periods to the taxpayer; the listed periods to whoever has a form on file."""
    here.authority = Authority.of(here.contact.authority)
    own = known_on(case, here.today)
    if here.authority is not None:
        here.case, here.ground = limited(own, here.authority), here.authority.ground
        here.view = case_view(here.case, here.today)
        return
    household = here.desk.cases.household(case.id)
    here.case = with_spouse(own, {id: known_on(one, here.today) for id, one in household.items()})
    here.ground = ground_of(own, here.case)
    here.view = case_view(case, here.today, cases=household)


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


RIGHTS = frozenset(
    "cdp_appeal collection_appeal_other cannot_pay_hardship innocent_spouse taxpayer_advocate wage_levy bank_levy".split()
)
"""Needs that are not lost when something else is asked before identity is proved: they come first after it."""


def keep_question(here: Visit) -> None:
    """What was asked waits for the proof of identity; a right asked for earlier waits with it."""
    before, now = here.contact.pending or {}, here.heard.to_json()
    earlier = [*before.get("rights", ()), before.get("intent")]
    rights = [one for one in dict.fromkeys(earlier) if one in RIGHTS and one != now["intent"]]
    here.contact.pending = {**now, "rights": rights} if rights else now


def needs_identity(here: Visit, *say: Say, sources: Sequence[str] = ()) -> Answer:
    """The general answer now; the caller's own once they have proved who they are."""
    keep_question(here)
    here.contact.asked = "identity"
    return Answer(
        say=tuple(say),
        ask=Say("utter_ask_identity"),
        sources=tuple(sources),
        secure_form="identity",
    )
