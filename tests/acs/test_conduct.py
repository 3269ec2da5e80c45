"""Who may be contacted when: 26 USC 6304 (hours, representatives, workplaces) and 7521(b)(2)."""

from datetime import UTC, datetime

import pytest
from build import D, case, hold

from acs.case import Address, Consents, Representative
from acs.codes import groups
from acs.conduct import SOURCES, contact, question_stops, time_zones

YES = Consents(sms=True, calls=True)


def someone(state="TX", zip="78701", phone="+15125550143", **changes):  # type: ignore[no-untyped-def]
    return case(**({"address": Address(state=state, zip=zip), "phone": phone, "consents": YES} | changes))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "reasons"),
    [
        ("2026-11-23T13:59", ("too_early",)),  # 7:59 in Austin
        ("2026-11-23T14:00", ()),  # 8:00
        ("2026-11-24T02:59", ()),  # 20:59
        ("2026-11-24T03:00", ("too_late",)),  # 21:00
        ("2026-07-01T13:00", ()),  # summer time: 8:00
        ("2026-07-01T12:59", ("too_early",)),
    ],
)
def test_after_eight_and_before_nine_by_the_persons_clock(moment: str, reasons: tuple[str, ...]) -> None:
    assert contact(someone(), at(moment)).reasons == reasons


@pytest.mark.parametrize(
    ("state", "zip", "phone", "zones"),
    [
        ("TX", "78701", None, {"America/Chicago"}),
        ("TX", "79901", None, {"America/Denver"}),  # El Paso: the ZIP code knows better than the state
        ("TX", None, None, {"America/Chicago", "America/Denver"}),
        ("HI", "96813", "+18085550143", {"Pacific/Honolulu"}),
        ("AZ", "85001", None, {"America/Phoenix"}),
        ("PR", "00901", None, {"America/Puerto_Rico"}),
        (
            "NY",
            "10001",
            "+12135550143",
            {"America/Los_Angeles", "America/New_York"},
        ),  # a phone that moved along
        ("NY", "10001", "+18005550143", {"America/New_York"}),  # a toll-free number tells nothing
        (None, None, "+15125550143", {"America/Chicago"}),
        (None, None, None, set()),
        ("ZZ", "00000", "+4930555014", {"Europe/Berlin"}),
    ],
)
def test_where_a_person_may_be(state, zip, phone, zones) -> None:  # type: ignore[no-untyped-def]
    assert set(time_zones(someone(state, zip, phone))) == zones


def test_every_place_has_to_agree() -> None:
    both = someone("NY", "10001", "+12135550143")
    assert contact(both, at("2026-11-23T14:00")).reasons == (
        "too_early",
    )  # 9:00 in New York, 6:00 in Los Angeles
    assert contact(both, at("2026-11-23T16:00")).allowed
    assert contact(both, at("2026-11-24T02:00")).reasons == ("too_late",)  # 21:00 in New York
    assert contact(both, at("2026-11-24T02:00")).next_hours == at("2026-11-24T16:00")


def test_when_the_hours_are_right_again() -> None:
    assert contact(someone(), at("2026-11-24T03:00")).next_hours == at("2026-11-24T14:00")
    assert contact(someone(), at("2026-11-23T15:00")).next_hours == at("2026-11-23T15:00")
    assert contact(someone(), at("2026-10-31T23:30")).next_hours == at("2026-10-31T23:30")
    assert contact(someone(), at("2026-11-01T03:00")).next_hours == at(
        "2026-11-01T14:00"
    )  # the clocks went back
    nowhere = case(consents=YES)
    assert contact(nowhere, at("2026-11-23T18:00")).reasons == ("time_zone_unknown",)


def test_a_representative_speaks_for_the_person() -> None:
    def reasons(form: str, **known: bool) -> tuple[str, ...]:
        lawyer = Representative(name="A. Ruiz", form=form)  # type: ignore[arg-type]
        return contact(someone(representatives=(lawyer,)), at("2026-11-23T18:00"), **known).reasons

    assert reasons("2848") == ("represented",)
    assert reasons("2848", representative_agrees=True) == ()
    assert reasons("8821") == ()  # may be told, does not act


def test_workplace_consent_death_and_bankruptcy() -> None:
    noon = at("2026-11-23T18:00")
    assert contact(someone(), noon, at_work=True).allowed
    assert contact(someone(), noon, at_work=True, employer_forbids=True).reasons == ("workplace",)
    assert contact(someone(consents=Consents(sms=True)), noon).reasons == ("no_consent",)
    assert contact(someone(consents=Consents(sms=True)), noon, "text").allowed
    assert contact(someone(consents=Consents()), at("2026-11-23T05:00"), "letter").allowed
    assert contact(someone(deceased=D("2026-01-05")), noon).reasons == ("deceased",)
    assert contact(someone(holds=(hold("bankruptcy", "2026-01-05"),)), noon).reasons == ("bankruptcy",)


def test_a_wish_to_ask_somebody_first_ends_the_questions() -> None:
    assert question_stops(wants_advice_first=True)
    assert not question_stops(wants_advice_first=False)


def test_every_reason_has_words_and_a_source() -> None:
    assert set(groups()["conduct"]) == set(SOURCES)
    assert all("USC" in source for source in SOURCES.values())
