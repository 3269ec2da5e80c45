"""'What if I die?' is a question about the debt; a letter for somebody else is none of the caller's."""

from __future__ import annotations

import pytest

from desk import after_me, wrong_address


@pytest.mark.parametrize(
    "said",
    [
        "what if i die",
        "what happens if I die owing",
        "when I'm gone will my kids have to pay",
        "does my debt die with me",
        "qué pasa con la deuda si me muero",
        "cuando yo falte, mi señora va a deber esto?",
    ],
)
def test_ones_own_death_some_day_is_heard(said):
    assert after_me.asked(said)


@pytest.mark.parametrize(
    "said",
    [
        "my father died owing you",
        "I'd rather die than pay",
        "mi papá murió y debía",
        "the deal died",
        "murió mi esposo",
    ],
)
def test_another_death_is_another_matter(said):
    assert not after_me.asked(said)


@pytest.mark.parametrize(
    "said",
    [
        "a letter came for someone named Bob Smith who doesn't live here",
        "this letter is for a Karen Ortiz and there's no Karen here",
        "we keep getting mail for the previous owner",
        "llegó una carta para un tal Juan Pérez que no vive aquí",
    ],
)
def test_a_letter_for_somebody_else_is_heard(said):
    assert wrong_address.asked(said)


@pytest.mark.parametrize(
    "said",
    [
        "I don't live at that address anymore, send my letters to the new one",
        "no one answered my letter here",
        "no letter came here",
        "ya no vivo ahí, manden mis cartas a la otra dirección",
    ],
)
def test_a_letter_of_ones_own_is_none(said):
    assert not wrong_address.asked(said)
