"""Who may take what, and what must come first."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from acs import law
from acs.case import Case, Module
from acs.days import plus, plus_years
from acs.deadlines import bar_end, first_cdp_notice, hearing_deadline, timely
from acs.errors import NotPublished
from acs.expiry import module_expires, spouse_period
from acs.money import cents, total
from acs.notices import is_kind
from acs.periods import period_start
from acs.view_types import LevyView

Day = datetime.date
HEARING = (
    "no_cdp_notice",
    "cdp_period_open",
    "cdp_hearing_pending",
)  # what 26 USC 6330(f) makes exceptions from
HOLDS = {
    "bankruptcy": "bankruptcy", "offer": "offer_pending", "innocent_spouse": "innocent_spouse_pending",
    "hardship": "hardship", "identity_theft": "identity_theft", "disaster": "disaster", "combat_zone": "combat_zone",
}  # fmt: skip


@dataclass(frozen=True)
class LevyPower:
    """For one module: may a levy be made, what stands in the way, and what may be taken all the same."""

    module: Module
    blocked_by: tuple[str, ...]
    exceptions: tuple[str, ...]

    @property
    def allowed(self) -> bool:
        return not self.blocked_by


def levy_power(module: Module, case: Case, today: Day) -> LevyPower:
    blocks = tuple(dict.fromkeys(_blocks(module, case, today)))
    return LevyPower(module, blocks, tuple(_exceptions(module, case, blocks, today)))


def levy_view(case: Case, today: Day, powers: Sequence[LevyPower] | None = None) -> LevyView:
    """The view's levy part: allowed when it is for at least one period. `powers` when they are worked out already."""
    powers = powers if powers is not None else [levy_power(m, case, today) for m in case.modules]
    owing = [p for p in powers if "nothing_owed" not in p.blocked_by] or powers
    allowed = any(p.allowed for p in powers)
    view: LevyView = {
        "allowed": allowed,
        "blocked_by": [] if allowed else _union(p.blocked_by for p in owing) or ["nothing_owed"],
        "exceptions": _union(p.exceptions for p in owing),
        "by_period": [_period(p) for p in powers],
        "exceptions_of_law": exceptions_of_law(owing),
    }
    if any(v.kind == "social_security" and v.released is None for v in case.levies):
        view["benefit_share"] = f"{law.amount('levies.benefit_share', on=today):.2f}"
    if _wages_near(case, powers):
        view["exempt_wages"] = exempt_wages(case, today)
    return view


def _period(power: LevyPower) -> dict[str, Any]:
    return {
        "form": power.module.form, "period": power.module.period, "allowed": power.allowed,
        "blocked_by": list(power.blocked_by), "exceptions": list(power.exceptions),
    }  # fmt: skip


def _union(groups: Iterator[tuple[str, ...]]) -> list[str]:
    return list(dict.fromkeys(name for group in groups for name in group))


def _blocks(module: Module, case: Case, today: Day) -> Iterator[str]:
    if not owed(module):
        yield "nothing_owed"
        return
    expiry = module_expires(module, case, today)
    if expiry and expiry < today:
        yield "collection_statute_expired"
    yield from _holds(module, case, today)
    yield from _agreements(case, today)
    if case.assignment and case.assignment.to == "private_agency":
        yield "with_private_agency"
    yield from _notices(module, case, today)


def owed(module: Module) -> Decimal:
    """What is assessed and not paid, in dollars."""
    return max(
        Decimal(0), total(a.amount for a in module.assessments) - total(p.amount for p in module.payments)
    )


def _holds(module: Module, case: Case, today: Day) -> Iterator[str]:
    for hold in case.holds:
        if hold.kind == "innocent_spouse" and not spouse_period(module, case):
            continue
        if hold.to is None and hold.kind in HOLDS:
            yield HOLDS[hold.kind]
        elif hold.kind == "offer" and hold.to and today <= plus(hold.to, _after_rejection(hold.to)):
            yield "offer_ended_30_days"


def _after_rejection(day: Day) -> int:
    return law.number("levies.bar_days.after_rejection", on=day)


def _agreements(case: Case, today: Day) -> Iterator[str]:
    for agreement in case.agreements:
        end = bar_end(agreement)
        if agreement.status == "pending":
            yield "agreement_pending"
        elif agreement.status in ("active", "defaulted") and agreement.ended is None:
            yield "short_term_plan" if agreement.kind == "short_term" else "agreement_in_effect"
        elif end and today <= end:
            yield f"agreement_{agreement.status}_30_days"


