"""Rows that are put in, changed or taken out, said apart from how it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, update


@dataclass(frozen=True)
class New:
    """Rows to put in; all have the same columns."""

    table: Any
    rows: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Other:
    """A row, by its id, with other values."""

    table: Any
    id: int | str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Gone:
    """Rows to take out, by their ids."""

    table: Any
    ids: Sequence[int]


Change = New | Other | Gone


def apply(connection: Connection, change: Change) -> None:
    """Does it in the open transaction."""
    table: Any = change.table
    if isinstance(change, New):
        connection.execute(insert(table), [dict(row) for row in change.rows])
    elif isinstance(change, Other):
        connection.execute(update(table).where(table.c.id == change.id).values(**change.values))
    else:
        connection.execute(delete(table).where(table.c.id.in_(change.ids)))
