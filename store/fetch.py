"""Rows of many owners at once, as bare tuples: on PostgreSQL straight from the driver, elsewhere by SQLAlchemy.

The day reads some twenty rows of ten tables for every case, so what each row costs counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import Connection, LargeBinary, select, type_coerce

from store.crypto import Sealed
from store.types import Dollars

Rows = Sequence[tuple[Any, ...]]


def fetch(connection: Connection, table: Any, names: tuple[str, ...], key: str, ids: Sequence[Any]) -> Rows:
    """The columns `names` of every row whose `key` is one of `ids`, in the order in which a file has them.

    Sealed columns come as they rest; amounts are dollars.
    """
    if connection.dialect.name == "postgresql":
        return _straight(connection, table, names, key, ids)
    columns = [_at_rest(table.c[name]) for name in names]
    query = (
        select(*columns).where(table.c[key].in_(ids)).order_by(*(table.c[one] for one in _order(table, key)))
    )
    return [tuple(row) for row in connection.execute(query)]


def _at_rest(column: Any) -> Any:
    return type_coerce(column, LargeBinary) if isinstance(column.type, Sealed) else column


def _order(table: Any, key: str) -> list[str]:
    return [key, *(one for one in ("origin", "place", "id") if one in table.c and one != key)]


@cache
def _query(table: Any, names: tuple[str, ...], key: str) -> tuple[str, tuple[int, ...]]:
    """The statement, and where amounts stand in its rows."""
    columns = ", ".join(f'"{name}"' for name in names)
    order = ", ".join(f'"{name}"' for name in _order(table, key))
    said = f'SELECT {columns} FROM "{table.name}" WHERE "{key}" = ANY(%s) ORDER BY {order}'  # noqa: S608 - names of our own tables
    return said, tuple(i for i, name in enumerate(names) if isinstance(table.c[name].type, Dollars))


def _straight(
    connection: Connection, table: Any, names: tuple[str, ...], key: str, ids: Sequence[Any]
) -> Rows:
    said, amounts = _query(table, names, key)
    raw: Any = connection.connection.driver_connection
    with raw.cursor(binary=True) as cursor:
        rows: list[tuple[Any, ...]] = cursor.execute(said, (list(ids),)).fetchall()
    return [_in_dollars(row, amounts) for row in rows] if amounts else rows


def _in_dollars(row: tuple[Any, ...], amounts: tuple[int, ...]) -> tuple[Any, ...]:
    values = list(row)
    for place in amounts:
        if values[place] is not None:
            values[place] = Decimal(values[place]).scaleb(-2)
    return tuple(values)
