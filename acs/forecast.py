"""What comes next in this case, and when, if nothing is done. Days the law fixes; never a promise of a levy day.

What the office itself does next is asked where its day asks: `acs.stream` and `acs.assignment`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from functools import partial

from acs import law
from acs.assignment import leaves_stream
from acs.case import Module
from acs.days import plus, rolled
from acs.deadlines import Deadline, deadlines, first_cdp_notice, hearing_deadline
from acs.errors import NotPublished
from acs.expiry import module_expires
from acs.facts import Facts
from acs.levies import HEARING, levy_power
from acs.notices import is_kind, notice_info
from acs.stream import dated, lien_due, next_letter
from acs.view_types import ForecastEvent

Day = datetime.date
NOTHING = "nothing is done"
NEXT = {
    "CP14": "bill_likely", "CP22A": "bill_likely", "CP501": "cp501_likely", "CP503": "cp503_likely",
    "CP504": "cp504_likely", "LT11": "final_notice_likely", "LT16": "warning_likely", "LT38": "warning_likely",
}  # fmt: skip


def forecast(facts: Facts) -> list[ForecastEvent]:
    """Events on or after today, earliest first, each once."""
    found = [*_cases(facts), *_known(lambda: _office(facts))]
    for module in facts.owing:
        for part in (_levy, _state_refund, _rate, _next_notice, _expiry):
            found += _known(partial(part, module, facts))
    unique = {(e["date"], e["event"]): e for e in found if e["date"] >= facts.today.isoformat()}
    return [unique[key] for key in sorted(unique)]


def _known(part: Callable[[], Iterator[ForecastEvent]]) -> list[ForecastEvent]:
    """The events of a part; none when a figure it needs is not in force that day."""
    try:
        return list(part())
    except NotPublished:
        return []


def event(day: Day, name: str, source: str, condition: str = NOTHING) -> ForecastEvent:
    return {"date": day.isoformat(), "event": name, "if": condition, "source": source}


def _cases(facts: Facts) -> Iterator[ForecastEvent]:
    names = {
        "bank_levy_release": ("bank_pays_levy", 1, "the levy is not released"),
        "agreement_termination": ("agreement_may_end", 1, "the reason is not fixed"),
        "levy_bar_end": ("levy_bar_over", 1, NOTHING),
        "equivalent_hearing": ("equivalent_hearing_over", 1, "no hearing is asked for"),
        "tax_court_petition": ("determination_final", 1, "no petition is filed"),
        "interest_free_payment": ("interest_goes_on", 1, "the bill is not paid in full"),
    }
    for deadline in deadlines(facts.case):
        if deadline.kind in names:
            name, after, condition = names[deadline.kind]
            if deadline.kind == "equivalent_hearing" and _of_a_lien(deadline):
                name = "lien_hearing_over"
            yield event(plus(deadline.last_day, after), name, deadline.source, condition)
    for hold in facts.case.holds:
        if hold.to is None and hold.kind == "hardship":
            yield event(facts.today, "hardship_review", "IRM 5.16.1", "income goes up")


def _of_a_lien(deadline: Deadline) -> bool:
    """A hearing about a notice of lien; the final notice of a levy may still be to come."""
    return deadline.notice is None or is_kind(deadline.notice, "lien_notice")


def _levy(module: Module, facts: Facts) -> Iterator[ForecastEvent]:
    """The first day the law no longer bars a levy, when only running days bar it."""
    power = levy_power(module, facts.case, facts.today)
    source = "26 USC 6330(a), 6331(d)"
    if power.allowed:
        yield event(facts.today, "levy_possible", source)
    elif set(power.blocked_by) <= {"cdp_period_open", "demand_period_open"} and first_cdp_notice(module):
        deadline = hearing_deadline(module, facts.case, "cdp_hearing")
        if deadline:
            yield event(plus(deadline.last_day, 1), "levy_possible", source)
    elif len(power.blocked_by) == 1 and power.blocked_by[0].endswith("_30_days"):
        ends = [
            d.last_day
            for d in deadlines(facts.case)
            if d.kind == "levy_bar_end" and not d.passed(facts.today)
        ]
        if ends:
            yield event(plus(max(ends), 1), "levy_possible", "26 USC 6331(k)")


def _state_refund(module: Module, facts: Facts) -> Iterator[ForecastEvent]:
    """After the notice of intent a state refund may be taken without a hearing first."""
    power = levy_power(module, facts.case, facts.today)
    notice = next((n for n in module.notices if is_kind(n.code, "levy_notice")), None)
    if notice and set(power.blocked_by) <= {*HEARING, "intent_period_open"}:
        days = law.number("levies.days_after_intent", on=notice.date)
        last = notice.deadline or rolled(plus(notice.date, days))
        day = max(plus(last, 1), facts.today)
        yield event(day, "state_refund_levy_possible", "26 USC 6330(f)(2), 6331(d)")


def _rate(module: Module, facts: Facts) -> Iterator[ForecastEvent]:
    notice = next((n for n in module.notices if is_kind(n.code, "levy_notice")), None)
    if notice and facts.agreement is None:
        days = law.number("penalties.failure_to_pay.days_after_levy_notice", on=notice.date)
        yield event(plus(notice.date, days + 1), "late_payment_rate_doubles", "26 USC 6651(d)")


def _next_notice(module: Module, facts: Facts) -> Iterator[ForecastEvent]:
    """The letter that is next by the office's own ways, as its day would send it; the weeks between are no law."""
    letter = next_letter(module, facts.case, facts.today)
    if letter is None:
        return
    info = notice_info(letter.code)
    name = NEXT.get(info.code if info else letter.code)
    if name:
        yield event(dated(letter, facts.today), name, letter.source)


def _office(facts: Facts) -> Iterator[ForecastEvent]:
    """The case moves on, and a notice of lien becomes likely."""
    moves = leaves_stream(facts.case, facts.today)
    if moves and rolled(moves) > facts.today:
        yield event(rolled(moves), "acs_likely", law.rule("stream.weeks_to_office", on=facts.today).cite)
    lien = lien_due(facts.case, facts.owing, facts.today)
    if lien:
        yield event(max(lien[0], rolled(facts.today)), "lien_likely", "26 USC 6321, 6323; IRM 5.12.2")


def _expiry(module: Module, facts: Facts) -> Iterator[ForecastEvent]:
    expiry = module_expires(module, facts.case, facts.today)
    if expiry:
        yield event(expiry, "collection_time_ends", "26 USC 6502", "nothing more stops the clock")
