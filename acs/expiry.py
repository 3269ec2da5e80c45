"""When the time to collect runs out: ten years from each assessment, plus the days the clock stood still."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from acs import law
from acs.case import Agreement, Assessment, Case, Hold, Module
from acs.days import plus, plus_months, plus_years
from acs.deadlines import timely

Day = datetime.date
Span = tuple[Day, Day]


def module_expires(module: Module, case: Case, today: Day) -> Day | None:
    """The date for the tax of a module (its first assessment), as far as the clock has stood still by today."""
    own = [a for a in module.assessments if a.kind == "tax"] or list(module.assessments)
    return min((expires(a, module, case, today) for a in own), default=None)


def expires(assessment: Assessment, module: Module, case: Case, today: Day) -> Day:
    """Last day to collect one assessment (26 USC 6502). Suspensions that overlap count once."""
    end = plus_years(assessment.date, law.number("expiry.years", on=assessment.date))
    for first, last in _merged(_suspensions(module, case, today)):
        first = max(first, assessment.date)
        if first <= end and last > first:
            end += last - first
    for since, floor in sorted(_floors(module, case, today)):
        if assessment.date <= since <= end:  # what had run out by then does not come back
            end = max(end, floor)
    return end


def _suspensions(module: Module, case: Case, today: Day) -> Iterator[Span]:
    for agreement in case.agreements:
        yield from _agreement(agreement, today)
    for hold in case.holds:
        if hold.kind != "innocent_spouse" or spouse_period(module, case):
            yield from _hold(hold, today)
    for hearing in module.hearings:
        if timely(hearing, module, case):  # an equivalent hearing stops no clock
            yield hearing.requested, _final(hearing.determined, today)


def spouse_period(module: Module, case: Case) -> bool:
    """A spouse's request reaches the joint periods (26 USC 6015(e)); a file that marks none joint means all."""
    return module.joint or not any(m.joint for m in case.modules)


def _final(determined: Day | None, today: Day) -> Day:
    """A determination is final when the days to go to court are over."""
    return plus(determined, law.number("appeals.court_days", on=determined)) if determined else today


def _agreement(agreement: Agreement, today: Day) -> Iterator[Span]:
    """Pending: stopped. In effect: running. After a rejection or an end: stopped (26 USC 6331(k)(3)(B))."""
    if agreement.kind == "short_term":
        return
    ended = agreement.ended
    if agreement.requested:
        waits_until = agreement.accepted or ended or (today if agreement.status == "pending" else None)
        if waits_until:
            yield agreement.requested, waits_until
    if ended and agreement.status == "rejected":
        yield ended, plus(ended, law.number("levies.bar_days.after_rejection", on=ended))
    if ended and agreement.status == "terminated":
        yield ended, plus(ended, law.number("levies.bar_days.after_termination", on=ended))


def _hold(hold: Hold, today: Day) -> Iterator[Span]:
    end = hold.to or today
    if hold.kind == "offer":
        extra = law.number("levies.bar_days.after_rejection", on=end) if hold.to else 0
        yield hold.since, plus(end, extra)
    elif hold.kind == "bankruptcy":
        yield hold.since, plus_months(end, law.number("expiry.bankruptcy_months", on=end)) if hold.to else end
    elif hold.kind == "innocent_spouse":
        yield hold.since, plus(end, law.number("expiry.innocent_spouse_days", on=end)) if hold.to else end
    elif hold.kind == "combat_zone":
        yield hold.since, plus(end, law.number("expiry.combat_zone_days", on=end)) if hold.to else end
    elif hold.kind == "abroad" and end >= plus_months(hold.since, law.number("expiry.abroad_months", on=end)):
        yield hold.since, end


def _floors(module: Module, case: Case, today: Day) -> Iterator[Span]:
    """Days left that the law keeps: from when, and until when at least, after a hearing and after coming home."""
    for hearing in module.hearings:
        if hearing.determined and timely(hearing, module, case):
            final = _final(hearing.determined, today)
            yield final, plus(final, law.number("expiry.hearing_days_left", on=final))
    for hold in case.holds:
        if hold.kind == "abroad" and hold.to:
            months = law.number("expiry.abroad_months", on=hold.to)
            if hold.to >= plus_months(hold.since, months):
                yield hold.to, plus_months(hold.to, months)


def _merged(spans: Iterator[Span]) -> list[Span]:
    merged: list[Span] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged
