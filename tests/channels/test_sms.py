"""A text fits its segments, is split between sentences, and nothing of it is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels import sms


@pytest.mark.parametrize(
    ("text", "gsm", "segments"),
    [
        ("", True, 0),
        ("a" * 160, True, 1),
        ("a" * 161, True, 2),
        ("a" * 306, True, 2),
        ("a" * 307, True, 3),
        ("[" * 80, True, 1),
        ("[" * 81, True, 2),
        # A pair may not be torn: 76 brackets are 152 septets, and the 153rd place stays empty.
        ("[" * 153, True, 3),
        ("ñ¿¡éü" * 32, True, 1),
        ("á" * 70, False, 1),
        ("á" * 71, False, 2),
        ("á" * 134, False, 2),
        ("á" * 135, False, 3),
        ("\U0001f600" * 35, False, 1),
        ("\U0001f600" * 36, False, 2),
        ("a" * 69 + "’", False, 1),
        ("a" * 159 + "’", False, 3),
    ],
)
def test_segments_as_the_carrier_counts_them(text, gsm, segments):
    assert sms.is_gsm(text) is gsm
    assert sms.segments(text) == segments


def test_curly_quotes_and_dashes_cost_nothing_any_more():
    written = "It’s “due” – today… • soon\u00a0now"
    assert sms.plain(written) == 'It\'s "due" - today... - soon now'
    assert sms.is_gsm(sms.plain(written))


def test_spanish_keeps_its_accents_unless_told():
    written = "Mañana usted podrá llamar: ¿sí o no? Está aquí."
    assert sms.plain(written) == written
    assert sms.plain(written, keep_accents=False) == "Mañana usted podra llamar: ¿si o no? Esta aqui."
    assert sms.segments(sms.plain(written, keep_accents=False)) == 1


def test_a_short_answer_is_one_text_without_a_count():
    assert sms.parts("  You have 30 days. ") == ["You have 30 days."]
    assert sms.parts("") == []


def test_a_long_answer_is_split_between_sentences_and_counted():
    sentence = "You have the right to a hearing before we take anything from you at all."
    texts = sms.parts(" ".join([sentence] * 50))
    assert len(texts) == 3
    assert [text[-6:] for text in texts] == [" (1/3)", " (2/3)", " (3/3)"]
    assert all(text[:-6].endswith(sentence) and text.startswith("You have") for text in texts)
    assert all(sms.units(text) <= 1530 for text in texts)


def test_spanish_keeps_its_accents_as_long_as_two_segments_hold_them():
    short = "Usted tendrá una audiencia después."
    assert sms.parts(short) == [short]
    long = "Usted tendrá una audiencia después. ¿Mañana? " * 5
    (text,) = sms.parts(long)
    assert text == ("Usted tendra una audiencia después. ¿Mañana? " * 5).strip()
    assert sms.segments(text) == 2
    assert sms.segments(long.strip()) == 4


def test_spanish_parts_stay_within_ten_segments():
    texts = sms.parts("Usted tendrá una audiencia después. " * 60, keep_accents=True)
    assert len(texts) > 1
    assert all(sms.segments(text) <= 10 for text in texts)


@given(st.text(alphabet=st.sampled_from("abc .?!\n[á\U0001f600"), max_size=4000))
def test_nothing_but_white_space_is_lost_and_every_part_fits(text):
    texts = sms.parts(text, keep_accents=True)
    limit = 1530 if sms.is_gsm(sms.plain(text).strip()) else 670
    assert all(sms.units(part) <= limit and len(part) <= 1600 for part in texts)
    bare = [part.rpartition(" (")[0] for part in texts] if len(texts) > 1 else texts
    assert "".join("".join(bare).split()) == "".join(sms.plain(text).split())
