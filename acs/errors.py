"""What can go wrong in the rules core.

AcsError
├── CaseFileError     a case file says something it may not say; lists every problem of the file
└── LawError
    ├── NoSuchRule    a key that law/ does not have
    ├── NotPublished  the figure for that day is not in the table: say so, never guess
    └── NotKnown      the case file lacks what the figure needs
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from acs.dates import written


class AcsError(Exception):
    """Root of everything the rules core raises on purpose."""

    retryable = False


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a case file: which key, of which taxpayer, on which line (1-based), and the way out."""

    key: str
    taxpayer: str | None
    line: int
    message: str
    suggestion: str | None = None

    def __str__(self) -> str:
        who = f"taxpayer {self.taxpayer}, " if self.taxpayer else ""
        hint = f" Did you mean '{self.suggestion}'?" if self.suggestion else ""
        return f"line {self.line}, {who}'{self.key}': {self.message}{hint}"


class CaseFileError(AcsError):
    """A case file with at least one problem. `problems` holds them all, in the order of the file."""

    def __init__(self, problems: list[Problem], source: str = "case file") -> None:
        self.problems = tuple(sorted(problems, key=lambda p: p.line))
        self.source = source
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        lines = "\n".join(f"  {problem}" for problem in self.problems)
        super().__init__(f"{source}: {count}; nothing of this file was taken over.\n{lines}")


class LawError(AcsError):
    """Something about a figure of the law."""


class NoSuchRule(LawError):
    def __init__(self, key: str, nearest: str | None) -> None:
        self.key, self.nearest = key, nearest
        hint = f" Did you mean '{nearest}'?" if nearest else ""
        super().__init__(f"law/ has no '{key}'.{hint}")


class NotPublished(LawError):
    """The table has no value for that day: it is not out yet, or (`early`) the day is before the table begins,
    or (`gap`) the table leaves that time out.

    `words` and `words_es` may be shown to anyone.
    """

    def __init__(
        self,
        key: str,
        on: datetime.date,
        about: str,
        about_es: str,
        *,
        early: bool = False,
        gap: bool = False,
    ) -> None:
        self.key, self.on, self.early, self.gap = key, on, early, gap
        day, dia = written(on), written(on, "es")
        if early:
            self.words = f"{about} for {day} is not in our tables, which begin later."
            self.words_es = f"Nuestras tablas comienzan después: no tienen {about_es} para el {dia}."
        elif gap:
            self.words = f"{about} for {day} is not in our tables."
            self.words_es = f"Nuestras tablas no tienen {about_es} para el {dia}."
        else:
            self.words = f"{about} for {day} is not published yet."
            self.words_es = f"Todavía no se ha publicado {about_es} para el {dia}."
        super().__init__(f"{key} on {on.isoformat()}: {self.words}")


class NotKnown(LawError):
    """The case file lacks what the figure needs. `words` and `words_es` may be shown to anyone."""

    def __init__(self, words: str, words_es: str) -> None:
        self.words, self.words_es = words, words_es
        super().__init__(words)
