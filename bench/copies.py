# ruff: noqa: S608 - statements are made of the names of our own tables
"""Makes a loaded inventory larger without generating it anew: the same cases again under other names."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, text

import store.tables  # noqa: F401  (registers every table)
from store.base import Base

OWNERS = {"taxpayer_id": "taxpayers", "module_id": "modules", "return_id": "returns"}
HOLDS_CASES = {"taxpayers", "modules", "returns", "case_days"}


def multiply(connection: Connection, copies: int) -> int:
    """Puts every case in `copies` times more; gives the number of cases then. Every row of a case comes along."""
    connection.execute(text("SET LOCAL session_replication_role = replica"))  # no checks row by row
    connection.execute(text("SET LOCAL statement_timeout = 0"))
    tables = [t for t in Base.metadata.sorted_tables if _of_a_case(t)]
    steps = {t.name: _highest(connection, t) for t in tables if _numbered(t)}
    for number in range(1, copies + 1):
        for table in tables:
            columns = [c.name for c in table.columns]
            values = ", ".join(_value(table, name, number, steps) for name in columns)
            names = ", ".join(f'"{name}"' for name in columns)
            limit = f"WHERE {_own(table, steps)}"
            connection.execute(
                text(f'INSERT INTO "{table.name}" ({names}) SELECT {values} FROM "{table.name}" {limit}')
            )
    for name in steps:
        connection.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT coalesce(max(id), 1) FROM \"{name}\"))"
            )
        )
    return int(connection.scalar(text("SELECT count(*) FROM taxpayers")) or 0)


def _of_a_case(table: Any) -> bool:
    return table.name in HOLDS_CASES or any(
        key.column.table.name in HOLDS_CASES for key in table.foreign_keys
    )


def _numbered(table: Any) -> bool:
    return "id" in table.c and table.name != "taxpayers"


def _highest(connection: Connection, table: Any) -> int:
    return int(connection.scalar(text(f'SELECT coalesce(max(id), 0) FROM "{table.name}"')) or 0)


def _own(table: Any, steps: dict[str, int]) -> str:
    """The rows of the first inventory alone."""
    if _numbered(table):
        return f"id <= {steps[table.name]}"
    return ("id" if table.name == "taxpayers" else "taxpayer_id") + " NOT LIKE '%#%'"


def _value(table: Any, name: str, number: int, steps: dict[str, int]) -> str:
    if (table.name == "taxpayers" and name in ("id", "spouse")) or name == "taxpayer_id":
        return f"\"{name}\" || '#{number}'"
    if name == "id":
        return f"id + {steps[table.name] * number}"
    if name in OWNERS and OWNERS[name] in steps:
        return f'"{name}" + {steps[OWNERS[name]] * number}'
    return f'"{name}"'
