"""No figure without its source, no two for one day, no figure of the law in Python."""

import itertools
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from acs import law
from acs.errors import NoSuchRule, NotPublished

ROOM = Path(law.__file__).parent


@pytest.mark.parametrize("key", law.keys())
def test_every_value_has_a_source_and_a_day(key: str) -> None:
    for rule in law.table(key).rules:
        assert len(rule.cite) >= 5
        assert rule.unit
        assert rule.sure in law.SURE
        assert isinstance(rule.since, date)
        assert isinstance(rule.verified, date)
        assert rule.until is None or rule.since <= rule.until


@pytest.mark.parametrize("key", law.keys())
def test_no_two_values_for_one_day(key: str) -> None:
    rules = law.table(key).rules
    for earlier, later in itertools.pairwise(rules):
        assert (earlier.until or later.since) < later.since, key


def test_the_rates_have_no_gap() -> None:
    rules = law.table("interest.underpayment_rate").rules
    for earlier, later in itertools.pairwise(rules):
        assert earlier.until is not None
        assert earlier.until + timedelta(days=1) == later.since


@pytest.mark.parametrize(
    "key",
    [
        "interest.underpayment_rate",
        "passport.threshold",
        "penalties.failure_to_file.minimum",
        "levies.exempt_wages.standard_deduction",
        "levies.exempt_wages.per_dependent",
        "income.poverty_guideline",
    ],
)
def test_a_yearly_figure_is_never_carried_into_the_next_year(key: str) -> None:
    assert law.rule(key, on=date(2026, 12, 31)).value
    with pytest.raises(NotPublished) as missing:
        law.rule(key, on=date(2027, 1, 1))
    assert "not published yet" in missing.value.words
    assert "Todavía no se ha publicado" in missing.value.words_es
    assert "This figure" not in missing.value.words


def test_a_day_before_the_table_is_said_so() -> None:
    with pytest.raises(NotPublished) as missing:
        law.rule("interest.underpayment_rate", on=date(2017, 12, 31))
    assert missing.value.early
    assert "not in our tables" in missing.value.words


def test_every_rule_the_code_asks_for_is_in_the_law() -> None:
    stems = {path.stem for path in law.FOLDER.glob("*.yml")}
    asked = set()
    for path in ROOM.glob("*.py"):
        for key in re.findall(r'"([a-z_]+(?:\.[a-z0-9_]+)+)"', path.read_text(encoding="utf-8")):
            if key.split(".")[0] in stems and not key.endswith((".yml", ".py")):
                asked.add(key)
    assert asked - set(law.keys()) <= {
        "penalties.failure_to_pay",
        "penalties.failure_to_file",
        "penalties.first_time_abatement",
    }
    assert len(asked) > 30


# Numbers Python may hold: days of a calendar, parts of a year, rounding. The law's own stay in law/.
LAW_FIGURES = r"(?<![\w.])(0\.005|0\.0025|0\.25|0\.07|50_?000|25_?000|100_?000|66_?000|10_?000|16_?100|205|178|107|120|180)(?![\w.])"


@pytest.mark.parametrize("path", sorted(ROOM.glob("*.py")), ids=lambda p: p.name)
def test_no_figure_of_the_law_in_python(path: Path) -> None:
    code = re.sub(r'""".*?"""|"[^"\n]*"|#.*', "", path.read_text(encoding="utf-8"), flags=re.S)
    assert not re.findall(LAW_FIGURES, code)


def test_a_wrong_key_is_told_the_right_one() -> None:
    with pytest.raises(NoSuchRule, match=r"Did you mean 'notices\.cp504\.reply_days'"):
        law.rule("notices.cp540.reply_days", on=date(2026, 11, 22))


def test_what_is_in_force_on_a_day() -> None:
    rules = {rule.key: rule for rule in law.in_force(date(2026, 5, 1))}
    assert str(rules["interest.underpayment_rate"].value) == "0.06"
    assert rules["passport.threshold"].value == 66000
    assert rules["notices.cp504.reply_days"].cite == "26 USC 6331(d)(2)"
    missing = {m.key for m in law.not_published(date(2027, 1, 1))}
    assert "interest.underpayment_rate" in missing


@pytest.mark.parametrize(
    ("year", "quarter_rates"),
    [
        (2019, "6655"),
        (2020, "5533"),
        (2021, "3333"),
        (2022, "3456"),
        (2023, "7778"),
        (2024, "8888"),
        (2025, "7777"),
        (2026, "7677"),
    ],
)
def test_the_rates_by_quarter(year: int, quarter_rates: str) -> None:
    found = [
        law.rule("interest.underpayment_rate", on=date(year, month, 15)).value * 100
        for month in (2, 5, 8, 11)
    ]
    assert found == [int(rate) for rate in quarter_rates]
