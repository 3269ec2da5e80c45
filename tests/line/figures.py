"""Every dollar and every date the line says: it stands in the case view, in the law, or was said by the caller."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

LAW = Path(__file__).resolve().parents[2] / "law"
MONTHS = "january february march april may june july august september october november december".split()
MESES = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
_MONEY = re.compile(r"\$\s?(\d[\d,]*(?:\.\d\d)?)")
_DATE = re.compile(rf"\b({'|'.join(MONTHS)}) (\d{{1,2}}), (\d{{4}})\b", re.IGNORECASE)
_FECHA = re.compile(rf"\b(\d{{1,2}}) de ({'|'.join(MESES)}) de (\d{{4}})\b", re.IGNORECASE)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_PLAIN_MONEY = re.compile(r"-?\d+\.\d\d")


@dataclass(frozen=True)
class Figures:
    """Amounts in US dollars, and days."""

    money: frozenset[Decimal] = field(default_factory=frozenset)
    days: frozenset[date] = field(default_factory=frozenset)

    def __or__(self, other: Figures) -> Figures:
        return Figures(self.money | other.money, self.days | other.days)

    def __sub__(self, other: Figures) -> Figures:
        return Figures(self.money - other.money, self.days - other.days)

    def __and__(self, other: Figures) -> Figures:
        return Figures(self.money & other.money, self.days & other.days)

    def __bool__(self) -> bool:
        return bool(self.money or self.days)

    def __str__(self) -> str:
        return ", ".join(
            [*(f"${one:,.2f}" for one in sorted(self.money)), *(str(one) for one in sorted(self.days))]
        )


def written(text: str) -> Figures:
    """The figures in a text for the eye, English or Spanish."""
    days = [
        *((int(y), MONTHS.index(m.lower()) + 1, int(d)) for m, d, y in _DATE.findall(text)),
        *((int(y), MESES.index(m.lower()) + 1, int(d)) for d, m, y in _FECHA.findall(text)),
    ]
    return of_values(
        (Decimal(one.replace(",", "")) for one in _MONEY.findall(text)), (date(*one) for one in days)
    )


def of_values(money: Iterable[Decimal], days: Iterable[date] = ()) -> Figures:
    """These figures; an amount counts without its sign."""
    return Figures(frozenset(abs(one).quantize(Decimal("0.01")) for one in money), frozenset(days))


def told(says: Any) -> Figures:
    """The typed facts of what was said, which for a voice are words and no figures any more."""
    money, days = [], []
    for kind, value in _facts(says):
        if kind == "money":
            money.append(Decimal(value))
        elif kind == "date":
            days.append(date.fromisoformat(value))
    return of_values(money, days)


def _facts(node: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(node, Mapping):
        if set(node) >= {"kind", "value"} and not isinstance(node["value"], Mapping):
            yield node["kind"], node["value"]
        for one in node.values():
            yield from _facts(one)
    elif isinstance(node, list | tuple):
        for one in node:
            yield from _facts(one)


def inside(node: Any, *, numbers: bool = False) -> Figures:
    """All figures in a case view, a case file or a file of the law; `numbers` counts plain numbers as amounts."""
    money: list[Decimal] = []
    days: list[date] = []
    for one in _leaves(node):
        if isinstance(one, datetime):
            days.append(one.date())
        elif isinstance(one, date):
            days.append(one)
        elif isinstance(one, str):
            found = written(one)
            money += found.money
            days += found.days
            days += [date.fromisoformat(day) for day in _ISO.findall(one)[:1] if _ISO.fullmatch(one)]
            money += [Decimal(one)] if _PLAIN_MONEY.fullmatch(one) else []
        elif isinstance(one, float) or (numbers and isinstance(one, int) and not isinstance(one, bool)):
            money.append(Decimal(str(one)))
    return of_values(money, days)


def _leaves(node: Any) -> Iterator[Any]:
    if isinstance(node, Mapping):
        for one in node.values():
            yield from _leaves(one)
    elif isinstance(node, list | tuple):
        for one in node:
            yield from _leaves(one)
    else:
        yield node


@cache
def law() -> Figures:
    """Every figure of law/*.yml."""
    found = Figures()
    for file in LAW.glob("*.yml"):
        found |= inside(yaml.safe_load(file.read_text(encoding="utf-8")), numbers=True)
    return found
