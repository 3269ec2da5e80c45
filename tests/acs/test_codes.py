"""Every code a view can hold has words in both languages."""

import re
from pathlib import Path

import pytest

from acs import law
from acs.codes import groups, said
from acs.errors import NoSuchRule

ROOM = Path(law.__file__).parent


def literals(name: str, pattern: str) -> set[str]:
    return set(re.findall(pattern, (ROOM / name).read_text(encoding="utf-8")))


@pytest.mark.parametrize("group", sorted(groups()))
def test_both_languages(group: str) -> None:
    for code, words in groups()[group].items():
        assert len(words) == 2, code
        assert words[0] != words[1]


def test_actions_of_every_office() -> None:
    tables = [law.table(key) for key in map(str, law.keys()) if key.endswith((".can", ".cannot"))]
    listed = {action for table in tables for rule in table.rules for action in rule.value}
    assert listed == set(groups()["actions"])


def test_what_blocks_a_levy() -> None:
    from acs.levies import HEARING, HOLDS

    used = literals("levies.py", r'yield "(\w+)"') | {*HEARING, *HOLDS.values()}
    used |= {
        "short_term_plan",
        "agreement_in_effect",
        "agreement_rejected_30_days",
        "agreement_terminated_30_days",
    }
    assert used - set(groups()["exceptions"]) == set(groups()["levy"])


def test_passport_agency_and_forecast() -> None:
    from acs.assignment import HOLDS
    from acs.passport import BY_CHOICE, BY_LAW

    used = literals("passport.py", r'append\("(\w+)"\)') | {
        *BY_LAW.values(),
        *BY_CHOICE.values(),
        "business",
        "over_threshold",
    }
    used |= {"short_term_plan", "agreement_in_effect"}
    assert used == set(groups()["passport"])
    assert literals("assignment.py", r'^        "(\w+)": ') <= set(groups()["agency"])
    assert set(HOLDS) <= set(groups()["agency"])
    events = literals("forecast.py", r'"(\w+_possible|\w+_doubles|\w+_ends)"') | literals(
        "forecast.py", r': \("(\w+)", 1'
    )
    assert events <= set(groups()["events"])


def test_a_code_nobody_taught() -> None:
    assert said("levy", "cdp_period_open", "es").startswith("Aún corren")
    with pytest.raises(NoSuchRule, match="cdp_period_open"):
        said("levy", "cdp_period_opne")
