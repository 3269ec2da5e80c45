"""No figure without its source, no two for one day, no figure of the law in Python."""

import ast
import itertools
import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from acs import law
from acs.errors import LawError, NoSuchRule, NotPublished

ROOM = Path(law.__file__).parent
FILES = sorted(path for path in ROOM.rglob("*.py") if path.parent.name != "day")


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
def test_neither_two_values_for_one_day_nor_a_day_without(key: str) -> None:
    """A table runs through from its first day to its last; what is left out on purpose says why under `gaps`."""
    table = law.table(key)
    for earlier, later in itertools.pairwise(table.rules):
        assert earlier.since < later.since, key
        if earlier.until is not None:
            assert earlier.until < later.since, key
            assert table.gaps or earlier.until + timedelta(days=1) == later.since, key


@pytest.mark.parametrize("key", law.keys())
def test_a_source_is_one_that_can_be_looked_up(key: str) -> None:
    kinds = r"USC|CFR|IRM|Rev\. (?:Rul|Proc)|Notice|IRB|irs\.gov|Pub\. |Form |IRS |HHS|taxpayeradvocate|eftps|tigta|as printed|NATP|practitioners|Fresh Start"
    for rule in law.table(key).rules:
        assert re.search(kinds, rule.cite), rule.cite
        if rule.sure == "statute":
            assert "USC" in rule.cite, rule.cite


def test_a_key_nobody_reads_is_refused() -> None:
    good = {"since": date(2020, 1, 1), "value": 1, "cite": "26 USC 1", "sure": "statute"}
    with pytest.raises(LawError, match="untill"):
        law._table("x", {"unit": "days", "values": [{**good, "untill": date(2021, 1, 1)}]}, date(2026, 1, 1))
    with pytest.raises(LawError, match="abuot"):
        law._table("x", {"unit": "days", "abuot": "x", "values": [good]}, date(2026, 1, 1))
    bare = {k: v for k, v in good.items() if k != "cite"}
    with pytest.raises(LawError, match="cite"):
        law._table("x", {"unit": "days", "values": [bare]}, date(2026, 1, 1))


def test_a_year_left_out_is_not_called_unpublished() -> None:
    with pytest.raises(NotPublished) as missing:
        law.rule("levies.exempt_wages.per_dependent", on=date(2025, 6, 1))
    assert missing.value.gap
    assert (
        missing.value.words
        == "The table of pay that is exempt from levy for June 1, 2025 is not in our tables."
    )
    assert missing.value.words_es.endswith("para el 1 de junio de 2025.")


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
    groups = {key.rsplit(".", up)[0] for key in sorted(law.keys()) for up in range(1, key.count(".") + 1)}
    asked = set()
    for path in FILES:
        for key in re.findall(r'"([a-z_]+(?:\.[a-z0-9_]+)+)"', path.read_text(encoding="utf-8")):
            if key.split(".")[0] in stems and not key.endswith((".yml", ".py")):
                asked.add(key)
    assert asked - set(law.keys()) <= groups
    assert len(asked) > 60


# Numbers Python may hold: the calendar (months, weekdays, days of a year), percent, and sizes of caches.
CALENDAR = {0, 1, 2, 3, 4, 5, 7, 12, 28, 31, 365, 366, 100}
TECHNICAL = {
    "casefile.py": {110},  # the width of a written case file
    "casefile_checks.py": {0.5},  # spelling
    # spelling, first and last day, most money; the longest text, id and code
    "casefile_reader.py": {0.5, 1900, 2100, 10, Decimal("0.01"), 4000, 64, 20},
    "codes.py": {0.4},  # spelling
    "law.py": {0.4, 8},  # spelling, the checksum's length
    "money.py": {Decimal("0.01")},  # a cent
    "plan_amounts.py": {Decimal("0.01")},  # a cent's worth of a payment
}


def numbers(code: ast.Module) -> Iterator[tuple[int, object]]:
    for node in ast.walk(code):
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            yield node.lineno, node.value
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Decimal" and node.args:
            [first, *_] = node.args
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield node.lineno, Decimal(first.value)


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOM)))
def test_no_figure_of_the_law_in_python(path: Path) -> None:
    allowed = CALENDAR | TECHNICAL.get(path.name, set()) | {2**power for power in range(10, 17)}
    found = [
        (line, value)
        for line, value in numbers(ast.parse(path.read_text(encoding="utf-8")))
        if value not in allowed
    ]
    assert not found, f"{path.name}: a number that may be a figure of the law, which belongs in law/"


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
