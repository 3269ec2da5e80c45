"""What only sounds like danger is taken out before anything is compared, and what is left still counts."""

from __future__ import annotations

import pytest

from desk.safety import in_danger, without_figures


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("your letter scared me half to death", "your letter"),
        ("the payments are killing us", "the"),
        ("over my dead body", ""),
        ("my phone is about to die", "my"),
        ("I hope you all rot", ""),
        ("esta deuda me está matando", "esta"),
        ("casi me da un infarto", ""),
    ],
)
def test_a_figure_of_speech_is_taken_out(said, left):
    assert without_figures(said).split() == left.split()


@pytest.mark.parametrize(
    "said",
    [
        "what happens to this if I die",
        "my sister took her own life two years ago",
        "we were homeless in 2021",
        "paying all that at once would be suicide for my company",
        "I nearly had a heart attack when I opened it",
        "go to hell",
        "se quemó mi casa y por eso presenté tarde",
        "mi hermano se mató hace tres años",
        "what is that movie where he jumps off the roof",
        "dónde me apunto para pagar por mes",
    ],
)
def test_it_is_no_danger(said):
    assert not in_danger(said)


@pytest.mark.parametrize(
    "said",
    [
        "this debt is killing me and I want to die",
        "I am scared to death, he has a gun",
        "go to hell, I am going to shoot every one of you",
        "we were homeless in 2021 and tonight we sleep in the car again",
        "mi hermano se mató hace tres años y yo también me quiero matar",
        "he said he'll kill me if he finds out about the debt",
        "I can't deduct any of it and I want to die",
        "there was a movie where he jumps off a roof and I want to kill myself too",
        "give me the number of the suicide hotline, I want to kill myself",
    ],
)
def test_danger_beside_it_is_heard(said):
    assert in_danger(said)


@pytest.mark.parametrize("said", ["I will be dead if I die tonight", "we will be homeless tonight"])
def test_what_is_said_of_tonight_is_no_figure(said):
    assert without_figures(said) == said
