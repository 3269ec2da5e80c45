"""Invented cases that look like an inventory: people, balances, letters, plans and holds in believable shares.

Balances are lognormal around a mean of 13,000 dollars for an account: the IRS Data Book 2021 counts more than ten
million delinquent accounts owing more than 133 billion. Its spread, and every other share in here, is our own
choice: what the IRS publishes does not tell them. Nobody in here exists: taxpayer numbers begin with 9, phones
are 555-01xx.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from acs.case import (
    Agreement,
    Assessment,
    AssignedTo,
    Assignment,
    Case,
    Hearing,
    Hold,
    Levy,
    LevySource,
    Lien,
    Module,
    Notice,
    Payment,
    Return,
)
from acs.days import plus, plus_business, plus_months, rolled
from acs.stream import LEVY_OF, cycle
from wiring.invented import FIRST, LAST, STREETS, TRADES, Person, key

Day = datetime.date
MEAN, SPREAD = 13_000, 1.4
STAGES = {
    "notice_stream": (28, 0, 150), "acs": (42, 160, 900), "queue": (15, 500, 1900), "revenue_officer": (4, 400, 1500),
    "private_agency": (9, 1100, 2300), "appeals": (2, 300, 700),
}  # fmt: skip
HOLDS = {
    "hardship": 6,
    "bankruptcy": 2,
    "offer": 1,
    "identity_theft": 0.6,
    "disaster": 0.4,
    "innocent_spouse": 0.3,
}
LIEN_FROM = 14_000  # dollars, our own choice, as all shares are
AGENCY_INCOME = 90_000
COUPLES = 20  # of so many cases two are a couple that owes a year together


def inventory(count: int, seed: int, on: Day) -> Iterator[Case]:
    """`count` cases as they stand on a day; the same seed and day give the same cases, one by one."""
    previous: Case | None = None
    for number in range(count):
        previous = one(number, seed, on, previous, last=number == count - 1)
        yield previous


def one(number: int, seed: int, on: Day, previous: Case | None, *, last: bool = False) -> Case:
    """Case `number` of a seed; `previous` is the case before it, which may be its spouse's."""
    place = number % COUPLES
    if place == 1 and previous is not None:
        return _spouse_of(previous, number, seed)
    case = Maker(number, seed, on).case()
    return _half(case, number, seed) if place == 0 and not last else case


def _half(case: Case, number: int, seed: int) -> Case:
    if not case.individual:
        return case
    modules = (replace(case.modules[0], joint=True), *case.modules[1:])
    return replace(case, spouse=key(number + 1, seed), filing_status="married_joint", modules=modules)


def _spouse_of(other: Case, number: int, seed: int) -> Case:
    made = Maker(number, seed, datetime.date(2020, 1, 1))
    if other.spouse is None:
        return replace(made.person(), modules=())
    return replace(
        made.person(), address=other.address, spouse=other.id, filing_status="married_joint",
        assignment=other.assignment if other.assignment and other.assignment.to != "private_agency" else None,
    )  # fmt: skip


