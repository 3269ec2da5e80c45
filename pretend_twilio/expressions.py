"""TaskRouter's expressions: `queue == "urgent" AND skills HAS "es"`. HAS on what is no list never matches."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

TOKEN = re.compile(
    r"""\s*(?:(?P<text>"[^"]*"|'[^']*')|(?P<number>-?\d+(?:\.\d+)?)|(?P<op>==|!=|<=|>=|=|<|>|\(|\)|\[|\]|,)"""
    r"""|(?P<word>[A-Za-z_][\w.]*))"""
)
COMPARE = {"==", "=", "!=", "<", ">", "<=", ">=", "IN", "NOT IN", "HAS", "CONTAINS"}


class BadExpression(ValueError):
    """TaskRouter would refuse to store it."""


def tokens(text: str) -> list[tuple[str, str]]:
    """The words of an expression; a hyphen in a name is refused as TaskRouter does."""
    found, at = [], 0
    text = text.rstrip()
    while at < len(text):
        match = TOKEN.match(text, at)
        if not match:
            raise BadExpression(f"Cannot read the expression at '{text[at : at + 20]}'")
        kind = str(match.lastgroup)
        value = match[kind]
        if kind == "word" and value.upper() in {"AND", "OR", "NOT", "IN", "HAS", "CONTAINS"}:
            kind, value = "op", value.upper()
        found.append((kind, value))
        at = match.end()
    return found


def matches(expression: str, attributes: Mapping[str, Any]) -> bool:
    """Whether the attributes satisfy the expression; an empty one is always satisfied (1==1 in Twilio's own)."""
    if not expression.strip():
        return True
    reader = _Reader(tokens(expression), attributes)
    result = reader.either()
    if not reader.done():
        raise BadExpression("The expression goes on after its end")
    return result


class _Reader:
    def __init__(self, found: list[tuple[str, str]], attributes: Mapping[str, Any]) -> None:
        self._tokens = found
        self._at = 0
        self._attributes = attributes

    def done(self) -> bool:
        return self._at == len(self._tokens)

    def either(self) -> bool:
        result = self._both()
        while self._took("OR"):
            result = self._both() or result
        return result

    def _both(self) -> bool:
        result = self._not()
        while self._took("AND"):
            result = self._not() and result
        return result

    def _not(self) -> bool:
        if self._took("NOT"):
            return not self._not()
        if self._took("("):
            result = self.either()
            self._need(")")
            return result
        return self._comparison()

    def _comparison(self) -> bool:
        left = self._value()
        operator = self._operator()
        return compared(left, operator, self._value())

    def _operator(self) -> str:
        if self._took("NOT"):
            self._need("IN")
            return "NOT IN"
        kind, value = self._next()
        if kind != "op" or value not in COMPARE:
            raise BadExpression(f"'{value}' is not a comparison")
        return value

    def _value(self) -> Any:
        kind, value = self._next()
        if kind == "text":
            return value[1:-1]
        if kind == "number":
            return float(value)
        if kind == "word":
            return self._attribute(value)
        if value == "[":
            return self._list()
        raise BadExpression(f"'{value}' is not a value")

    def _attribute(self, name: str) -> Any:
        if name.lower() in {"true", "false"}:
            return name.lower() == "true"
        if name.lower() in {"null", "none"}:
            return None
        value: Any = self._attributes
        for part in name.removeprefix("task.").removeprefix("worker.").split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
        return value

    def _list(self) -> list[Any]:
        values: list[Any] = []
        while not self._took("]"):
            values.append(self._value())
            if not self._took(","):
                self._need("]")
                break
        return values

    def _next(self) -> tuple[str, str]:
        if self.done():
            raise BadExpression("The expression ends too early")
        self._at += 1
        return self._tokens[self._at - 1]

    def _took(self, value: str) -> bool:
        if not self.done() and self._tokens[self._at] == ("op", value):
            self._at += 1
            return True
        return False

    def _need(self, value: str) -> None:
        if not self._took(value):
            raise BadExpression(f"'{value}' is missing")


def compared(left: Any, operator: str, right: Any) -> bool:
    """One comparison, with TaskRouter's silences: a wrong kind of value simply does not match."""
    if operator in {"==", "="}:
        return bool(left == right)
    if operator == "!=":
        return bool(left != right)
    if operator == "IN":
        return isinstance(right, list) and left in right
    if operator == "NOT IN":
        return isinstance(right, list) and left not in right
    if operator == "HAS":
        return isinstance(left, list) and right in left
    if operator == "CONTAINS":
        return isinstance(left, str) and isinstance(right, str) and right in left
    if type(left) is not type(right) and not (_number(left) and _number(right)):
        return False
    ordered = {"<": lambda: left < right, ">": lambda: left > right, "<=": lambda: left <= right}
    return bool(ordered.get(operator, lambda: left >= right)())


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
