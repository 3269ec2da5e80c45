"""`acs user add`: an account that works, however the password comes, and plain words when it cannot be made."""

from __future__ import annotations

import re

import pytest
from typer.testing import CliRunner

from store.agents import AgentStore, password_fits
from wiring.cli import app
from wiring.rooms import Rooms
from wiring.run import database
from wiring.settings import Settings, settings

GOOD = "three green boats"


@pytest.fixture
def acs(tmp_path, monkeypatch):
    """Runs `acs user add` on a database of its own."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'acs.sqlite'}")
    monkeypatch.setenv("ACS_SECRET", "0123456789abcdef0123")
    settings.cache_clear()
    yield lambda *words, typed="": CliRunner().invoke(app, ["user", "add", *words], input=typed)
    settings.cache_clear()


def opens(name: str, password: str) -> bool:
    chosen = Settings()
    opened = database(chosen)
    with opened.read() as session:
        kept = AgentStore(session, Rooms(chosen, opened).clock).kept_hash(name)
    return password_fits(password, kept)


def test_a_password_is_asked_for_twice(acs):
    done = acs("ana", "--role", "supervisor", typed=f"{GOOD}\n{GOOD}\n")
    assert done.exit_code == 0, done.output
    assert "as supervisor" in done.output
    assert opens("ana", GOOD)
    assert not opens("ana", "three green goats")


def test_where_nobody_can_be_asked_one_is_made_and_shown_once(acs):
    done = acs("ana", typed="")
    assert done.exit_code == 0, done.output
    made = re.search(r"shown this once: (\S+)", done.output)
    assert made
    assert opens("ana", made[1])


def test_a_short_password_a_name_taken_and_an_unknown_role_are_told_plainly(acs):
    short = acs("ana", "--password", "short")
    assert (short.exit_code, "at least 12 characters" in short.output) == (2, True)
    assert acs("ana", "--password", GOOD).exit_code == 0
    assert acs("ana", "--password", GOOD).exit_code == 2
    assert acs("eva", "--role", "boss", "--password", GOOD).exit_code == 2
