"""Case file records become rows and rows become records again; the names are the same on both sides."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import object_session

from acs.case import (
    Address,
    Agreement,
    Assessment,
    Assignment,
    Case,
    Consents,
    FollowUp,
    Hearing,
    Hold,
    Levy,
    LevySource,
    Lien,
    Module,
    Name,
    Note,
    Notice,
    Passport,
    Payment,
    Representative,
    Return,
    ReturnPenalty,
)
from store.base import Base
from store.crypto import blind_index, blind_indexes
from store.tables import cases, modules, returns

# Which row class and record stand for a list of a case, a module or a return.
LISTS: dict[str, tuple[type[Base], type]] = {
    "modules": (modules.ModuleRow, Module),
    "assessments": (modules.AssessmentRow, Assessment),
    "payments": (modules.PaymentRow, Payment),
    "notices": (modules.NoticeRow, Notice),
    "hearings": (modules.HearingRow, Hearing),
    "returns": (returns.ReturnRow, Return),
    "penalties": (returns.ReturnPenaltyRow, ReturnPenalty),
    "representatives": (cases.RepresentativeRow, Representative),
    "agreements": (cases.AgreementRow, Agreement),
    "holds": (cases.HoldRow, Hold),
    "liens": (cases.LienRow, Lien),
    "levies": (cases.LevyRow, Levy),
    "levy_sources": (cases.LevySourceRow, LevySource),
    "notes": (cases.NoteRow, Note),
    "follow_ups": (cases.FollowUpRow, FollowUp),
}
KEPT = ("agreements", "notes")  # lists the line itself adds to
PLAIN = (
    *("kind", "tin", "date_of_birth", "phone", "language", "filing_status", "household_size", "agi"),
    *("caller_id", "spouse", "operating", "trust_fund", "deceased"),
)


def to_rows(name: str, records: Iterable[Any], **more: Any) -> list[Any]:
    """The rows of one list, in order; lists inside the records come along."""
    return [_row(name, record, place, **more) for place, record in enumerate(records)]


def _row(name: str, record: Any, place: int, **more: Any) -> Any:
    values: dict[str, Any] = {}
    for field in fields(record):
        value = getattr(record, field.name)
        if field.name in LISTS:
            value = to_rows(field.name, value)
        values[field.name] = list(value) if isinstance(value, tuple) else value
    return LISTS[name][0](place=place, **values, **more)


def to_records(name: str, rows: Iterable[Any]) -> tuple[Any, ...]:
    """The records of one list of rows."""
    return tuple(to_record(LISTS[name][1], row) for row in rows)


def to_record(kind: type, row: Any) -> Any:
    """One row as its record."""
    values: dict[str, Any] = {}
    for field in fields(kind):
        value = getattr(row, field.name)
        if field.name in LISTS:
            value = to_records(field.name, value)
        values[field.name] = tuple(value) if isinstance(value, list) else value
    return kind(**values)


def fill(row: cases.TaxpayerRow, case: Case) -> None:
    """Writes all of `case` onto `row` but the lists the line adds to."""
    for name in PLAIN:
        setattr(row, name, getattr(case, name))
    row.digest, row.tin_index = digest(case), blind_index("tin", case.tin)
    row.name, row.address = plain(case.name), plain(case.address) if case.address else None
    row.passport_certified = case.passport.certified
    row.sms_consent, row.calls_consent = case.consents.sms, case.consents.calls
    row.assignments = [_assignment(case.assignment)] if case.assignment else []
    for name in LISTS:
        if hasattr(row, name) and name not in KEPT:
            _replace(row, name, getattr(case, name))


def _replace(row: cases.TaxpayerRow, name: str, records: tuple[Any, ...]) -> None:
    if to_records(name, getattr(row, name)) == records:
        return
    setattr(row, name, [])
    if session := object_session(row):
        session.flush()  # the old rows go first: a period may stand only once
    setattr(row, name, to_rows(name, records))


def _assignment(record: Assignment) -> cases.AssignmentRow:
    return cases.AssignmentRow(**{field.name: getattr(record, field.name) for field in fields(record)})


def to_case(row: cases.TaxpayerRow) -> Case:
    """The case again, equal to the one that came in, with what the line added at the end of its lists."""
    values: dict[str, Any] = {name: getattr(row, name) for name in PLAIN}
    values |= {name: to_records(name, getattr(row, name)) for name in LISTS if hasattr(row, name)}
    return Case(
        id=row.id,
        name=Name(**row.name),
        address=Address(**row.address) if row.address is not None else None,
        assignment=to_record(Assignment, row.assignments[0]) if row.assignments else None,
        passport=Passport(certified=row.passport_certified),
        consents=Consents(sms=row.sms_consent, calls=row.calls_consent),
        **values,
    )


def plain(value: Any) -> Any:
    """A record as JSON; fields that have their default are left out."""
    if is_dataclass(value):
        return {
            field.name: plain(getattr(value, field.name)) for field in fields(value) if _told(value, field)
        }
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return str(value) if isinstance(value, Decimal | datetime.date) else value


def _told(record: Any, field: Any) -> bool:
    return field.default is MISSING or getattr(record, field.name) != field.default


def digest(case: Case) -> str:
    """What tells whether a file brings anything new for this taxpayer."""
    return digests(case)[0]


def digests(case: Case) -> list[str]:
    """The digest under every key, newest first, so that a change of keys makes no case look changed."""
    return blind_indexes("case", json.dumps(plain(case), sort_keys=True, ensure_ascii=False))
