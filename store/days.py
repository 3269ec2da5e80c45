"""The collection system's day over all cases: claims batches, works each case in a transaction of its own.

Killed at any point, nothing is half done: a case is worked with all its changes or not at all, and the same day
run again goes on with the cases that are left. Several workers share PostgreSQL; SQLite has one writer.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from psycopg import OperationalError as DriverError
from sqlalchemy import Connection, Engine, event, func, insert, make_url, select, text, update
from sqlalchemy.exc import OperationalError

from acs import law
from acs.case import Case
from acs.day import Looked, caught_up
from acs.errors import AcsError
from store.day_cases import Read, households, read_cases
from store.day_changes import Standing, keep, keep_quiet
from store.day_rows import AT_ONCE
from store.db import Database
from store.errors import StoreError
from store.tables.cases import TaxpayerRow
from store.tables.days import CaseDayRow, DayRunRow

Day = datetime.date
BATCH = 500
TRIES = 3
DATABASE_GONE = (OperationalError, DriverError)
ROW: Any = CaseDayRow.__table__


class Changing(StoreError):
    """A case would not stand still."""


@dataclass
class Done:
    """What was done: cases looked at and changed, events by kind (and by letter), and the cases with trouble."""

    looked: int = 0
    changed: int = 0
    events: Counter[str] = field(default_factory=Counter)
    letters: Counter[str] = field(default_factory=Counter)
    trouble: list[tuple[str, str]] = field(default_factory=list)

    def add(self, other: Done) -> None:
        self.looked += other.looked
        self.changed += other.changed
        self.events += other.events
        self.letters += other.letters
        self.trouble += other.trouble

    def count(self, looked: Looked) -> None:
        self.looked += 1
        self.changed += bool(looked.events)
        for one in looked.events:
            self.events[one.code] += 1
            if one.code == "letter":
                self.letters[one.what] += 1


def for_the_night(url: str) -> Database:
    """The database for a run: it may wait longer than a caller, and asks for no disk at every case.

    What a crash of the machine could lose is worked again by the next run.
    """
    parts = make_url(url)
    if parts.get_backend_name() == "sqlite":
        opened = Database(url)
        event.listen(opened.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=NORMAL"))
        opened.engine = opened.engine.execution_options(sqlite_wait=60.0)
        return opened
    options = f"{parts.query.get('options', '')} -c statement_timeout=0 -c lock_timeout=60000 -c synchronous_commit=off"
    return Database(
        parts.update_query_dict({"options": options.strip()}).render_as_string(hide_password=False)
    )


def _reading(database: Database) -> Connection:
    """A connection that only reads; on SQLite it never waits for a writer."""
    return database.engine.execution_options(sqlite_begin="DEFERRED").connect()


def prepare(database: Database, on: Day) -> int:
    """Gives every case its row, marks all when the figures of the law changed, and counts what is due."""
    with database.engine.begin() as connection:
        t: Any = TaxpayerRow.__table__.c
        known = select(ROW.c.taxpayer_id).where(ROW.c.taxpayer_id == t.id).exists()
        # Not "not in": with many cases PostgreSQL would walk through all of them for each one.
        fresh = select(t.id, text(f"'{AT_ONCE.isoformat()}'"), text("0")).where(~known)
        connection.execute(insert(ROW).from_select(["taxpayer_id", "look_on", "revision"], fresh))
        other = ROW.c.figures != law.version()
        connection.execute(update(ROW).where(other).values(look_on=AT_ONCE))
        return connection.scalar(select(func.count()).where(_due(on))) or 0


def last_day_run(database: Database) -> Day | None:
    """The last day that was run to its end."""
    with _reading(database) as connection:
        return connection.scalar(select(func.max(DayRunRow.day)))


def finish(database: Database, on: Day, summary: Mapping[str, Any]) -> None:
    """Writes down that a day was run to its end; a day that was run before keeps what it said then."""
    table: Any = DayRunRow.__table__
    with database.engine.begin() as connection:
        if connection.scalar(select(table.c.day).where(table.c.day == on)) is None:
            ended = datetime.datetime.now(datetime.UTC)
            connection.execute(insert(table).values(day=on, ended=ended, summary=dict(summary)))


def _due(on: Day) -> Any:
    return (ROW.c.look_on <= on) & ((ROW.c.worked_until.is_(None)) | (ROW.c.worked_until < on))


def work(
    database: Database, on: Day, worker: str, last_run: Day | None, told: Callable[[Done], None]
) -> None:
    """Works all cases that are due and that no other worker has. `told` hears of every batch."""
    after = ""
    while batch := _claim(database, on, worker, after):
        after = list(batch)[-1]
        told(_work_batch(database, batch, on, last_run))


def _claim(database: Database, on: Day, worker: str, after: str) -> dict[str, Standing]:
    """The next cases for this worker; those another one is taking in this moment are left to it."""
    wanted = (
        select(ROW.c.taxpayer_id)
        .where(_due(on) & (ROW.c.taxpayer_id > after) & (ROW.c.claim.is_(None) | (ROW.c.claim.not_like(f"{worker.split('/')[0]}/%"))))
        .order_by(ROW.c.taxpayer_id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )  # fmt: skip
    with database.engine.begin() as connection:
        ids = list(connection.scalars(wanted))
        if not ids:
            return {}
        claimed = update(ROW).where(ROW.c.taxpayer_id.in_(ids)).values(claim=worker)
        connection.execute(claimed)
        found = _standings(connection, ids)
        return {one: found[one] for one in ids}  # in the order of the database, which may not be Python's


def _standings(connection: Connection, ids: Sequence[str]) -> dict[str, Standing]:
    columns = (ROW.c.taxpayer_id, ROW.c.revision, ROW.c.worked_until, ROW.c.next_look, ROW.c.look_on)
    rows = connection.execute(select(*columns).where(ROW.c.taxpayer_id.in_(ids)))
    return {one: Standing(rev, until, nxt, look == AT_ONCE) for one, rev, until, nxt, look in rows}


def _work_batch(database: Database, batch: dict[str, Standing], on: Day, last_run: Day | None) -> Done:
    """Each case with something to do in a transaction of its own; those with nothing to do move on together."""
    done, quiet, figures = Done(), list[tuple[str, Standing, Looked]](), law.version()
    again: list[str] = []
    with _each_alone(database).connect() as connection:
        for taxpayer, read, household in _read(database, list(batch)):
            standing = batch[taxpayer]
            try:
                looked = _looked(read, household, standing, on, last_run)
                if not looked.events:
                    quiet.append((taxpayer, standing, looked))
                    continue
                with connection.begin():
                    kept = keep(connection, read, standing, looked, on, figures)
                if kept:
                    done.count(looked)
                else:
                    again.append(taxpayer)
            except DATABASE_GONE:
                raise  # the database itself: no case can go on
            except Exception as problem:
                _note_trouble(connection, taxpayer, problem, done)
        with connection.begin():
            moved = keep_quiet(connection, [(w, s, k.next_look) for w, s, k in quiet], on, figures)
    for taxpayer, _, looked in quiet:
        if taxpayer in moved:
            done.count(looked)
        else:
            again.append(taxpayer)
    for taxpayer in again:
        _once_more(database, taxpayer, on, last_run, done)
    return done


def _each_alone(database: Database) -> Engine:
    """On PostgreSQL the work on a case is one statement, and every statement commits by itself."""
    if database.engine.dialect.name == "postgresql":
        return database.engine.execution_options(isolation_level="AUTOCOMMIT")
    return database.engine


def _looked(
    read: Read, household: dict[str, Case], standing: Standing, on: Day, last_run: Day | None
) -> Looked:
    if read.problem is not None or read.case is None:
        raise read.problem or LookupError("The case is gone.")
    return caught_up(read.case, start(standing, on, last_run), on, household)


def _read(database: Database, ids: Sequence[str]) -> Iterator[tuple[str, Read, dict[str, Case]]]:
    with _reading(database) as connection:
        found = read_cases(connection, ids)
        married = households(connection, ids)
        others = read_cases(connection, sorted(set(married.values()) - set(found)))
    every = others | found
    for taxpayer, read in found.items():
        spouse = every.get(married.get(taxpayer, ""))
        yield taxpayer, read, ({spouse.case.id: spouse.case} if spouse and spouse.case else {})


def _once_more(database: Database, taxpayer: str, on: Day, last_run: Day | None, done: Done) -> None:
    """Somebody changed the case while it was worked: it is read again, and worked as it is now."""
    with database.engine.connect() as connection:
        try:
            for _ in range(TRIES):
                with connection.begin():
                    standing = _standings(connection, [taxpayer])[taxpayer]
                _, read, household = next(_read(database, [taxpayer]))
                looked = _looked(read, household, standing, on, last_run)
                with connection.begin():
                    if keep(connection, read, standing, looked, on, law.version()):
                        done.count(looked)
                        return
            raise Changing("The case is being changed over and over.")
        except DATABASE_GONE:
            raise
        except Exception as problem:
            _note_trouble(connection, taxpayer, problem, done)


def start(standing: Standing, on: Day, last_run: Day | None) -> Day:
    """The first day that was not looked at yet: the day after the last one, but never a day of the past again."""
    if standing.worked_until is None:
        return min(plus_one(last_run), on) if last_run else on
    first = plus_one(standing.worked_until)
    if standing.next_look is None:
        return first
    if not standing.changed:
        return max(first, standing.next_look)
    # Somebody changed the case. The nights since were run without anything to do for it.
    quiet_until = max(first, plus_one(last_run)) if last_run else first
    return min(quiet_until, max(first, standing.next_look))


def plus_one(day: Day) -> Day:
    return day + datetime.timedelta(days=1)


def _note_trouble(connection: Connection, taxpayer: str, problem: Exception, done: Done) -> None:
    """What went wrong with a case: its kind, and the message when it is one of ours; never what the case says."""
    ours = isinstance(problem, AcsError | StoreError)
    said = f"{type(problem).__name__}: {problem}" if ours else type(problem).__name__
    with connection.begin():
        connection.execute(update(ROW).where(ROW.c.taxpayer_id == taxpayer).values(trouble=said[:300]))
    done.looked += 1
    done.trouble.append((taxpayer, said))
