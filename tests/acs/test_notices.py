"""Every letter of the fact table is known by all its names, in both languages, and knows its kind."""

from datetime import date

import pytest

from acs.notices import canonical, is_kind, known_codes, notice_info
from acs.options import ALL


@pytest.mark.parametrize("code", known_codes())
def test_every_letter_speaks_both_languages(code: str) -> None:
    info = notice_info(code)
    assert info is not None
    for words in (info.meaning, info.meaning_es, info.may_follow, info.may_follow_es):
        assert words.endswith(".")
        assert len(words) > 20
    assert info.meaning != info.meaning_es
    assert set(info.rights) <= set(ALL)
    assert info.source


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("cp 504", "CP504"), ("CP504B", "CP504"), ("cp-14", "CP14"), ("Letter 1058", "LT11"), ("L1058", "LT11"), ("1058", "LT11"),
        ("LT 11", "LT11"), ("CP90", "LT11"), ("CP297", "LT11"), ("LT75", "LT11"), ("CP298", "CP91"), ("CP242", "CP92"),
        ("Letter 3172", "L3172"), ("LTR 3172", "L3172"), ("CP71C", "CP71"), ("CP621", "CP521"), ("Letter 725-B", "L725B"), ("725-B", "L725B"),
        ("CP22A", "CP22A"), ("CP508C", "CP508C"), ("CP508R", "CP508R"), ("CP12", "CP12"), ("CP2000", "CP2000"), ("CP49", "CP49"),
    ],
)  # fmt: skip
def test_a_letter_is_known_by_all_its_names(said: str, code: str) -> None:
    info = notice_info(said)
    assert info is not None
    assert info.code == code


@pytest.mark.parametrize("said", ["CP9999", "", "hello", "504", "LT12"])
def test_an_unknown_letter_stays_unknown(said: str) -> None:
    assert notice_info(said) is None


def test_kinds_that_the_rules_ask_for() -> None:
    assert is_kind("CP504", "levy_notice")
    assert not is_kind("CP504", "cdp_notice")  # a CP504 gives no hearing right
    for code in ("LT11", "Letter 1058", "CP90", "CP297", "CP91", "CP92"):
        assert is_kind(code, "cdp_notice")
    assert not is_kind("CP92", "levy_notice")  # it comes after the levy
    assert not is_kind("LT16", "cdp_notice")
    assert is_kind("CP14", "bill")


def test_reply_days() -> None:
    def days(code: str) -> int | None:
        info = notice_info(code)
        assert info is not None
        return info.reply_days(date(2026, 11, 22))

    expected = {
        "CP14": 21,
        "CP501": 10,
        "CP503": 10,
        "CP504": 30,
        "LT11": 30,
        "CP91": 30,
        "CP92": 30,
        "LT16": 10,
        "CP523": 30,
        "LT38": None,
    }
    assert {code: days(code) for code in expected} == expected


def test_names_are_written_one_way() -> None:
    assert canonical("letter 1058") == "L1058"
    assert canonical(" cp-504 b ") == "CP504B"
