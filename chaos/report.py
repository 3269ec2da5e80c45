"""The last figures, kept where people look for them: the tables of docs/reliability.md."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from chaos.goals import Goal, Result

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reliability.md"


def write(found: list[tuple[Goal, Result, str]]) -> None:
    """Replaces the rows of the goals that were measured; a row begins with `| D1 |`."""
    text, day = PAGE.read_text(), datetime.now(UTC).date().isoformat()
    for goal, result, command in found:
        met = "yes" if result.good else "**no**"
        figure = result.figure.replace("|", "/").replace("\n", " ")
        row = f"| {goal.name} | {goal.bar} | {figure} | {met} | `{command}` | {day} |"
        text, changed = re.subn(
            rf"^\| {goal.name} \|.*$", lambda _, r=row: r, text, count=1, flags=re.MULTILINE
        )
        if not changed:
            raise LookupError(f"{PAGE} has no row for {goal.name}")
    PAGE.write_text(text)
