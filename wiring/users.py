"""Console accounts."""

from __future__ import annotations

from store.agents import add_user, has_user
from store.db import Database


def ensure_user(database: Database, name: str, password: str, role: str) -> bool:
    """Makes the account when it is not there yet (True); an existing one is left as it is (False)."""
    with database.work() as session:
        if has_user(session, name):
            return False
        add_user(session, name, password, role)
        return True
