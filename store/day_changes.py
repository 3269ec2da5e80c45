"""Keeps what a day did to a case: only the rows that changed, all of them or none."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, update

from acs.case import Case
from acs.day import Looked
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
    """Writes the changes into the open transaction. False, and nothing written, when somebody changed the case since."""
    assert before.case is not None
    done = connection.execute(_WORKED, _worked(before.case.id, standing, looked.next_look, on, figures))
    if done.rowcount != 1:
        return False
    if looked.events:
        _write(connection, before, before.case, looked.case, on)
    return True


def keep_quiet(
    connection: Connection,
    quiet: Sequence[tuple[str, Standing, datetime.date | None]],
    on: datetime.date,
    figures: str,
) -> bool:
    """Moves on cases for which nothing was to be done, all at once. False when one of them was changed meanwhile."""
    rows = [_worked(who, standing, ahead, on, figures) for who, standing, ahead in quiet]
    return not rows or connection.execute(_WORKED, rows).rowcount == len(rows)


def _worked(
    who: str, standing: Standing, ahead: datetime.date | None, on: datetime.date, figures: str
) -> dict[str, Any]:
    look = ahead or datetime.date.max
    return {"who": who, "read": standing.revision, "look": look, "next": ahead, "until": on, "law": figures}


def _write(connection: Connection, before: Read, old: Case, new: Case, on: datetime.date) -> None:
    _notices(connection, before, old, new)
    for name, row in LISTS.items():
        _list(connection, row.__table__, before.ids[name], getattr(old, name), getattr(new, name), old.id)
    if old.assignment != new.assignment:
        _assignment(connection, before, new)
    if old.passport != new.passport:
        t: Any = cases.TaxpayerRow.__table__
        connection.execute(
            update(t).where(t.c.id == old.id).values(passport_certified=new.passport.certified)
        )
    if old.follow_ups != new.follow_ups:
        _follow_ups(connection, before, old, new)
    place = on.toordinal() * NOTES_A_DAY
    notes = [
        {"taxpayer_id": old.id, "origin": "line", "place": place + i, "at": n.at, "by": n.by, "text": n.text}
        for i, n in enumerate(new.notes[len(old.notes) :])
    ]
    connection.execute(insert(cases.NoteRow), notes)


def _notices(connection: Connection, before: Read, old: Case, new: Case) -> None:
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
        connection.execute(insert(modules.NoticeRow), rows)


def _list(
    connection: Connection,
    table: Any,
    ids: list[int],
    old: tuple[Any, ...],
    new: tuple[Any, ...],
    taxpayer: str,
) -> None:
    for id_, was, is_ in zip(ids, old, new, strict=False):
        if was != is_:
            connection.execute(update(table).where(table.c.id == id_).values(_values(is_)))
    for place, one in enumerate(new[len(old) :], start=len(old)):
        more = {"origin": "line"} if "origin" in table.c else {}
        connection.execute(insert(table), [{"taxpayer_id": taxpayer, "place": place, **more, **_values(one)}])


def _values(record: Any) -> dict[str, Any]:
    return {f.name: getattr(record, f.name) for f in fields(record)}


def _assignment(connection: Connection, before: Read, new: Case) -> None:
    table: Any = cases.AssignmentRow.__table__
    connection.execute(delete(table).where(table.c.id.in_(before.ids["assignments"])))
    if new.assignment:
        connection.execute(insert(table), [{"taxpayer_id": new.id, "place": 0, **_values(new.assignment)}])


def _follow_ups(connection: Connection, before: Read, old: Case, new: Case) -> None:
    table: Any = cases.FollowUpRow.__table__
    gone = [
        id_
        for id_, one in zip(before.ids["follow_ups"], old.follow_ups, strict=True)
        if one not in new.follow_ups
    ]
    if gone:
        connection.execute(delete(table).where(table.c.id.in_(gone)))
    rows = [
        {"taxpayer_id": new.id, "place": place, **_values(one)}
        for place, one in enumerate(new.follow_ups)
        if one not in old.follow_ups
    ]
    if rows:
        connection.execute(insert(table), rows)
