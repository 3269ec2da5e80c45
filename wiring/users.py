"""Console accounts."""

from __future__ import annotations

from store.agents import add_user, has_user
from store.db import Database


def ensure_user(database: Database, name: str, password: str, role: str) -> None:
    """Makes the account when it is not there yet; an existing one is left as it is."""
    with database.work() as session:
        if not has_user(session, name):
            add_user(session, name, password, role)
