"""The last figures of the security goals, for docs/reliability.md: `SECURITY_WRITE=1 pytest tests/security`."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reliability.md"


def keep(goal: str, bar: str, figure: str, test: str, long: bool) -> None:
    """Says the figure, and writes it into the row of the goal if asked to."""
    print(f"{goal}: {figure}")
    if not os.environ.get("SECURITY_WRITE") or os.environ.get("SECURITY_WITHOUT"):
        return
    scale = "SECURITY_SCALE=long " if long else ""
    where = f"load {os.getloadavg()[0]:.0f}"
    row = (
        f"| {goal} | {bar} | {figure} | yes | `{scale}pytest {test}` ({where}) | {datetime.now(UTC).date()} |"
    )
    text, changed = re.subn(
        rf"^\| {goal} \|.*$", lambda _: row, PAGE.read_text(), count=1, flags=re.MULTILINE
    )
    if not changed:
        raise LookupError(f"{PAGE} has no row for {goal}")
    PAGE.write_text(text)
