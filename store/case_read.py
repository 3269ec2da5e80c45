"""Reads whole cases for the desk, each table with one plain statement instead of one object for every row.

A turn of the dialogue reads the case three or four times (question, form, answer), and object mapping was most of what
that took. The records that come out are the same as `case_rows.to_case` makes (tests/store/test_case_read.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import fields
from functools import cache
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, bindparam, select

from acs.case import Address, Assignment, Case, Consents, Name, Passport
from store.case_rows import LISTS, PLAIN
from store.tables.cases import AssignmentRow, TaxpayerRow

INSIDE = {"modules": ("assessments", "payments", "notices", "hearings"), "returns": ("penalties",)}
OF_PERSON = tuple(name for name in LISTS if name not in chain(*INSIDE.values()))
OWNER = {
    LISTS[name][0].__tablename__: (LISTS[above][0], key)
    for above, key in (("modules", "module_id"), ("returns", "return_id"))
    for name in INSIDE[above]
}
"""The table that owns a row which does not belong to the taxpayer directly, and the column that says so."""
ON_THE_ROW = ("id", *PLAIN, "name", "address", "passport_certified", "sms_consent", "calls_consent")

Found = tuple[Any, dict[str, Any]]
"""The id of a row (of its owner, where a module or a return owns it), and its values by name."""


class Statement(NamedTuple):
    """One table's select as the database wants it, and what turns a column of it into a value (None: as it is)."""

    text: str
    names: tuple[str, ...]
    read: tuple[Callable[[Any], Any] | None, ...]
    by_name: bool


def read_case(connection: Connection, taxpayer: str) -> Case | None:
    """The case under this id as the transaction sees it, or None. Raises CannotDecrypt and SQLAlchemy's errors."""
    found = _rows(connection, TaxpayerRow, ON_THE_ROW, taxpayer)
    if not found:
        return None
    row = found[0][1]
    lists: dict[str, Any] = {name: _records(connection, name, taxpayer) for name in OF_PERSON}
    place = _rows(connection, AssignmentRow, _own(Assignment), taxpayer)
    return Case(
        id=row["id"],
        name=Name(**row["name"]),
        address=Address(**row["address"]) if row["address"] is not None else None,
        assignment=Assignment(**place[0][1]) if place else None,
        passport=Passport(certified=row["passport_certified"]),
        consents=Consents(sms=row["sms_consent"], calls=row["calls_consent"]),
        **{name: row[name] for name in PLAIN},
        **lists,
    )


def _records(connection: Connection, name: str, taxpayer: str) -> tuple[Any, ...]:
    table, kind = LISTS[name]
    found = _rows(connection, table, _own(kind), taxpayer)
    if not found or name not in INSIDE:
        return tuple(kind(**values) for _, values in found)
    inner = {one: _by_owner(connection, one, taxpayer) for one in INSIDE[name]}
    return tuple(
        kind(**values, **{one: tuple(made.get(number, ())) for one, made in inner.items()})
        for number, values in found
    )


def _by_owner(connection: Connection, name: str, taxpayer: str) -> dict[Any, list[Any]]:
    table, kind = LISTS[name]
    made: dict[Any, list[Any]] = defaultdict(list)
    for owner, values in _rows(connection, table, _own(kind), taxpayer):
        made[owner].append(kind(**values))
    return made


@cache
def _own(kind: type) -> tuple[str, ...]:
    """The fields of a record that stand on its own row."""
    return tuple(one.name for one in fields(kind) if one.name not in LISTS)


def _rows(connection: Connection, row: Any, names: tuple[str, ...], taxpayer: str) -> list[Found]:
    statement = _statement(connection.dialect, row, names)
    given: Any = {"wanted": taxpayer} if statement.by_name else (taxpayer,)
    rows = connection.exec_driver_sql(statement.text, given).fetchall()
    return [(one[0], _values(statement, one[1:])) for one in rows]


def _values(statement: Statement, row: Any) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, read, value in zip(statement.names, statement.read, row, strict=True):
        value = read(value) if read is not None else value
        values[name] = tuple(value) if isinstance(value, list) else value
    return values


@cache
def _statement(dialect: Dialect, row: Any, names: tuple[str, ...]) -> Statement:
    """Ordered as the file was: what the file told first, then what the line added."""
    table = row.__table__
    columns = [table.c[name] for name in names]
    order = [table.c[one] for one in ("origin", "place", "id") if one in table.c]
    owner = OWNER.get(table.name)
    query = select(table.c[owner[1]] if owner else table.c.id, *columns).order_by(*order)
    if owner:
        above = owner[0].__table__
        query = query.join_from(table, above, table.c[owner[1]] == above.c.id)
        query = query.where(above.c.taxpayer_id == bindparam("wanted"))
    else:
        query = query.where(table.c["id" if row is TaxpayerRow else "taxpayer_id"] == bindparam("wanted"))
    compiled = query.compile(dialect=dialect)
    read = tuple(one.type.dialect_impl(dialect).result_processor(dialect, None) for one in columns)
    return Statement(str(compiled), names, read, by_name=not compiled.positional)
