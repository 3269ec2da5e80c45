"""Cases come back equal, come in once, and keep what the line added."""

import datetime as dt
import types
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from typing import Annotated, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from acs.case import Agreement, Assessment, Case, Module, Name, Note
from store.cases import CaseStore, Imported, import_cases
from store.errors import NoSuchTaxpayer

ROSA = Case(
    id="T-1",
    kind="individual",
    name=Name(first="Rosa", last="Delgado"),
    tin="900-70-1234",
    modules=(
        Module(
            form="1040",
            period="2023",
            assessments=(Assessment(kind="tax", date=dt.date(2024, 6, 3), amount=Decimal("9200.00")),),
        ),
    ),
    notes=(Note(at=dt.date(2026, 7, 2), by="ACS agent", text="Promised to file."),),
)
NOON = dt.datetime(2026, 11, 22, 17, tzinfo=dt.UTC)

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=20)
LABELS = {
    "money": st.decimals(0, Decimal("999999999999.99"), places=2),
    "signed money": st.decimals(-(10**11), 10**11, places=2),
    "phone": st.from_regex(r"\+1555555[0-9]{4}", fullmatch=True),
    "tin": st.from_regex(r"9[0-9]{2}-[0-9]{2}-[0-9]{4}", fullmatch=True),
    "label": st.text("ABCX0123456789-", min_size=1, max_size=12),
}
SIMPLE = {
    str: TEXT,
    bool: st.booleans(),
    int: st.integers(1, 31),
    dt.date: st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)),
}


def values(hint):
    """A strategy for whatever a field of the case file may hold."""
    if get_origin(hint) in (Union, types.UnionType):
        return st.none() | values(get_args(hint)[0])
    if get_origin(hint) is Annotated:
        inner, label = get_args(hint)
        return st.sampled_from(get_args(inner)) if get_origin(inner) is Literal else LABELS[label]
    if get_origin(hint) is Literal:
        return st.sampled_from(get_args(hint))
    if get_origin(hint) is tuple:
        return st.lists(values(get_args(hint)[0]), max_size=2).map(tuple)
    return records(hint) if is_dataclass(hint) else SIMPLE[hint]


def records(kind):
    hints = get_type_hints(kind, include_extras=True)
    return st.builds(kind, **{field.name: values(hints[field.name]) for field in fields(kind)})


def one_module_a_period(case):
    return len({(m.form, m.period) for m in case.modules}) == len(case.modules)


def back(database, taxpayer):
    with database.read() as session:
        return CaseStore(session).get(taxpayer)


def test_every_demo_case_comes_back_equal(database, demo_cases):
    with database.work() as session:
        assert import_cases(session, demo_cases) == Imported(new=len(demo_cases))
    with database.read() as session:
        store = CaseStore(session)
        assert store.ids() == sorted(case.id for case in demo_cases)
        assert [store.get(case.id) for case in demo_cases] == list(demo_cases)


@given(records(Case).filter(one_module_a_period), records(Case).filter(one_module_a_period))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_case_comes_back_equal_and_can_become_any_other(database, first, second):
    with Session(database.engine) as session:  # nothing is committed
        for case in (first, replace(second, id=first.id)):
            import_cases(session, [case])
            session.expire_all()
            assert CaseStore(session).get(first.id) == case


def test_the_same_file_twice_changes_nothing(database):
    for expected in (Imported(new=1), Imported(unchanged=1), Imported(unchanged=1)):
        with database.work() as session:
            assert import_cases(session, [ROSA]) == expected
    assert back(database, "T-1") == ROSA


