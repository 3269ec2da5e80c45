"""What every option asks first: how much, how long, which returns are missing, who is poor. Worked out once."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from acs import law
from acs.bills import return_due, taxes
from acs.case import Agreement, Case, Module
from acs.days import months_between, plus_years, rolled
from acs.deadlines import Deadline, deadlines
from acs.effects import effects
from acs.errors import LawError, NotKnown, NotPublished
from acs.expiry import module_expires
from acs.ledger import Balance, balance
from acs.levies import LevyPower, levy_power
from acs.money import total
from acs.periods import year_of
from acs.reasons import reason
from acs.view_types import OptionView, Reason

Day = datetime.date
STATE_WITHOUT_GUIDELINE = (
    "The poverty guideline of this state is not in our tables.",
    "La guía federal de pobreza de este estado no está en nuestras tablas.",
)


@dataclass(frozen=True)
class Facts:
    """A case on a day with its balances. `payoff` is None when a figure it needs is not published."""

    case: Case
    today: Day
    balances: tuple[tuple[Module, Balance], ...]

    @cached_property
    def owing(self) -> tuple[Module, ...]:
        return tuple(m for m, b in self.balances if b.payoff or (b.payoff is None and (b.assessed or b.tax)))

    @cached_property
    def assessed(self) -> Decimal:
        return total(b.assessed for _, b in self.balances)

    @cached_property
    def tax(self) -> Decimal:
        return total(b.tax for _, b in self.balances)

    @cached_property
    def payoff(self) -> Decimal | None:
        amounts = [b.payoff for _, b in self.balances]
        return None if None in amounts else total(a for a in amounts if a is not None)

    @cached_property
    def per_day(self) -> Decimal | None:
        amounts = [b.per_day for _, b in self.balances]
        return None if None in amounts else total(a for a in amounts if a is not None)

    @cached_property
    def missing(self) -> Balance | None:
        """The first balance that lacks a figure: its words say why."""
        return next((b for _, b in self.balances if b.payoff is None or b.per_day is None), None)

    @cached_property
    def expiry(self) -> Day | None:
        """The first day on which the time to collect a period still open runs out."""
        days = (self.expires[m.form, m.period] for m in self.owing)
        return min((d for d in days if d and d >= self.today), default=None)

    @cached_property
    def expires(self) -> dict[tuple[str, str], Day | None]:
        """The day the time to collect each period runs out."""
        case, today = self.case, self.today
        return {(m.form, m.period): module_expires(m, case, today) for m in case.modules}

    @cached_property
    def deadlines(self) -> tuple[Deadline, ...]:
        """Every last day of the case, earliest first."""
        return tuple(deadlines(self.case))

    @cached_property
    def powers(self) -> tuple[LevyPower, ...]:
        """What a levy could reach, period by period."""
        return tuple(levy_power(m, self.case, self.today) for m in self.case.modules)

    @cached_property
    def months_left(self) -> int | None:
        return max(1, months_between(self.today, self.expiry)) if self.expiry else None

    @cached_property
    def agreement(self) -> Agreement | None:
        """The plan in effect, short-term ones too."""
        running = (a for a in self.case.agreements if a.status in ("active", "defaulted") and a.ended is None)
        return next(running, None)

    @cached_property
    def missing_returns(self) -> tuple[str, ...]:
        """Returns that were due and are not there: those the file lists, and periods assessed without one."""
        late = [
            (r.form, r.period)
            for r in self.case.returns
            if r.filed is None and (r.due is None or r.due < self.today)
        ]
        listed = {(r.form, r.period) for r in self.case.returns}
        late += [
            (m.form, m.period)
            for m in self.case.modules
            if (m.form, m.period) not in listed and _never_filed(m, self.today)
        ]
        return tuple(f"{form} {period}" for form, period in late)

    def on_hold(self, kind: str) -> bool:
        return any(h.kind == kind and h.to is None for h in self.case.holds)

    def assigned(self) -> str:
        return self.case.assignment.to if self.case.assignment else "notice_stream"


def _never_filed(module: Module, today: Day) -> bool:
    """Assessed without a return: the IRS made one itself (26 USC 6020(b)), and the taxpayer's own is still due."""
    due = return_due(module)
    return module.filed is None and due is not None and rolled(due) < today and bool(taxes(module))


