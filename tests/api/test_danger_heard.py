"""How much danger is heard at the door with the bot dead: by the patterns, by the second ear, by both.

`pytest tests/api/test_danger_heard.py -s` prints the figures. The lines below are under what was measured, so that
a change for the worse is seen; the goal itself is 98 and 3 in a hundred, and is not met (docs/reliability.md, P2).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from api.second_ear import understanding
from bot.examples import examples
from bot.measure.twins import twins
from desk.safety import in_danger

ROOT = Path(__file__).resolve().parents[2]
MODEL = ROOT / "bot" / "models" / "acs-line.tar.gz"
LISTS = ROOT / "tests" / "desk" / "danger"
# At least and at most, slightly beside what was measured. The third list says nothing plainly ("I do not intend to see
# December"), so the patterns hear next to none of it.
HEARD = {"fresh": 0.94, "untouched": 0.97, "third": 0.77}
WRONGLY = {"fresh": 0.12, "untouched": 0.11, "third": 0.11}
TWINS = 6  # of a hundred; what stands nearly so among the taught is left out
PATTERNS_HEARD = {"fresh": 0.60, "untouched": 0.60, "third": 0.03}
PATTERNS_WRONGLY = 0.04


@pytest.fixture(scope="module")
def ear() -> Callable[[str], bool]:
    if not MODEL.exists():
        pytest.skip("the bot is not trained yet")
    return understanding(MODEL)


@pytest.fixture(scope="module")
def taught() -> list[str]:
    return [text for text, _ in examples(ROOT / "data")]


@pytest.mark.parametrize("name", list(HEARD))
def test_patterns_and_second_ear_on_people_nobody_had_in_mind(
    name: str, ear: Callable[[str], bool], taught: list[str]
) -> None:
    said = yaml.safe_load((LISTS / f"{name}.yml").read_text())
    assert len(said["danger"]) == len(said["no_danger"]) == 100
    shares = {}
    for kind in ("danger", "no_danger"):
        known = {held for held, _, _ in twins(said[kind], taught)}
        assert len(known) <= TWINS
        heard = [(in_danger(one), ear(one)) for one in said[kind] if one not in known]
        shares[kind] = tuple(
            sum(found) / len(heard)
            for found in ([a for a, _ in heard], [b for _, b in heard], [a or b for a, b in heard])
        )
    print(f"\n{name}: patterns, ear, both: {shares}")
    assert shares["danger"][0] >= PATTERNS_HEARD[name]
    assert shares["no_danger"][0] <= PATTERNS_WRONGLY
    assert shares["danger"][2] >= HEARD[name]
    assert shares["no_danger"][2] <= WRONGLY[name]
