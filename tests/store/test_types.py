"""Money stays exact and moments keep their instant, on both databases."""

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, select

from store.types import Dollars, Moment

THINGS = Table(
    "things", MetaData(), Column("id", Integer, primary_key=True), Column("m", Dollars), Column("at", Moment)
)


@pytest.fixture
def connection(database):
    with database.engine.begin() as connection:
        THINGS.create(connection)
        yield connection
        THINGS.drop(connection)


@pytest.mark.parametrize("amount", ["0.01", "-1234.56", "999999999999.99", "8200", "0.10"])
def test_money_comes_back_to_the_cent(connection, amount):
    connection.execute(insert(THINGS).values(id=1, m=Decimal(amount)))
    back = connection.scalar(select(THINGS.c.m))
    assert back == Decimal(amount)
    assert back.as_tuple().exponent == -2


def test_part_of_a_cent_is_refused(connection):
    with pytest.raises(Exception, match="two decimals"):
        connection.execute(insert(THINGS).values(id=1, m=Decimal("0.005")))


def test_a_moment_comes_back_in_utc_even_in_the_hour_that_happens_twice(connection):
    second_0130 = datetime(2026, 11, 1, 1, 30, tzinfo=ZoneInfo("America/New_York"), fold=1)
    connection.execute(insert(THINGS).values(id=1, at=second_0130))
    assert connection.scalar(select(THINGS.c.at)) == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)


def test_a_moment_without_a_zone_is_refused(connection):
    with pytest.raises(Exception, match="time zone"):
        connection.execute(insert(THINGS).values(id=1, at=datetime(2026, 11, 1)))
