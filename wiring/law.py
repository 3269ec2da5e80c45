"""`acs law`: what is in force on a day, topic by topic, each figure with its source."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.table import Table

from acs.law import FOLDER, Rule, in_force, not_published

MEANING = {
    "statute": "read in the code",
    "source": "read at the IRS",
    "derived": "worked out by the law's formula",
    "secondary": "read elsewhere",
    "memory": "believed; check before relying on it",
}


def print_law(on: date) -> None:
    """One short table a topic, then what is not published for that day, then how sure the figures are."""
    out = Console(highlight=False)
    out.width = max(out.width, 164)
    rules = in_force(on)
    for topic, found in groupby(rules, key=lambda one: one.key.split(".")[0]):
        out.print(_table(topic, list(found)))
    missing = not_published(on)
    if missing:
        out.print("\nNot in the tables for that day:", style="bold")
        for gap in missing:
            out.print(f"  {gap}")
    sure = {name: sum(one.sure == name for one in rules) for name in MEANING}
    said = "; ".join(f"{count} {name} ({MEANING[name]})" for name, count in sure.items() if count)
    out.print(f"\n{len(rules)} figures in force on {on.isoformat()}: {said}.")


def _table(topic: str, rules: list[Rule]) -> Table:
    table = Table(title=f"\n{topic}: {_about(topic)}", title_justify="left", box=None, title_style="bold")
    table.add_column("figure", style="cyan", width=32, overflow="fold")
    for heading, width in (("value", 52), ("in force", 21), ("source", 38), ("sure", 9)):
        table.add_column(heading, width=width, overflow="fold")
    for one in rules:
        until = (
            f"{one.since.isoformat()}/{one.until.isoformat()}" if one.until else f"{one.since.isoformat()} on"
        )
        name = one.key.split(".", 1)[1].replace("_", " ").replace(".", ", ")
        style = "yellow" if one.sure == "memory" else ""
        table.add_row(name, _value(one), until, one.cite, f"[{style}]{one.sure}[/]" if style else one.sure)
    return table


def _about(topic: str) -> str:
    """The first line of the topic's file says what it holds."""
    return (FOLDER / f"{topic}.yml").read_text(encoding="utf-8").split("\n", 1)[0].lstrip("# ")


def _value(one: Rule) -> str:
    if isinstance(one.value, Decimal) and one.value < 1:
        return f"{(one.value * 100).normalize():f}% {one.unit}"
    if one.unit.startswith("dollars") and isinstance(one.value, int):
        return f"${one.value:,}{one.unit.removeprefix('dollars')}"
    return f"{_plain(one.value)} ({one.unit})"


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name.replace('_', ' ')} {_plain(part)}" for name, part in value.items())
    return "; ".join(map(_plain, value)) if isinstance(value, list | tuple) else str(value)
