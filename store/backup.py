"""The whole database as one stream of lines and back again, from either kind of database into either kind.

A backup is a gzip file: a first line that says what it is, one line a row, and a last line with the counts and a
checksum over all lines before it. It is read in one snapshot, so it is consistent while the line works. What is
sealed in the database is as sealed in the backup.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any, TextIO

from sqlalchemy import Connection, Table, func, select, text
from sqlalchemy.orm import Session

from store.crypto import key_ids, newest_key_id
from store.db import Database
from store.errors import BadBackup, NewerSchema, NotEmpty
from store.migrate import current, knows
from store.raw import resting_tables

FORMAT = "acs-line backup 1"
BATCH = 500
Rows = Iterable[tuple[str, list[Any]]]  # (table, values in the order of its columns)


def rows_of(database: Database) -> Iterator[tuple[str, list[Any]]]:
    """Every row of every table, all as they were at one moment."""
    with database.engine.connect() as plain:
        sqlite = plain.dialect.name == "sqlite"
        options = {"sqlite_begin": "DEFERRED"} if sqlite else {"isolation_level": "REPEATABLE READ"}
        connection = plain.execution_options(**options)
        with connection.begin():
            if not sqlite:
                connection.execute(text("SET LOCAL statement_timeout = 0"))
            for table in resting_tables():
                query = select(table).order_by(*table.primary_key.columns)
                for row in connection.execution_options(yield_per=BATCH).execute(query):
                    yield table.name, list(row)


def columns_of_tables() -> dict[str, list[str]]:
    """table -> its columns, as rows of a backup have them."""
    return {table.name: list(table.columns.keys()) for table in resting_tables()}


def write_backup(file: Path, database: Database, at: datetime, more: Callable[[], Rows]) -> dict[str, int]:
    """Writes the backup beside `file` and moves it there when it is whole; counts by table.

    `more` gives rows of other stores, read after those of the database.
    """
    head = {
        "format": FORMAT,
        "schema": current(database),
        "key": newest_key_id().hex(),
        "at": at.isoformat(timespec="seconds"),
        "columns": columns_of_tables(),
    }
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    counts: Counter[str] = Counter()
    try:
        with _writing(unfinished) as line:
            line(head)
            for rows in (rows_of(database), more()):
                for name, values in rows:
                    line([name, [_packed(one) for one in values]])
                    counts[name] += 1
        os.replace(unfinished, file)
    finally:
        unfinished.unlink(missing_ok=True)
    return dict(counts)


@contextmanager
def _writing(file: Path) -> Iterator[Callable[[Any], None]]:
    digest, count = hashlib.sha256(), 0
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with (
        os.fdopen(handle, "wb") as raw,
        gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=3, mtime=0) as out,
    ):

        def line(value: Any) -> None:
            nonlocal count
            written = json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"
            digest.update(written)
            count += 1
            out.write(written)

        yield line
        out.write(json.dumps({"lines": count, "sha256": digest.hexdigest()}).encode() + b"\n")
        out.close()
        raw.flush()
        os.fsync(raw.fileno())


def check_backup(file: Path) -> dict[str, Any]:
    """Reads a backup to its end and gives its first line. Raises BadBackup or NewerSchema, and says what is wrong."""
    digest, count, last, head = hashlib.sha256(), 0, b"", {}
    try:
        with gzip.open(file, "rb") as lines:
            for line in lines:
                if count == 1:
                    head = json.loads(last)
                if last:
                    digest.update(last)
                last, count = line, count + 1
        end = json.loads(last)
    except (EOFError, gzip.BadGzipFile, zlib.error, ValueError) as reason:
        raise BadBackup(f"{file} is not a whole backup: it was cut off or is something else.") from reason
    if not isinstance(head, dict) or head.get("format") != FORMAT or not isinstance(end, dict):
        raise BadBackup(f"{file} is not a backup of this line.")
    if end.get("lines") != count - 1 or end.get("sha256") != digest.hexdigest():
        raise BadBackup(f"{file} is cut off or was changed: its checksum does not fit.")
    if not knows(head["schema"]):
        raise NewerSchema(f"{file} is of schema {head['schema']}, which this version does not know.")
    if head["columns"] != columns_of_tables():
        raise BadBackup(f"{file} was made by an older version; restore it with that one, then upgrade.")
    if bytes.fromhex(head["key"]) not in key_ids():
        raise BadBackup(f"{file} was made under another ACS_SECRET; start with the one it was made with.")
    return head


def read_backup(file: Path) -> Rows:
    """The rows of a backup that was checked, in their order."""
    with gzip.open(file, "rt") as lines:
        next(lines)
        yield from _rows(lines)


def _rows(lines: TextIO | Any) -> Iterator[tuple[str, list[Any]]]:
    for line in lines:
        row = json.loads(line)
        if isinstance(row, list):
            yield row[0], [_unpacked(one) for one in row[1]]


def restore(
    database: Database, rows: Rows, *, replace: bool, others: Callable[[str, list[Any]], None]
) -> dict[str, int]:
    """Puts the rows in, all or none; counts by table. Rows of other stores go to `others` as they come.

    Raises NotEmpty when something is there and `replace` was not said.
    """
    tables = {table.name: table for table in resting_tables()}
    counts: Counter[str] = Counter()
    with database.work() as session:
        _make_room(session, list(tables.values()), replace)
        for name, group in groupby(rows, key=lambda row: row[0]):
            if name not in tables:
                for _, values in group:
                    others(name, values)
                    counts[name] += 1
                continue
            counts[name] += _put_in(session.connection(), tables[name], (values for _, values in group))
        _go_on_counting(session.connection(), tables.values())
    return dict(counts)


def _make_room(session: Session, tables: list[Table], replace: bool) -> None:
    if session.connection().dialect.name == "postgresql":
        session.execute(text("SET LOCAL statement_timeout = 0"))
    full = [one.name for one in tables if session.scalar(select(func.count()).select_from(one))]
    if full and not replace:
        raise NotEmpty(f"The database is not empty: there is something in {', '.join(full[:3])}.")
    for table in reversed(tables):
        session.execute(table.delete())


def _put_in(connection: Connection, table: Table, rows: Iterable[list[Any]]) -> int:
    names, count, batch = list(table.columns.keys()), 0, []
    for values in rows:
        batch.append(dict(zip(names, values, strict=True)))
        if len(batch) == BATCH:
            connection.execute(table.insert(), batch)
            count, batch = count + BATCH, []
    if batch:
        connection.execute(table.insert(), batch)
    return count + len(batch)


def _go_on_counting(connection: Connection, tables: Iterable[Table]) -> None:
    """PostgreSQL numbers new rows from where the restored ones end; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        (key, *more) = table.primary_key.columns
        ask = text("SELECT pg_get_serial_sequence(:table, :column)")
        found = None if more else connection.scalar(ask, {"table": table.name, "column": key.name})
        if found:
            last = connection.scalar(select(func.max(key)))
            connection.execute(
                text("SELECT setval(:found, :last, :used)"),
                {"found": found, "last": last or 1, "used": last is not None},
            )


def _packed(value: Any) -> Any:
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, bytes | memoryview):
        return {"b": base64.b64encode(bytes(value)).decode()}
    if isinstance(value, datetime):
        return {"t": value.isoformat()}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    if isinstance(value, Decimal):
        return {"m": str(value)}
    return {"j": value}


_UNPACK: dict[str, Callable[[Any], Any]] = {
    "b": base64.b64decode,
    "t": datetime.fromisoformat,
    "d": date.fromisoformat,
    "m": Decimal,
    "j": lambda value: value,
}


def _unpacked(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    ((kind, inside),) = value.items()
    return _UNPACK[kind](inside)
