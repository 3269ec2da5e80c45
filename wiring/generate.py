"""`acs generate`: an invented inventory into a case file or straight into the database."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from psycopg.errors import UniqueViolation
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from sqlalchemy.exc import IntegrityError

from acs.casefile import dump
from store.bulk import load_new
from store.days import for_the_night
from store.errors import StoreError
from wiring.inventory import inventory


def write_generated(out: str, count: int, seed: int, on: date) -> None:
    """Writes a case file; "-" is the screen."""
    text = dump(list(inventory(count, seed, on)))
    if out == "-":
        sys.stdout.write(text)
    else:
        Path(out).write_text(text, encoding="utf-8")


class AlreadyThere(StoreError):
    """Generated cases of this seed are in the database already."""


def load_generated(url: str, count: int, seed: int, on: date, *, quiet: bool = False) -> int:
    """Loads generated cases in bulk, with progress. Raises AlreadyThere for a seed that was loaded before."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    database = for_the_night(url)
    try:
        with Progress(*columns, console=Console(stderr=True), disable=quiet) as shown:
            bar = shown.add_task("Generated cases", total=count)
            return load_new(database, inventory(count, seed, on), lambda done: shown.advance(bar, done))
    except (IntegrityError, UniqueViolation):
        raise AlreadyThere(
            f"Cases of seed {seed} are in the database already. Choose another --seed."
        ) from None
    finally:
        database.engine.dispose()
