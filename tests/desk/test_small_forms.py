"""More time, another amount, a plan in trouble, a promise, a call-back: done, refused, corrected, left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from desk_fakes import said

from desk import forms, when


def send(desk, intent, text="", **entities):
    """A message while a form is open: how it ended; what was said is kept in `desk.told`."""
    here = desk.visit("x")
    here.heard = said(intent, text, **entities)
    how, answers = forms.take(here)
    desk.told = answers
    return how


def question(desk):
    return forms.ask(desk.visit("x"))


def done(desk):
    assert send(desk, "affirm") == forms.DONE
    return forms.finish(desk.visit("affirm"), forms.DONE)


def requests(desk):
    return {one.kind: one for one in desk.requests.requests.values()}


# --- more time to pay it all --------------------------------------------------------------------------------


def test_more_time_until_a_day_of_the_callers_choice(desk, spoken):
    # 180 days from November 22, 2026 is May 21, 2027.
    desk.proves("T-1001")
    answer = desk.says("short_term_extension")
    assert "May 21, 2027" in spoken(answer)
    assert answer.start == "short_term"
    assert question(desk).listen == "date"
    send(desk, "inform", date="2027-03-15")
    assert "by March 15, 2027, with no fee" in spoken(question(desk))
    assert "March 15, 2027" in spoken(done(desk))
    assert requests(desk)["short_term_plan"].facts["pay_by"] == "2027-03-15"
    assert [a.kind for a in desk.cases.get("T-1001").agreements] == ["short_term"]
    assert "03/15/2027" in desk.cases.notes[-1][1]


def test_a_day_beyond_the_law_is_not_taken(desk, spoken):
    desk.proves("T-1001")
    desk.says("short_term_extension", date="2027-05-22")
    assert question(desk).ask.words == "utter_ask_short_term_date"
    send(desk, "inform", date="2027-05-22")
    assert "last possible day is May 21, 2027" in spoken(desk.told[0])
    send(desk, "inform", date="2027-05-21")
    assert "May 21, 2027" in spoken(question(desk))


def test_a_day_named_at_once_is_read_back_at_once(desk, spoken):
    desk.proves("T-1001")
    desk.says("short_term_extension", date="2027-01-15")
    assert "January 15, 2027" in spoken(question(desk), language="en")
    send(desk, "inform", "actually the 20th", date="2026-11-20")
    assert "20 de diciembre de 2026" in spoken(question(desk), language="es")


def test_who_has_a_plan_hears_of_it_instead_of_more_time(desk):
    desk.proves("T-1008")
    assert desk.says("short_term_extension").start is None


def test_more_time_asked_for_twice_is_one_request_and_told_afterwards(desk, spoken):
    desk.proves("T-1001")
    desk.says("short_term_extension", date="2027-01-15")
    done(desk)
    assert "January 15, 2027" in spoken(desk.says("short_term_extension"))
    assert len(desk.requests.requests) == 1


# --- another amount or day ----------------------------------------------------------------------------------


def test_another_amount_is_judged_priced_and_requested(desk, spoken):
    # Changing a plan costs 10 online and 89 by phone since July 1, 2024; James is not low income.
    desk.proves("T-1008")
    assert desk.says("change_plan", amount="350.00").start == "change"
    text = spoken(question(desk))
    assert "$350.00 a month, on day 15" in text
    assert "$10.00 online or $89.00 by phone" in text
    assert "pay as you do now" in spoken(done(desk))
    assert requests(desk)["plan_change"].facts == {"amount": "350.00"}
    assert [a.monthly for a in desk.cases.get("T-1008").agreements] == [Decimal("300.00")]


def test_an_amount_that_never_pays_off_is_not_taken(desk, spoken):
    desk.proves("T-1008")
    answer = desk.says("change_plan", amount="60.00")
    assert "does not pay it off in time" in spoken(answer)
    assert question(desk).ask.words == "utter_ask_plan_change_what"
    assert not desk.requests.requests


def test_another_day_and_then_another_one(desk, spoken):
    desk.proves("T-1008")
    desk.says("change_plan", day="20")
    assert "on day 20" in spoken(question(desk))
    send(desk, "inform", "no, the 5th", day="5")
    assert "on day 5" in spoken(question(desk))
    assert send(desk, "deny") == forms.NO
    assert "stays as it is" in spoken(forms.finish(desk.visit("deny"), forms.NO))
    assert not desk.requests.requests


def test_another_bank_takes_no_account_number(desk, spoken):
    desk.proves("T-1008")
    desk.says("change_plan")
    send(desk, "inform", "i have a new bank account")
    assert "another bank account" in spoken(question(desk))
    assert "no account numbers" in spoken(done(desk))


# --- a plan in trouble --------------------------------------------------------------------------------------


def test_what_is_missing_can_be_paid_before_the_plan_ends(desk, spoken):
    desk.proves("T-1009")
    assert desk.says("missed_payment").start == "reinstate"
    assert question(desk).choices == ("plan_cure", "plan_reinstate", "person")
    send(desk, "inform", option="plan_cure")
    send(desk, "inform", date="2026-11-26")
    assert "after November 25, 2026" in spoken(desk.told[0])
    send(desk, "inform", date="2026-11-24")
    assert "you pay $675.00 by November 24, 2026" in spoken(question(desk))
    done(desk)
    assert requests(desk)["plan_cure"].facts["amount"] == "675.00"


def test_a_plan_can_be_asked_back_with_its_fee(desk, spoken):
    # Carla's income is low: reinstating costs nothing online with direct debit, 43 by phone.
    desk.proves("T-1009")
    desk.says("missed_payment")
    send(desk, "inform", "put it back please")
    assert "$225.00 a month, on day 10" in spoken(question(desk))
    done(desk)
    assert requests(desk)["plan_reinstate"].status == "submitted"


# --- a promise to pay ---------------------------------------------------------------------------------------


def test_a_promise_is_kept_with_its_day_and_changes_no_date(desk, spoken):
    desk.proves("T-1001")
    assert desk.says("make_payment", amount="500.00", date="2026-12-04").start == "promise"
    assert "$500.00 by December 4, 2026" in spoken(question(desk))
    assert "changes no date" in spoken(done(desk))
    assert requests(desk)["promise"].facts["due"] == "2026-12-04"


def test_more_than_is_owed_is_promised_as_what_is_owed(desk, spoken):
    desk.proves("T-1001")
    desk.says("make_payment", amount="999999.00", date="2026-12-04")
    assert forms.draft(desk.visit("x"), "promise")["amount"] == desk.visit("x").view["balance"]["payoff"]


def test_a_stranger_hears_how_to_pay_and_nothing_of_a_case(desk, spoken):
    answer = desk.says("make_payment", amount="500.00")
    assert answer.start is None
    assert "Direct Pay" in spoken(answer)


def test_a_promise_left_alone_keeps_nothing(desk):
    desk.proves("T-1001")
    desk.says("make_payment", amount="500.00", date="2026-12-04")
    forms.cancel(desk.visit("deny"))
    assert not desk.requests.requests
    assert forms.opened(desk.visit("x")) is None


# --- a reminder ---------------------------------------------------------------------------------------------


@pytest.fixture
def reminded(desk):
    """Rosa, who has just promised to pay on December 4."""
    desk.proves("T-1001")
    desk.says("make_payment", amount="500.00", date="2026-12-04")
    desk.last = done(desk)
    return desk


def test_a_reminder_is_offered_with_the_end_of_the_number_and_sent_only_after_yes(reminded, spoken):
    assert "Shall I text a reminder on December 3, 2026 to the number ending in 0143?" in spoken(
        reminded.last
    )
    assert not reminded.reminders.planned
    assert "December 3, 2026" in spoken(reminded.says("affirm"))
    (one,) = reminded.reminders.planned.values()
    # Ten in the morning in Austin (UTC-6), the day before.
    assert one.at == datetime(2026, 12, 3, 16, 0, tzinfo=UTC)
    assert (one.channel, one.what, one.about) == ("sms", "payment", date(2026, 12, 4))


def test_no_to_the_reminder_plans_nothing(reminded):
    reminded.says("deny")
    assert not reminded.reminders.planned


def test_nobody_who_said_stop_is_offered_a_reminder(desk):
    desk.proves("T-1001")
    desk.reminders.stopped.add("+15125550143")
    desk.says("make_payment", amount="500.00", date="2026-12-04")
    assert done(desk).ask.words == "utter_anything_else"


def test_remind_me_takes_the_next_last_day(desk, spoken):
    # CP504 of November 9: December 9 is the last day; three days before is December 6.
    desk.proves("T-1001")
    text = spoken(desk.says("inform", text="please remind me before the deadline"))
    assert "December 6, 2026" in text


def test_a_reminder_is_dropped_when_the_thing_is_done(desk):
    from acs.case import Payment
    from desk.outbound import not_needed
    from desk.ports import Reminder

    case = desk.cases.get("T-1001")
    one = Reminder(
        "k", "T-1001", "c", "sms", "+15125550143", "payment", date(2026, 12, 4),
        datetime(2026, 12, 3, tzinfo=UTC), "en", datetime(2026, 11, 22, tzinfo=UTC),
    )  # fmt: skip
    assert not_needed(one, case, date(2026, 12, 3)) is None
    paid = Payment(kind="payment", date=date(2026, 12, 1), amount=Decimal(500))
    module = replace(case.modules[0], payments=(*case.modules[0].payments, paid))
    assert not_needed(one, replace(case, modules=(module,)), date(2026, 12, 3)) == "paid"
    assert not_needed(one, case, date(2026, 12, 5)) == "the day is over"
    assert not_needed(one, replace(case, deceased=date(2026, 12, 1)), date(2026, 12, 3)) == "no one to remind"


# --- a call-back --------------------------------------------------------------------------------------------


def test_a_call_back_is_promised_for_a_day_an_hour_and_a_number(desk, spoken):
    desk.contacts.get("c").phone = "+15125550143"
    desk.says("request_callback", text="call me tomorrow at 3", date="2026-11-23")
    text = spoken(question(desk))
    assert "November 23, 2026 at 3:00 PM" in text
    assert "0143" in text
    done(desk)
    ((wanted, phone, at),) = desk.call_backs.promised
    assert (phone, at) == ("+15125550143", datetime(2026, 11, 23, 21, 0, tzinfo=UTC))
    assert wanted.card["asked_for"]


def test_a_stranger_in_a_chat_is_asked_for_hour_and_number(desk, spoken):
    desk.says("request_callback", text="call me back")
    assert question(desk).ask.words == "utter_ask_callback_when"
    send(desk, "inform", "monday morning", date="2026-11-23")
    assert question(desk).ask.words == "utter_ask_callback_phone"
    send(desk, "inform", "512 555 0143", phone="5125550143")
    assert "9:00 AM" in spoken(question(desk))
    done(desk)
    assert not desk.requests.requests


def test_an_hour_at_night_is_moved_into_the_hours_of_the_law(desk):
    desk.contacts.get("c").phone = "+15125550143"
    desk.says("request_callback", text="call me tomorrow at 6 am", date="2026-11-23")
    assert "8:00 AM" in str(question(desk).say)


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("tomorrow at 3", (15, 0)),
        ("at 9:30", (9, 30)),
        ("around eleven am", (11, 0)),
        ("mañana a las cuatro", (16, 0)),
        ("mañana por la mañana", (9, 0)),
        ("en la tarde", (14, 0)),
        ("10 am", (10, 0)),
        ("after 5 pm", (17, 0)),
        ("a las 8 de la noche", (20, 0)),
    ],
)
def test_the_hour_somebody_names(text, hour):
    found = when.hour_of(text)
    assert (found.hour, found.minute) == hour


def test_no_hour_is_heard_where_none_is_named():
    assert when.hour_of("next tuesday") is None
    assert when.hour_of("i owe 3 years") is None
