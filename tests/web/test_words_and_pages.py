"""Both languages say everything, every word used exists, and the pages hold nothing a strict browser would refuse."""

import re
from pathlib import Path
from typing import Any

import pytest

from api.templates.render import page, words

API = Path(__file__).parents[2] / "api"
SCRIPTS = sorted((API / "static").rglob("*.js"))
TEMPLATES = sorted((API / "templates").glob("*.html"))
NASTY = '"><script>alert(1)</script>'
RECORD = {
    "conversation": "c1",
    "started": "2026-11-22T19:05:00+00:00",
    "ended": None,
    "channel": "chat",
    "rules": "2026-11-22",
    "lines": [
        {
            "at": "2026-11-22T19:05:00+00:00",
            "from": "you",
            "language": "en",
            "text": NASTY,
            "sources": [NASTY],
            "rules": NASTY,
        }
    ],
}


def chat_words(language: str) -> dict[str, str]:
    text = (API / "static" / f"strings.{language}.js").read_text("utf-8")
    return dict(re.findall(r'^  (\w+): "(.*)",$', text, re.M))


def shape(value: Any) -> Any:
    """Keys, list lengths and placeholders: what two languages must share."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [shape(inner) for inner in value]
    return sorted(re.findall(r"\{\w+\}", value))


def test_the_chat_speaks_both_languages() -> None:
    english, spanish = chat_words("en"), chat_words("es")
    assert len(english) > 70
    assert shape(english) == shape(spanish)
    same = {key for key in english if english[key] == spanish[key]}
    assert same == set(), f"not translated: {same}"


def test_the_pages_speak_both_languages() -> None:
    assert shape(words()["en"]) == shape(words()["es"])


def test_every_word_the_chat_uses_exists_and_every_word_is_used() -> None:
    code = "".join(
        path.read_text("utf-8")
        for path in (API / "static" / "js").rglob("*.js")
        if "console" not in path.parts
    )
    for key in chat_words("en"):
        by_parts = re.fullmatch(r"(tin|birth|zip|caller_id|caf|rep_name)_(hint|wrong)", key)
        assert by_parts or re.search(rf'"{key}"', code), f"{key} is said nowhere"
    for key in re.findall(r'\bt\("(\w+)"', code) + re.findall(r'\bword\("(\w+)"', code):
        assert key in chat_words("en"), f"{key} has no words"


def test_no_script_makes_markup_of_a_string_or_calls_another_host() -> None:
    refused = re.compile(
        r"innerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setHTML|createContextualFragment|\.style\b|localStorage|https?://"
    )
    for path in SCRIPTS:
        assert not refused.search(path.read_text("utf-8")), path.name
    assert not [
        path.name
        for path in (API / "static").glob("*.css")
        if re.search(r"https?://|@import|url\(", path.read_text("utf-8"))
    ]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_holds_inline_script_or_style(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|https?://|\|\s*safe", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


@pytest.mark.parametrize("language", ["en", "es", "fr"])
@pytest.mark.parametrize("name", [path.name for path in TEMPLATES if not path.name.startswith("_")])
def test_every_page_is_whole_in_both_languages_and_escapes_what_it_is_given(name: str, language: str) -> None:
    for state in ("form", "wrong", "expired", "limit"):
        html = page(
            name,
            language,
            operator=NASTY,
            demo=True,
            phone=NASTY,
            title=NASTY,
            next_step=NASTY,
            state=state,
            record=RECORD,
        )
        assert f'<html lang="{"es" if language == "es" else "en"}">' in html
        assert "<script>alert" not in html


def test_times_of_the_record_are_told_in_the_zone_and_language_asked_for() -> None:
    # 19:05 UTC on 22 November is 14:05 in New York (UTC-5 after 1 November 2026) and 13:05 in Chicago.
    assert "November 22, 2026, 2:05 PM EST" in page("record.html", "en", record=RECORD)
    assert "<dd>November 22, 2026</dd>" in page("record.html", "en", record=RECORD)
    assert "22 de noviembre de 2026, 1:05 p. m. CST" in page(
        "record.html", "es", record=RECORD, timezone="America/Chicago"
    )


def test_the_stylesheets_and_scripts_stay_small_enough_to_read() -> None:
    long = {
        path.name: lines for path in SCRIPTS if (lines := len(path.read_text("utf-8").splitlines())) > 300
    }
    assert not long


def test_a_phone_number_is_shown_as_people_write_it_and_dialled_as_machines_do() -> None:
    html = page("home.html", "en", phone="+12025550143")
    assert ">202-555-0143<" in html
    assert 'href="tel:+12025550143"' in html
    assert 'content="555-0100"' in page("chat.html", "en", phone="555-0100")
