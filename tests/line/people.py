"""People of the tests' own: each has Rosa's CP504 case under another number, so that no story disturbs another."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
NAMES = (
    "phone_en", "phone_es", "phone_key", "text_en", "text_es", "page_en", "page_es", "picture",
    "bot_dies", "actions_die", "chat",
)  # fmt: skip

FIRST_NAMES = (
    "Ana", "Berta", "Clara", "Diego", "Elena", "Fabio", "Gema", "Hugo", "Irene", "Julio", "Karen",
)  # fmt: skip


@dataclass(frozen=True)
class Person:
    """What one of them proves identity with, in the form of each channel."""

    id: str
    tin: str
    date_of_birth: str
    zip: str = "78701"

    @property
    def keyed(self) -> tuple[str, str, str]:
        """The three items as keys on a phone; the birthday as MMDDYYYY."""
        year, month, day = self.date_of_birth.split("-")
        return self.tin.replace("-", ""), f"{month}{day}{year}", self.zip

    @property
    def typed(self) -> tuple[str, str, str]:
        """The three items as on a form."""
        return self.tin, self.date_of_birth, self.zip

    @property
    def fields(self) -> dict[str, str]:
        """The three items as the fields of the identity page."""
        return {"tin": self.tin, "date_of_birth": self.date_of_birth, "zip": self.zip}


PEOPLE = {
    name: Person(f"T-{7001 + at}", f"900-96-7{101 + at * 37:03d}", f"{1960 + at}-0{1 + at % 9}-{11 + at}")
    for at, name in enumerate(NAMES)
}


def write_case_file(file: Path) -> Path:
    """The case file that `acs import` brings in. Rosa: CP504 of November 9, 2026; $8,868.94 on November 22."""
    demo = yaml.safe_load((ROOT / "demo" / "cases" / "notices.yml").read_text())
    rosa = next(one for one in demo["taxpayers"] if one["id"] == "T-1001")
    taxpayers = []
    for at, person in enumerate(PEOPLE.values()):
        case = deepcopy(rosa)
        case |= {"id": person.id, "tin": person.tin, "date_of_birth": person.date_of_birth}
        case |= {"name": {"first": FIRST_NAMES[at], "last": "Prueba"}, "caller_id": f"77{at:05d}"}
        case |= {"phone": f"+1737555{100 + at:04d}"}
        taxpayers.append(case)
    file.write_text(yaml.safe_dump({"version": 1, "taxpayers": taxpayers}, allow_unicode=True))
    return file
