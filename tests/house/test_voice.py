"""How we speak: plain words, short sentences, two at a time for the ear, few segments for a text, no promises."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pyphen
import pytest

from api.parts import sentences
from channels import sms
from channels.words import Words

ROOT = Path(__file__).resolve().parents[2]

GRADE = 8.0
"""The school grade an English sentence may ask for (Flesch-Kincaid), over all we say; single ones may be harder."""
GRADE_OF_ONE = 13.0
EASE = 55.0
"""Spanish: 55 to 65 is normal on the scale of Szigriszt-Pazos, above is easy."""
EASE_OF_ONE = 35.0
SHORTEST_JUDGED = 8
"""Words. A formula of averages says nothing about a sentence of three words."""
LONGEST_SENTENCE = 34
SEGMENTS = 2

HARD = {
    "en": "revenue officer|Collection Due Process|equivalent hearing|Taxpayer Advocate|Simple Payment Plan|Social Security|"
    "levy|lien|penalty|penalties|interest|installment|bankruptcy|Insolvency|State Department|representative|identity",
    "es": "oficial de cobros|debido proceso|audiencia equivalente|Defensor del Contribuyente|Seguro Social|gravamen|"
    "embargo|multas?|intereses|bancarrota|insolvencia|Departamento de Estado|representante|identidad|declaración|declaraciones",
}
"""Terms of the law that have no plainer word and stand on people's letters; they count as one short word."""
NEVER = {
    "en": r"\b(?:guarantee[sd]?|we promise|will be approved|you will qualify|don't worry|you must hire)\b",
    "es": r"\b(?:le garantiz\w+|garantizamos|se lo van a aprobar|le aprobarán|no se preocupe)\b",
}
PLACE = re.compile(r"{\w+}")


@cache
def words() -> Words:
    return Words.load(ROOT / "domain.yml")


def spoken(language: str, channel: str = "web") -> dict[str, str]:
    """Everything the line says by itself, its facts as a short word. Fragments and labels are no sentences."""
    found = {}
    for key in sorted(words().keys()):
        if key.startswith("utter_") and not key.startswith(("utter_key_", "utter_press_")):
            said = words().template(key, language=language, channel=channel)
            found[key] = PLACE.sub("it" if language == "en" else "eso", said)
    return found


@cache
def hyphens(language: str) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US" if language == "en" else "es")


def syllables(word: str, language: str) -> int:
    return len(hyphens(language).inserted(word.lower()).split("-"))


def counts(said: str, language: str) -> tuple[int, int, int]:
    """Words, sentences and syllables, the allowed hard terms as one short word each."""
    plain = re.sub(
        rf"\b(?:{HARD[language]})\b", "tax" if language == "en" else "pago", said, flags=re.IGNORECASE
    )
    found = re.findall(r"[^\W\d_]+", plain)
    ends = max(1, len(re.findall(r"[.!?:;](?:\s|$)", plain)))
    return len(found), ends, sum(syllables(one, language) for one in found)


def grade(said: str) -> float:
    """Flesch-Kincaid: years of school in the United States."""
    count, ends, beats = counts(said, "en")
    return 0.39 * count / ends + 11.8 * beats / count - 15.59


def ease(said: str) -> float:
    """Szigriszt-Pazos (perspicuidad): the higher, the easier."""
    count, ends, beats = counts(said, "es")
    return 206.835 - 62.3 * beats / count - count / ends


def judged(language: str) -> dict[str, str]:
    return {
        key: said for key, said in spoken(language).items() if counts(said, language)[0] >= SHORTEST_JUDGED
    }


def test_english_asks_for_no_more_than_the_eighth_grade():
    found = {key: grade(said) for key, said in judged("en").items()}
    assert sum(found.values()) / len(found) <= GRADE
    assert {key: round(one, 1) for key, one in found.items() if one > GRADE_OF_ONE} == {}


def test_spanish_is_as_easy():
    found = {key: ease(said) for key, said in judged("es").items()}
    assert sum(found.values()) / len(found) >= EASE
    assert {key: round(one, 1) for key, one in found.items() if one < EASE_OF_ONE} == {}


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_sentence_runs_on(language):
    long = {
        key: one
        for key, said in spoken(language).items()
        for one in sentences(said)
        if len(re.findall(r"[^\W\d_]+", one)) > LONGEST_SENTENCE
    }
    assert long == {}


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_text_of_ours_costs_more_than_two_segments(language):
    dear = {
        key: sms.segments(sms.parts(said, keep_accents=False)[0])
        for key, said in spoken(language, "sms").items()
        if said.strip() and sms.segments(sms.parts(said, keep_accents=False)[0]) > SEGMENTS
    }
    assert dear == {}


@pytest.mark.parametrize("language", ["en", "es"])
def test_texts_are_in_the_cheap_alphabet(language):
    odd = {
        key
        for key, said in spoken(language, "sms").items()
        if not sms.is_gsm(sms.plain(said, keep_accents=False))
    }
    assert odd == set()


@pytest.mark.parametrize("language", ["en", "es"])
def test_nothing_is_promised_that_the_irs_decides(language):
    said = {
        key: one for key, one in spoken(language).items() if re.search(NEVER[language], one, re.IGNORECASE)
    }
    assert said == {}


def test_the_measure_tells_hard_from_easy():
    assert grade("You can pay a bit each month. It goes on until it is paid.") < 4
    assert (
        grade(
            "Notwithstanding administrative determinations, collection determinations necessitate documentation."
        )
        > 16
    )
    assert ease("Puede pagar un poco cada mes. Sigue hasta que paga.") > 85
    assert (
        ease("Independientemente de determinaciones administrativas, corresponde documentación adicional.")
        < 30
    )