def _notices(module: Module, case: Case, today: Day) -> Iterator[str]:
    """Demand, then the notice of intent, then the hearing days (26 USC 6331(a), (d), 6330)."""
    levy_notice = next((n for n in module.notices if is_kind(n.code, "levy_notice")), None)
    cdp = first_cdp_notice(module)
    bill = next((n for n in module.notices if is_kind(n.code, "bill")), None)
    if not module.notices:
        yield "no_notice_and_demand"
    elif bill and today <= plus(bill.date, law.number("levies.days_after_demand", on=bill.date)):
        yield "demand_period_open"
    if cdp is None:
        yield "no_cdp_notice"
    else:
        yield from _hearing(module, case, today)
    if levy_notice is None:
        yield "no_levy_notice"
    elif levy_notice != cdp and today <= plus(
        levy_notice.date, law.number("levies.days_after_intent", on=levy_notice.date)
    ):
        yield "intent_period_open"


def _hearing(module: Module, case: Case, today: Day) -> Iterator[str]:
    asked = [h for h in module.hearings if h.kind == "levy" and timely(h, module, case)]
    if any(h.determined is None or today <= plus(h.determined, _court(h.determined)) for h in asked):
        yield "cdp_hearing_pending"
        return
    deadline = hearing_deadline(module, case, "cdp_hearing")
    if deadline and not asked and not deadline.passed(today):
        yield "cdp_period_open"


def _court(day: Day) -> int:
    return law.number("appeals.court_days", on=day)


def _exceptions(module: Module, case: Case, blocks: tuple[str, ...], today: Day) -> Iterator[str]:
    """Levies that need no hearing first (26 USC 6330(f)), when only the hearing stands in the way.

    Jeopardy and federal contractors are excepted too, but a case file can't tell: `exceptions_of_law` lists all.
    """
    if not blocks or any(b not in HEARING for b in blocks):
        return
    yield "state_refund"
    if _disqualified(module, case, today):
        yield "disqualified_employment_tax"


def _disqualified(module: Module, case: Case, today: Day) -> bool:
    """A hearing was asked for on employment tax of the two years before this period began (26 USC 6330(h)(1))."""
    forms = law.names("levies.employment_tax_forms", on=today)
    begins = period_start(module.period)
    if module.form not in forms or begins is None:
        return False
    earliest = plus_years(begins, -law.number("levies.disqualified_years", on=today))
    others = (m for m in case.modules if m is not module and m.form in forms and _asked_on_levy(m, case))
    return any(earliest <= start < begins for start in (period_start(m.period) for m in others) if start)


def _asked_on_levy(module: Module, case: Case) -> bool:
    """A hearing of 26 USC 6330 itself: on a levy, and in time; a lien's or an equivalent one is none."""
    return any(h.kind == "levy" and timely(h, module, case) for h in module.hearings)


def exceptions_of_law(powers: Sequence[LevyPower]) -> list[dict[str, Any]]:
    """All levies that 26 USC 6330(f) lets come before a hearing; `applies` is None when the file can't tell."""
    open_now = {name for power in powers for name in power.exceptions}
    told = {
        "jeopardy": None, "state_refund": "state_refund" in open_now,
        "disqualified_employment_tax": "disqualified_employment_tax" in open_now, "federal_contractor": None,
    }  # fmt: skip
    return [
        {"exception": name, "applies": applies, "source": f"26 USC 6330(f)({number})"}
        for number, (name, applies) in enumerate(told.items(), start=1)
    ]


def _wages_near(case: Case, powers: Sequence[LevyPower]) -> bool:
    """A wage levy stands, or a final notice is out while an employer is known."""
    if any(v.kind == "wages" and v.released is None for v in case.levies):
        return True
    employer = any(s.kind == "employer" for s in case.levy_sources)
    return employer and any(first_cdp_notice(p.module) for p in powers if "nothing_owed" not in p.blocked_by)


def exempt_wages(case: Case, today: Day) -> dict[str, Any]:
    """Pay that stays with the worker, per pay period: with the statement sent back, and without it.

    As in the printed table, the part for each dependent is rounded on its own and then added.
    """
    status = case.filing_status or "single"
    adults = 2 if status == "married_joint" else 1
    dependents = max(0, (case.household_size or adults) - adults)
    periods: dict[str, int] = law.rule("levies.exempt_wages.pay_periods", on=today).value
    try:
        base = law.rule("levies.exempt_wages.standard_deduction", on=today)
        each = law.amount("levies.exempt_wages.per_dependent", on=today)
        default = law.rule("levies.exempt_wages.without_statement", on=today).value
    except NotPublished as missing:
        none = {"with_statement": None, "without_statement": None}
        return (
            {p: dict(none) for p in periods} | none | {"reason": missing.words, "reason_es": missing.words_es}
        )
    sent = {
        p: f"{_part(base.value[status], n) + dependents * _part(each, n):.2f}" for p, n in periods.items()
    }
    silent = {p: f"{_part(base.value[default], n):.2f}" for p, n in periods.items()}
    by_period = {p: {"with_statement": sent[p], "without_statement": silent[p]} for p in periods}
    return {
        **by_period, "with_statement": sent, "without_statement": silent,
        "filing_status": status, "dependents": dependents, "source": base.cite,
    }  # fmt: skip


def _part(yearly: int | Decimal, periods: int) -> Decimal:
    return cents(Decimal(yearly) / periods)
