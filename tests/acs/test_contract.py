"""The shape of the view, field by field, for every demo case and for the sample of the case file."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from test_casefile import SAMPLE

from acs.case import Case
from acs.casefile import load, loads
from acs.view import case_view

DEMO = Path(__file__).resolve().parents[2] / "demo" / "cases"
CASES = {c.id: c for path in sorted(DEMO.glob("*.yml")) for c in load(path)} | {"sample": loads(SAMPLE)[0]}
DAYS = [date(2024, 6, 10), date(2025, 3, 1), date(2026, 11, 10), date(2026, 11, 22), date(2027, 2, 1)]

MONEY = re.compile(r"-?\d+\.\d\d")
DEADLINES = """interest_free_payment notice_response cdp_hearing equivalent_hearing lien_cdp_hearing tax_court_petition
bank_levy_release agreement_termination levy_bar_end""".split()
OFFICES = "notice_stream acs queue revenue_officer private_agency appeals".split()
FEES = {"online_direct_debit", "online_other", "phone_direct_debit", "phone_other"}
PLANS = "guaranteed_plan simple_plan regular_plan partial_pay_plan".split()
PERIODS = {"weekly", "biweekly", "semimonthly", "monthly"}


def money(value: Any, reason: Any = None) -> None:
    """Two decimals; null only with a reason beside it."""
    if value is None:
        assert reason
    else:
        assert isinstance(value, str)
        assert MONEY.fullmatch(value)


def day(value: Any) -> None:
    assert date.fromisoformat(value)


@pytest.fixture(params=[(name, on) for name in CASES for on in DAYS], ids=lambda p: f"{p[0]}-{p[1]}")
def seen(request: pytest.FixtureRequest) -> Any:
    name, on = request.param
    return json.loads(json.dumps(case_view(CASES[name], on, cases=CASES)))


def test_every_field_of_the_view(seen: Any) -> None:
    assert list(seen)[:2] == ["taxpayer", "as_of"]
    for figure in ("payoff", "assessed", "accrued", "per_day"):
        money(seen["balance"][figure], seen["balance"].get("reason"))
    for m in seen["modules"]:
        for (
            figure
        ) in "tax failure_to_file failure_to_pay interest other_penalties paid payoff assessed".split():
            money(m[figure], m.get("reason"))
        assert m["collection_statute_expires"] is None or date.fromisoformat(m["collection_statute_expires"])
        assert m["latest_notice"] is None or set(m["latest_notice"]) == {"code", "date"}
    assert seen["assignment"]["to"] in OFFICES
    assert seen["assignment"]["can"]
    assert seen["assignment"]["cannot"]
    for d in seen["deadlines"]:
        assert d["kind"] in DEADLINES
        day(d["last_day"])
        left = (date.fromisoformat(d["last_day"]) - date.fromisoformat(seen["as_of"])).days
        assert d["days_left"] == max(0, left)
        assert d["passed"] is (left < 0)
        assert d["source"]
        assert {"period", "notice", "notice_date", "form"} <= set(d)
    assert isinstance(seen["levy"]["allowed"], bool)
    assert bool(seen["levy"]["blocked_by"]) is not seen["levy"]["allowed"]
    assert isinstance(seen["levy"]["exceptions"], list)
    money(seen["passport"]["threshold"], seen["passport"].get("reason"))
    money(seen["passport"]["counted"])
    assert isinstance(seen["passport"]["certifiable"], bool)
    assert "certified" in seen["passport"]
    assert seen["private_agency"]["may_hold"] is (not seen["private_agency"]["reasons"])
    for e in seen["forecast"]:
        assert set(e) >= {"date", "event", "if", "source"}


def test_every_term_of_the_options(seen: Any) -> None:
    options = {o["option"]: o for o in seen["options"]}
    assert len(options) == len(seen["options"]) == 21
    for o in options.values():
        assert o["reasons"]
        for r in o["reasons"]:
            assert {"code", "ok", "text", "source"} <= set(r)
    published = {
        name: o["terms"] for name, o in options.items() if "figure_published" not in str(o["reasons"])
    }
    for name in PLANS:
        if name in published:
            terms = published[name]
            assert terms["months_max"] is None or terms["months_max"] > 0
            assert set(terms["fee"]) == FEES
            for figure in ("monthly_minimum", "monthly_recommended"):
                assert terms[figure] is None or MONEY.fullmatch(terms[figure])
            if terms["monthly_minimum"] and terms["monthly_recommended"]:
                assert float(terms["monthly_recommended"]) > float(terms["monthly_minimum"])
    if "short_term_plan" in published:
        day(published["short_term_plan"]["last_payment"])
        assert set(published["short_term_plan"]["fee"].values()) == {"0.00"}
    if "offer_in_compromise" in published:
        assert MONEY.fullmatch(published["offer_in_compromise"]["fee"])
        assert published["offer_in_compromise"]["down_payment_rate"] in ("0.20", "0.00")
    for name in ("first_time_abatement", "reasonable_cause"):
        assert isinstance(published[name]["penalties"], list)


def test_exempt_pay_by_period(seen: Any) -> None:
    exempt = seen["levy"].get("exempt_wages")
    if exempt and exempt["with_statement"]:
        for period in PERIODS:
            assert set(exempt[period]) == {"with_statement", "without_statement"}
            money(exempt[period]["with_statement"])
            money(exempt[period]["without_statement"])
    elif exempt:
        assert exempt["reason"]
        assert exempt["reason_es"]


def test_a_wage_levy_shows_exempt_pay() -> None:
    levied: Case = CASES["sample"]
    seen = case_view(levied, date(2026, 11, 10))
    assert set(seen["levy"]["exempt_wages"]) >= PERIODS


def test_what_the_sample_says() -> None:
    """The sample of the case file: a plan runs, a hearing is asked for, hardship is on file."""
    seen = case_view(CASES["sample"], date(2026, 11, 22))
    assert seen["modules"][0]["tax"] == "8200.00"
    assert seen["balance"]["assessed"] == "8200.00"
    assert seen["assignment"]["name"] == "R. Ortiz"
    assert {"hardship", "agreement_in_effect", "cdp_hearing_pending"} <= set(seen["levy"]["blocked_by"])
