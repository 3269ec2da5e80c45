"""The day over a database: once, resumable after a kill at any point, never in anybody's way."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import select, text

from acs.case import Agreement, Name
from acs.day import caught_up, look
from store import at_once, day_changes, days
from store.bulk import load_new
from store.cases import CaseStore, import_cases
from store.day_changes import Standing
from store.days import BATCH, Done, finish, last_day_run, prepare, start, work
from store.tables.cases import LevySourceRow
from store.tables.days import CaseDayRow
from wiring.inventory import inventory

TODAY = dt.date(2026, 11, 23)
DAY = dt.timedelta(days=1)
SOME = list(inventory(60, 5, TODAY - DAY))
HOUSE = {c.id: c for c in SOME}


class Killed(BaseException):
    """What a kill looks like from inside: nothing catches it."""


def run(database, on, worker="run/0", told=None) -> Done:
    done = Done()
    prepare(database, on)
    work(database, on, worker, last_day_run(database), told or done.add)
    finish(database, on, {})
    return done


def one_writer(database):
    return database.engine.dialect.name == "sqlite"


def load(database, cases=SOME):
    load_new(database, cases)


def everything(database):
    with database.read() as session:
        store = CaseStore(session)
        return {one: store.get(one) for one in store.ids()}


def household(case):
    return {case.spouse: HOUSE[case.spouse]} if case.spouse in HOUSE else {}


def expected(on):
    found = {}
    for case in SOME:
        bare = replace(case, notes=())
        found[case.id] = look(bare, on, household(case)).case
    return found


def test_bulk_rows_are_the_rows_of_an_import(database):
    load(database)
    assert everything(database) == {c.id: c for c in SOME}
    with database.work() as session:
        import_cases(session, [replace(SOME[0], language="es")])
        extra = replace(SOME[1], id="T-NEW", modules=SOME[0].modules)
        assert import_cases(session, [extra]).new == 1  # new ids follow those of the bulk
        assert import_cases(session, SOME[1:]).unchanged == len(SOME) - 1


def test_the_day_keeps_exactly_what_its_rules_did(database):
    load(database)
    done = run(database, TODAY)
    assert (done.looked, done.trouble) == (len(SOME), [])
    assert done.changed > 10
    assert everything(database) == expected(TODAY)


def test_the_same_day_twice_changes_nothing(database):
    load(database)
    run(database, TODAY)
    before = everything(database)
    again = run(database, TODAY, "again/0")
    assert (again.looked, again.changed) == (0, 0)
    assert everything(database) == before


def test_days_missed_are_caught_up_with_the_same_result(database):
    load(database)
    run(database, TODAY)
    run(database, TODAY + 60 * DAY, "later/0")
    jumped = everything(database)
    for case in SOME:
        bare = replace(case, notes=())
        stepped = caught_up(bare, TODAY, TODAY + 60 * DAY, household(case)).case
        assert jumped[case.id] == stepped, case.id


@pytest.mark.parametrize("after", [0, 1, 3, 8])
def test_killed_at_any_point_and_run_again_equals_uninterrupted(database, monkeypatch, after):
    load(database)
    left = [after]

    def killed(*parts):
        if left[0] == 0:
            raise Killed
        left[0] -= 1
        return real(*parts)

    real, room = (day_changes.apply, day_changes) if one_writer(database) else (at_once._given, at_once)
    monkeypatch.setattr(room, real.__name__, killed)  # in the middle of a case's changes
    with pytest.raises(Killed):
        run(database, TODAY)
    monkeypatch.undo()
    run(database, TODAY, "again/0")
    assert everything(database) == expected(TODAY)


def test_killed_between_the_cases_and_the_quiet_ones(database, monkeypatch):
    load(database)
    monkeypatch.setattr(days, "keep_quiet", lambda *_: (_ for _ in ()).throw(Killed))
    with pytest.raises(Killed):
        run(database, TODAY)
    monkeypatch.undo()
    run(database, TODAY, "again/0")
    assert everything(database) == expected(TODAY)


def test_what_somebody_changes_meanwhile_is_not_lost_and_counts(database, monkeypatch):
    """A plan is asked for while the night has the case in its hands: the levy it was about to serve is not."""
    levied = next(
        c for c in SOME if any(e.code == "levy_served" for e in look(c, TODAY, household(c)).events)
    )
    load(database)
    real, asked = days._looked, []

    def looked(read, *rest):
        found = real(read, *rest)
        if read.case.id == levied.id and not asked:
            asked.append(True)
            with database.work() as session:
                wanted = {"kind": "regular", "requested": TODAY.isoformat(), "monthly": "100.00"}
                CaseStore(session).add_agreement(levied.id, wanted)
        return found

    monkeypatch.setattr(days, "_looked", looked)
    done = run(database, TODAY)
    assert asked
    assert (done.looked, done.trouble) == (len(SOME), [])
    now = everything(database)[levied.id]
    assert [a.status for a in now.agreements] == [*(a.status for a in levied.agreements), "pending"]
    assert now.levies == levied.levies


def test_one_bad_case_does_not_stop_the_others(database):
    load(database)
    with database.work() as session:
        bad = session.scalars(select(LevySourceRow.taxpayer_id).order_by(LevySourceRow.id)).first()
        spoil = text("UPDATE levy_sources SET name = :bytes WHERE taxpayer_id = :bad")
        session.execute(spoil, {"bytes": b"\x01nobody's key at all", "bad": bad})
    done = run(database, TODAY)
    assert [who for who, _ in done.trouble] == [bad]
    assert "CannotDecrypt" in done.trouble[0][1]
    assert done.looked == len(SOME)
    with database.read() as session:
        assert "CannotDecrypt" in session.get(CaseDayRow, bad).trouble
        assert session.get(CaseDayRow, bad).worked_until is None


def test_a_quiet_case_is_not_read_again_before_its_day(database):
    load(database)
    run(database, TODAY)
    assert prepare(database, TODAY + DAY) < len(SOME) / 3
    with database.work() as session:
        CaseStore(session).add_agreement(SOME[2].id, {"kind": "simple", "requested": TODAY.isoformat()})
        assert session.get(CaseDayRow, SOME[2].id).look_on == dt.date(1, 1, 1)


def test_new_figures_of_the_law_make_every_case_be_looked_at(database, monkeypatch):
    load(database)
    run(database, TODAY)
    monkeypatch.setattr("acs.law.version", lambda: "other")
    assert prepare(database, TODAY + DAY) == len(SOME)


def test_two_workers_share_the_cases_and_none_is_worked_twice(postgres_database, monkeypatch):
    from store.base import Base

    database = postgres_database
    load(database)
    monkeypatch.setattr(days, "BATCH", 7)
    assert BATCH > 7
    try:
        prepare(database, TODAY)
        parts = [Done(), Done()]
        with ThreadPoolExecutor(2) as two:
            jobs = [two.submit(work, database, TODAY, f"run/{n}", None, parts[n].add) for n in (0, 1)]
            assert all(job.result() is None for job in jobs)
        assert sum(part.looked for part in parts) == len(SOME)
        assert everything(database) == expected(TODAY)
    finally:
        with database.work() as session:
            for table in reversed(Base.metadata.sorted_tables):
                session.execute(table.delete())


@pytest.mark.parametrize(
    ("until", "ahead", "changed", "last_run", "on", "first"),
    [
        (None, None, True, None, 25, 25),  # a new case, no day run before
        (None, None, True, 22, 25, 23),  # a new case while days were missed
        (20, 30, False, 25, 31, 30),  # nothing before its next look
        (20, 30, True, 25, 27, 26),  # changed after quiet nights: they are not lived again
        (20, 23, True, 25, 27, 23),  # changed, but its own day was missed
        (20, 21, True, None, 22, 21),
    ],
)
def test_where_the_day_goes_on(until, ahead, changed, last_run, on, first):
    def day(number):
        return dt.date(2026, 11, number) if number and number < 31 else (number and dt.date(2026, 12, 1))

    standing = Standing(0, day(until), day(ahead), changed)
    assert start(standing, day(on), day(last_run)) == day(first)


def test_names_and_numbers_are_not_opened_for_the_day(database):
    load(database, SOME[:3])
    from store.day_cases import read_cases

    with database.engine.connect() as connection:
        read = read_cases(connection, [SOME[0].id])[SOME[0].id]
    assert read.case is not None
    assert (read.case.name, read.case.tin, read.case.phone) == (Name(), "", None)
    assert read.case.modules == SOME[0].modules


def test_agreements_keep_their_origin(database):
    planned = next(c for c in SOME if any(a.status == "pending" for a in c.agreements) or c.agreements)
    load(database, [planned])
    asked = Agreement(kind="short_term", status="pending", requested=TODAY)
    with database.work() as session:
        CaseStore(session).add_agreement(planned.id, {"kind": "short_term", "requested": TODAY.isoformat()})
    run(database, TODAY + 3 * DAY)
    now = everything(database)[planned.id].agreements
    assert now[: len(planned.agreements)] != () or now
    assert now[-1].kind == asked.kind
