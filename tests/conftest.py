"""What tests of several rooms share: a secret, a database of each kind, the demo cases."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

# The gate plays the same examples every time; everywhere else each run looks for new ones.
settings.register_profile("gate", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("gate")

LOCAL_POSTGRES = "postgresql://root@localhost/test"
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True, scope="session")
def secret() -> str:
    """The secret all tests encrypt with."""
    from store.crypto import use_secret

    value = "a secret for tests only"
    use_secret(value)
    return value


@pytest.fixture(scope="session")
def empty_sqlite(secret, tmp_path_factory) -> Path:
    """An SQLite file with all tables and no rows, to be copied."""
    import store.tables  # noqa: F401
    from store.base import Base
    from store.db import make_engine

    file = tmp_path_factory.mktemp("sqlite") / "empty.sqlite"
    engine = make_engine(f"sqlite:///{file}")
    Base.metadata.create_all(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    engine.dispose()
    return file


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL schema of this run alone; skips when no server answers."""
    from sqlalchemy import create_engine, make_url, text
    from sqlalchemy.exc import OperationalError

    server = make_url(os.environ.get("TEST_DATABASE_URL") or LOCAL_POSTGRES).set(
        drivername="postgresql+psycopg"
    )
    schema = f"run_{uuid.uuid4().hex[:12]}"
    engine = create_engine(server, connect_args={"connect_timeout": 2}, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text(f"CREATE SCHEMA {schema}"))
    except OperationalError:
        pytest.skip("no PostgreSQL: set TEST_DATABASE_URL to test on it too")
    try:
        url = server.update_query_dict({"options": f"-csearch_path={schema} -csynchronous_commit=off"})
        yield url.render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
        engine.dispose()


@pytest.fixture(scope="session")
def postgres_database(secret, postgres_url):
    import store.tables  # noqa: F401
    from store.base import Base
    from store.db import Database

    database = Database(postgres_url)
    Base.metadata.create_all(database.engine)
    yield database
    database.engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path):
    """A database with all tables and no rows; every test that asks for it runs on both kinds."""
    from store.base import Base
    from store.db import Database

    if request.param == "sqlite":
        file = tmp_path / "line.sqlite"
        shutil.copy(request.getfixturevalue("empty_sqlite"), file)
        made = Database(f"sqlite:///{file}")
        yield made
        made.engine.dispose()
        return
    made = request.getfixturevalue("postgres_database")
    yield made
    with made.work() as session:
        for table in reversed(Base.metadata.sorted_tables):
            session.execute(table.delete())


@pytest.fixture(scope="session")
def demo_cases():
    """The demo taxpayers as the rules core reads them."""
    from acs.casefile import load

    return [case for file in sorted((ROOT / "demo" / "cases").glob("*.yml")) for case in load(file)]


CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of pages; without one they are skipped, and say so."""
    names = ("chromium", "chromium-browser", "google-chrome")
    where = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as playwright:
        if where is None and not Path(playwright.chromium.executable_path).exists():
            pytest.skip("no Chromium: the web pages are NOT tested; install chromium or set CHROMIUM")
        opened = playwright.chromium.launch(executable_path=where, args=CHROMIUM_FLAGS)
        yield opened
        opened.close()
