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

from sqlalchemy import (
    ARRAY,
    Connection,
    Integer,
    LargeBinary,
    String,
    Table,
    any_,
    bindparam,
    select,
    type_coerce,
)

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
from store.tables import cases, modules, returns

Rows = dict[Any, list[Any]]
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
    people = _people(connection, ids)
    lists = {name: _rows(connection, name, row, kind, ids) for name, (row, kind) in LISTS.items()}
    mods = _modules(connection, ids)
    inner_ids = [m.id for found in mods.values() for m in found]
    inner = {name: _inner(connection, row, kind, inner_ids) for name, (row, kind) in OF_MODULE.items()}
    return {one.id: _read(one, lists, mods, inner) for one in people}


def among(connection: Connection, column: Any, ids: Sequence[Any]) -> Any:
    """The column is one of these; on PostgreSQL as one array, which is read faster than a long list."""
    if connection.dialect.name != "postgresql":
        return column.in_(ids)
    kind = Integer if isinstance(column.type, Integer) else String
    return column == any_(bindparam("ids", list(ids), ARRAY(kind), unique=True))


def households(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """Who is married to whom among these cases, whichever of the two files says so."""
    t: Any = cases.TaxpayerRow.__table__.c
    either = select(t.id, t.spouse).where(
        t.spouse.is_not(None) & (among(connection, t.id, ids) | among(connection, t.spouse, ids))
    )
    found: dict[str, str] = {}
    for own, spouse in connection.execute(either):
        found.setdefault(spouse, own)
        found[own] = spouse
    return {own: spouse for own, spouse in found.items() if own in set(ids)}


def _people(connection: Connection, ids: Sequence[str]) -> Sequence[Any]:
    t: Any = cases.TaxpayerRow.__table__.c
    sealed = (
        type_coerce(t[name], LargeBinary).label(name)
        for name in ("date_of_birth", "address", "agi", "deceased")
    )
    query = select(t.id, t.passport_certified, *(t[name] for name in PERSON), *sealed).where(
        among(connection, t.id, ids)
    )
    return connection.execute(query).all()


def _columns(name: str, table: Table, kind: Any) -> list[Any]:
    """The columns of a record, in the order of its fields; sealed ones as they lie there, money as cents."""
    found = []
    for one in kind.__dataclass_fields__:
        if one in LEFT_OUT.get(name, ()):
            continue
        column = table.c[one]
        found.append(type_coerce(column, LargeBinary).label(one) if one in SEALED.get(name, ()) else column)
    return found


def _rows(connection: Connection, name: str, row: Any, kind: Any, ids: Sequence[str]) -> Rows:
    table: Table = row.__table__
    order = [c for c in ("origin", "place", "id") if c in table.c]
    query = select(table.c.taxpayer_id, table.c.id, *_columns(name, table, kind)).where(
        among(connection, table.c.taxpayer_id, ids)
    )
    return _grouped(connection.execute(query.order_by(table.c.taxpayer_id, *(table.c[c] for c in order))))


def _modules(connection: Connection, ids: Sequence[str]) -> Rows:
    t: Any = modules.ModuleRow.__table__.c
    plain = (t.form, t.period, t.joint, t.due, t.extended_to, t.filed)
    query = select(t.taxpayer_id, t.id, *plain).where(among(connection, t.taxpayer_id, ids))
    return _grouped(connection.execute(query.order_by(t.taxpayer_id, t.place, t.id)))


def _inner(connection: Connection, row: Any, kind: Any, ids: Sequence[int]) -> Rows:
    table: Table = row.__table__
    columns = [table.c[one] for one in kind.__dataclass_fields__]
    query = select(table.c.module_id, *columns).where(among(connection, table.c.module_id, ids))
    return _grouped(connection.execute(query.order_by(table.c.module_id, table.c.place)))


def _grouped(rows: Iterable[Any]) -> Rows:
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
    own = {name: rows.get(one.id, ()) for name, rows in lists.items()}
    records: dict[str, Any] = {
        name: tuple(_record(name, kind, row) for row in own[name]) for name, (_, kind) in LISTS.items()
    }
    places = records.pop("assignments")
    found = mods.get(one.id, ())
    case = Case(
        id=one.id, name=Name(), tin="", modules=tuple(_module(m, inner) for m in found),
        date_of_birth=_day("date_of_birth", one.date_of_birth), agi=_amount("agi", one.agi),
        address=_address(one.address), deceased=_day("deceased", one.deceased),
        passport=Passport(certified=one.passport_certified), assignment=places[0] if places else None,
        **{name: getattr(one, name) for name in PERSON}, **records,
    )  # fmt: skip
    return Read(case, {name: [row.id for row in rows] for name, rows in own.items()}, [m.id for m in found])


def _module(row: Any, inner: Mapping[str, Rows]) -> Module:
    parts = {
        name: tuple(kind(**{f: row_[i + 1] for i, f in enumerate(kind.__dataclass_fields__)}) for row_ in inner[name].get(row.id, ()))
        for name, (_, kind) in OF_MODULE.items()
    }  # fmt: skip
    return Module(
        form=row.form, period=row.period, joint=row.joint, due=row.due, extended_to=row.extended_to,
        filed=row.filed, **parts,
    )  # fmt: skip


def _record(name: str, kind: Any, row: Any) -> Any:
    fields = [f for f in kind.__dataclass_fields__ if f not in LEFT_OUT.get(name, ())]
    values = {f: row[i + 2] for i, f in enumerate(fields)}
    for sealed in SEALED.get(name, ()):
        table = LISTS[name][0].__tablename__
        values[sealed] = _open(f"{table}.{sealed}", values[sealed])
    return kind(**values)


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
