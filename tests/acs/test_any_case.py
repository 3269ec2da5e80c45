"""Whatever a valid case file says, there is a view, and its sums hold."""

import json
from datetime import date
from decimal import Decimal
from unittest.mock import patch

from build import case, hold, letter, plan
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acs.case import (
    Address,
    Assessment,
    Assignment,
    Case,
    Hearing,
    Levy,
    LevySource,
    Lien,
    Module,
    Name,
    Notice,
    Payment,
    Return,
    ReturnPenalty,
)
from acs.casefile import dump, loads
from acs.notices import known_codes
from acs.view import case_view

days = st.dates(date(2016, 1, 1), date(2032, 12, 31))
maybe = st.none() | days
money = st.integers(0, 20_000_000).map(lambda n: Decimal(n) / 100)
kinds = st.sampled_from(
    [
        "tax",
        "tax",
        "additional_tax",
        "failure_to_file",
        "failure_to_pay",
        "estimated_tax",
        "accuracy",
        "interest",
    ]
)

assessments = st.builds(Assessment, kind=kinds, date=days, amount=money)
payments = st.builds(
    Payment,
    kind=st.sampled_from(["withholding", "payment", "refund_offset", "levy"]),
    date=days,
    amount=money,
)
notices = st.builds(
    Notice, code=st.sampled_from([*known_codes(), "CP297", "XYZ1"]), date=days, deadline=maybe
)
hearings = st.builds(Hearing, kind=st.sampled_from(["levy", "lien"]), requested=days, determined=maybe)
modules = st.builds(
    Module, form=st.sampled_from(["1040", "941", "1120", "CIVPEN"]), period=st.sampled_from(["2019", "2021", "2023", "2024Q2", "x"]),
    joint=st.booleans(), due=maybe, extended_to=maybe, filed=maybe,
    assessments=st.lists(assessments, max_size=5).map(tuple), payments=st.lists(payments, max_size=4).map(tuple),
    notices=st.lists(notices, max_size=4).map(tuple), hearings=st.lists(hearings, max_size=2).map(tuple),
)  # fmt: skip
agreements = st.builds(
    lambda kind, status, requested, accepted, ended, monthly, debit: plan(kind, status, monthly=monthly, direct_debit=debit)
    if requested is None
    else plan(kind, status, monthly=monthly, direct_debit=debit, requested=requested.isoformat(), **_iso(accepted, ended)),
    st.sampled_from(["short_term", "guaranteed", "simple", "regular", "partial_pay"]),
    st.sampled_from(["pending", "active", "defaulted", "terminated", "rejected", "completed"]),
    maybe, maybe, maybe, st.none() | money, st.booleans(),
)  # fmt: skip
holds = st.builds(
    lambda kind, since, to: hold(kind, since.isoformat(), to.isoformat() if to else None),
    st.sampled_from(["hardship", "offer", "bankruptcy", "innocent_spouse", "identity_theft", "disaster", "combat_zone", "abroad"]),
    days, maybe,
)  # fmt: skip
returns = st.builds(
    Return, form=st.just("1040"), period=st.sampled_from(["2020", "2021", "2022"]), due=maybe, filed=maybe,
    penalties=st.lists(st.builds(ReturnPenalty, kind=st.sampled_from(["failure_to_file", "estimated_tax"])), max_size=1).map(tuple),
)  # fmt: skip


def _iso(accepted: date | None, ended: date | None) -> dict[str, str]:
    return {k: d.isoformat() for k, d in (("accepted", accepted), ("ended", ended)) if d}


def _unique(found: list[Module]) -> tuple[Module, ...]:
    return tuple({(m.form, m.period): m for m in found}.values())


