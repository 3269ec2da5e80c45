"""How fast the day goes over a generated inventory on PostgreSQL: makes a database of its own and drops it.

    .venv/bin/python -m bench.day --cases 10000 100000 --workers 2 [--profile]
    .venv/bin/python -m bench.day --cases 100000 --copies 9 --workers 2     # a million: each case ten times
    .venv/bin/python -m bench.day --cases 0 --template LOADED --workers 2   # a copy of a database that is loaded

Reports loading, the first night (every case is looked at), the same day again, the next night (only what is due),
cases a second, CPU of workers and server for a case, the memory of a worker from the beginning to the end, and with
--profile where the time of one worker goes.
"""

from __future__ import annotations

import argparse
import cProfile
import io
import json
import os
import pstats
import resource
import time
import uuid
from datetime import date, timedelta
from typing import Any

from sqlalchemy import create_engine, make_url, text

from bench.copies import multiply
from bench.watch import Watch
from store.crypto import use_secret
from store.days import Done, for_the_night, prepare, work
from store.migrate import upgrade
from wiring.day import run_day
from wiring.generate import load_generated
from wiring.settings import Settings

SERVER = os.environ.get("TEST_DATABASE_URL", "postgresql://root@localhost/test")
SECRET = "a secret for benchmarks only"  # noqa: S105 - of a database that lives for minutes
FIRST_NIGHT = date(2026, 11, 23)


def settings(url: str) -> Settings:
    return Settings(DATABASE_URL=url, ACS_SECRET=SECRET, _env_file=None)  # type: ignore[call-arg]


def timed(what: str, call: Any) -> tuple[Any, float]:
    began = time.perf_counter()
    result = call()
    seconds = time.perf_counter() - began
    print(f"  {what:34} {seconds:8.1f} s", flush=True)
    return result, seconds


def bench(url: str, cases: int, copies: int, workers: int) -> None:
    chosen = settings(url)
    if cases:
        eve = FIRST_NIGHT - timedelta(days=1)
        timed("load", lambda: load_generated(url, cases, 1, eve, quiet=True))
    if copies:
        timed("copy", lambda: _copy(url, copies))
    timed("first night, every case", lambda: _night(url, chosen, FIRST_NIGHT, workers))
    again, _ = timed("the same day again", lambda: run_day(chosen, FIRST_NIGHT, workers, quiet=True))
    assert again["looked_at"] == 0
    timed(
        "the next night, what is due", lambda: _night(url, chosen, FIRST_NIGHT + timedelta(days=1), workers)
    )


def _cpu() -> float:
    """CPU seconds of this process and of its workers that ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _night(url: str, chosen: Settings, on: date, workers: int) -> None:
    """Runs one night and prints what it took; the CPU of this process itself is among the workers'."""
    server = make_url(SERVER).set(drivername="postgresql+psycopg")
    before = _cpu()
    with Watch(server, str(make_url(url).database)) as watch:
        summary = run_day(chosen, on, workers, quiet=True)
    cases = summary["looked_at"] or 1
    told = {
        "workers": workers, **{k: summary[k] for k in ("looked_at", "changed", "seconds", "cases_per_second", "events")},
        "trouble": len(summary["trouble"]), "worker_cpu_ms_a_case": round(1000 * (_cpu() - before) / cases, 3),
        "server_cpu_ms_a_case": round(1000 * watch.server_seconds / cases, 3),
        "worker_mb_over_time": watch.memory_over_time, "load_average": round(os.getloadavg()[0], 1),
    }  # fmt: skip
    print(json.dumps(told, indent=2), flush=True)


def _copy(url: str, copies: int) -> None:
    database = for_the_night(url)
    with database.engine.begin() as connection:
        print(f"  {multiply(connection, copies):,} cases", flush=True)
    with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("ANALYZE"))
    database.engine.dispose()


def _profile(url: str, cases: int) -> None:
    """One worker over more cases of another seed, looked at from inside."""
    load_generated(url, min(cases, 2000), 2, FIRST_NIGHT, quiet=True)
    on, database, done = FIRST_NIGHT + timedelta(days=1), for_the_night(url), Done()
    prepare(database, on)
    profiler = cProfile.Profile()
    profiler.runcall(work, database, on, "profile/0", FIRST_NIGHT, done.add)
    database.engine.dispose()
    out = io.StringIO()
    pstats.Stats(profiler, stream=out).sort_stats("cumtime").print_stats(
        "day_cases|day_changes|store.days|acs.day|psycopg.*connection.py.*wait|deadlines|expiry|crypto"
    )
    print(out.getvalue())


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--copies", type=int, default=0, help="put every case in so many times more")
    parser.add_argument("--template", help="begin with a copy of this database, loaded with the same secret")
    parser.add_argument("--profile", action="store_true")
    chosen = parser.parse_args()
    use_secret(SECRET)
    server = make_url(SERVER).set(drivername="postgresql+psycopg")
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    for cases in chosen.cases:
        name = f"bench_{uuid.uuid4().hex[:10]}"
        with admin.connect() as connection:
            begin = f" TEMPLATE {chosen.template}" if chosen.template else ""
            connection.execute(text(f"CREATE DATABASE {name}{begin}"))
        url = server.set(drivername="postgresql", database=name).render_as_string(hide_password=False)
        try:
            database = for_the_night(url)
            upgrade(database)
            database.engine.dispose()
            print(f"{cases:,} cases, {chosen.copies} copies, {chosen.workers} workers", flush=True)
            bench(url, cases, chosen.copies, chosen.workers)
            if chosen.profile:
                _profile(url, cases)
        finally:
            with admin.connect() as connection:
                connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


if __name__ == "__main__":
    main()
