"""An answer for the eye and for the ear, in both languages; a missing fact is an error that names it."""

from decimal import Decimal
from pathlib import Path

import pytest

from channels.errors import WordsError
from channels.words import Words

WORDS = Words.load(Path(__file__).with_name("words.yml"))


def fact(kind, value):
    return {"kind": kind, "value": value}


LEVY = {
    "notice": fact("notice", "CP504"),
    "last_day": fact("date", "2026-12-09"),
    "phone": fact("phone", "8008297650"),
    "form": fact("form", "12153"),
}
BALANCE = {
    "amount": fact("money", "1204.55"),
    "periods": fact("list", [fact("year", "2021"), fact("year", "2022"), fact("year", "2023")]),
}


@pytest.mark.parametrize(
    ("key", "facts", "language", "channel", "said"),
    [
        ("utter_levy_date", LEVY, "en", "web",
         "Your CP504 says we can levy after December 9, 2026. Call 800-829-7650 or send Form 12153."),
        ("utter_levy_date", LEVY, "es", "sms",
         "Su CP504 dice que podemos embargar después del 9 de diciembre de 2026. "
         "Llame al 800-829-7650 o envíe el formulario 12153."),
        ("utter_levy_date", LEVY, "en", "voice",
         "Your C P five oh four says we can levy after December ninth, twenty twenty-six. "
         "Call eight zero zero, eight two nine, seven six five zero or send Form one two one five three."),
        ("utter_levy_date", LEVY, "es", "voice",
         "Su ce pe quinientos cuatro dice que podemos embargar después del nueve de diciembre de dos mil "
         "veintiséis. Llame al ocho cero cero, ocho dos nueve, siete seis cinco cero o envíe el formulario "
         "uno dos uno cinco tres."),
        ("utter_balance", BALANCE, "en", "web", "You owe $1,204.55 on 2021, 2022 and 2023."),
        ("utter_balance", BALANCE, "es", "web", "Debe $1,204.55 de 2021, 2022 y 2023."),
        ("utter_balance", BALANCE, "en", "voice",
         "As of today you owe one thousand two hundred four dollars and fifty-five cents."),
        ("utter_balance", BALANCE, "es", "voice",
         "Debe mil doscientos cuatro dólares con cincuenta y cinco centavos de dos mil veintiuno, dos mil "
         "veintidós y dos mil veintitrés."),
        ("utter_wait", {"people": fact("number", 21), "days": fact("number", 31)}, "es", "voice",
         "Unas veintiuna personas y treinta y un días."),
        ("utter_wait", {"people": fact("number", 1200), "days": fact("number", 3)}, "en", "sms",
         "About 1,200 people and 3 days."),
        ("utter_reason", {"reason": fact("text", {"en": "rent", "es": "renta"}),
                          "more": fact("words", "reason_web")}, "es", "web",
         "Por qué: renta. vea IRS.gov/payments o llame al 800-829-7650"),
        ("utter_reason", {"reason": "rent", "more": fact("words", "reason_web")}, "en", "voice",
         "Why: rent. see I R S dot gov slash payments or call eight zero zero, eight two nine, "
         "seven six five zero"),
    ],
)  # fmt: skip
def test_an_answer_is_worded_for_its_channel_and_language(key, facts, language, channel, said):
    assert WORDS.render(key, facts, language=language, channel=channel) == said


def test_a_missing_fact_is_named():
    with pytest.raises(WordsError) as error:
        WORDS.render("utter_balance", {"amount": fact("money", "5.00")}, language="en", channel="web")
    assert error.value.key == "periods"


@pytest.mark.parametrize(("key", "language"), [("utter_nothing", "en"), ("utter_only_english", "es")])
def test_missing_words_are_named_and_spanish_never_falls_back_to_english(key, language):
    with pytest.raises(WordsError) as error:
        WORDS.render(key, {}, language=language, channel="web")
    assert error.value.key == key


@pytest.mark.parametrize(
    ("kind", "value"),
    [("money", 200.0), ("money", "1.005"), ("money", "many"), ("money", True), ("date", "12/09/2026"),
     ("date", "2026-02-30"), ("number", 1.5), ("number", None), ("text", ""), ("text", {"en": "x"}),
     ("fee", "1.00"), ("phone", "none")],
)  # fmt: skip
def test_a_fact_that_is_not_exact_is_refused(kind, value):
    facts = {"amount": fact(kind, value), "periods": fact("year", "2023")}
    with pytest.raises(WordsError) as error:
        WORDS.render("utter_balance", facts, language="es", channel="web")
    assert error.value.key == "amount"


def test_what_a_person_wrote_is_not_filled_in_a_second_time():
    facts = {"reason": "{amount}", "more": "", "amount": fact("money", "1.00")}
    facts["more"] = "ok"
    said = WORDS.render("utter_reason", facts, language="en", channel="web")
    assert said == "Why: {amount}. ok"


def test_words_within_words_end_somewhere():
    with pytest.raises(WordsError):
        WORDS.render("utter_circle", {"circle": fact("words", "utter_circle")}, language="en", channel="web")


def test_choices_have_labels():
    assert WORDS.labels(["person"], language="es", channel="web") == [
        {"id": "person", "label": "Una persona"}
    ]
    with pytest.raises(WordsError):
        WORDS.labels(["nobody"], language="en", channel="web")


def test_placeholders_of_all_variations():
    assert WORDS.placeholders("utter_balance") == {"amount", "periods"}


def test_money_may_be_a_decimal():
    facts = {"amount": fact("money", Decimal("-0.05")), "periods": fact("year", "2023")}
    assert WORDS.render("utter_balance", facts, language="en", channel="web") == "You owe -$0.05 on 2023."


@pytest.mark.parametrize(
    "responses",
    [
        {"utter_x": [{"text": "x", "channel": "fax"}]},
        {"utter_x": [{"text": " "}]},
        {"utter_x": [{"text": "x", "condition": [{"type": "slot", "name": "mood", "value": "es"}]}]},
    ],
)
def test_a_domain_we_would_misread_is_refused(responses):
    with pytest.raises(WordsError):
        Words(responses)