def test_a_changed_file_replaces_the_taxpayer_but_keeps_what_the_line_added(database):
    with database.work() as session:
        import_cases(session, [ROSA])
        CaseStore(session).add_note("T-1", "ACS Line", "Asked for a plan.", NOON)
        CaseStore(session).add_agreement(
            "T-1", {"kind": "simple", "requested": "2026-11-22", "monthly": "200.00"}
        )
    paid = replace(
        ROSA, modules=(replace(ROSA.modules[0], filed=dt.date(2024, 4, 12)),), language="es", notes=()
    )
    with database.work() as session:
        assert import_cases(session, [paid]) == Imported(changed=1)
    now = back(database, "T-1")
    assert (now.language, now.modules) == ("es", paid.modules)
    assert now.notes == (Note(at=dt.date(2026, 11, 22), by="ACS Line", text="Asked for a plan."),)
    wanted = Agreement(
        kind="simple", status="pending", requested=dt.date(2026, 11, 22), monthly=Decimal("200.00")
    )
    assert now.agreements == (wanted,)
    accepted = replace(wanted, status="active", accepted=dt.date(2026, 12, 1))
    with database.work() as session:
        import_cases(session, [replace(paid, agreements=(accepted,))])
    assert back(database, "T-1").agreements == (accepted,)  # the file now tells of the plan itself


def test_asking_twice_for_the_same_plan_changes_the_first(database):
    with database.work() as session:
        import_cases(session, [ROSA])
        for monthly in ("200.00", "250.00"):
            CaseStore(session).add_agreement(
                "T-1", {"kind": "simple", "requested": dt.date(2026, 11, 22), "monthly": monthly}
            )
        assert [one.monthly for one in CaseStore(session).get("T-1").agreements] == [Decimal("250.00")]


def test_a_note_late_at_night_carries_the_day_in_new_york(database):
    with database.work() as session:
        import_cases(session, [ROSA])
        CaseStore(session).add_note("T-1", "ACS Line", "x", dt.datetime(2026, 11, 23, 3, tzinfo=dt.UTC))
        assert CaseStore(session).get("T-1").notes[-1].at == dt.date(2026, 11, 22)


def test_the_day_of_the_collection_system_is_kept_and_survives_the_same_file(database):
    with database.work() as session:
        import_cases(session, [ROSA])
        CaseStore(session).add_note("T-1", "ACS Line", "Called.", NOON)
        case = CaseStore(session).get("T-1")
        moved = replace(
            case, passport=replace(case.passport, certified=dt.date(2026, 11, 20)), notes=case.notes[1:]
        )
        CaseStore(session).save(moved)
    assert back(database, "T-1") == moved
    with database.work() as session:
        assert import_cases(session, [ROSA]) == Imported(unchanged=1)
    assert back(database, "T-1") == moved


def test_a_household_is_found_from_either_side(database):
    joined = [
        replace(ROSA, spouse="T-2"),
        replace(ROSA, id="T-2", tin="900-70-9999"),
        replace(ROSA, id="T-3"),
    ]
    with database.work() as session:
        import_cases(session, joined)
        for one, both in (("T-1", {"T-1", "T-2"}), ("T-2", {"T-1", "T-2"}), ("T-3", {"T-3"}), ("T-9", set())):
            assert set(CaseStore(session).household(one)) == both


def test_a_taxpayer_number_finds_its_cases_however_it_is_written(database):
    with database.work() as session:
        import_cases(session, [ROSA])
        for written in ("900-70-1234", "900701234", "900 70 1234"):
            assert CaseStore(session).find_by_tin(written) == ["T-1"]
        assert CaseStore(session).find_by_tin("900-70-1235") == []


def test_an_unknown_taxpayer_is_nobody(database):
    with database.work() as session:
        assert CaseStore(session).get("T-404") is None
        with pytest.raises(NoSuchTaxpayer):
            CaseStore(session).add_note("T-404", "x", "y", NOON)


def test_nothing_personal_lies_on_the_disk_in_clear(demo_cases, empty_sqlite, tmp_path):
    import shutil

    from store.db import Database

    file = tmp_path / "line.sqlite"
    shutil.copy(empty_sqlite, file)
    database = Database(f"sqlite:///{file}")
    with database.work() as session:
        import_cases(session, demo_cases)
    raw = b"".join(one.read_bytes() for one in tmp_path.iterdir())
    secrets = [part for case in demo_cases for part in _personal(case)]
    assert len(secrets) > 50
    assert [part for part in secrets if part.encode() in raw] == []
    database.engine.dispose()


def _personal(case):
    yield from (case.tin, case.tin.replace("-", ""), case.name.full)
    yield from (one for one in (case.name.last, case.phone, case.caller_id) if one)
    if case.address:
        yield case.address.street
    if case.date_of_birth:
        yield case.date_of_birth.isoformat()
