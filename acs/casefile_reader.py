"""Reads YAML nodes into the records of `acs/case.py`, remembering the line of everything it does not like."""

from __future__ import annotations

import datetime
import difflib
import re
import types
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin, get_type_hints

import yaml

from acs.case import Case
from acs.casefile_checks import findings
from acs.errors import Problem

OWN = ("follow_ups",)  # kept by the collection system itself, never told by a file
WRONG: Any = object()  # stands where a value could not be read; its problem is already noted
FIRST_DAY, LAST_DAY = datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)
MOST_MONEY = Decimal(10) ** 12
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
LONGEST_TEXT = 4000  # characters
LONGEST = {"id": 64, "spouse": 64, "form": 20, "period": 20, "code": 20}
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
NUMBER = re.compile(r"-?\d+(\.\d{1,2})?")
PATTERNS = {
    "phone": (re.compile(r"\+[1-9]\d{6,14}"), "is not a phone number like +15125550143."),
    "tin": (re.compile(r"\d{3}-?\d{2}-?\d{4}|\d{2}-\d{7}"), "is not a taxpayer number of nine digits."),
}


@cache
def _hints(record: type) -> dict[str, Any]:
    return get_type_hints(record, include_extras=True)


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag.endswith(":null")


class Reader:
    """One file's reading. Afterwards `problems` is empty or the result is worthless."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.taxpayer: str | None = None

    def wrong(self, key: str, node: yaml.Node | None, message: str, suggestion: str | None = None) -> Any:
        line = node.start_mark.line + 1 if node is not None else 1
        self.problems.append(Problem(key, self.taxpayer, line, message, suggestion))
        return WRONG

    # The file as a whole.

    def file(self, root: yaml.Node | None, version: int) -> list[Case]:
        if root is None:
            self.wrong("version", None, "is missing; the file is empty.")
            return []
        entries = self.mapping(root, "file", ("version", "taxpayers"), ("version", "taxpayers"))
        if "version" in entries and self.read(entries["version"], int, "version") not in (version, WRONG):
            self.wrong("version", entries["version"], f"must be {version}.")
        people = entries.get("taxpayers")
        if people is None:
            return []
        if not isinstance(people, yaml.SequenceNode):
            self.wrong("taxpayers", people, "must be a list.")
            return []
        return self.cases(people.value)

    def cases(self, nodes: list[yaml.Node]) -> list[Case]:
        found: list[Case] = []
        seen: dict[str, int] = {}
        for place, node in enumerate(nodes, start=1):
            self.taxpayer, id_node = self.who(node, place)
            if id_node is not None and self.taxpayer in seen:
                self.wrong("id", id_node, f"is already used by the taxpayer of line {seen[self.taxpayer]}.")
            seen.setdefault(self.taxpayer, node.start_mark.line + 1)
            case = self.record(node, Case, f"taxpayers[{place}]")
            if case is not WRONG:
                self.check(case, node)
                found.append(case)
            self.taxpayer = None
        return found

    def who(self, node: yaml.Node, place: int) -> tuple[str, yaml.Node | None]:
        for key, value in node.value if isinstance(node, yaml.MappingNode) else []:
            if key.value == "id" and isinstance(value, yaml.ScalarNode) and value.value:
                return value.value, value
        return f"#{place}", None

    def check(self, case: Case, node: yaml.Node) -> None:
        """What one field alone can't tell: the name fits the kind, and what the days and amounts say together."""
        if case.individual and not case.name.last:
            self.wrong("name", self.find(node, "name"), "of an individual needs 'first' and 'last'.")
        if not case.individual and not case.name.business:
            self.wrong("name", self.find(node, "name"), "of a business needs 'business'.")
        for found in findings(case):
            key = next(part for part in reversed(found.path) if isinstance(part, str))
            self.wrong(key, self.at(node, found.path), found.message, found.suggestion)

    def at(self, node: yaml.Node, path: tuple[str | int, ...]) -> yaml.Node:
        """The node of a path; where a key is left out, the record it would stand in."""
        for part in path:
            node = node.value[part] if isinstance(part, int) else self.find(node, part)
        return node

    @staticmethod
    def find(node: yaml.Node, name: str) -> yaml.Node:
        return next((value for key, value in node.value if key.value == name), node)

    # Records, lists and single values.

    def mapping(
        self, node: yaml.Node, where: str, known: tuple[str, ...], needed: tuple[str, ...]
    ) -> dict[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            self.wrong(where, node, f"must be a group of keys ({', '.join(known)}).")
            return {}
        entries: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else "?"
            if name not in known:
                near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
                self.wrong(name, key, f"is not a key of {where}.", near[0] if near else None)
            elif name in entries:
                self.wrong(name, key, "stands here twice.")
            else:
                entries[name] = value
        for name in needed:
            if name not in entries:
                self.wrong(name, node, f"is missing in {where}.")
        return entries

    def record(self, node: yaml.Node, kind: type, where: str) -> Any:
        before = len(self.problems)
        keys = {f.metadata.get("key", f.name): f for f in fields(kind) if f.name not in OWN}
        needed = tuple(k for k, f in keys.items() if f.default is MISSING and f.default_factory is MISSING)
        entries = self.mapping(node, where, tuple(keys), needed)
        values: dict[str, Any] = {}
        for key, value in entries.items():
            hint = _hints(kind)[keys[key].name]
            if _is_null(value) and key not in needed:
                continue  # an empty key means the same as a key left out
            values[keys[key].name] = self.read(value, hint, key)
        return WRONG if len(self.problems) > before else kind(**values)

    def read(self, node: yaml.Node, hint: Any, key: str) -> Any:
        label = ""
        if get_origin(hint) in (Union, types.UnionType):
            hint = next(arg for arg in get_args(hint) if arg is not type(None))
        if get_origin(hint) is Annotated:
            hint, label = get_args(hint)[:2]
        if get_origin(hint) is tuple:
            return self.many(node, get_args(hint)[0], key)
        if is_dataclass(hint):
            return self.record(node, cast(type, hint), key)
        if not isinstance(node, yaml.ScalarNode) or _is_null(node):
            return self.wrong(key, node, "must have a single value.")
        if get_origin(hint) is Literal:
            return self.choice(node, get_args(hint), key)
        reader = {
            bool: self.yes_no,
            int: self.whole,
            Decimal: self.money,
            datetime.date: self.day,
            str: self.text,
        }
        return reader[hint](node, key, label)

    def many(self, node: yaml.Node, hint: Any, key: str) -> Any:
        if not isinstance(node, yaml.SequenceNode):
            return self.wrong(key, node, "must be a list.")
        return tuple(self.read(item, hint, key) for item in node.value)

    def choice(self, node: yaml.ScalarNode, known: tuple[str, ...], key: str) -> Any:
        if node.value in known:
            return node.value
        near = difflib.get_close_matches(node.value, known, n=1, cutoff=0.5)
        message = f"'{node.value}' is not one of {', '.join(known)}."
        return self.wrong(key, node, message, near[0] if near else None)

    def yes_no(self, node: yaml.ScalarNode, key: str, label: str) -> Any:
        if node.tag.endswith(":bool"):
            return node.value.lower() in ("true", "yes", "on")
        return self.wrong(key, node, f"'{node.value}' is not true or false.")

    def whole(self, node: yaml.ScalarNode, key: str, label: str) -> Any:
        if not re.fullmatch(r"\d{1,6}", node.value):
            return self.wrong(key, node, f"'{node.value}' is not a whole number.")
        if key == "day" and not 1 <= int(node.value) <= 31:
            return self.wrong(key, node, f"'{node.value}' is not a day of the month.")
        if key == "household_size" and int(node.value) < 1:
            return self.wrong(key, node, "must be 1 or more.")
        return int(node.value)

    def money(self, node: yaml.ScalarNode, key: str, label: str) -> Any:
        if not NUMBER.fullmatch(node.value):
            return self.wrong(key, node, f"'{node.value}' is not an amount like 1250.00.")
        amount = Decimal(node.value)
        if amount < 0 and label != "signed money":
            return self.wrong(key, node, f"'{node.value}' is below zero.")
        if abs(amount) >= MOST_MONEY:
            return self.wrong(key, node, f"'{node.value}' is too large.")
        return amount.quantize(Decimal("0.01"))

    def day(self, node: yaml.ScalarNode, key: str, label: str) -> Any:
        try:
            day = datetime.date.fromisoformat(node.value) if ISO_DAY.fullmatch(node.value) else None
        except ValueError:
            day = None
        if day is None:
            return self.wrong(key, node, f"'{node.value}' is not a date like 2026-11-20.")
        if not FIRST_DAY <= day <= LAST_DAY:
            return self.wrong(key, node, f"'{node.value}' is outside {FIRST_DAY} to {LAST_DAY}.")
        return day

    def text(self, node: yaml.ScalarNode, key: str, label: str) -> Any:
        number = node.tag.rsplit(":", 1)[-1] in ("int", "float")
        if not (node.tag.endswith(":str") or (number and label in ("label", "tin"))):
            return self.wrong(key, node, f"'{node.value}' must be text; put it in quotes.")
        if not node.value.strip():
            return self.wrong(key, node, "is empty.")
        if CONTROL.search(node.value):
            return self.wrong(key, node, "has a sign that cannot be printed; take it out.")
        if len(node.value) > (most := LONGEST.get(key, LONGEST_TEXT)):
            return self.wrong(key, node, f"has {len(node.value)} characters; {most} is the most.")
        pattern, message = PATTERNS.get(label, (None, ""))
        if pattern is not None and not pattern.fullmatch(node.value):
            shown = (
                "the value" if label == "tin" else f"'{node.value}'"
            )  # a taxpayer number is never repeated
            return self.wrong(key, node, f"{shown} {message}")
        return node.value
