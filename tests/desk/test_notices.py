"""'I got a CP504': the general answer for anyone, the exact one for whoever proved who they are."""

from __future__ import annotations

import pytest

from channels.sms import parts, segments


def test_a_stranger_hears_what_a_cp504_is_and_nothing_of_any_case(desk, spoken):
    answer = desk.says("notice_question", notice="CP504")
    assert answer.secure_form == "identity"
    assert "30 days" in spoken(answer)
    assert "$" not in spoken(answer)
    assert desk.audit.rows == []


def test_the_last_day_for_a_date_read_from_the_letter(desk, spoken):
    # November 9, 2026 and 30 days is December 9, a Wednesday (26 USC 6331(d)(2)).
    answer = desk.says("notice_question", notice="CP504", date="2026-11-09")
    assert "December 9, 2026" in spoken(answer)


def test_a_last_day_on_a_sunday_rolls_to_monday(desk, spoken):
    # October 23, 2026 and 30 days is Sunday November 22; 26 USC 7503 gives Monday the 23rd.
    answer = desk.says("notice_question", notice="CP504", date="2026-10-23")
    assert "November 23, 2026" in spoken(answer)


def test_the_owner_hears_the_date_of_her_own_letter(desk, spoken):
    desk.proves("T-1001")
    text = spoken(desk.says("notice_question", notice="CP504"))
    assert "December 9, 2026" in text
    assert "cannot be levied" in text
    assert desk.audit.rows[0][0] == "T-1001"


def test_the_same_in_spanish(desk, spoken):
    desk.proves("T-1001")
    text = spoken(desk.says("notice_question", notice="CP504"), language="es")
    assert "9 de diciembre de 2026" in text


def test_a_hearing_that_is_still_open_is_told_with_its_last_day(desk, spoken):
    desk.proves("T-1005")
    assert "December 2, 2026" in spoken(desk.says("notice_question", notice="LT11"))


def test_a_letter_that_is_not_in_the_case_is_said_to_be_missing(desk, spoken):
    desk.proves("T-1002")
    assert "do not see the letter LT11" in spoken(desk.says("notice_question", notice="LT11"))


def test_an_unknown_letter_is_never_guessed_at(desk, spoken):
    assert "nothing on letter" in spoken(desk.says("notice_question", notice="CP9999"))


def test_no_letter_named_is_asked_for_once(desk):
    answer = desk.says("notice_question")
    assert answer.listen == "notice"
    assert [one.words for one in answer.says()] == ["utter_notice_each_its_day", "utter_ask_notice"]


@pytest.mark.parametrize(
    "code", ["CP14", "CP501", "CP503", "CP504", "LT11", "LT16", "CP523", "CP40", "CP71C", "CP91"]
)
def test_each_letter_of_the_stream_is_known_in_both_languages(desk, spoken, code):
    answer = desk.says("notice_question", notice=code)
    assert spoken(answer, "en") != spoken(answer, "es")


def test_a_text_gets_the_gist_and_fits_two_segments(desk, spoken):
    desk.contacts.get("c").channel = "sms"
    for language in ("en", "es"):
        answer = desk.says("notice_question", notice="CP504")
        sent = parts(spoken(answer, language, "sms"))
        assert sum(segments(one) for one in sent) <= 2


def test_your_letter_has_its_date_and_its_year(desk, spoken):
    desk.proves("T-1001")
    text = spoken(desk.says("notice_question", notice="CP504"))
    periods = [
        m.period for m in desk.cases.get("T-1001").modules if any(n.code == "CP504" for n in m.notices)
    ]
    assert f"dated November 9, 2026 and is for {periods[0]}" in text
