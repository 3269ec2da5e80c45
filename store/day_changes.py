"""Keeps what a day did to a case: only the rows that changed, all of them or none."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from acs.case import Case
from acs.day import Looked
from store import at_once
from store.changes import Change, Gone, New, Other, apply
from store.day_cases import Read
from store.tables import cases, modules
from store.tables.days import CaseDayRow

LISTS: dict[str, Any] = {
    "agreements": cases.AgreementRow,
    "liens": cases.LienRow,
    "levies": cases.LevyRow,
}
NOTES_A_DAY = 1000  # leaves room between the notes of two days for those that people write


@dataclass(frozen=True)
class Standing:
    """How far the day had come with a case when it was read."""

    revision: int
    worked_until: datetime.date | None
    next_look: datetime.date | None
    changed: bool


_DAYS: Any = CaseDayRow.__table__
_WORKED = (
    update(_DAYS)
    .where((_DAYS.c.taxpayer_id == bindparam("who")) & (_DAYS.c.revision == bindparam("read")))
    .values(
        look_on=bindparam("look"), next_look=bindparam("next"), worked_until=bindparam("until"),
        figures=bindparam("law"), revision=bindparam("read") + 1, claim=None, trouble=None,
    )
)  # fmt: skip


def keep(
    connection: Connection, before: Read, standing: Standing, looked: Looked, on: datetime.date, figures: str
) -> bool:
    """Writes the changes: into the open transaction, or on a connection that commits by itself as one statement.

    False, and nothing written, when somebody changed the case since.
    """
    assert before.case is not None
    worked = _worked(before.case.id, standing, looked.next_look, on, figures)
    changes = list(_changes(before, before.case, looked.case, on)) if looked.events else []
    if connection.dialect.name == "postgresql":
        return at_once.keep(connection, worked, changes)
    if connection.execute(_WORKED, worked).rowcount != 1:
        return False
    for change in changes:
        apply(connection, change)
    return True


def keep_quiet(
    connection: Connection,
    quiet: Sequence[tuple[str, Standing, datetime.date | None]],
    on: datetime.date,
    figures: str,
) -> set[str]:
    """Moves on cases for which nothing was to be done, all at once. Those somebody changed meanwhile are not among
    the ids it gives."""
    rows = [_worked(who, standing, ahead, on, figures) for who, standing, ahead in quiet]
    if not rows:
        return set()
    if connection.dialect.name == "postgresql":
        return at_once.keep_quiet(connection, rows)
    ids = [row["who"] for row in rows]
    now = select(_DAYS.c.taxpayer_id, _DAYS.c.revision).where(_DAYS.c.taxpayer_id.in_(ids))
    revisions = {row.taxpayer_id: row.revision for row in connection.execute(now)}
    same = [row for row in rows if revisions.get(row["who"]) == row["read"]]
    if same:
        connection.execute(_WORKED, same)
    return {row["who"] for row in same}


def _worked(
    who: str, standing: Standing, ahead: datetime.date | None, on: datetime.date, figures: str
) -> dict[str, Any]:
    look = ahead or datetime.date.max
    return {"who": who, "read": standing.revision, "look": look, "next": ahead, "until": on, "law": figures}


def _changes(before: Read, old: Case, new: Case, on: datetime.date) -> Iterator[Change]:
    yield from _notices(before, old, new)
    for name, row in LISTS.items():
        yield from _list(row.__table__, before.ids[name], getattr(old, name), getattr(new, name), old.id)
    if old.assignment != new.assignment:
        yield from _assignment(before, new)
    if old.passport != new.passport:
        yield Other(cases.TaxpayerRow.__table__, old.id, {"passport_certified": new.passport.certified})
    if old.follow_ups != new.follow_ups:
        yield from _follow_ups(before, old, new)
    place = on.toordinal() * NOTES_A_DAY
    yield New(
        cases.NoteRow.__table__,
        [
            {
                "taxpayer_id": old.id, "origin": "line", "place": place + i, "at": n.at, "written": None,
                "by": n.by, "text": n.text,
            }
            for i, n in enumerate(new.notes[len(old.notes) :])
        ],
    )  # fmt: skip


def _notices(before: Read, old: Case, new: Case) -> Iterator[Change]:
    rows = [
        {
            "module_id": id_,
            "place": len(was.notices) + i,
            "code": n.code,
            "date": n.date,
            "deadline": n.deadline,
        }
        for id_, was, is_ in zip(before.modules, old.modules, new.modules, strict=True)
        for i, n in enumerate(is_.notices[len(was.notices) :])
    ]
    if rows:
        yield New(modules.NoticeRow.__table__, rows)


def _list(
    table: Any, ids: list[int], old: tuple[Any, ...], new: tuple[Any, ...], taxpayer: str
) -> Iterator[Change]:
    for id_, was, is_ in zip(ids, old, new, strict=False):
        if was != is_:
            yield Other(table, id_, _values(is_))
    more = {"origin": "line"} if "origin" in table.c else {}
    rows = [
        {"taxpayer_id": taxpayer, "place": place, **more, **_values(one)}
        for place, one in enumerate(new[len(old) :], start=len(old))
    ]
    if rows:
        yield New(table, rows)


def _values(record: Any) -> dict[str, Any]:
    return {f.name: getattr(record, f.name) for f in fields(record)}


def _assignment(before: Read, new: Case) -> Iterator[Change]:
    table: Any = cases.AssignmentRow.__table__
    if before.ids["assignments"]:
        yield Gone(table, before.ids["assignments"])
    if new.assignment:
        yield New(table, [{"taxpayer_id": new.id, "place": 0, **_values(new.assignment)}])


def _follow_ups(before: Read, old: Case, new: Case) -> Iterator[Change]:
    table: Any = cases.FollowUpRow.__table__
    gone = [
        id_
        for id_, one in zip(before.ids["follow_ups"], old.follow_ups, strict=True)
        if one not in new.follow_ups
    ]
    if gone:
        yield Gone(table, gone)
    rows = [
        {"taxpayer_id": new.id, "place": place, **_values(one)}
        for place, one in enumerate(new.follow_ups)
        if one not in old.follow_ups
    ]
    if rows:
        yield New(table, rows)
