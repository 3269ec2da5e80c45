"""Is this the person the case is about? Three items must fit; nobody learns which one did not."""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from acs.case import Case

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
SETS = ("tin", "date_of_birth", "zip"), ("tin", "date_of_birth", "caller_id"), ("tin", "zip", "caller_id")
"""What proves identity: for a person two of three beside the number, with the birthday; a business has none."""


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
        return any(all(getattr(self, field) for field in one) for one in SETS)


def claim(given: Mapping[str, object]) -> Claim:
    """Builds a claim from what a form or a keypad gave, in whatever spelling people use."""
    return Claim(
        tin=_number(given.get("tin"), 9),
        date_of_birth=_birthday(given.get("date_of_birth")),
        zip=_digits(given.get("zip"))[:5] if len(_digits(given.get("zip"))) in (5, 9) else "",
        caller_id=_digits(given.get("caller_id"))[:20],
    )


def fits(claimed: Claim, case: Case | None) -> bool:
    """Whether the claim proves identity. Takes the same steps when there is no such case."""
    known = _known(case)
    items = {
        field: hmac.compare_digest(getattr(claimed, field).encode(), known[field].encode())
        and bool(getattr(claimed, field))
        for field in FIELDS
    }
    business = case is not None and case.kind == "business"
    by_zip = items["tin"] and items["date_of_birth"] and items["zip"] and not claimed.caller_id
    by_caller_id = items["tin"] and items["date_of_birth"] and items["caller_id"] and not claimed.zip
    both = items["tin"] and items["date_of_birth"] and items["zip"] and items["caller_id"]
    as_business = items["tin"] and items["zip"] and items["caller_id"]
    return case is not None and (as_business if business else by_zip or by_caller_id or both)


def may_try(*, in_contact: int, on_number: int, by_caller: int) -> bool:
    """Whether one more attempt may be looked at, given those already made in their windows."""
    return in_contact < TRIES_A_CONTACT and on_number < TRIES_A_NUMBER and by_caller < TRIES_A_CALLER


def _known(case: Case | None) -> dict[str, str]:
    if case is None:
        return {"tin": "none", "date_of_birth": "none", "zip": "none", "caller_id": "none"}
    return {
        "tin": _digits(case.tin),
        "date_of_birth": case.date_of_birth.isoformat() if case.date_of_birth else "none",
        "zip": _digits(case.address.zip)[:5] if case.address and case.address.zip else "none",
        "caller_id": _digits(case.caller_id) or "none",
    }


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