class Maker(Person):
    """Makes one case."""

    def __init__(self, number: int, seed: int, on: Day) -> None:
        super().__init__(number, seed)
        self.on = on

    def case(self) -> Case:
        stage = self.pick({name: share for name, (share, *_) in STAGES.items()})
        least, most = STAGES[stage][1:]
        modules = self._modules(self.chance.randint(least, most), stage)
        case = replace(self.who(), modules=modules, returns=self._returns())
        case = replace(case, assignment=self._assignment(stage, modules), levy_sources=self._sources())
        if stage == "private_agency" and case.agi is not None:
            case = replace(case, agi=case.agi + AGENCY_INCOME)  # agencies get nobody with little income
        return self._history(case, stage)

    def _modules(self, age: int, stage: str) -> tuple[Module, ...]:
        """One period or several, each a year older than the one before."""
        count = min(5, 1 + int(self.chance.expovariate(1.3)))
        ages = [age + 364 * k for k in range(count) if age + 364 * k < 3400] or [age]
        made = (self._module(days, stage) for days in reversed(ages))
        return tuple({(m.form, m.period): m for m in made}.values())  # a period stands once

    def _module(self, age: int, stage: str) -> Module:
        c = self.chance
        billed = cycle(plus(self.on, -age - 6))
        year = billed.year - 1 if (billed.month, billed.day) > (5, 25) else billed.year - 2
        due = rolled(datetime.date(year + 1, 4, 15))
        in_time = (billed - due).days < 200 and c.random() < 0.7
        filed = (
            plus(due, -c.randint(0, 20)) if in_time else max(plus(due, 1), plus(billed, -c.randint(40, 80)))
        )
        tax = Decimal(max(150, int(c.lognormvariate(math.log(MEAN) - SPREAD**2 / 2, SPREAD)))).quantize(
            Decimal("0.01")
        )
        paid = (tax * Decimal(c.randint(0, 60)) / 100).quantize(Decimal("0.01"))
        assessments = [Assessment(kind="tax", date=billed, amount=tax + paid)]
        if not in_time:
            late = (tax * Decimal(c.choice((5, 10, 15, 20, 25))) / 100).quantize(Decimal("0.01"))
            assessments.append(Assessment(kind="failure_to_file", date=billed, amount=late))
        form, period = (
            ("941", f"{year}Q{c.randint(1, 4)}")
            if self.business and c.random() < 0.7
            else ("1120" if self.business else "1040", str(year))
        )
        return Module(
            form=form, period=period, due=due, filed=filed, assessments=tuple(assessments),
            payments=(Payment(kind="withholding", date=due, amount=paid),) if paid else (), notices=self._letters(billed, stage),
        )  # fmt: skip

    def _letters(self, billed: Day, stage: str) -> tuple[Notice, ...]:
        """The stream as far as it has come, a final notice where the office has the case, a reminder of this year."""
        names = (
            ("CP161", "CP501", "CP503", "CP504B") if self.business else ("CP14", "CP501", "CP503", "CP504")
        )
        found = [Notice(code=code, date=plus(billed, 35 * k)) for k, code in enumerate(names)]
        if stage != "notice_stream" and self.chance.random() < 0.85:
            final = rolled(plus(billed, 168))
            found.append(Notice(code="LT11", date=final, deadline=rolled(plus(final, 30))))
        found = [n for n in found if n.date <= self.on]
        if (self.on - found[-1].date).days > 360:
            yearly = cycle(plus(self.on, -self.chance.randint(10, 350)))
            found.append(Notice(code="CP171" if self.business else "CP71", date=yearly))
        return tuple(found)

    def _returns(self) -> tuple[Return, ...]:
        if self.business:
            return ()
        found = []
        for year in range(self.on.year - 5, self.on.year):
            due = rolled(datetime.date(year + 1, 4, 15))
            missing = self.chance.random() < 0.05
            if due < self.on:
                found.append(
                    Return(form="1040", period=str(year), due=due, filed=None if missing else plus(due, -6))
                )
        return tuple(found)

    def _assignment(self, stage: AssignedTo, modules: tuple[Module, ...]) -> Assignment:
        first = modules[0].notices[0].date
        months = {
            "notice_stream": 0,
            "acs": 140,
            "queue": 430,
            "revenue_officer": 260,
            "private_agency": 800,
            "appeals": 220,
        }
        since = min(plus(first, months[stage]), plus(self.on, -2))
        if stage == "revenue_officer":
            return Assignment(
                to="revenue_officer",
                since=since,
                name=f"{self.chance.choice(FIRST)} {self.chance.choice(LAST)}",
                phone=f"+1202555{100 + self.number % 100:04d}",
            )
        if stage == "private_agency":
            return Assignment(
                to="private_agency", since=since, name="Example Recovery Agency", phone="+18005550196"
            )
        return Assignment(to=stage, since=since)

    def _sources(self) -> tuple[LevySource, ...]:
        c, found = self.chance, []
        if not self.business and c.random() < 0.55:
            found.append(LevySource(kind="employer", name=f"{c.choice(LAST)} {c.choice(TRADES)} Inc"))
        if c.random() < 0.5:
            found.append(LevySource(kind="bank", name=f"{c.choice(STREETS)} Street Bank"))
        if c.random() < 0.1:
            found.append(LevySource(kind="payer", name=f"{c.choice(LAST)} Brokerage"))
        if not self.business and c.random() < 0.12:
            found.append(LevySource(kind="benefit", name="Social Security"))
        return tuple(found)

    def _history(self, case: Case, stage: str) -> Case:
        """A plan, a hold, a hearing, a lien or a levy, as often as one would expect."""
        roll = self.chance.random()
        if stage == "appeals":
            return self._heard(case)
        if stage in ("notice_stream", "acs") and roll < 0.2:
            return self._planned(case)
        if stage != "private_agency" and 0.2 < roll < 0.2 + sum(HOLDS.values()) / 100:
            since = max(case.modules[-1].notices[0].date, plus(self.on, -self.chance.randint(5, 500)))
            return replace(case, holds=(Hold(kind=self.pick(HOLDS), since=since),))
        return self._enforced(case) if stage in ("acs", "queue", "revenue_officer") else case

    def _heard(self, case: Case) -> Case:
        def ask(module: Module) -> Module:
            final = next((n for n in module.notices if n.code == "LT11"), None)
            asked = (Hearing(kind="levy", requested=plus(final.date, 20)),) if final else ()
            return replace(module, hearings=asked if final and plus(final.date, 20) <= self.on else ())

        return replace(case, modules=tuple(ask(m) for m in case.modules))

    def _planned(self, case: Case) -> Case:
        c, newest = self.chance, case.modules[-1]
        owed = sum((a.amount for m in case.modules for a in m.assessments), Decimal(0))
        monthly = max(Decimal(25), (owed / 72).quantize(Decimal(1)))
        asked = plus(newest.notices[0].date, c.randint(20, 60))
        if asked > plus(self.on, -16):
            pending = Agreement(
                kind="simple",
                status="pending",
                requested=min(asked, plus(self.on, -1)),
                monthly=monthly,
                day=15,
            )
            return replace(case, agreements=(pending,))
        accepted = plus(asked, 14)
        made, k = [], 1
        while (day := plus_months(accepted.replace(day=15), k)) <= self.on and k <= 30:
            if c.random() < 0.98:
                made.append(Payment(kind="payment", date=day, amount=monthly))
            k += 1
        plan = Agreement(
            kind="simple",
            status="active",
            requested=asked,
            accepted=accepted,
            monthly=monthly,
            day=15,
            direct_debit=c.random() < 0.6,
        )
        last = replace(newest, payments=(*newest.payments, *made))
        return replace(case, agreements=(plan,), modules=(*case.modules[:-1], last))

    def _enforced(self, case: Case) -> Case:
        """A lien on larger debts, and a levy some time after the final notice."""
        c = self.chance
        owed = sum((a.amount for m in case.modules for a in m.assessments), Decimal(0))
        since = case.assignment.since if case.assignment and case.assignment.since else self.on
        filed, first = plus_business(since, 40), case.modules[0].assessments[0].date
        if owed > LIEN_FROM and first <= filed < plus(self.on, -10) and c.random() < 0.8:
            sent = plus_business(filed, 1)
            told = tuple(
                replace(m, notices=tuple(sorted((*m.notices, Notice(code="Letter 3172", date=sent)), key=lambda n: n.date)))
                if m.assessments[0].date <= filed
                else m
                for m in case.modules
            )  # fmt: skip
            case = replace(case, liens=(Lien(filed=filed),), modules=told)
        final = max((n.date for m in case.modules for n in m.notices if n.code == "LT11"), default=None)
        if final and case.levy_sources and c.random() < 0.5:
            served = rolled(plus(final, c.randint(55, 120)))
            source = case.levy_sources[0]
            if served <= self.on:
                case = replace(
                    case, levies=(Levy(kind=LEVY_OF[source.kind], source=source.name, served=served),)
                )
        return case
