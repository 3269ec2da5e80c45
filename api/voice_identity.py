"""Identity by keypad: one item after the other, kept sealed with the call only until all are there."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from api.identify import Proof, prove
from api.line import Line
from store.tables.conversations import Conversation

ITEMS = ("tin", "date_of_birth", "zip", "caller_id", "caf")
ORDER = ("tin", "date_of_birth", "zip")
WITHOUT_BIRTHDAY = ("tin", "zip", "caller_id")
"""A business has no birthday: # alone at the birthday goes on with the caller ID after the ZIP code."""
FOR_A_CLIENT = ("caf", "tin", "zip")
"""1 and # instead of a taxpayer number: a representative, who keys the digits of the CAF number, the client's taxpayer
number and the client's ZIP code."""
SIZES = {"tin": 9, "date_of_birth": 8, "zip": 5, "caf": 9}


@dataclass(frozen=True)
class Step:
    """What a keyed item leads to: the next item (nothing set), a turn of the dialogue, or a proof's own turn."""

    seq: int | None = None
    kind: str | None = None
    body: dict[str, Any] = field(default_factory=dict)


def begin(row: Conversation) -> None:
    """From now on the keypad is for identity."""
    row.held = {**(row.held or {}), "identity": {"next": "tin", "items": {}, "misses": 0}}


def step(
    line: Line,
    session: Session,
    row: Conversation,
    item: str,
    digits: str,
    caller: str,
    turn: tuple[str, str],
) -> Step:
    """One item. 0 asks for a person, * goes back to the menu, # repeats (at the birthday: there is none).

    Anything else that does not fit is asked again.
    """
    state = (row.held or {}).get("identity")
    if state is None:
        return Step(kind="event", body={"event": "silence"})
    if digits in ("0", "*"):
        _drop(row)
        return Step(kind="keys", body={"keys": digits})
    if item == "tin" and digits == "1" and not state["items"]:
        _hold(row, {"items": {"caf": ""}, "next": "caf", "begun": True, "misses": 0})
        return Step()
    if digits == "#" and item != "date_of_birth":
        return Step()
    if not digits and not state.get("begun"):
        # Whoever presses nothing would rather go on without: general answers need no proof.
        _drop(row)
        return Step(kind="event", body={"event": "identity_skipped"})
    if not _usable(item, digits):
        return _again(row, state, item, digits)
    items = {**state["items"], item: digits}
    following = _following(items)
    if following:
        _hold(row, {"items": items, "next": following, "begun": True, "misses": 0})
        return Step()
    _drop(row)
    given = {name: value for name, value in items.items() if value}
    return _settle(line, session, row, Proof(**given), caller, turn)


def _settle(
    line: Line, session: Session, row: Conversation, proof: Proof, caller: str, turn: tuple[str, str]
) -> Step:
    for_client = bool(proof.caf)
    result = prove(line, session, row, proof, f"phone:{caller}", turn, quiet=True, by_keys=for_client)
    if result.verified:
        return Step(seq=result.seq)
    words = "identity_limit" if result.limited or result.last else "identity_wrong"
    return Step(kind="event", body={"event": words})


def _usable(item: str, digits: str) -> bool:
    if item == "date_of_birth" and digits == "":
        return False
    if item == "caller_id":
        return 3 <= len(digits) <= 20 and digits.isdigit()
    return bool(re.fullmatch(rf"\d{{{SIZES[item]}}}", digits))


def _following(items: dict[str, str]) -> str | None:
    order = WITHOUT_BIRTHDAY if items.get("date_of_birth") == "" else ORDER
    order = FOR_A_CLIENT if "caf" in items else order
    left = [name for name in order if not items.get(name)]
    return left[0] if left else None


def _again(row: Conversation, state: dict[str, Any], item: str, digits: str) -> Step:
    if item == "date_of_birth" and digits in ("#", "1"):
        items = {**state["items"], "date_of_birth": ""}
        _hold(row, {**state, "items": items, "next": "zip", "begun": True})
        return Step()
    misses = int(state.get("misses") or 0) + 1
    if misses >= 3:
        _drop(row)
        return Step(kind="keys", body={"keys": "0"})
    _hold(row, {**state, "misses": misses, "again": True, "begun": True, "next": item})
    return Step()


def prompt(row: Conversation) -> str:
    """The words that ask for the item wanted now; a representative keys the client's, not their own."""
    state = (row.held or {})["identity"]
    wanted = state["next"]
    client = "caf" in state["items"] and wanted != "caf"
    return f"utter_key_client_{wanted}" if client else f"utter_key_{wanted}"


def _hold(row: Conversation, state: dict[str, Any]) -> None:
    row.held = {**(row.held or {}), "identity": state}


def _drop(row: Conversation) -> None:
    row.held = {name: value for name, value in (row.held or {}).items() if name != "identity"} or None
