"""The figure of the law in force on a day, with where it comes from. The figures themselves stand in law/*.yml."""

from __future__ import annotations

import datetime
import difflib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from acs.errors import LawError, NoSuchRule, NotPublished
from acs.yaml_fast import FastLoader

FOLDER = Path(__file__).resolve().parent.parent / "law"
SURE = ("statute", "source", "derived", "secondary", "memory")
TABLE_KEYS = {"about", "about_es", "unit", "values", "gaps"}
VALUE_KEYS = {"since", "until", "value", "cite", "sure", "verified"}


@dataclass(frozen=True)
class Rule:
    """One figure: since when (and until when, inclusive), its source, when it was checked and how sure it is."""

    key: str
    value: Any
    since: datetime.date
    until: datetime.date | None
    cite: str
    verified: datetime.date
    sure: str
    unit: str


@dataclass(frozen=True)
class Table:
    """All the values of one key, oldest first, and what a person would call it."""

    key: str
    about: str
    about_es: str
    rules: tuple[Rule, ...]
    gaps: str | None = None  # why a time between two values is left out on purpose

    def on(self, day: datetime.date) -> Rule:
        for rule in reversed(self.rules):
            if rule.since <= day and (rule.until is None or day <= rule.until):
                return rule
        early = day < self.rules[0].since
        gap = not early and day < self.rules[-1].since
        raise NotPublished(self.key, day, self.about, self.about_es, early=early, gap=gap)


@lru_cache(maxsize=65536)
def rule(key: str, *, on: datetime.date) -> Rule:
    """The rule of `key` on a day. Raises NoSuchRule (with the nearest spelling) or NotPublished."""
    tables = _tables()
    if key not in tables:
        near = difflib.get_close_matches(key, tables, n=1, cutoff=0.4)
        raise NoSuchRule(key, near[0] if near else None)
    return tables[key].on(on)


@lru_cache(maxsize=65536)
def amount(key: str, *, on: datetime.date) -> Decimal:
    """The figure as an exact decimal: dollars or a share."""
    return Decimal(rule(key, on=on).value)


@lru_cache(maxsize=65536)
def number(key: str, *, on: datetime.date) -> int:
    """The figure as a whole number: days, months, years."""
    return int(rule(key, on=on).value)


@lru_cache(maxsize=4096)
def names(key: str, *, on: datetime.date) -> tuple[str, ...]:
    """The figure as a list of names."""
    return tuple(rule(key, on=on).value)


def keys() -> tuple[str, ...]:
    """Every key of law/, in alphabetical order."""
    return tuple(sorted(_tables()))


def table(key: str) -> Table:
    """All values of a key."""
    return _tables()[key]


def in_force(on: datetime.date) -> list[Rule]:
    """Every figure in force on a day, by key: what `acs law --on DATE` shows."""
    found = []
    for key in keys():
        try:
            found.append(rule(key, on=on))
        except NotPublished:
            continue
    return found


def not_published(on: datetime.date) -> list[NotPublished]:
    """Every key without a value on that day, as the words that say so."""
    found = []
    for key in keys():
        try:
            rule(key, on=on)
        except NotPublished as missing:
            found.append(missing)
    return found


@cache
def version() -> str:
    """A short name of this set of figures, for the written record: the latest day of checking and a checksum."""
    text = b"".join(path.read_bytes() for path in sorted(FOLDER.glob("*.yml")))
    last = max(r.verified for t in _tables().values() for r in t.rules)
    return f"{last.isoformat()}-{hashlib.sha256(text).hexdigest()[:8]}"


class _Loader(FastLoader):
    """Reads 0.07 as exactly 0.07."""


_Loader.add_constructor("tag:yaml.org,2002:float", lambda loader, node: Decimal(str(node.value)))


@cache
def _tables() -> dict[str, Table]:
    found: dict[str, Table] = {}
    for path in sorted(FOLDER.glob("*.yml")):
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
        verified = content.pop("verified")
        for key, node in _walk(path.stem, content):
            found[key] = _table(key, node, verified)
    return found


def _walk(prefix: str, node: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, child in node.items():
        if not isinstance(child, dict):
            raise LawError(f"law/: '{prefix}.{name}' must be a group or a table with 'values'.")
        if "values" in child:
            yield f"{prefix}.{name}", child
        else:
            yield from _walk(f"{prefix}.{name}", child)


def _table(key: str, node: dict[str, Any], verified: datetime.date) -> Table:
    if unknown := set(node) - TABLE_KEYS:
        raise LawError(f"law/: '{key}' has a key nobody reads: {', '.join(sorted(unknown))}.")
    if unknown := {name for v in node["values"] for name in v} - VALUE_KEYS:
        raise LawError(f"law/: a value of '{key}' has a key nobody reads: {', '.join(sorted(unknown))}.")
    try:
        rules = [
            Rule(
                key=key, value=v["value"], since=v["since"], until=v.get("until"), cite=v["cite"],
                verified=v.get("verified", verified), sure=v["sure"], unit=node["unit"],
            )
            for v in node["values"]
        ]  # fmt: skip
    except KeyError as missing:
        raise LawError(f"law/: '{key}' has a value without {missing}.") from missing
    rules.sort(key=lambda r: r.since)
    about, about_es = node.get("about", "This figure"), node.get("about_es", "esta cifra")
    return Table(key, about, about_es, tuple(rules), node.get("gaps"))
