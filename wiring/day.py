"""`acs day`: runs the collection system's day over every case in the database, with progress and a summary."""

from __future__ import annotations

import json
import multiprocessing
import os
import secrets
import time
from datetime import date
from queue import Empty
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from store.crypto import use_secret
from store.days import Done, finish, for_the_night, last_day_run, prepare, work
from store.errors import StoreError
from wiring.secrets import the_secrets
from wiring.settings import Settings

Summary = dict[str, Any]
MOST_SHOWN = 20
WORTH_A_WORKER = 1000  # cases; a process takes a second or two to start
NEXT_STEP = "Look at the case (acs view, or its case file), put right what the message names, and run the same day again."


class Unfinished(StoreError):
    """A worker ended before its cases were done; what it did is kept."""


def run_day(settings: Settings, on: date, workers: int | None = None, *, quiet: bool = False) -> Summary:
    """Runs the day `on`; `workers` processes on PostgreSQL (one for each core by default), one on SQLite.

    The tables must be up to date (wiring.run.database). Raises Unfinished when a worker was killed: run it again.
    """
    secret = the_secrets(settings)
    use_secret(*secret)
    began = time.monotonic()
    database = for_the_night(settings.database_url)
    try:
        due = prepare(database, on)
        last_run = last_day_run(database)
        count = _workers(database.engine.dialect.name, due, workers)
        done = Done()
        with _progress(quiet) as shown:
            bar = shown.add_task(f"Day {on.isoformat()}", total=due)

            def tell(part: Done) -> None:
                done.add(part)
                shown.update(bar, completed=min(done.looked, due))

            token = secrets.token_hex(8)
            if count == 1:
                work(database, on, f"{token}/0", last_run, tell)
            else:
                database.engine.dispose()
                _many(settings.database_url, secret, on, token, last_run, count, tell)
        summary = _summary(on, due, done, time.monotonic() - began)
        finish(database, on, {k: summary[k] for k in ("looked_at", "changed", "events", "letters")})
        return summary
    finally:
        database.engine.dispose()


def _workers(dialect: str, due: int, asked: int | None) -> int:
    """How many processes are worth starting; SQLite has one writer."""
    return 1 if dialect == "sqlite" else min(asked or os.cpu_count() or 1, 1 + due // WORTH_A_WORKER)


def _progress(quiet: bool) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), disable=quiet)


def _many(
    url: str, secret: tuple[str, ...], on: date, token: str, last_run: date | None, count: int, tell: Any
) -> None:
    """Workers of their own, each with its own connection; the parent only listens."""
    context = multiprocessing.get_context("spawn")
    heard: Any = context.Queue()
    helpers = [
        context.Process(target=_worker, args=(url, secret, on, f"{token}/{n}", last_run, heard))
        for n in range(count)
    ]
    for helper in helpers:
        helper.start()
    try:
        _listen(helpers, heard, tell)
    finally:
        for helper in helpers:
            if helper.is_alive():
                helper.terminate()
            helper.join()


def _listen(helpers: list[Any], heard: Any, tell: Any) -> None:
    left = len(helpers)
    while left:
        try:
            part = heard.get(timeout=0.5)
        except Empty:
            dead = [h for h in helpers if h.exitcode not in (None, 0)]
            if dead and heard.empty():
                raise Unfinished(
                    "A worker of the day ended early. What it finished is kept; run the same day again."
                ) from None
            continue
        if part is None:
            left -= 1
        else:
            tell(part)


def _worker(
    url: str, secret: tuple[str, ...], on: date, name: str, last_run: date | None, heard: Any
) -> None:
    use_secret(*secret)
    database = for_the_night(url)
    try:
        work(database, on, name, last_run, heard.put)
        heard.put(None)
    finally:
        database.engine.dispose()


def _summary(on: date, due: int, done: Done, seconds: float) -> Summary:
    return {
        "day": on.isoformat(),
        "due": due,
        "looked_at": done.looked,
        "changed": done.changed,
        "events": dict(sorted(done.events.items())),
        "letters": dict(sorted(done.letters.items())),
        "trouble": [{"taxpayer": who, "problem": what, "next_step": NEXT_STEP} for who, what in done.trouble],
        "seconds": round(seconds, 2),
        "cases_per_second": round(done.looked / seconds, 1) if seconds else None,
    }


def print_summary(summary: Summary, as_json: bool) -> None:
    """The summary for people, or as JSON."""
    if as_json:
        print(json.dumps(summary, indent=2))
        return
    print(f"Day {summary['day']}: {summary['looked_at']} cases looked at, {summary['changed']} changed.")
    for name, count in summary["events"].items():
        print(f"  {name.replace('_', ' '):22} {count}")
    for code, count in summary["letters"].items():
        print(f"    {code:20} {count}")
    for one in summary["trouble"][:MOST_SHOWN]:
        print(f"  not done: {one['taxpayer']}: {one['problem']}")
    if len(summary["trouble"]) > MOST_SHOWN:
        print(f"  ... and {len(summary['trouble']) - MOST_SHOWN} more (--json lists all)")
    if summary["trouble"]:
        print(NEXT_STEP)
