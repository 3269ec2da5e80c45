"""'What happens if I do nothing?' The days of the case, in order, and nothing promised."""

from __future__ import annotations

import pytest

from acs.codes import groups
from desk import ahead


@pytest.mark.parametrize(
    "said",
    [
        "what happens if i do nothing", "What happens if I don't pay?", "and what wonderful thing happens if i ignore it",
        "what happens next", "so what's next", "que pasa si no hago nada", "¿Qué pasa si no contesto?", "q pasa si la ignoro", "que sigue ahora",
    ],
)  # fmt: skip
def test_the_question_is_known_in_both_languages(said):
    assert ahead.asked(said)


@pytest.mark.parametrize(
    "said",
    [
        "what if I don't pay my rent",
        "what happens to my house",
        "si no pago la renta me sacan",
        "i did nothing",
    ],
)
def test_other_words_are_left_alone(said):
    assert not ahead.asked(said)


def test_the_owner_hears_the_dates_of_her_case(desk, spoken):
    # CP504 of November 9, 2026: the 30 days end December 9, so a state refund from the 10th (26 USC 6331(d)).
    desk.proves("T-1001")
    text = spoken(desk.says("cannot_pay_hardship", text="what happens if i do nothing"))
    assert "from December 10, 2026 the IRS can take a state tax refund" in text
    assert "forecast" in desk.audit.rows[-1][1]


def test_the_day_the_law_stops_barring_a_levy(desk, spoken):
    # LT11 of November 2, 2026: December 2 is the last day for a hearing (26 USC 6330(a)(3)(B)).
    desk.proves("T-1005")
    text = spoken(desk.says("case_status", text="que pasa si no hago nada"), language="es")
    assert "desde el 3 de diciembre de 2026" in text
    assert "No hay una fecha fija" in text


def test_the_end_of_the_time_to_collect_is_not_held_out(desk, spoken):
    desk.proves("T-1008")
    text = spoken(desk.says("case_status", text="what happens if i do nothing"))
    assert "2034" not in text
    assert "no fixed date" in text


def test_the_bank_sends_the_money_the_day_after_the_hold(desk, spoken):
    # Levy of November 10, 2026; 21 days end December 1 (26 USC 6332(c)).
    desk.proves("T-1019")
    text = spoken(desk.says("case_status", text="what happens if i do nothing"))
    assert "from December 2, 2026 the bank sends the money" in text


def test_a_stranger_hears_what_usually_follows_the_letter_and_nothing_of_a_case(desk, spoken):
    desk.says("notice_question", notice="CP504")
    answer = desk.says("notice_question", text="what happens if i ignore it")
    assert answer.secure_form == "identity"
    assert "final notice" in spoken(answer)
    assert desk.audit.rows == []


def test_after_identity_the_same_question_is_answered(desk, spoken):
    desk.says("case_status", text="what happens if i do nothing")
    desk.proves("T-1005")
    assert "December 3, 2026" in spoken(desk.says("verified"))


def test_who_takes_the_case_next_is_told(desk, spoken):
    # CP504 of November 9, 2026; five weeks later the office usually has it: Monday, December 14.
    desk.proves("T-1001")
    said = desk.says("case_status", text="what happens if i do nothing")
    assert "Around December 14, 2026 the case usually goes to ACS" in spoken(said)
    assert "Hacia el 14 de diciembre de 2026 el caso suele pasar a ACS" in spoken(said, language="es")


def test_a_lien_and_the_letter_that_is_next_are_told(desk, spoken):
    # T-1017: a debt over $10,000 with no lien on file, and no final notice yet.
    desk.proves("T-1017")
    text = spoken(desk.says("case_status", text="what happens if i do nothing"))
    assert "a public notice of lien may be filed" in text
    assert "the final notice is usual. It gives you the right to a hearing" in text


def test_every_event_of_the_rules_is_told_or_left_out_on_purpose():
    left_out = {"collection_time_ends", "equivalent_hearing_over", "lien_hearing_over"}
    assert set(groups()["events"]) == ahead.EVENTS | left_out
