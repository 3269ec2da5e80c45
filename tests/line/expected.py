"""What a writer expects, as the line would write or say it; and places in the case view."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

from channels import ear, eye
from channels.speakable import speakable

KINDS = ("money", "date", "notice", "form", "phone", "any")


def ways(wanted: Any, language: str, voice: bool) -> list[str]:
    """The ways in which this may stand in a reply: `{money: 8868.94}` is "$8,868.94", or the same in words."""
    if not isinstance(wanted, dict):
        return [str(wanted), speakable(str(wanted), language)] if voice else [str(wanted)]
    (kind, value) = next(iter(wanted.items()))
    if kind == "any":
        return [one for each in value for one in ways(each, language, voice)]
    if kind == "money":
        amount = f"{Decimal(str(value)):.2f}"
        return [ear.money(amount, language) if voice else eye.money(amount)]
    if kind == "date":
        return [ear.day(value, language) if voice else eye.day(value, language)]
    if kind == "phone":
        return [ear.phone(value, language) if voice else eye.phone(value)]
    if kind in ("notice", "form"):
        return [getattr(ear, kind)(str(value), language) if voice else str(value)]
    raise AssertionError(f"{wanted} is none of {KINDS}")


def look(view: Any, path: str) -> Any:
    """A place in the case view: `balance.payoff`, `modules.2023.interest`, `deadlines.cdp_hearing` (its last day),
    `options.hardship` (whether eligible), `options.simple_plan.monthly_recommended`."""
    node: Any = view
    for step in path.split("."):
        if isinstance(node, list):
            node = next(
                one for one in node if step in (one.get("period"), one.get("kind"), one.get("option"))
            )
        else:
            node = node[step] if step in node else node["terms"][step]
    if isinstance(node, dict):
        return node["last_day"] if "last_day" in node else node["eligible"]
    return node


def same(found: Any, wanted: Any) -> bool:
    """Equal, money compared as money and days as days."""
    if isinstance(wanted, float):
        return found is not None and Decimal(str(found)) == Decimal(str(wanted))
    if isinstance(wanted, date):
        return str(found) == wanted.isoformat()
    return bool(found == wanted)


def plain(text: object) -> str:
    """For comparing: small letters without accents (a text drops them), single spaces, one kind of apostrophe."""
    apart = unicodedata.normalize("NFD", str(text).replace("’", "'").casefold())
    return re.sub(r"\s+", " ", "".join(one for one in apart if unicodedata.category(one) != "Mn"))


def many(value: Any) -> list[Any]:
    """One thing or several, as a list."""
    return [] if value is None else value if isinstance(value, list) else [value]
