"""`acs law`: what is in force on a day, each figure with its source."""

from __future__ import annotations

from datetime import date

from rich.console import Console
from rich.table import Table

from acs.law import Rule, in_force, not_published


def print_law(on: date) -> None:
    """A table of every figure; below it what is not published for that day."""
    out = Console()
    out.width = max(out.width, 150)
    table = Table(title=f"In force on {on.isoformat()}", title_justify="left")
    for heading in ("figure", "value", "since", "source", "how sure"):
        table.add_column(heading, overflow="fold")
    for one in in_force(on):
        table.add_row(one.key, _value(one), one.since.isoformat(), one.cite, one.sure)
    out.print(table)
    missing = not_published(on)
    if missing:
        out.print("Not published for that day:")
        for gap in missing:
            out.print(f"  {gap}", highlight=False)


def _value(one: Rule) -> str:
    value = ", ".join(map(str, one.value)) if isinstance(one.value, list | tuple) else str(one.value)
    return f"{value} {one.unit}".strip()
