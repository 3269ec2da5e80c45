"""The migrations make exactly the tables the code knows, on both databases, once, and never backwards."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, make_url, text
from sqlalchemy.exc import SQLAlchemyError

import store.tables  # noqa: F401
from store.base import Base
from store.db import Database
from store.errors import NewerSchema
from store.migrate import current, upgrade


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request, tmp_path):
    """A database without a single table."""
    if request.param == "sqlite":
        made = Database(f"sqlite:///{tmp_path / 'new.sqlite'}")
        yield made
        made.engine.dispose()
        return
    schema = f"new_{uuid.uuid4().hex[:12]}"
    url = make_url(request.getfixturevalue("postgres_url"))
    outside = Database(url.render_as_string(hide_password=False))
    with outside.work() as session:
        session.execute(text(f"CREATE SCHEMA {schema}"))
    url = url.update_query_dict({"options": f"-csearch_path={schema}"})
    made = Database(url.render_as_string(hide_password=False))
    yield made
    made.engine.dispose()
    with outside.work() as session:
        session.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    outside.engine.dispose()


def differences(database):
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(context, Base.metadata)


def test_from_nothing_to_exactly_the_tables_of_the_code(empty):
    assert differences(empty)  # nothing is there yet
    head = upgrade(empty)
    assert current(empty) == head
    assert differences(empty) == []
    assert set(inspect(empty.engine).get_table_names()) == {*Base.metadata.tables, "alembic_version"}


def test_upgrading_again_changes_nothing(empty):
    assert upgrade(empty) == upgrade(empty)


def test_processes_that_start_together_wait_for_each_other(empty):
    with ThreadPoolExecutor(3) as many:
        assert len(set(many.map(lambda _: upgrade(empty), range(3)))) == 1
    assert differences(empty) == []


def test_an_older_line_refuses_a_newer_database_and_leaves_it_alone(empty):
    upgrade(empty)
    with empty.work() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerSchema, match="9999"):
        upgrade(empty)
    assert current(empty) == "9999"


def test_an_upgrade_that_breaks_off_leaves_nothing_half_done(empty):
    with empty.work() as session:
        session.execute(text("CREATE TABLE taxpayers (id INTEGER)"))
    with pytest.raises(SQLAlchemyError):
        upgrade(empty)
    assert set(inspect(empty.engine).get_table_names()) == {"taxpayers"}
    assert current(empty) is None
