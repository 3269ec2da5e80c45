"""How fast the day goes over a generated inventory on PostgreSQL: makes a database of its own and drops it.

    .venv/bin/python -m bench.day --cases 10000 100000 --workers 2 [--profile]

Reports loading, the first night (every case is looked at), the same day again, the next night (only what is due),
cases a second, the largest memory of a worker, and with --profile where the time of one worker goes.
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


def bench(url: str, cases: int, workers: int, profile: bool) -> dict[str, Any]:
    print(f"{cases:,} cases, {workers} workers", flush=True)
    chosen = settings(url)
    _, loading = timed(
        "load", lambda: load_generated(url, cases, 1, FIRST_NIGHT - timedelta(days=1), quiet=True)
    )
    first, _ = timed("first night, every case", lambda: run_day(chosen, FIRST_NIGHT, workers, quiet=True))
    again, _ = timed("the same day again", lambda: run_day(chosen, FIRST_NIGHT, workers, quiet=True))
    following, _ = timed(
        "the next night, what is due",
        lambda: run_day(chosen, FIRST_NIGHT + timedelta(days=1), workers, quiet=True),
    )
    assert again["looked_at"] == 0
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = {
        "cases": cases, "workers": workers, "loaded_per_second": round(cases / loading, 1),
        "first_night": {k: first[k] for k in ("looked_at", "changed", "seconds", "cases_per_second", "events")},
        "next_night": {k: following[k] for k in ("looked_at", "changed", "seconds", "cases_per_second")},
        "trouble": len(first["trouble"]) + len(following["trouble"]),
        "worker_mb": round(children.ru_maxrss / 1024), "parent_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "workers_cpu_seconds": round(children.ru_utime + children.ru_stime, 1), "load_average": os.getloadavg()[0],
    }  # fmt: skip
    print(json.dumps(found, indent=2), flush=True)
    if profile:
        _profile(url, cases)
    return found


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
    parser.add_argument("--profile", action="store_true")
    chosen = parser.parse_args()
    use_secret(SECRET)
    server = make_url(SERVER).set(drivername="postgresql+psycopg")
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    for cases in chosen.cases:
        name = f"bench_{uuid.uuid4().hex[:10]}"
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        url = server.set(drivername="postgresql", database=name).render_as_string(hide_password=False)
        try:
            database = for_the_night(url)
            upgrade(database)
            database.engine.dispose()
            bench(url, cases, chosen.workers, chosen.profile)
        finally:
            with admin.connect() as connection:
                connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


if __name__ == "__main__":
    main()
