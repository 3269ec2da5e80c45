"""What the desk reads in plain statements is what the rows say when each is an object."""

import datetime as dt

import pytest

from store.case_read import read_case
from store.case_rows import to_case
from store.cases import CaseStore, import_cases
from store.errors import NoSuchTaxpayer
from store.tables.cases import TaxpayerRow

NOON = dt.datetime(2026, 11, 22, 17, tzinfo=dt.UTC)


def test_every_demo_case_is_read_as_its_rows_say(database, demo_cases):
    with database.work() as session:
        import_cases(session, demo_cases)
    with database.read() as session:
        for case in demo_cases:
            read = read_case(session.connection(), case.id)
            assert read == to_case(session.get(TaxpayerRow, case.id)) == case
        assert read_case(session.connection(), "nobody") is None


def test_what_this_unit_of_work_wrote_is_read_again(database, demo_cases):
    with database.work() as session:
        import_cases(session, demo_cases)
        store, who = CaseStore(session), demo_cases[0].id
        before = store.get(who)
        store.add_note(who, "ACS Line", "TP asked for: hearing.", NOON)
        store.add_agreement(who, {"kind": "long_term", "requested": "2026-11-22", "monthly": "75.00"})
        after = store.get(who)
        assert [one.text for one in after.notes[len(before.notes) :]] == ["TP asked for: hearing."]
        assert len(after.agreements) == len(before.agreements) + 1
        assert to_case(session.get(TaxpayerRow, who)) == after


def test_a_note_needs_its_case(database):
    with database.work() as session, pytest.raises(NoSuchTaxpayer):
        CaseStore(session).add_note("nobody", "ACS Line", "Nothing.", NOON)


def test_reading_a_case_takes_the_same_statements_however_much_is_in_it(database, demo_cases):
    """One statement a table: what a turn costs does not grow with the periods owed."""
    from sqlalchemy import event

    with database.work() as session:
        import_cases(session, demo_cases)
    counts = set()
    for case in demo_cases:
        if not (case.modules and case.returns):
            continue
        said = []
        with database.read() as session:
            listen = (
                session.connection(),
                "before_cursor_execute",
                lambda *args, said=said: said.append(args[2]),
            )
            event.listen(*listen)
            CaseStore(session).get(case.id)
        counts.add(len(said))
    assert len(counts) == 1
    assert counts.pop() <= 18
