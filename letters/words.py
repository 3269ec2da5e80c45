"""The words of letters and sheets: letters/words/*.yml, every sentence in English and Spanish side by side.

`{name}` is a value given by the caller; `{a.b}` is a figure of law/ on the day of the letter.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from acs import law
from channels import eye

FOLDER = Path(__file__).resolve().parent / "words"
LANGUAGES = ("en", "es")
Language = Literal["en", "es"]
HOLE = re.compile(r"\{([a-z0-9_.]+)\}")


@dataclass(frozen=True)
class Words:
    """One topic in one language on one day. `say` fills the holes; a missing word or value is an error."""

    topic: str
    language: Language
    day: datetime.date

    def say(self, key: str, **values: object) -> str:
        """The sentence under `key` ("rights.clinic"). KeyError when there is none or a value is missing."""
        found = _at(self.topic, key)
        if not _is_sentence(found):
            raise KeyError(f"letters/words/{self.topic}.yml: '{key}' is not one sentence.")
        return self.fill(found, **values)

    def every(self, key: str, **values: object) -> tuple[str, ...]:
        """The sentences of a list; none when the key is absent."""
        try:
            found = _at(self.topic, key)
        except KeyError:
            return ()
        return tuple(self.fill(one, **values) for one in found)

    def has(self, key: str) -> bool:
        try:
            _at(self.topic, key)
        except KeyError:
            return False
        return True

    def fill(self, sentence: list[str], **values: object) -> str:
        """The sentence in this language with its holes filled."""
        text = sentence[LANGUAGES.index(self.language)]
        return HOLE.sub(lambda hole: self._value(hole[1], values), text)

    def written(self, on: str | datetime.date) -> str:
        return eye.day(on, self.language)

    def _value(self, name: str, values: Mapping[str, object]) -> str:
        if "." in name:
            return figure(law.rule(name, on=self.day))
        return str(values[name])


def figure(rule: law.Rule) -> str:
    """A figure of the law as a letter prints it: "$205", "15%", "800-829-1040", "30"."""
    if rule.unit.startswith("phone number"):
        return eye.phone(rule.value)
    if rule.unit.startswith("dollars"):
        amount = Decimal(rule.value)
        return f"${amount:,.0f}" if amount == amount.to_integral_value() else f"${amount:,.2f}"
    if rule.unit.startswith("share"):
        return f"{Decimal(rule.value) * 100:f}".rstrip("0").rstrip(".") + "%"
    return str(rule.value)


def sentences(topic: str) -> Iterator[tuple[str, list[str]]]:
    """Every sentence of a topic with its key, for the tests of the words."""
    yield from _walk("", read(topic))


def topics() -> tuple[str, ...]:
    """The topics there are words for."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yml")))


def _walk(prefix: str, node: Any) -> Iterator[tuple[str, list[str]]]:
    if _is_sentence(node):
        yield prefix, node
    elif isinstance(node, dict):
        for name, child in node.items():
            yield from _walk(f"{prefix}.{name}".strip("."), child)
    elif isinstance(node, list):
        for place, child in enumerate(node):
            yield from _walk(f"{prefix}.{place}", child)


def _is_sentence(node: Any) -> bool:
    return isinstance(node, list) and len(node) == 2 and all(isinstance(one, str) for one in node)


def _at(topic: str, key: str) -> Any:
    node: Any = read(topic)
    for name in key.split("."):
        if not isinstance(node, dict) or name not in node:
            raise KeyError(f"letters/words/{topic}.yml has no '{key}'.")
        node = node[name]
    return node


@cache
def read(topic: str) -> dict[str, Any]:
    """A file of words as it stands."""
    content: dict[str, Any] = yaml.safe_load((FOLDER / f"{topic}.yml").read_text(encoding="utf-8"))
    return content
