"""Console accounts."""

from __future__ import annotations

import secrets
import sys

import typer

from store.agents import add_user, has_user
from store.db import Database


def ensure_user(database: Database, name: str, password: str, role: str) -> bool:
    """Makes the account when it is not there yet (True); an existing one is left as it is (False)."""
    with database.work() as session:
        if has_user(session, name):
            return False
        add_user(session, name, password, role)
        return True


def password_asked() -> tuple[str, bool]:
    """A new password: asked for twice, or made (True) where nobody is there to be asked."""
    try:
        return typer.prompt("Password", hide_input=True, confirmation_prompt=True), False
    except typer.Abort:
        if sys.stdin.isatty():
            raise
        return secrets.token_urlsafe(12), True
