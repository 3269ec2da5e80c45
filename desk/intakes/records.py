"""What is kept of an intake: where the talk stands, the draft, and the request itself."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desk import forms
from desk.answer import Fact, day, money, number, text, words, year
from desk.intakes.model import Intake, Question, Values
from desk.ports import Request
from desk.visit import Visit

OPEN = ("asked", "to_sign", "submitted", "handed", "promised")
CONFIRM = forms.CONFIRM
BRIEFLY = 90


@dataclass
class Place:
    """Where the talk stands in an intake."""

    topic: str
    asked: str | None = None
    misses: int = 0


def place(here: Visit) -> Place | None:
    """Where the open form of this conversation stands."""
    kept = here.desk.drafts.get(here.contact.id, forms.OPEN)
    return Place(str(kept["topic"]), kept.get("asked"), int(kept.get("misses") or 0)) if kept else None


def stand(here: Visit, at: Place) -> None:
    """Remembers where the talk stands."""
    here.desk.drafts.put(here.contact.id, forms.OPEN, dict(vars(at)))


def draft(here: Visit, topic: str) -> dict[str, Any]:
    """The answers given so far, by question; None for one left open."""
    return forms.draft(here, topic)


def keep(here: Visit, topic: str, values: Mapping[str, Any]) -> None:
    """Adds answers to the draft."""
    here.desk.drafts.put(forms.owner(here), topic, {**draft(here, topic), **values})


def reopen(here: Visit, topic: str, name: str) -> None:
    """Forgets one answer, so that it is asked again."""
    left = {key: value for key, value in draft(here, topic).items() if key != name}
    here.desk.drafts.put(forms.owner(here), topic, left)


def open_request(here: Visit, kind: str) -> Request | None:
    """The latest request of this kind that is not done."""
    if here.case is None:
        return None
    found = [one for one in here.desk.requests.of(here.case.id) if one.kind == kind and one.status in OPEN]
    return found[-1] if found else None


def asked_now(here: Visit, intake: Intake) -> None:
    """Keeps the wish with its moment, so that it stands even if nothing more is said."""
    here.asks_for(intake.wish)
    if (
        here.only_hears
        or not intake.at_once
        or here.case is None
        or not intake.fits(here)
        or open_request(here, intake.topic)
    ):
        return
    terms = intake.terms(here, draft(here, intake.topic))
    put(here, intake, status="asked", facts=terms)


def put(here: Visit, intake: Intake, *, status: str, facts: Mapping[str, Any]) -> Request:
    """A new request under a name nobody can guess."""
    assert here.case is not None
    return here.desk.requests.open(
        Request(
            key=secrets.token_urlsafe(12),
            taxpayer=here.case.id,
            conversation=here.contact.id,
            kind=intake.topic,
            status=status,
            asked_at=here.desk.clock.now(),
            facts=dict(facts),
        )
    )


def fact(question: Question, value: Any) -> Fact:
    """An answer as it is read back."""
    if value is None:
        return words("line_left_open")
    match question.kind:
        case "money":
            return money(value)
        case "count":
            return number(int(value))
        case "year":
            return year(str(value))
        case "yes_no":
            return words("choice_yes" if value else "choice_no")
        case "choice":
            return words(f"choice_{value}")
        case "when" if _is_day(value):
            return day(value)
    return text(_brief(value), _brief(value))


def _brief(said: str) -> str:
    return said if len(said) <= BRIEFLY else said[: BRIEFLY - 1].rstrip() + "…"


def _is_day(value: str) -> bool:
    return len(value) == 10 and value[4] == value[7] == "-"


def in_note(intake: Intake, values: Values) -> str:
    """The answers as an agent reads them in the case notes."""
    told = [
        f"{one.name.replace('_', ' ')}: {_noted(one, values[one.name])}"
        for one in intake.questions
        if one.name in values
    ]
    return "; ".join(told)


def _noted(question: Question, value: Any) -> str:
    if value is None:
        return "not given"
    if question.kind == "choice":
        return str(value).split("_", 1)[-1].replace("_", " ")
    if question.kind == "yes_no":
        return "yes" if value else "no"
    return f"${value}" if question.kind == "money" else str(value)
