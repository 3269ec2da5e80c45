"""Many new cases at once: the rows an import would make, written in bulk. For generated inventories and moves."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import JSON, Connection, func, insert, select, text

from acs.case import Case
from store.base import Base
from store.case_rows import LISTS, PLAIN, digest, plain
from store.crypto import blind_index
from store.day_rows import AT_ONCE
from store.db import Database
from store.tables.cases import AssignmentRow, TaxpayerRow
from store.tables.days import CaseDayRow
from store.tables.modules import ModuleRow
from store.tables.returns import ReturnRow

CHUNK = 2000
Rows = dict[Any, list[dict[str, Any]]]
OWN: dict[str, Any] = {"modules": ModuleRow, "returns": ReturnRow}  # lists whose rows have rows of their own


def load_new(database: Database, cases: Iterable[Case], told: Callable[[int], None] = lambda _: None) -> int:
    """Writes cases that are not in the database yet, a chunk in a transaction. Gives their number.

    A case that is there already is an error of the database, and its chunk is not written.
    """
    count, stream = 0, iter(cases)
    while chunk := list(islice(stream, CHUNK)):
        with database.engine.begin() as connection:
            _write(connection, chunk)
        count += len(chunk)
        told(len(chunk))
    return count


def _write(connection: Connection, cases: Sequence[Case]) -> None:
    first = {row: (connection.scalar(select(func.max(row.id))) or 0) + 1 for row in OWN.values()}
    rows = _rows(cases, first)
    for table in Base.metadata.sorted_tables:
        found = next((values for row, values in rows.items() if row.__table__ is table), None)
        if found:
            _insert(connection, table, found)
    if connection.dialect.name == "postgresql":
        for row in OWN.values():
            name = row.__tablename__
            connection.execute(
                text("SELECT setval(pg_get_serial_sequence(:t, 'id'), :n)"),
                {"t": name, "n": first[row] + len(rows.get(row, ()))},
            )


def _insert(connection: Connection, table: Any, rows: list[dict[str, Any]]) -> None:
    if connection.dialect.name != "postgresql":
        connection.execute(insert(table), rows)
        return
    names = list(rows[0])
    binds = [_bind(table.c[name], connection) for name in names]
    raw: Any = connection.connection.dbapi_connection
    columns = ", ".join(f'"{name}"' for name in names)
    with raw.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row([bind(row[name]) for name, bind in zip(names, binds, strict=True)])


def _bind(column: Any, connection: Connection) -> Callable[[Any], Any]:
    """How a value of this column goes over the wire."""
    if isinstance(column.type, JSON):
        return lambda value: None if value is None else json.dumps(value)
    process = column.type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
    return process or (lambda value: value)


def _rows(cases: Sequence[Case], first: dict[Any, int]) -> Rows:
    rows: Rows = defaultdict(list)
    for case in cases:
        rows[TaxpayerRow].append(_taxpayer(case))
        rows[CaseDayRow].append({"taxpayer_id": case.id, "look_on": AT_ONCE, "revision": 0})
        if case.assignment:
            rows[AssignmentRow].append({"taxpayer_id": case.id, "place": 0, **_values(case.assignment)})
        for name, (row, _) in LISTS.items():
            if hasattr(case, name):
                for values in _of_list(name, row, getattr(case, name), first, rows):
                    rows[row].append({"taxpayer_id": case.id, **values})
    return rows


def _of_list(
    name: str, row: Any, records: Sequence[Any], first: dict[Any, int], rows: Rows
) -> Iterator[dict[str, Any]]:
    """The rows of a list; lists inside its records go to `rows` with the id of their owner."""
    for place, record in enumerate(records):
        values = {"place": place, **_values(record)}
        if "origin" in row.__table__.c:
            values["origin"] = "file"
        if name in OWN:
            values["id"] = first[row] + len(rows[row])
            key = "module_id" if name == "modules" else "return_id"
            for inner in [one for one in values if one in LISTS]:
                for inner_place, one in enumerate(values.pop(inner)):
                    rows[LISTS[inner][0]].append({key: values["id"], "place": inner_place, **_values(one)})
        yield values


def _values(record: Any) -> dict[str, Any]:
    return {
        name: list(value) if name == "periods" else value
        for name in record.__dataclass_fields__
        for value in (getattr(record, name),)
    }


def _taxpayer(case: Case) -> dict[str, Any]:
    return {
        "id": case.id, "digest": digest(case), "tin_index": blind_index("tin", case.tin),
        **{name: getattr(case, name) for name in PLAIN},
        "name": plain(case.name), "address": plain(case.address) if case.address else None,
        "passport_certified": case.passport.certified,
        "sms_consent": case.consents.sms, "calls_consent": case.consents.calls,
    }  # fmt: skip
