"""Alembic's way into our tables. The connection is handed in by `store/migrate.py`; there is no ini file."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy.types import TypeDecorator

import store.tables  # noqa: F401
from store.base import Base


def _plain_type(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Migrations speak of plain SQL types, so that they still run when our own types have changed."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_item=_plain_type,
    render_as_batch=True,
    compare_type=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
