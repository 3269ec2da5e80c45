"""What a plan still waits for: counted by hand from the days of the plan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from acs.case import Agreement, Case, Module, Name, Payment
from acs.plan_cure import missed

PLAN = Agreement(
    kind="simple", status="active", accepted=date(2026, 1, 20), monthly=Decimal("225.00"), day=10
)


def case(*paid: date) -> Case:
    payments = tuple(Payment(kind="payment", date=one, amount=Decimal("225.00")) for one in paid)
    module = Module(form="1040", period="2023", payments=payments)
    return Case(id="T", kind="individual", name=Name(), tin="900700000", modules=(module,))


def test_every_day_of_the_plan_since_the_last_payment_is_missing():
    found = missed(case(date(2026, 3, 10), date(2026, 8, 10)), PLAN, date(2026, 11, 22))
    assert found.days == (date(2026, 9, 10), date(2026, 10, 10), date(2026, 11, 10))
    assert found.amount == Decimal("675.00")


def test_nothing_is_missing_on_the_day_a_payment_is_due():
    assert missed(case(date(2026, 10, 10)), PLAN, date(2026, 11, 10)).days == ()


def test_a_payment_made_late_counts_for_the_days_before_it():
    assert missed(case(date(2026, 11, 3)), PLAN, date(2026, 11, 9)).days == ()


def test_without_any_payment_the_first_is_due_a_month_after_acceptance():
    # Accepted January 20: the first 10th at least a month later is March 10.
    assert missed(case(), PLAN, date(2026, 4, 1)).days == (date(2026, 3, 10),)


def test_payments_before_the_plan_do_not_count():
    assert missed(case(date(2026, 1, 5)), PLAN, date(2026, 3, 11)).days == (date(2026, 3, 10),)
