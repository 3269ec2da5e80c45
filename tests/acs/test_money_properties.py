"""Whatever the case: waiting never makes it cheaper, the parts are the whole, a cut in time changes nothing."""

import itertools
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from build import D, case, letter, lien, module, pay, plan, tax
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acs.case import Case, Hearing, Module
from acs.days import is_day_off
from acs.deadlines import deadlines
from acs.interest import factor, pieces
from acs.view import case_view

SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
amounts = st.integers(1, 15_000_000).map(lambda n: f"{Decimal(n) / 100:.2f}")
days = st.dates(date(2018, 1, 1), date(2026, 12, 31))


@st.composite
def debts(draw: st.DrawFn) -> Module:
    """A period as accounts have them: due, filed or not, assessed after that, billed, reminded, partly paid."""
    due = draw(st.dates(date(2020, 4, 15), date(2024, 4, 15)))
    filed = draw(st.none() | st.integers(-40, 700).map(lambda n: due + timedelta(days=n)))
    assessed = max(filed or due, due) + timedelta(days=draw(st.integers(10, 90)))
    later = assessed + timedelta(days=draw(st.integers(100, 500)))
    found = [tax(draw(amounts), assessed.isoformat())]
    if draw(st.booleans()):
        found.append(tax(draw(amounts), later.isoformat(), "additional_tax"))
    if draw(st.booleans()):
        kind = draw(st.sampled_from(["accuracy", "estimated_tax"]))
        found.append(tax("120.00", assessed.isoformat(), kind))
    letters = [letter("CP14", assessed.isoformat())]
    if draw(st.booleans()):
        letters.append(letter("CP504", (assessed + timedelta(days=105)).isoformat()))
    paid = draw(st.lists(st.tuples(amounts, st.dates(date(2019, 6, 1), date(2026, 11, 30))), max_size=3))
    return module(
        form=draw(st.sampled_from(["1040", "941"])), period="x", due=due, filed=filed,
        extended_to=draw(st.none() | st.just(due + timedelta(days=183))), assessments=tuple(found),
        notices=tuple(letters), payments=tuple(pay(a, d.isoformat()) for a, d in paid),
    )  # fmt: skip


@SLOW
@given(of=debts(), first=days, wait=st.integers(0, 800))
def test_the_payoff_never_falls_by_waiting(of: Module, first: date, wait: int) -> None:
    last = min(first + timedelta(days=wait), date(2026, 12, 31))
    known = replace(of, payments=tuple(p for p in of.payments if p.date <= first))
    before, after = (case_view(case(known), day)["modules"][0]["payoff"] for day in (first, last))
    if before is not None and after is not None:
        assert Decimal(after) >= Decimal(before)


@SLOW
@given(of=debts(), on=st.dates(date(2020, 4, 1), date(2026, 12, 31)))
def test_the_parts_are_the_whole(of: Module, on: date) -> None:
    seen = case_view(case(of, module()), on)
    assert seen["balance"]["payoff"] is not None
    assert Decimal(seen["balance"]["payoff"]) == sum(Decimal(m["payoff"] or 0) for m in seen["modules"])
    [m, _] = seen["modules"]
    charged = sum(a.amount for a in of.assessments if a.kind in ("tax", "additional_tax") and a.date <= on)
    parts = (m["failure_to_file"], m["failure_to_pay"], m["interest"], m["other_penalties"])
    whole = charged + sum(Decimal(p or 0) for p in parts) - Decimal(m["paid"])
    assert Decimal(m["payoff"] or 0) == max(Decimal(0), whole)


@SLOW
@given(of=debts(), on=st.dates(date(2020, 4, 1), date(2026, 12, 31)), cut=st.dates(date(2020, 4, 1), date(2026, 12, 31)))  # fmt: skip
def test_a_payment_of_nothing_cuts_the_days_and_changes_nothing(of: Module, on: date, cut: date) -> None:
    divided = replace(of, payments=(*of.payments, pay("0.00", cut.isoformat())))
    whole, parts = (case_view(case(m), on)["modules"][0] for m in (of, divided))
    for figure in ("payoff", "interest", "failure_to_pay", "failure_to_file"):
        assert whole[figure] == parts[figure]  # type: ignore[literal-required]


@given(three=st.lists(days, min_size=3, max_size=3).map(sorted))
def test_splitting_a_span_of_days_changes_nothing(three: list[date]) -> None:
    start, middle, end = three
    assert abs(factor(start, middle) * factor(middle, end) - factor(start, end)) < Decimal("1e-22")
    found = pieces(start, end)
    assert sum((p.last - p.first).days + 1 for p in found) == (end - start).days
    for one, following in itertools.pairwise(found):
        assert one.last + timedelta(days=1) == following.first


@given(
    on=st.dates(date(2000, 1, 1), date(2060, 12, 31)),
    code=st.sampled_from(
        ["CP14", "CP501", "CP504", "LT11", "CP91", "CP92", "LT16", "CP523", "CP2000", "CP22A"]
    ),
)
def test_no_last_day_to_act_is_a_day_off(on: date, code: str) -> None:
    text = on.isoformat()
    of = case(
        module(
            assessments=(tax("100.00", text),),
            notices=(letter(code, text),),
            hearings=(Hearing(kind="lien", requested=on, determined=on),),
        ),
        liens=(lien(text),),
        agreements=(plan(status="terminated", accepted=text, ended=text),),
    )
    for one in deadlines(of):
        if one.kind != "levy_bar_end":  # the end of a bar: nobody has to act by it
            assert not is_day_off(one.last_day), (one.kind, one.last_day)


@SLOW
@given(of=debts(), on=st.dates(date(2020, 4, 1), date(2026, 12, 30)))
def test_a_day_costs_what_per_day_says(of: Module, on: date) -> None:
    """Apart from a new month of penalty and the end of free days, tomorrow is today and one day's interest."""

    def alone(day: date) -> tuple[Decimal, Decimal]:
        known: Case = case(replace(of, payments=tuple(p for p in of.payments if p.date <= on)))
        seen = case_view(known, day)["modules"][0]
        return Decimal(seen["interest"] or 0), Decimal(case_view(known, day)["balance"]["per_day"] or 0)

    (now, per_day), (tomorrow, _) = alone(on), alone(on + timedelta(days=1))
    same_assessments = all(a.date != on + timedelta(days=1) for a in of.assessments)
    same_rate = len(pieces(on - timedelta(days=1), on + timedelta(days=1))) == 1
    if per_day and same_assessments and same_rate and on >= D("2024-12-31"):
        assert abs(tomorrow - now - per_day) <= Decimal("0.01")