def gather(case: Case, today: Day) -> Facts:
    """The facts of a case that holds nothing dated after `today`."""
    return Facts(case, today, tuple((m, _balance(m, case, today)) for m in case.modules))


def _balance(module: Module, case: Case, today: Day) -> Balance:
    return balance(module, case, today)


@lru_cache(maxsize=4096)
def _poverty_line(state: str | None, household: int, today: Day, share: str) -> Decimal:
    if state in law.names("income.other_guideline_states", on=today):
        raise NotKnown(*STATE_WITHOUT_GUIDELINE)
    guideline = law.rule("income.poverty_guideline", on=today).value
    line = Decimal(guideline["first"]) + Decimal(guideline["more"]) * (household - 1)
    return line * law.amount(f"income.{share}", on=today)


def poverty_line(case: Case, today: Day, share: str) -> Decimal | None:
    """The income limit of a household in dollars a year; None when there is no guideline to go by."""
    state = case.address.state if case.address else None
    try:
        return _poverty_line(state, case.household_size or 1, today, share)
    except (NotPublished, NotKnown):
        return None


def no_guideline(case: Case, today: Day) -> LawError | None:
    """Why nobody can say whether this income is low: the state's or the year's guideline is not in the table."""
    state = case.address.state if case.address else None
    try:
        _poverty_line(state, case.household_size or 1, today, "low_income_share")
    except (NotPublished, NotKnown) as missing:
        return missing
    return None


def low_income(case: Case, today: Day, share: str = "low_income_share") -> bool:
    """Income at or under the limit, as far as the file tells. Businesses are never low income."""
    line = poverty_line(case, today, share)
    return case.individual and case.agi is not None and line is not None and case.agi <= line


def dollars(amount: Decimal) -> str:
    """An amount inside a sentence: $50,000 or $1,204.55."""
    return f"${amount:,.0f}" if amount == amount.to_integral_value() else f"${amount:,.2f}"


def option(
    name: str, reasons: Sequence[Reason], *, telling: Sequence[Reason] = (), **terms: object
) -> OptionView:
    """An option is open when every reason is met; `telling` ones are shown beside them when they are met.

    `terms` also carry the option's effects.
    """
    shown_too = [r for r in telling if r["ok"]]
    eligible = all(r["ok"] for r in reasons)
    asked: dict[str, object] = {**terms, "effects": effects(name)}
    return {"option": name, "eligible": eligible, "reasons": [*reasons, *shown_too], "terms": asked}


# Points that several options share.


def owes(facts: Facts) -> Reason:
    return reason("owes_balance", bool(facts.owing))


def known_balance(facts: Facts) -> Reason:
    missing = facts.missing if facts.payoff is None else None
    why = (missing.words or "", missing.words_es or "") if missing else ("", "")
    return reason("balance_published", missing is None, why=why[0], why_es=why[1])


def no_bankruptcy(facts: Facts) -> Reason:
    return reason("no_bankruptcy", not facts.on_hold("bankruptcy"))


def returns_filed(facts: Facts) -> Reason:
    return reason("returns_filed", not facts.missing_returns, periods=", ".join(facts.missing_returns))


def in_time(facts: Facts) -> Reason:
    return reason("within_collection_time", facts.expiry is not None or not facts.owing)


def years_before(facts: Facts, count: int) -> range:
    """The `count` tax years before the newest one owed."""
    years = [y for y in (year_of(m.period) for m in facts.owing) if y]
    newest = max(years, default=facts.today.year)
    return range(newest - count, newest)


def lately(facts: Facts, day: Day | None, years: int) -> bool:
    return day is not None and day >= plus_years(facts.today, -years)
