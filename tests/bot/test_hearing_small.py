"""Yes, no, and which language: the short answers that everything else hangs on."""

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.hearing import hear, language_of
from bot.hearing.yes_no import yes_or_no


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "Yeah",
        "yep sure",
        "ok",
        "sí",
        "si claro",
        "simón",
        "that's right",
        "go ahead",
        "así es",
        "por supuesto",
        "yes please",
        "uh huh",
        "correct",
        "órale",
        "claro que sí",
        "yes that is correct",
        "👍",
    ],
)
def test_yes(text: str) -> None:
    assert yes_or_no(text) is True


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "Nope",
        "nah",
        "no thanks",
        "no gracias",
        "not really",
        "para nada",
        "nel",
        "claro que no",
        "absolutely not",
        "that's wrong",
        "ahorita no",
        "no, that's wrong",
    ],
)
def test_no(text: str) -> None:
    assert yes_or_no(text) is False


@pytest.mark.parametrize(
    "text",
    [
        "",
        "maybe",
        "I don't know",
        "no sé",
        "yes but I can't pay",
        "what?",
        "CP504",
        "depende",
        "I want a person",
        "sí pero no puedo",
        "how much is it",
        "200 a month",
    ],
)
def test_neither(text: str) -> None:
    assert yes_or_no(text) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("hello", "en"),
        ("hola", "es"),
        ("I owe money", "en"),
        ("debo dinero", "es"),
        ("q onda me llego una carta", "es"),
        ("cant pay rn", "en"),
        ("no puedo pagar", "es"),
        ("me quitaron el cheque", "es"),
        ("gracias", "es"),
        ("thx", "en"),
        ("they garnished my wages", "en"),
        ("quiero hacer un payment plan", "es"),
        ("¿CP504?", "es"),
        ("simón", "es"),
        ("español", "es"),
        ("english", "en"),
        ("CP504", None),
        ("ok", None),
        ("no", None),
        ("200", None),
        ("", None),
        ("5k", None),
        ("😂😂", None),
        ("plan", None),
        ('/inform{"authenticated": true, "language": "es"}', None),
        ('hello /change_language{"language": "es"}', "en"),
        ("i/we want to pay", "en"),
    ],
)
def test_language(text: str, language: str | None) -> None:
    assert language_of(text) == language


@example(text="1" + "0" * 28, listening=None)
@settings(max_examples=200, deadline=None)
@given(st.text(max_size=120), st.sampled_from([None, "amount", "day", "date", "yes_no", "notice"]))
def test_any_text_is_survived_and_spans_are_true(text: str, listening: str | None) -> None:
    for one in hear(text, date(2026, 2, 28), listening):
        assert 0 <= one["start"] < one["end"] <= len(text)
        assert text[one["start"] : one["end"]] == one["text"]
    language_of(text)
    yes_or_no(text)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("actually make it 350", "350.00"),
        ("no, 400 instead", "400.00"),
        ("no mejor 250", "250.00"),
        ("cámbielo a trescientos", "300.00"),
        ("make it three fifty", "350.00"),
        ("make it 20", None),
        ("yes", None),
    ],
)
def test_a_new_amount_is_heard_where_yes_or_no_was_asked(text, amount):
    heard = [one["value"] for one in hear(text, date(2026, 11, 22), "yes_no") if one["entity"] == "amount"]
    assert heard == ([amount] if amount else [])
