"""A person nobody else is like, and a nose for every trace of them where none should be.

Whatever place is searched, it is searched as bytes: numbers in every spelling, words without regard to case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

ID = "T-CANARY"
TIN = "900-81-7263"
BORN = "1957-08-23"
ZIP = "78743"
CALLER_ID = "8264931"
STREET = "4711 Marzipan Court"
LAST = "Quillfeather"
BALANCE = "48,913.27"
RIGHT = {"tin": TIN, "date_of_birth": BORN, "zip": ZIP}
CASE = f"""
  - id: {ID}
    kind: individual
    name: {{first: Zephyrine, last: {LAST}}}
    tin: "{TIN}"
    date_of_birth: {BORN}
    address: {{street: "{STREET}", city: Austin, state: TX, zip: "{ZIP}"}}
    caller_id: "{CALLER_ID}"
    modules:
      - form: "1040"
        period: "2023"
        assessments: [{{kind: tax, date: 2024-06-03, amount: 48913.27}}]
        notices: [{{code: CP14, date: 2024-06-10}}]
"""
SPOKEN = ("nine zero zero eight one seven two six three", "nueve cero cero ocho uno siete dos seis tres")


def number_forms(number: str) -> set[str]:
    """A taxpayer number in the ways it is written, said and put into a URL."""
    bare = re.sub(r"\D", "", number)
    gaps = ("", "-", " ", ".", "/", "_", "%20", "+", "%2D")
    return {f"{bare[:3]}{gap}{bare[3:5]}{gap}{bare[5:]}" for gap in gaps} | {
        f"{bare[:2]}-{bare[2:]}",
        " ".join(bare),
        "-".join(bare),
    }


def day_forms(day: str) -> set[str]:
    """A birth date (YYYY-MM-DD) in the ways it is written and keyed."""
    year, month, dom = day.split("-")
    return {
        day,
        f"{month}{dom}{year}",
        f"{month}/{dom}/{year}",
        f"{month}-{dom}-{year}",
        f"{month}%2F{dom}%2F{year}",
    }


PROOF = frozenset(number_forms(TIN) | day_forms(BORN) | {CALLER_ID} | set(SPOKEN))
"""What proves who she is: it may rest nowhere in clear, and the dialogue engine never hears it."""
PRIVATE = PROOF | {LAST, "Zephyrine", STREET, "Marzipan"}
"""What no log, number, address of a page or file may tell."""
TOLD = frozenset(
    {BALANCE, "48913.27", "4891327", "48,913", "48913", "forty-eight thousand", "cuarenta y ocho mil"}
)
"""What is told after proof of identity, and never before."""


@dataclass
class Nose:
    """Finds traces. A file is read from where it was left; one that may change inside is read again when it did."""

    traces: Iterable[str]
    _seen: dict[Path, int] = field(default_factory=dict)
    _stamps: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        words = sorted({one.lower().encode() for one in self.traces}, key=len, reverse=True)
        self._longest = max(map(len, words))
        self._words = words

    def in_bytes(self, content: bytes) -> list[str]:
        """Traces in some bytes."""
        lower = content.lower()
        return [word.decode() for word in self._words if word in lower]

    def in_text(self, text: str) -> list[str]:
        """Traces in some text."""
        return self.in_bytes(text.encode("utf-8", "surrogatepass"))

    def in_file(self, file: Path) -> list[str]:
        """Traces in what a file has got since the last look."""
        try:
            stat = file.stat()
        except FileNotFoundError:
            return []
        if file.suffix == ".log":
            start = max(0, self._seen.get(file, 0) - self._longest)
            with open(file, "rb") as read:
                read.seek(start)
                content = read.read()
            self._seen[file] = start + len(content)
            return self.in_bytes(content)
        stamp = (stat.st_size, stat.st_mtime_ns)
        if self._stamps.get(file) == stamp:
            return []
        self._stamps[file] = stamp
        return self.in_bytes(file.read_bytes())

    def in_folder(self, folder: Path, *, but: Iterable[str] = ()) -> dict[str, list[str]]:
        """file name -> traces, of every database, its log and every log under a folder."""
        looked_at = [one for one in folder.rglob("*") if one.is_file() and one.name not in but]
        kinds = (".log", ".sqlite", ".sqlite-wal", ".sqlite-shm", ".sqlite-journal", ".acs")
        found = {one.name: self.in_file(one) for one in looked_at if one.name.endswith(kinds)}
        return {name: traces for name, traces in found.items() if traces}
