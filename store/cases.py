"""Looks up cases, brings case files in, and adds what the line itself decides: notes and agreements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.util import identity_key

from acs.case import Agreement, Case
from store.case_read import read_case
from store.case_rows import KEPT, digest, digests, fill, to_record, to_records, to_rows
from store.crypto import blind_indexes
from store.day_rows import look_again
from store.errors import NoSuchTaxpayer
from store.tables.cases import AgreementRow, NoteRow, TaxpayerRow

NEW_YORK = ZoneInfo("America/New_York")


@dataclass(frozen=True)
class Imported:
    """How many taxpayers of a file were new, changed, or already as the file says."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


def import_cases(session: Session, cases: Iterable[Case]) -> Imported:
    """Brings cases in. A changed taxpayer is replaced as a whole; what the line added itself stays."""
    counts = {"new": 0, "changed": 0, "unchanged": 0}
    for case in cases:
        counts[_bring_in(session, case)] += 1
    return Imported(**counts)


def _bring_in(session: Session, case: Case) -> str:
    row = session.get(TaxpayerRow, case.id)
    if row is not None and row.digest in digests(case):
        row.digest = digest(case)
        return "unchanged"
    outcome = "new" if row is None else "changed"
    row = row or TaxpayerRow(id=case.id)
    fill(row, case)
    ours = {name: [one for one in getattr(row, name) if one.origin == "line"] for name in KEPT}
    told = {(one.kind, one.requested) for one in case.agreements}
    ours["agreements"] = [one for one in ours["agreements"] if (one.kind, one.requested) not in told]
    for name, kept in ours.items():
        setattr(row, name, [*to_rows(name, getattr(case, name), origin="file"), *kept])
    session.add(row)
    session.flush()
    look_again(session, case.id)
    return outcome


class CaseStore:
    """The cases of one unit of work (desk.ports.Cases)."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._known: dict[str, Case | None] = {}

    def get(self, taxpayer: str) -> Case | None:
        """The case under this id, or None. Read once in a unit of work, and again when this store changed it."""
        if taxpayer not in self._known:
            self.session.flush()
            self._known[taxpayer] = read_case(self.session.connection(), taxpayer)
        return self._known[taxpayer]

    def ids(self) -> list[str]:
        """Every taxpayer, in order."""
        return list(self.session.scalars(select(TaxpayerRow.id).order_by(TaxpayerRow.id)))

    def household(self, taxpayer: str) -> Mapping[str, Case]:
        """The taxpayer and the spouse, by id, whichever of the two files names the other."""
        own = self.get(taxpayer)
        if own is None:
            return {}
        others = select(TaxpayerRow.id).where(TaxpayerRow.spouse == taxpayer)
        found = [
            own,
            *(self.get(one) for one in {*self.session.scalars(others), own.spouse or taxpayer} - {taxpayer}),
        ]
        return {case.id: case for case in found if case is not None}

    def find_by_tin(self, tin: str) -> list[str]:
        """Ids of the taxpayers with this number, however it is written. No number is read to find them."""
        index = blind_indexes("tin", tin)
        return list(
            self.session.scalars(
                select(TaxpayerRow.id).where(TaxpayerRow.tin_index.in_(index)).order_by(TaxpayerRow.id)
            )
        )

    def add_note(self, taxpayer: str, by: str, text: str, at: datetime) -> None:
        """Writes a note into the case, dated as the day is in New York."""
        if self.session.scalar(select(TaxpayerRow.id).where(TaxpayerRow.id == taxpayer)) is None:
            raise NoSuchTaxpayer("There is no case under this id.")
        day, place = at.astimezone(NEW_YORK).date(), self._next(NoteRow, taxpayer)
        note = NoteRow(origin="line", place=place, at=day, written=at, by=by, text=text)
        note.taxpayer_id = taxpayer
        self._known.clear()
        self.session.add(note)
        self.session.flush()
        known = self.session.identity_map.get(identity_key(TaxpayerRow, taxpayer))
        if known is not None:
            self.session.expire(known, ["notes"])

    def add_agreement(self, taxpayer: str, agreement: Mapping[str, Any]) -> None:
        """Adds an agreement the taxpayer asked for; asked again for the same day and kind, it is changed."""
        row, wanted = self._row(taxpayer), _agreement(agreement)
        self._known.clear()
        same = (one for one in row.agreements if one.origin == "line" and one.status == "pending")
        known = next(
            (one for one in same if (one.kind, one.requested) == (wanted.kind, wanted.requested)), None
        )
        if known is None:
            known = AgreementRow(origin="line", place=self._next(AgreementRow, taxpayer))
            row.agreements.append(known)
        for field in fields(wanted):
            setattr(known, field.name, getattr(wanted, field.name))
        self.session.flush()
        look_again(self.session, taxpayer)

    def save(self, case: Case) -> None:
        """Keeps a case as the collection system's day leaves it. Raises NoSuchTaxpayer."""
        row = self._row(case.id)
        self._known.clear()
        before = row.digest
        fill(row, case)
        row.digest = before  # what counts for the next import is still what the last file said
        for name in KEPT:
            self._keep(row, name, getattr(case, name))
        self.session.flush()
        look_again(self.session, case.id)

    def _keep(self, row: TaxpayerRow, name: str, records: tuple[Any, ...]) -> None:
        """Rows that still say the same stay, with their origin; the rest is the line's own."""
        if to_records(name, getattr(row, name)) == records:
            return
        left = list(getattr(row, name))
        kept: list[Any] = []
        for record in records:
            same = next((one for one in left if to_record(type(record), one) == record), None)
            if same is not None:
                left.remove(same)
            kept.append(same or to_rows(name, [record], origin="line")[0])
        for place, one in enumerate(kept):
            one.place = place
        setattr(row, name, kept)

    def _row(self, taxpayer: str) -> TaxpayerRow:
        row = self.session.get(TaxpayerRow, taxpayer)
        if row is None:
            raise NoSuchTaxpayer("There is no case under this id.")
        return row

    def _next(self, row: type[NoteRow] | type[AgreementRow], taxpayer: str) -> int:
        last = self.session.scalar(select(func.max(row.place)).where(row.taxpayer_id == taxpayer))
        return 0 if last is None else last + 1


def _agreement(values: Mapping[str, Any]) -> Agreement:
    """Reads an agreement from a request's plain values: ISO days, amounts as text."""
    read: dict[str, Any] = {"status": "pending", **values}
    for name in ("requested", "accepted", "ended"):
        if isinstance(read.get(name), str):
            read[name] = date.fromisoformat(read[name])
    if read.get("monthly") is not None:
        read["monthly"] = Decimal(str(read["monthly"]))
    return Agreement(**read)
