"""Everything the desk may say has words, in both languages and on every channel."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from channels.words import CHANNELS, LANGUAGES
from desk.ahead import EVENTS
from desk.also import NAMED
from desk.choices import CHOICES
from desk.intakes.topics import INTAKES
from desk.reply import GENERAL
from desk.standing import OF_PLANS
from desk.words import DEADLINE_WORDS, LEVY_BLOCKS

ROOT = Path(__file__).resolve().parents[2]


def keys_in_code() -> set[str]:
    found = set()
    for room in ("desk", "actions", "api"):
        for file in (ROOT / room).rglob("*.py"):
            found |= set(re.findall(r'"((?:utter|levy_kind|plan_way)_[a-z_]+[a-z])"', file.read_text()))
    return found


EXPECTED = (
    keys_in_code()
    | {f"choice_{one}" for one in CHOICES}
    | {f"levy_block_{one}" for one in LEVY_BLOCKS}
    | {f"utter_about_{one}" for one in GENERAL}
    | {f"utter_ahead_{one}" for one in EVENTS}
    | {"utter_ahead_levy_possible_now", "utter_ahead_state_refund_levy_possible_now"}
    | {f"need_{one}" for one in NAMED}
    | {f"utter_plan_with_{one}" for one in (*OF_PLANS, "private_agency", "revenue_officer")}
    | set(DEADLINE_WORDS.values())
    | {f"{one}_passed" for one in DEADLINE_WORDS.values()}
) - {"utter_repeat", "utter_missed", "plan_name"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("channel", CHANNELS)
def test_every_key_has_words(words, language, channel):
    missing = []
    for key in sorted(EXPECTED):
        try:
            words.template(key, language=language, channel=channel)
        except Exception:
            missing.append(key)
    assert missing == []


def test_both_languages_use_the_same_facts(words):
    for key in sorted(words.keys()):
        used = {
            language: set(re.findall(r"{(\w+)}", words.template(key, language=language, channel="web")))
            for language in LANGUAGES
        }
        assert used["en"] == used["es"], key


def test_one_question_a_reply(words):
    asks = [
        key for key in sorted(words.keys()) if key.startswith("utter_ask_") or key in ("utter_what_next",)
    ]
    for key in asks:
        for language in LANGUAGES:
            assert words.template(key, language=language, channel="web").count("?") <= 1, key


def test_no_question_takes_a_name_the_dialogue_keeps_for_itself():
    taken = {
        "words",
        "facts",
        "text",
        "image",
        "json_message",
        "template",
        "response",
        "attachment",
        "buttons",
        "elements",
        "lines",
    }
    for intake in INTAKES.values():
        assert not taken & {one.name for one in intake.questions}, intake.topic


@pytest.mark.parametrize("intake", INTAKES.values(), ids=lambda one: one.topic)
def test_every_question_of_a_request_has_words(words, intake):
    keys = {f"request_{intake.topic}", f"utter_intake_done_{intake.status}"}
    for one in intake.questions:
        line = intake.line(one)
        keys |= {intake.asks(one), line}
        assert one.name in words.placeholders(line)
    assert keys <= words.keys()
