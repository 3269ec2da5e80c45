"""What the desk says back: words with their facts, at most one question, and what happens next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

Fact = Mapping[str, Any]


def money(value: Decimal | str) -> Fact:
    """US dollars with two decimals."""
    return {"kind": "money", "value": f"{Decimal(value):.2f}"}


def day(value: date | str) -> Fact:
    """A calendar day."""
    return {"kind": "date", "value": value if isinstance(value, str) else value.isoformat()}


def notice(code: str) -> Fact:
    """A notice by the name printed on it."""
    return {"kind": "notice", "value": code}


def number(value: int) -> Fact:
    """A count."""
    return {"kind": "number", "value": value}


QUARTERS = {
    "Q1": ("first", "primer"),
    "Q2": ("second", "segundo"),
    "Q3": ("third", "tercer"),
    "Q4": ("fourth", "cuarto"),
}


def year(value: str) -> Fact:
    """A tax year, or the quarter of a business ('2025Q3') in words."""
    if value[4:] in QUARTERS:
        en, es = QUARTERS[value[4:]]
        return text(f"the {en} quarter of {value[:4]}", f"el {es} trimestre de {value[:4]}")
    return {"kind": "year", "value": value}


def form(value: str) -> Fact:
    """An IRS form number."""
    return {"kind": "form", "value": value}


def phone(value: str) -> Fact:
    """A telephone number, ten digits."""
    return {"kind": "phone", "value": value}


def text(en: str, es: str) -> Fact:
    """A phrase that the rules core already says in both languages."""
    return {"kind": "text", "value": {"en": en, "es": es}}


def words(key: str) -> Fact:
    """A fragment whose words stand in domain.yml."""
    return {"kind": "words", "value": key}


def listing(items: Sequence[Fact]) -> Fact:
    """Several facts, read out with commas and a last "and"."""
    return {"kind": "list", "value": list(items)}


@dataclass(frozen=True)
class Say:
    """One thing said: a response of domain.yml and the facts that fill it.

    A detail helps on a screen and is left out where a person has to listen or to pay per text.
    """

    words: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    detail: bool = False


@dataclass(frozen=True)
class Answer:
    """A whole reply. `ask` is the one question that may end it."""

    say: tuple[Say, ...] = ()
    ask: Say | None = None
    choices: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    secure_form: str | None = None
    listen: str | None = None
    turned_to: str | None = None
    start: str | None = None
    """The small form (its topic) that opens after this answer, if any."""

    def says(self, *, brief: bool = False) -> tuple[Say, ...]:
        """All that is said, the question last; `brief` leaves the details out."""
        said = tuple(one for one in self.say if not (brief and one.detail))
        return (*said, self.ask) if self.ask else said


def together(*answers: Answer) -> Answer:
    """Several answers as one reply; only the last question and its choices are kept."""
    said: list[Say] = []
    sources: list[str] = []
    last = Answer()
    for answer in answers:
        said += [one for one in answer.say if one not in said]
        sources += [one for one in answer.sources if one not in sources]
        if answer.ask or answer.choices or answer.secure_form or answer.start:
            last = answer
    turned = next((one.turned_to for one in answers if one.turned_to), None)
    return replace(last, say=tuple(said), sources=tuple(sources), turned_to=turned)
