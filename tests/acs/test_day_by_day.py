"""The ledger against the slowest honest way: one day after the other."""

from datetime import date, timedelta
from decimal import Decimal

from build import case, module, pay, tax, view
from hypothesis import given, settings
from hypothesis import strategies as st

from acs import law

DUE, TODAY = date(2022, 4, 18), date(2025, 3, 14)
payments = st.lists(
    st.tuples(st.dates(date(2022, 1, 1), TODAY), st.integers(1, 900_000).map(lambda n: Decimal(n) / 100)),
    max_size=5,
)


def slowly(owed: Decimal, paid: list[tuple[date, Decimal]]) -> Decimal:
    """Interest on a tax of `owed` dollars, counted day by day."""
    balance, interest, day = owed, Decimal(0), DUE
    balance -= sum((amount for on, amount in paid if on <= DUE), Decimal(0))
    while day < TODAY and balance > 0:
        day += timedelta(days=1)
        leap = day.year % 4 == 0
        added = balance * law.amount("interest.underpayment_rate", on=day) / (366 if leap else 365)
        interest += added
        balance += added - sum((amount for on, amount in paid if on == day), Decimal(0))
    return interest


@settings(max_examples=40, deadline=None)
@given(paid=payments)
def test_interest_is_what_each_day_adds(paid: list[tuple[date, Decimal]]) -> None:
    owed = Decimal("20000.00")
    assessed = (tax("20000.00", "2022-06-06"),)
    made = tuple(pay(str(amount), on.isoformat()) for on, amount in paid)
    of = module(period="2021", due=DUE, filed=DUE, notices=(), assessments=assessed, payments=made)
    seen = Decimal(view(case(of), TODAY.isoformat())["modules"][0]["interest"])
    assert abs(seen - slowly(owed, paid)) <= Decimal("0.02")
