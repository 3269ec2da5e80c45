"""What the caller was heard to say: the need and its particulars, in the desk's own terms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Heard:
    """One message, understood. Values come from `bot/hearing`; none of them is authority."""

    intent: str
    text: str = ""
    notices: tuple[str, ...] = ()
    dates: tuple[date, ...] = ()
    amounts: tuple[Decimal, ...] = ()
    ambiguous_amount: bool = False
    tax_years: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    day: int | None = None
    language: str | None = None
    guesses: tuple[str, ...] = ()
    told_days: tuple[date, ...] = ()
    """Every day that was named, also "yesterday", which no letter has printed on it."""
    phones: tuple[str, ...] = ()
    """Telephone numbers, ten digits."""
    option: str | None = None
    """A button that answers the question asked."""

    @property
    def notice(self) -> str | None:
        """The notice spoken of last: in a correction the last value counts."""
        return self.notices[-1] if self.notices else None

    @property
    def amount(self) -> Decimal | None:
        """The amount spoken of last, US dollars."""
        return self.amounts[-1] if self.amounts else None

    @property
    def date(self) -> date | None:
        """The date spoken of last."""
        return self.dates[-1] if self.dates else None

    def to_json(self) -> dict[str, Any]:
        """For keeping a question until the caller has proved who they are."""
        return {
            "intent": self.intent,
            "entities": [
                *({"entity": "notice", "value": one} for one in self.notices),
                *({"entity": "date", "value": one.isoformat()} for one in self.dates),
                *({"entity": "amount", "value": str(one)} for one in self.amounts),
                *({"entity": "tax_year", "value": one} for one in self.tax_years),
                *([{"entity": "day", "value": self.day}] if self.day else []),
            ],
        }


def _payable(entity: Mapping[str, Any]) -> bool:
    """An amount somebody could pay; one that was said to be owed is not an offer."""
    return entity.get("entity") == "amount" and entity.get("about") != "owed"


_FROM_TODAY = re.compile(
    r"\b(?:today|tonight|yesterday|ago|last|past|this|hoy|ayer|antier|anteayer|hace|pasad[oa]|est[ae])\b",
    re.IGNORECASE,
)


def _told_from_today(entity: Mapping[str, Any], text: str) -> bool:
    """'I got it today' tells when a letter came, not the date printed on it, from which the law counts."""
    start, end = entity.get("start"), entity.get("end")
    if start is None or end is None:
        return False
    said = text[int(start) : int(end)]
    return bool(_FROM_TODAY.search(said)) and not any(one.isdigit() for one in said)


def heard(intent: str, entities: Iterable[Mapping[str, Any]], text: str = "", **more: Any) -> Heard:
    """Builds Heard from entities as the bot gives them: {"entity": "amount", "value": "200.00"}."""
    found = list(entities)

    def values(name: str) -> list[str]:
        return [str(one["value"]) for one in found if one.get("entity") == name]

    printed = [one for one in found if one.get("entity") == "date" and not _told_from_today(one, text)]
    days = [int(one) for one in values("day") if one.isdigit()]
    return Heard(
        intent=intent,
        text=text,
        notices=tuple(values("notice")),
        dates=tuple(date.fromisoformat(str(one["value"])) for one in printed),
        amounts=tuple(Decimal(str(one["value"])) for one in found if _payable(one)),
        ambiguous_amount=any(one.get("ambiguous") for one in found if one.get("entity") == "amount"),
        tax_years=tuple(values("tax_year")),
        forms=tuple(values("form")),
        day=days[-1] if days else None,
        language=next(iter(values("language")), None),
        told_days=tuple(date.fromisoformat(one) for one in values("date")),
        phones=tuple(one for one in values("phone") if len(one) >= 10),
        option=next(iter(values("option")), None),
        **more,
    )
