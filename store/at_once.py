"""A night's work on a case as one statement of PostgreSQL: all of it or nothing, one way to the server and back.

The row beside the case is moved on first, and only if the case is still as it was read; everything else hangs on that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql

from store.changes import Change, New, Other

_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]
_MOVED = """UPDATE case_days SET look_on = %s, next_look = %s, worked_until = %s, figures = %s,
 revision = revision + 1, claim = NULL, trouble = NULL WHERE taxpayer_id = %s AND revision = %s RETURNING 1"""
_QUIET = """UPDATE case_days AS d SET look_on = q.look, next_look = q.next, worked_until = %s, figures = %s,
 revision = d.revision + 1, claim = NULL, trouble = NULL
 FROM unnest(%s::varchar[], %s::int[], %s::date[], %s::date[]) AS q (who, read, look, next)
 WHERE d.taxpayer_id = q.who AND d.revision = q.read RETURNING d.taxpayer_id"""


def keep(connection: Connection, worked: Mapping[str, Any], changes: Sequence[Change]) -> bool:
    """Moves the case on and writes its changes. False, and nothing written, when the case was changed since."""
    said, given = (
        [f"WITH moved AS ({_MOVED})"],
        [worked[k] for k in ("look", "next", "until", "law", "who", "read")],
    )
    for number, change in enumerate(changes):
        said.append(f", c{number} AS ({_part(change)})")
        given += _given(change)
    said.append(" SELECT 1 FROM moved")
    with _raw(connection).cursor() as cursor:
        return cursor.execute("".join(said), given).fetchone() is not None


def keep_quiet(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> set[str]:
    """Moves many cases on; gives the ids of those that were still as they were read."""
    lists = [[row[name] for row in rows] for name in ("who", "read", "look", "next")]
    with _raw(connection).cursor() as cursor:
        given = (rows[0]["until"], rows[0]["law"], *lists)
        return {who for (who,) in cursor.execute(_QUIET, given).fetchall()}


def _raw(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _part(change: Change) -> str:
    if isinstance(change, New):
        return _insert(change.table, tuple(change.rows[0]), len(change.rows))
    if isinstance(change, Other):
        return _update(change.table, tuple(change.values))
    return f'DELETE FROM "{change.table.name}" WHERE id = ANY(%s) AND EXISTS (SELECT FROM moved)'  # noqa: S608 - a table of ours


@cache
def _insert(table: Any, names: tuple[str, ...], count: int) -> str:
    columns = ", ".join(f'"{name}"' for name in names)
    row = ", ".join(f"%s::{_kind(table.c[name])}" for name in names)
    rows = ", ".join([f"({row})"] * count)
    return f'INSERT INTO "{table.name}" ({columns}) SELECT v.* FROM moved, (VALUES {rows}) AS v'  # noqa: S608 - names of our own tables


@cache
def _update(table: Any, names: tuple[str, ...]) -> str:
    values = ", ".join(f'"{name}" = %s' for name in names)
    return f'UPDATE "{table.name}" SET {values} WHERE id = %s AND EXISTS (SELECT FROM moved)'  # noqa: S608 - names of our own tables


def _kind(column: Any) -> str:
    return str(column.type.dialect_impl(_DIALECT).compile(_DIALECT))


def _given(change: Change) -> Iterator[Any]:
    if isinstance(change, New):
        for row in change.rows:
            for name, value in row.items():
                yield _bind(change.table, name)(value)
    elif isinstance(change, Other):
        for name, value in change.values.items():
            yield _bind(change.table, name)(value)
        yield change.id
    else:
        yield list(change.ids)


@cache
def _bind(table: Any, name: str) -> Callable[[Any], Any]:
    """How a value of this column goes over the wire: sealed, in cents, or as it is."""
    process = table.c[name].type.dialect_impl(_DIALECT).bind_processor(_DIALECT)
    return process or (lambda value: value)
