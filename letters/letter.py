"""A notice of the collection system as a page: this case's own figures and days, as of the notice's date."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from acs.asof import known_on, with_spouse
from acs.case import Case, Module, Notice
from acs.errors import AcsError
from acs.notices import NoticeInfo, canonical, notice_info
from acs.view import case_view
from acs.view_types import CaseView, ModuleView
from channels import eye
from letters import figures, notice_days
from letters.page import Blanks, Block, Bullets, Choices, Heading, Key, Keys, NewPage, Page, Pairs, Paragraph
from letters.ways import Letter, ways
from letters.words import HOLE, Language, Words, read

Day = datetime.date


class NoLetter(AcsError):
    """There is no such letter to print; the message says what there is and what to do."""


@dataclass(frozen=True)
class Found:
    """A letter of a case: its name as printed, its day, and the periods it was sent for."""

    code: str
    day: Day
    notices: tuple[tuple[Module, Notice], ...]


def find(case: Case, code: str, on: Day) -> Found:
    """The newest letter of that name dated on or before `on`. Raises NoLetter with the names there are."""
    wanted = canonical(code)
    known = known_on(case, on)
    sent = [(m, n) for m in known.modules for n in m.notices]
    same = [(m, n) for m, n in sent if canonical(n.code) == wanted]
    if not same:
        raise NoLetter(_none(case, code, on, sent))
    day = max(n.date for _, n in same)
    return Found(wanted, day, tuple((m, n) for m, n in same if n.date == day))


def letter(
    case: Case, code: str, on: Day, language: Language | None = None, *, cases: Mapping[str, Case] | None = None,
    demo: bool = True,
) -> Page:  # fmt: skip
    """The newest letter of that name on `on`, with the figures of its own date.

    `language` is the taxpayer's when left out; `cases` by id are where a spouse is looked up. Raises NoLetter.
    """
    case = with_spouse(case, {key: other for key, other in (cases or {}).items() if key != case.id})
    found = find(case, code, on)
    info = notice_info(code)
    if info is None:
        raise NoLetter(
            f"Nobody taught the line a letter named '{code}'. Check the name printed on the letter."
        )
    spoken = language or case.language
    return _Made(case, found, info, case_view(case, found.day), spoken, demo).page()


def entry(code: str) -> dict[str, Any]:
    """What letters/words/codes.yml says of a letter, with what it takes from the letter it is like."""
    table = read("codes")
    info = notice_info(code)
    name = canonical(code) if canonical(code) in table else info.code if info else code
    own = dict(table.get(name) or {})
    like = own.pop("like", None)
    return {**entry(like), **own} if like else own


class _Made:
    """One letter in the making."""

    def __init__(
        self, case: Case, found: Found, info: NoticeInfo, view: CaseView, language: Language, demo: bool
    ) -> None:
        self.case, self.found, self.info, self.view, self.demo = (
            known_on(case, found.day),
            found,
            info,
            view,
            demo,
        )
        self.entry = entry(found.code)
        self.words = Words("frame", language, found.day)
        self.english = language == "en"
        self.days = notice_days.of_notice(view, found.notices)
        self.modules = self._modules()
        self.covered = figures.total(m["payoff"] for m in self.modules)

    def page(self) -> Page:
        say, day = self.words.say, self.words.written(self.found.day)
        return Page(
            title=self.words.fill(self.entry["title"]), language=self.words.language, day=self.found.day.isoformat(),
            sender=say("sender"), number=say("number"), mark=say("mark") if self.demo else "", above=self._name(),
            to=self._to(), facts=self._facts(day), foot=say("foot", day=day),
            blocks=(self._boxes(), *self._about(), *self._amounts(), *self._days(), *self._can(), *self._next(),
                    *self._rights(), *self._call(), self._sources(), *self._answer(day)),
        )  # fmt: skip

    def _modules(self) -> list[ModuleView]:
        """The periods whose amounts are shown: those of the letter, or every period owed."""
        keys = {(m.form, m.period) for m, _ in self.found.notices}
        if self.entry.get("scope") == "account":
            return [
                m for m in self.view["modules"] if m["payoff"] != "0.00" or (m["form"], m["period"]) in keys
            ]
        return [m for m in self.view["modules"] if (m["form"], m["period"]) in keys]

    def _name(self) -> str:
        """'Notice LT11', 'Letter 3172'."""
        if self.found.code.startswith("L") and self.found.code[1:2].isdigit():
            number = self.found.code[1:].replace("725B", "725-B")
            return self.words.say("letter_above", code=number)
        return self.words.say("above", code=self.found.code)

    def _to(self) -> tuple[str, ...]:
        a = self.case.address
        place = ", ".join(p for p in (a.city, " ".join(x for x in (a.state, a.zip) if x)) if p) if a else ""
        return tuple(line for line in (self.case.name.full, a.street if a else None, place) if line)

    def _facts(self, day: str) -> tuple[tuple[str, str], ...]:
        say, digits = self.words.say, [c for c in self.case.tin if c.isdigit()]
        forms = dict.fromkeys(m.form for m, _ in self.found.notices)
        periods = [
            f"{f}: {', '.join(dict.fromkeys(m.period for m, _ in self.found.notices if m.form == f))}"
            for f in forms
        ]
        rows = [(say("facts.date"), day), (say("facts.periods"), "; ".join(periods)),
                (say("facts.tin"), say("facts.ending", last="".join(digits[-4:])))]  # fmt: skip
        if self.case.caller_id:
            rows.append((say("facts.caller_id"), self.case.caller_id))
        return tuple(rows)

    def _boxes(self) -> Block:
        boxes = []
        printed = any(n.deadline for _, n in self.found.notices)
        if first := notice_days.box(self.days, printed, self.words):
            boxes.append(first)
        if self.entry.get("scope") != "none":
            boxes.append(self._due())
        return Keys(tuple(boxes)) if boxes else Paragraph(self.words.say("days.only_letter"))

    def _due(self) -> Key:
        label = self.words.say("amounts.due", day=self.words.written(self.found.day))
        if self.covered is None:
            return Key(label, self.words.say("amounts.unknown"))
        whole = self.view["balance"]["payoff"] == f"{self.covered:.2f}"
        grows = self.view["balance"]["per_day"] if whole else None
        detail = (
            self.words.say("amounts.due_detail", per_day=eye.money(grows))
            if grows and grows != "0.00"
            else ""
        )
        return Key(label, eye.money(self.covered), detail)

    def _about(self) -> list[Block]:
        meaning = self.info.meaning if self.english else self.info.meaning_es
        about = self.words.fill(self.entry["about"]) if "about" in self.entry else meaning
        lines = [about, *self._sentences("more")]
        return [Heading(self.words.say("headings.means")), *(Paragraph(line) for line in lines)]

    def _amounts(self) -> list[Block]:
        if self.entry.get("scope") == "none" or not self.modules:
            return []
        blocks: list[Block] = [Heading(self.words.say("headings.owe"))]
        if self.entry.get("scope") == "account" and len(self.modules) > 1:
            blocks.append(Paragraph(self.words.say("amounts.account")))
        blocks += figures.table(self.modules, self.words)
        if other := self._other():
            blocks.append(Paragraph(self.words.say("amounts.other_periods", amount=other)))
        return blocks

    def _other(self) -> str | None:
        """What other periods owe, or None when nothing does or nobody knows."""
        shown = {(m["form"], m["period"]) for m in self.modules}
        amount = figures.total(
            m["payoff"] for m in self.view["modules"] if (m["form"], m["period"]) not in shown
        )
        return eye.money(amount) if amount else None

    def _days(self) -> list[Block]:
        return [Heading(self.words.say("headings.last_days")),
                *notice_days.section(self.days, self.found.notices, self.words)]  # fmt: skip

    def _next(self) -> list[Block]:
        follow = self.info.may_follow if self.english else self.info.may_follow_es
        follow = self.words.fill(self.entry["next"]) if "next" in self.entry else follow
        blocks: list[Block] = [Heading(self.words.say("headings.next")), Paragraph(follow)]
        if cannot := self._sentences("cannot"):
            blocks += [Heading(self.words.say("headings.cannot")), Bullets(tuple(cannot))]
        return blocks

    def _can(self) -> list[Block]:
        found = ways(
            Letter(self.info, self.days, self.covered, self.view, self.case.individual),
            Words("options", self.words.language, self.words.day),
        )
        items = (*self._sentences("do"), *found)
        return [Heading(self.words.say("headings.can")), Bullets(items)] if items else []

    def _rights(self) -> list[Block]:
        say = self.words.say
        common = ["represent", *(["clinic"] if self.case.individual else []), "rights"]
        items = [*self._sentences("rights"), *(say(f"rights.{name}") for name in common)]
        return [Heading(say("headings.rights")), Bullets(tuple(items))]

    def _call(self) -> list[Block]:
        say, items = self.words.say, [self.words.say("call.first"), *self._holder()]
        if self.case.caller_id:
            items.append(say("call.with_id", caller_id=self.case.caller_id))
        items.append(say("call.individual" if self.case.individual else "call.business"))
        for kind, key in (("lien_notice", "lien"), ("passport", "passport")):
            if kind in self.info.kinds:
                items.append(say(f"call.{key}"))
        items += [say("rights.advocate"), say("call.scams")]
        return [Heading(say("headings.call")), Bullets(tuple(items))]

    def _holder(self) -> list[str]:
        """The revenue officer or the agency that has the case, by name and number."""
        holder = self.view["assignment"]
        name, phone = holder.get("name"), holder.get("phone")
        if holder["to"] not in ("revenue_officer", "private_agency") or not name or not phone:
            return []
        return [self.words.say(f"call.{holder['to']}", name=name, phone=eye.phone(phone))]

    def _answer(self, day: str) -> list[Block]:
        """A page to tear off and send: it says by itself whose it is and what it answers."""
        names = self.entry.get("answer") or []
        if not names:
            return []
        say = self.words.say
        hardship = next(o["terms"] for o in self.view["options"] if o["option"] == "hardship")
        form = hardship.get("form") or "433-F"
        if not self.case.individual:
            names = ["hardship_business" if name == "hardship" else name for name in names]
        who = ((say("blanks.name"), self.case.name.full), (self._name(), day), *self._facts(day)[1:])
        return [
            NewPage(), Heading(say("headings.answer")), Pairs(who), Paragraph(say("answer.how")),
            Choices(tuple(say(f"answer.{name}", form=form) for name in names)),
            Blanks(tuple(say(f"blanks.{name}") for name in ("phone", "sign"))),
        ]  # fmt: skip

    def _sources(self) -> Block:
        sources = dict.fromkeys([self.info.source, *(d["source"] for d in self.days)])
        return Paragraph(f"{self.words.say('headings.sources')}: {'; '.join(sources)}.", small=True)

    def _sentences(self, key: str) -> list[str]:
        """The sentences of the letter's entry; one that tells of a plan is left out when there is none."""
        values: dict[str, object] = {}
        plan = next(
            (a for a in self.case.agreements if a.status in ("active", "defaulted") and a.ended is None), None
        )
        if plan and plan.monthly is not None and plan.day is not None:
            values = {"monthly": eye.money(plan.monthly), "day": plan.day}
        can = [
            s for s in self.entry.get(key) or () if all("." in h or h in values for h in HOLE.findall(s[0]))
        ]
        return [self.words.fill(sentence, **values) for sentence in can]


def _none(case: Case, code: str, on: Day, sent: list[tuple[Module, Notice]]) -> str:
    day = eye.day(on, "en")
    names = dict.fromkeys(
        f"{n.code} ({n.date.isoformat()})" for _, n in sorted(sent, key=lambda pair: pair[1].date)
    )
    if not names:
        return f"Taxpayer '{case.id}' has no letter on {day}. Look at a later day with --on DATE."
    return (
        f"Taxpayer '{case.id}' has no letter {code} on {day}. "
        f"There is: {', '.join(names)}. Name one of these with --code, or look at a later day with --on DATE."
    )