@st.composite
def any_case(draw: st.DrawFn) -> Case:
    return case(
        *(draw(st.lists(modules, min_size=1, max_size=3).map(_unique))),
        name=Name(first="Ann", last="Lee", business="Lee LLC"),
        kind=draw(st.sampled_from(["individual", "individual", "business"])),
        filing_status=draw(st.sampled_from([None, "single", "married_joint"])),
        household_size=draw(st.none() | st.integers(1, 9)),
        agi=draw(st.none() | money),
        address=draw(st.none() | st.builds(Address, state=st.sampled_from(["TX", "AK"]))),
        date_of_birth=draw(maybe),
        deceased=draw(maybe),
        agreements=tuple(draw(st.lists(agreements, max_size=2))),
        holds=tuple(draw(st.lists(holds, max_size=2))),
        returns=tuple(draw(st.lists(returns, max_size=2))),
        liens=tuple(draw(st.lists(st.builds(Lien, filed=days, released=maybe), max_size=2))),
        levies=tuple(
            draw(
                st.lists(
                    st.builds(Levy, kind=st.sampled_from(["wages", "bank"]), served=days, released=maybe),
                    max_size=2,
                )
            )
        ),
        levy_sources=tuple(draw(st.lists(st.builds(LevySource, kind=st.just("employer")), max_size=1))),
        assignment=draw(
            st.none()
            | st.builds(
                Assignment, to=st.sampled_from(["acs", "private_agency", "revenue_officer"]), since=maybe
            )
        ),
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(of=any_case(), on=st.dates(date(2015, 1, 1), date(2035, 12, 31)))
def test_there_is_always_a_view_and_its_sums_hold(of: Case, on: date) -> None:
    seen = case_view(of, on)
    json.dumps(seen)
    payoffs = [m["payoff"] for m in seen["modules"]]
    if None in payoffs:
        assert seen["balance"]["payoff"] is None
        assert seen["balance"].get("reason")
    else:
        assert Decimal(seen["balance"]["payoff"] or 0) == sum(Decimal(p or 0) for p in payoffs)
    for m in seen["modules"]:
        figures = [
            m[k]
            for k in (
                "tax",
                "failure_to_file",
                "failure_to_pay",
                "interest",
                "other_penalties",
                "paid",
                "payoff",
                "assessed",
            )
        ]  # type: ignore[literal-required]
        assert all(f is None or Decimal(f) >= 0 for f in figures)
        assert None not in figures or m["reason"]
        if m["payoff"] is not None:
            assert Decimal(m["payoff"]) >= Decimal(m["assessed"])
    for d in seen["deadlines"]:
        assert d["passed"] is (d["last_day"] < seen["as_of"])
    assert seen["levy"]["allowed"] is (not seen["levy"]["blocked_by"])
    for o in seen["options"]:
        assert o["reasons"]
        assert o["eligible"] is all(r["ok"] for r in o["reasons"])
    assert all(e["date"] >= seen["as_of"] for e in seen["forecast"])


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(of=any_case())
def test_any_case_is_written_and_read_back_equal(of: Case) -> None:
    with patch("acs.casefile_reader.findings", return_value=()):  # any days at all, plausible or not
        assert loads(dump([of])) == [of]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(of=any_case(), on=st.dates(date(2019, 1, 1), date(2026, 12, 30)), extra=money)
def test_paying_more_never_costs_more(of: Case, on: date, extra: Decimal) -> None:
    from dataclasses import replace

    if of.modules[0].due is None:
        return
    first = replace(
        of.modules[0], payments=(*of.modules[0].payments, Payment(kind="payment", date=on, amount=extra))
    )
    more = replace(of, modules=(first, *of.modules[1:]))
    before, after = case_view(of, on)["modules"][0]["payoff"], case_view(more, on)["modules"][0]["payoff"]
    if before is not None and after is not None:
        assert Decimal(after) <= Decimal(before)


def test_a_day_long_before_the_tables_has_a_view_too() -> None:
    for on in (date(1900, 1, 1), date(1960, 5, 5), date(1996, 2, 29), date(2100, 12, 31)):
        seen = case_view(case(), on)
        assert len(seen["options"]) == 21
    assert case_view(case(notes=()), date(2026, 2, 1))["balance"]["payoff"] is not None
    assert letter("CP14", "2024-06-03").code == "CP14"
