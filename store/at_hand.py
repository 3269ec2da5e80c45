"""Statements of the busiest paths: made once, for building one anew costs several times what running it does."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Table, bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from store.base import Base


def first(session: Session, query: Any, /, **given: Any) -> Any:
    """The first column of the first row; None where there is none. Sees what was flushed."""
    return session.connection().execute(query, given).scalar()


def keep_new(session: Session, rows: type[Base], /, **values: Any) -> int | None:
    """Writes a row at once and gives its `seq`; None, and nothing written, where its unique name is taken."""
    connection = session.connection()
    found: int | None = connection.execute(_insert(rows.__table__, connection.dialect.name), values).scalar()
    return found


@cache
def _insert(table: Table, dialect: str) -> Any:
    made = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    return made.on_conflict_do_nothing().returning(table.c.seq)


def any_of(name: str) -> Any:
    """A list given when the statement runs."""
    return bindparam(name, expanding=True)
