"""The tables as they rest: what is sealed stays sealed, everything else is what the code knows it as."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Column, LargeBinary, MetaData, Table

import store.tables  # noqa: F401  (registers every table)
from store.base import Base
from store.crypto import Sealed


@cache
def resting_tables() -> tuple[Table, ...]:
    """A copy of every table whose sealed columns give and take sealed bytes; parents stand before children."""
    apart = MetaData()
    return tuple(
        Table(
            table.name,
            apart,
            *(
                Column(
                    column.name,
                    LargeBinary() if isinstance(column.type, Sealed) else column.type,
                    primary_key=column.primary_key,
                    autoincrement=False,
                )
                for column in table.columns
            ),
        )
        for table in Base.metadata.sorted_tables
    )


@cache
def sealed_columns() -> dict[str, dict[str, str]]:
    """table -> column -> the name the column is sealed under."""
    found = {
        table.name: {one.name: one.type.column for one in table.columns if isinstance(one.type, Sealed)}
        for table in Base.metadata.sorted_tables
    }
    return {table: columns for table, columns in found.items() if columns}
