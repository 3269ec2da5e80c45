"""Three items must fit, in any spelling; one that does not fit spoils it, and nobody learns which."""

from __future__ import annotations

from datetime import date

import pytest

from desk.identity import NOBODY, Known, claim, fits, may_try

ROSA = Known("900-70-1234", "individual", date(1984, 3, 9), "78701", "4471902")
SHOP = Known("900-11-2222", "business", None, "78702", "5512345")


@pytest.mark.parametrize(
    "given",
    [
        {"tin": "900-70-1234", "date_of_birth": "1984-03-09", "zip": "78701"},
        {"tin": "900701234", "date_of_birth": "03091984", "caller_id": "4471902"},
        {"tin": "900 70 1234", "date_of_birth": "3/9/1984", "zip": "78701-1234"},
        {"tin": "900701234", "date_of_birth": "1984-03-09", "zip": "78701", "caller_id": "4471902"},
        {"tin": "900701234", "date_of_birth": "1984-03-09", "zip": "78701", "caller_id": ""},
    ],
)
def test_the_right_items_fit_in_any_spelling(given: dict[str, str]) -> None:
    assert fits(claim(given), ROSA)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"tin": "900701234"},
        {"tin": "900701234", "date_of_birth": "1984-03-09"},
        {"tin": "900701234", "zip": "78701", "caller_id": "4471902"},
        {"date_of_birth": "1984-03-09", "zip": "78701", "caller_id": "4471902"},
        {"tin": "900701235", "date_of_birth": "1984-03-09", "zip": "78701"},
        {"tin": "900701234", "date_of_birth": "1984-09-03", "zip": "78701"},
        {"tin": "900701234", "date_of_birth": "1984-03-09", "zip": "78702"},
        {"tin": "900701234", "date_of_birth": "1984-03-09", "zip": "78701", "caller_id": "1"},
        {"tin": "none", "date_of_birth": "none", "zip": "none"},
        {"tin": "900701234", "date_of_birth": "1984-02-31", "zip": "78701"},
        {"tin": "1900701234", "date_of_birth": "1984-03-09", "zip": "78701"},
    ],
)
def test_anything_less_or_wrong_does_not(given: dict[str, str]) -> None:
    assert not fits(claim(given), ROSA)
    assert not fits(claim(given), NOBODY)


def test_a_business_has_no_birthday_and_needs_zip_and_caller_id() -> None:
    assert fits(claim({"tin": "90-0112222", "zip": "78702", "caller_id": "5512345"}), SHOP)
    assert not fits(claim({"tin": "90-0112222", "zip": "78702"}), SHOP)
    assert not fits(claim({"tin": "90-0112222", "date_of_birth": "1984-03-09", "zip": "78702"}), SHOP)


def test_a_case_without_zip_cannot_be_opened_by_an_empty_one() -> None:
    bare = Known("900-70-1234", "individual", date(1984, 3, 9))
    assert not fits(claim({"tin": "900701234", "date_of_birth": "1984-03-09", "zip": ""}), bare)
    assert not fits(claim({"tin": "900701234", "date_of_birth": "1984-03-09", "zip": "none"}), bare)


def test_the_dead_do_not_call() -> None:
    late = Known("900-70-1234", "individual", date(1984, 3, 9), "78701", deceased=True)
    assert not fits(claim({"tin": "900701234", "date_of_birth": "1984-03-09", "zip": "78701"}), late)


def test_limits_hold_each_by_itself() -> None:
    assert may_try(in_contact=2, on_number=4, by_caller=9)
    assert not may_try(in_contact=3, on_number=0, by_caller=0)
    assert not may_try(in_contact=0, on_number=5, by_caller=0)
    assert not may_try(in_contact=0, on_number=0, by_caller=10)
