"""The case as it was known on a day: what is dated later has not happened yet."""

from __future__ import annotations

import datetime
from dataclasses import replace

from acs.case import Agreement, Case, Module

Day = datetime.date


def known_on(case: Case, today: Day) -> Case:
    """The case without anything dated after `today`."""
    return replace(
        case,
        modules=tuple(_module(m, today) for m in case.modules),
        returns=tuple(replace(r, filed=_past(r.filed, today)) for r in case.returns),
        agreements=tuple(a for a in (_agreement(a, today) for a in case.agreements) if a is not None),
        holds=tuple(replace(h, to=_past(h.to, today)) for h in case.holds if h.since <= today),
        liens=tuple(replace(n, released=_past(n.released, today)) for n in case.liens if n.filed <= today),
        levies=tuple(replace(v, released=_past(v.released, today)) for v in case.levies if v.served <= today),
        assignment=case.assignment if case.assignment and (case.assignment.since or today) <= today else None,
        passport=replace(case.passport, certified=_past(case.passport.certified, today)),
        deceased=_past(case.deceased, today),
        notes=tuple(n for n in case.notes if n.at <= today),
        follow_ups=tuple(f for f in case.follow_ups if f.opened <= today),
    )


def _past(day: Day | None, today: Day) -> Day | None:
    return day if day is not None and day <= today else None


def _module(module: Module, today: Day) -> Module:
    hearings = (
        replace(h, determined=_past(h.determined, today)) for h in module.hearings if h.requested <= today
    )
    return replace(
        module,
        filed=_past(module.filed, today),
        assessments=tuple(sorted((a for a in module.assessments if a.date <= today), key=lambda a: a.date)),
        payments=tuple(sorted((p for p in module.payments if p.date <= today), key=lambda p: p.date)),
        notices=tuple(sorted((n for n in module.notices if n.date <= today), key=lambda n: n.date)),
        hearings=tuple(hearings),
    )


def _agreement(agreement: Agreement, today: Day) -> Agreement | None:
    """An agreement steps back through its life: ended, in effect, asked for, not yet there."""
    first = agreement.requested or agreement.accepted
    if first is not None and first > today:
        return None
    accepted, ended = _past(agreement.accepted, today), _past(agreement.ended, today)
    status = agreement.status
    if agreement.accepted and accepted is None:
        status = "pending"
    elif agreement.ended and ended is None and status in ("terminated", "completed"):
        status = "active"
    elif agreement.ended and ended is None and status == "rejected":
        status = "pending"
    return replace(agreement, status=status, accepted=accepted, ended=ended)


def with_spouse(case: Case, others: dict[str, Case]) -> Case:
    """Adds the joint periods that stand in the spouse's case: both owe them."""
    spouse = others.get(case.spouse or "") or next((c for c in others.values() if c.spouse == case.id), None)
    if spouse is None or spouse.id == case.id:
        return case
    own = {(m.form, m.period) for m in case.modules}
    shared = tuple(m for m in spouse.modules if m.joint and (m.form, m.period) not in own)
    return replace(case, modules=case.modules + shared)
