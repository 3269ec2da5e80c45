"""The written record: each statement with the rules and sources it was made by, in both languages."""

from __future__ import annotations

from acs import law


def test_each_statement_has_its_rules_its_version_and_both_languages(line):
    line.bot.say("utter_echo", sources=["26 USC 6330"])
    chat = line.chat()
    chat.post("what is a levy")
    line.clock.forward(hours=11)
    got = chat.ask("GET", "record", headers={"Accept": "application/json"})
    assert got.status_code == 200, got.text
    record = got.json()
    answered = next(one for one in record["lines"] if one["sources"])
    # The day the answer was given, not the day the record is read.
    assert answered["rules"] == "2026-11-23"
    assert answered["version"] == law.version() == record["version"]
    (said,) = answered["says"]
    assert said["sources"] == ["26 USC 6330"]
    assert said["rules"] == "2026-11-23"
    assert set(said["text"]) == {"en", "es"}


def test_the_record_can_be_read_in_the_other_language(line):
    line.bot.say("utter_echo", sources=["26 USC 6330"])
    chat = line.chat()
    chat.post("what is a levy")
    record = chat.ask("GET", "record?language=es", headers={"Accept": "application/json"}).json()
    answered = next(one for one in record["lines"] if one["sources"])
    assert "utter_echo es web" in answered["text"]
    assert record["language"] == "es"
    assert chat.ask("GET", "record?language=fr").status_code == 422


def test_as_a_page_and_on_paper(line):
    line.bot.say("utter_echo", sources=["26 USC 6330"])
    chat = line.chat()
    chat.post("what is a levy")
    assert law.version() in chat.ask("GET", "record").text
    assert chat.ask("GET", "record?format=pdf").content.startswith(b"%PDF")
