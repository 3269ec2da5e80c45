"""Is this the person the case is about? Three items must fit; nobody learns which one did not."""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

TRIES_A_CONTACT = 3
TRIES_A_NUMBER = 5
"""Attempts on one taxpayer number in `NUMBER_WINDOW`, over all channels."""
TRIES_A_CALLER = 10
"""Attempts from one phone or network address in `CALLER_WINDOW`."""
NUMBER_WINDOW = timedelta(hours=24)
CALLER_WINDOW = timedelta(hours=1)
IDLE = timedelta(minutes=15)
"""After this long without a word, identity must be proved again."""

FIELDS = ("tin", "date_of_birth", "zip", "caller_id")
PERSON = ("tin", "date_of_birth", "zip"), ("tin", "date_of_birth", "caller_id")
BUSINESS = (("tin", "zip", "caller_id"),)
"""What proves identity. A business has no birthday, so it needs both others."""


@dataclass(frozen=True)
class Claim:
    """What someone says of themselves, each item in its plainest form; "" where nothing usable was given."""

    tin: str = ""
    date_of_birth: str = ""
    zip: str = ""
    caller_id: str = ""

    @property
    def complete(self) -> bool:
        """Whether there is enough to look at."""
        return any(all(getattr(self, field) for field in one) for one in (*PERSON, *BUSINESS))


def claim(given: Mapping[str, object]) -> Claim:
    """Builds a claim from what a form or a keypad gave, in whatever spelling people use."""
    return Claim(
        tin=_number(given.get("tin"), 9),
        date_of_birth=_birthday(given.get("date_of_birth")),
        zip=_digits(given.get("zip"))[:5] if len(_digits(given.get("zip"))) in (5, 9) else "",
        caller_id=_digits(given.get("caller_id"))[:20],
    )


@dataclass(frozen=True)
class Known:
    """What the case file says of one taxpayer, as far as it proves anything."""

    tin: str
    kind: str = "individual"
    date_of_birth: date | None = None
    zip: str | None = None
    caller_id: str | None = None
    deceased: bool = False

    def item(self, field: str) -> str:
        """The item in its plainest form; a word no claim can be where the case has none."""
        value = str(getattr(self, field) or "")
        plain = value if field == "date_of_birth" else _digits(value)
        return (plain[:5] if field == "zip" else plain) or "none"


NOBODY = Known(tin="")
"""Compared with when there is no such taxpayer, so that it takes the same steps."""


def fits(claimed: Claim, known: Known) -> bool:
    """Whether the claim proves identity. Everything given must fit; the dead do not call."""
    right = {
        field: hmac.compare_digest(getattr(claimed, field).encode(), known.item(field).encode())
        for field in FIELDS
    }
    given = {field for field in FIELDS if getattr(claimed, field)}
    needed = BUSINESS if known.kind == "business" else PERSON
    enough = any(set(one) <= given for one in needed)
    return enough and all(right[field] for field in given) and not known.deceased


def may_try(*, in_contact: int, on_number: int, by_caller: int) -> bool:
    """Whether one more attempt may be looked at, given those already made in their windows."""
    return in_contact < TRIES_A_CONTACT and on_number < TRIES_A_NUMBER and by_caller < TRIES_A_CALLER


def _digits(value: object) -> str:
    return re.sub(r"[^0-9]", "", str(value)) if value is not None else ""


def _number(value: object, size: int) -> str:
    digits = _digits(value)
    return digits if len(digits) == size else ""


def _birthday(value: object) -> str:
    """ISO date from YYYY-MM-DD, MM/DD/YYYY or MMDDYYYY; "" if there is no such day."""
    if isinstance(value, date):
        return value.isoformat()
    written = str(value or "").strip()
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", written)
    ours = re.fullmatch(r"(\d{1,2})\D(\d{1,2})\D(\d{4})|(\d{2})(\d{2})(\d{4})", written)
    if iso:
        year, month, day = iso.groups()
    elif ours:
        month, day, year = ours.groups()[:3] if ours[1] else ours.groups()[3:]
    else:
        return ""
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""
