"""Reads many cases at once for the collection system's day: what its rules ask for, and the row behind each record.

Names, numbers and phones are not opened: the day has no use for them. Old notes are not read either.
"""

from __future__ import annotations

import datetime
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from acs.case import (
    Address,
    Agreement,
    Assessment,
    Assignment,
    Case,
    FollowUp,
    Hearing,
    Hold,
    Levy,
    LevySource,
    Lien,
    Module,
    Name,
    Notice,
    Passport,
    Payment,
    Return,
)
from store.crypto import unseal
from store.fetch import fetch
from store.tables import cases, modules, returns

Rows = dict[Any, list[tuple[Any, ...]]]
LISTS: dict[str, tuple[Any, Any]] = {
    "returns": (returns.ReturnRow, Return),
    "agreements": (cases.AgreementRow, Agreement),
    "holds": (cases.HoldRow, Hold),
    "liens": (cases.LienRow, Lien),
    "levies": (cases.LevyRow, Levy),
    "levy_sources": (cases.LevySourceRow, LevySource),
    "assignments": (cases.AssignmentRow, Assignment),
    "follow_ups": (cases.FollowUpRow, FollowUp),
}
OF_MODULE: dict[str, tuple[Any, Any]] = {
    "assessments": (modules.AssessmentRow, Assessment),
    "payments": (modules.PaymentRow, Payment),
    "notices": (modules.NoticeRow, Notice),
    "hearings": (modules.HearingRow, Hearing),
}
LEFT_OUT = {"returns": ("penalties",), "assignments": ("phone", "office")}
SEALED = {"levies": ("source",), "levy_sources": ("name",), "assignments": ("name",)}
PERSON = ("kind", "language", "filing_status", "household_size", "spouse", "operating", "trust_fund")
ON_THE_ROW = ("date_of_birth", "address", "agi", "deceased", "passport_certified")
MODULE = ("form", "period", "joint", "due", "extended_to", "filed")
FIELDS = {
    kind: tuple(f for f in kind.__dataclass_fields__ if f not in LEFT_OUT.get(name, ()))
    for name, (_, kind) in (LISTS | OF_MODULE).items()
}
"""The fields of a record that are read; the others keep what they are when a file does not tell."""


@dataclass
class Read:
    """A case as it was read, and the ids of the rows behind its lists; `problem` stands where it could not be read."""

    case: Case | None
    ids: dict[str, list[int]] = field(default_factory=dict)
    modules: list[int] = field(default_factory=list)
    problem: Exception | None = None


def read_cases(connection: Connection, ids: Sequence[str]) -> dict[str, Read]:
    """The cases under these ids. One that can not be read does not keep the others from being read."""
    if not ids:
        return {}
    people = fetch(connection, cases.TaxpayerRow.__table__, ("id", *PERSON, *ON_THE_ROW), "id", ids)
    lists = {name: _rows(connection, row, kind, ids) for name, (row, kind) in LISTS.items()}
    mods = _grouped(
        fetch(connection, modules.ModuleRow.__table__, ("taxpayer_id", "id", *MODULE), "taxpayer_id", ids)
    )
    inner_ids = [row[1] for found in mods.values() for row in found]
    inner = {name: _inner(connection, row, kind, inner_ids) for name, (row, kind) in OF_MODULE.items()}
    return {one[0]: _read(one, lists, mods, inner) for one in people}


def households(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """Who is married to whom among these cases, whichever of the two files says so."""
    table, wanted = cases.TaxpayerRow.__table__, ("id", "spouse")
    found: dict[str, str] = {}
    for own, spouse in (
        *fetch(connection, table, wanted, "id", ids),
        *fetch(connection, table, wanted, "spouse", ids),
    ):
        if spouse is not None:
            found.setdefault(spouse, own)
            found[own] = spouse
    return {own: spouse for own, spouse in found.items() if own in set(ids)}


def _rows(connection: Connection, row: Any, kind: Any, ids: Sequence[str]) -> Rows:
    names = ("taxpayer_id", "id", *FIELDS[kind])
    return _grouped(fetch(connection, row.__table__, names, "taxpayer_id", ids))


def _inner(connection: Connection, row: Any, kind: Any, ids: Sequence[int]) -> Rows:
    names = ("module_id", "place", *FIELDS[kind])
    return _grouped(fetch(connection, row.__table__, names, "module_id", ids))


def _grouped(rows: Iterable[tuple[Any, ...]]) -> Rows:
    found: Rows = defaultdict(list)
    for row in rows:
        found[row[0]].append(row)
    return found


def _read(one: Any, lists: Mapping[str, Rows], mods: Rows, inner: Mapping[str, Rows]) -> Read:
    try:
        return _case(one, lists, mods, inner)
    except Exception as problem:  # whatever is wrong with one row is that case's trouble alone
        return Read(None, problem=problem)


def _case(one: Any, lists: Mapping[str, Rows], mods: Rows, inner: Mapping[str, Rows]) -> Read:
    who, person, own_row = (
        one[0],
        one[1 : len(PERSON) + 1],
        dict(zip(ON_THE_ROW, one[len(PERSON) + 1 :], strict=True)),
    )
    own = {name: rows.get(who, ()) for name, rows in lists.items()}
    records: dict[str, Any] = {
        name: tuple([_record(name, kind, row) for row in own[name]]) for name, (_, kind) in LISTS.items()
    }
    places = records.pop("assignments")
    found = mods.get(who, ())
    case = Case(
        id=who, name=Name(), tin="", modules=tuple([_module(m, inner) for m in found]),
        date_of_birth=_day("date_of_birth", own_row["date_of_birth"]), agi=_amount("agi", own_row["agi"]),
        address=_address(own_row["address"]), deceased=_day("deceased", own_row["deceased"]),
        passport=Passport(certified=own_row["passport_certified"]), assignment=places[0] if places else None,
        **dict(zip(PERSON, person, strict=True)), **records,
    )  # fmt: skip
    return Read(case, {name: [row[1] for row in rows] for name, rows in own.items()}, [m[1] for m in found])


def _module(row: tuple[Any, ...], inner: Mapping[str, Rows]) -> Module:
    parts: dict[str, Any] = {
        name: tuple([_made(kind, one) for one in inner[name].get(row[1], ())])
        for name, (_, kind) in OF_MODULE.items()
    }
    own: dict[str, Any] = dict(zip(MODULE, row[2:], strict=True))
    return Module(**own, **parts)


def _made(kind: Any, row: tuple[Any, ...]) -> Any:
    """A record of a row whose first two columns are not its own. Frozen records are slow to make by their names:
    what is read is put in at once, as unpickling does."""
    made = object.__new__(kind)
    made.__dict__.update(zip(FIELDS[kind], row[2:], strict=True))
    return made


def _record(name: str, kind: Any, row: tuple[Any, ...]) -> Any:
    made = _made(kind, row)
    for sealed in SEALED.get(name, ()):
        table = LISTS[name][0].__tablename__
        made.__dict__[sealed] = _open(f"{table}.{sealed}", made.__dict__[sealed])
    return made


def _open(column: str, sealed: Any) -> str | None:
    return None if sealed is None else unseal(column, bytes(sealed))


def _day(name: str, sealed: Any) -> datetime.date | None:
    text = _open(f"taxpayers.{name}", sealed)
    return datetime.date.fromisoformat(text) if text else None


def _amount(name: str, sealed: Any) -> Decimal | None:
    text = _open(f"taxpayers.{name}", sealed)
    return Decimal(text) if text else None


def _address(sealed: Any) -> Address | None:
    text = _open("taxpayers.address", sealed)
    return Address(**json.loads(text)) if text else None
