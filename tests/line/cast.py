"""Who a story is about: a demo person under new numbers, so that no story disturbs another."""

from __future__ import annotations

import itertools
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DEMO = Path(__file__).resolve().parents[2] / "demo" / "cases"
AREAS = {
    "AZ": "520",
    "CA": "916",
    "CO": "303",
    "FL": "305",
    "GA": "404",
    "IL": "312",
    "TX": "512",
    "NY": "718",
}


@dataclass(frozen=True)
class Person:
    """One taxpayer of a story and what proves identity."""

    id: str
    tin: str
    date_of_birth: str
    zip: str
    caller_id: str
    phone: str
    business: bool
    case: dict[str, Any] = field(repr=False)

    def proof(self, with_caller_id: bool = False) -> dict[str, str]:
        """The items as the fields of the form."""
        if self.business:
            return {"tin": self.tin, "zip": self.zip, "caller_id": self.caller_id}
        second = {"caller_id": self.caller_id} if with_caller_id else {"zip": self.zip}
        return {"tin": self.tin, "date_of_birth": self.date_of_birth, **second}

    def representative(self) -> dict[str, str]:
        """What the first representative on file gives: the client's number, the CAF number and the own name."""
        one = self.case["representatives"][0]
        return {"tin": self.tin, "caf": one["caf"], "name": one["name"]}

    def keys_of_representative(self) -> list[str]:
        """The same as keys on a phone: 1 for 'I represent somebody', and the client's ZIP code in place of the name."""
        one = self.case["representatives"][0]
        return ["1#", one["caf"][:9], self.tin.replace("-", ""), self.zip]

    def keys(self) -> list[str]:
        """The items as keys on a phone, in the order the line asks for them."""
        tin = self.tin.replace("-", "")
        if self.business:
            return [tin, "1#", self.zip, self.caller_id + "#"]
        year, month, day = self.date_of_birth.split("-")
        return [tin, month + day + year, self.zip]


class Cast:
    """Gives out people; each has numbers nobody else has."""

    def __init__(self) -> None:
        self._serial = itertools.count(1)

    def people(self, base: str | dict[str, Any] | None, changes: dict[str, Any] | None) -> list[Person]:
        """The person a story is about, first; the spouse of a joint case, second; nobody without a case.

        `base` is a demo person by first name (or the first word of a firm), or a case of its own; `changes`
        are keys of the case file, deeper ones with dots: `modules.0.notices`.
        """
        if base is None:
            return []
        case = deepcopy(_demo()[base] if isinstance(base, str) else base)
        for path, value in (changes or {}).items():
            put(case, path, value)
        cases = [case]
        if case.get("spouse") and (spouse := _demo_ids().get(case["spouse"])):
            cases.append(deepcopy(spouse))
        people = [self._renumbered(one) for one in cases]
        if len(people) == 2:
            people[0].case["spouse"], people[1].case["spouse"] = people[1].id, people[0].id
        elif "spouse" in case:
            del people[0].case["spouse"]
        return people

    def _renumbered(self, case: dict[str, Any]) -> Person:
        n = next(self._serial)
        business = case.get("kind") == "business"
        digits = f"{(950_000_000 if business else 910_000_000) + n * 137:09d}"
        case["id"] = f"T-S{n:04d}"
        case["tin"] = f"{digits[:2]}-{digits[2:]}" if business else f"{digits[:3]}-{digits[3:5]}-{digits[5:]}"
        case["caller_id"] = f"{3_000_000 + n * 11}"
        case.setdefault("kind", "individual")
        case.setdefault("name", {"first": "Sam", "last": "Story"})
        case.setdefault("address", {"street": "1 Main St", "city": "Austin", "state": "TX", "zip": "78701"})
        case["phone"] = f"+1{AREAS.get(case['address']['state'], '512')}{2_000_000 + n}"
        if not business:
            case.setdefault("date_of_birth", date(1980, 1, 1))
        return Person(
            case["id"], case["tin"], str(case.get("date_of_birth", "")), str(case["address"]["zip"]),
            case["caller_id"], case["phone"], business, case,
        )  # fmt: skip


def put(case: dict[str, Any], path: str, value: Any) -> None:
    """Sets one key of a case file, `modules.0.filed` for a deeper one; `nothing` takes a key away."""
    *way, last = path.split(".")
    place: Any = case
    for step in way:
        place = place[int(step)] if isinstance(place, list) else place.setdefault(step, {})
    if value == "nothing":
        place.pop(last, None)
    elif isinstance(place, list):
        place[int(last)] = value
    else:
        place[last] = value


@cache
def _demo_ids() -> dict[str, dict[str, Any]]:
    files = sorted(DEMO.glob("*.yml"))
    return {one["id"]: one for file in files for one in yaml.safe_load(file.read_text())["taxpayers"]}


@cache
def _demo() -> dict[str, dict[str, Any]]:
    """By first name in small letters; a firm by its first word."""
    return {
        (one["name"].get("first") or one["name"]["business"].split()[0]).lower(): one
        for one in _demo_ids().values()
    }
