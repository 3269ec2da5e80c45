"""What a person takes back is left out of what is judged, and nothing else is cut."""

import time

import pytest

from bot.hearing.restated import restated


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("the IRS took my bank account, sorry, I mean my wages", "the IRS took my wages"),
        ("Not the bank, the pay", "the pay"),
        ("It's not the bank, it's my paycheck", "my paycheck"),
        ("you took my wages, not my bank account", "you took my wages"),
        ("they levied the house... no, the car", "they levied the car"),
        (
            "I have a question about the lien, I mean the levy, how do I stop it",
            "I have a question about the levy, how do I stop it",
        ),
        ("I want a payment plan. No, I meant how do I ask for a hearing", "how do I ask for a hearing"),
        ("can I pay monthly, no wait, I mean I want to appeal this", "I want to appeal this"),
        ("no wait i meant the bank not my paycheck", "the bank"),
        ("digo el banco no mi sueldo", "el banco"),
        ("no es el banco, es mi sueldo", "mi sueldo"),
        ("me embargaron el banco, digo, el sueldo", "me embargaron el sueldo"),
        ("me quitaron la cuenta, no, perdón, el cheque", "me quitaron el cheque"),
        ("es mi sueldo, no el banco", "es mi sueldo"),
        ("quiero un plan, perdón, quise decir quiero una audiencia", "quiero una audiencia"),
    ],
)
def test_the_need_put_in_anothers_place_is_the_one(said: str, meant: str) -> None:
    assert restated(said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "not the first time I call about a levy on my pay",
        "I mean it, stop the levy on my bank account",
        "I meant the bank",
        "i meant the levy not what you said",
        "what do you mean by lien",
        "sorry, I don't know what a levy is",
        "no, I didn't mean to miss the payment",
        "did you levy my bank? no, my wages are fine",
        "I got a CP504, I mean what the hell, can I set up a plan",
        "I want a hearing, I mean this is ridiculous",
        "it's not my debt, it's my ex husband's",
        "you took my bank account and my wages",
        "I have no bank account, just my paycheck",
        "not my house, please, my house is all I have",
        "the levy is not on my bank account, my paycheck is being taken",
        "I can't pay my mortgage, the bank is calling, my pay is gone",
        "I want to pay 150, no, I mean 200 a month",
        "le digo que no debo esa multa",
        "no tengo cuenta de banco, me pagan con cheque",
        "quiero decir que no puedo pagar",
        "no es justo, el banco me cobró y el sueldo no llega",
        "no es la primera vez que llamo por el embargo de mi sueldo",
        "",
        "it's not the bank, it's my paycheck " + "and so on " * 40,
    ],
)
def test_what_takes_nothing_back_stays_whole(said: str) -> None:
    assert restated(said) == ""


@pytest.mark.parametrize("piece", ["not the bank, ", "my my my ", "no, ", "i mean ", "x, sorry, "])
def test_a_long_text_takes_no_time(piece: str) -> None:
    started = time.process_time()
    restated((piece * 300)[:300])
    assert time.process_time() - started < 0.1
