"""People in danger are heard, and people who only sound like it are not sent to the wrong place (tests/desk/danger)."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml

from desk.safety import in_danger

TUNED = ("people", "check", "last")
"""The patterns were changed for these three, so what they hear here says little about other people. For that, see
fresh.yml and untouched.yml in tests/api/test_danger_heard.py."""
LISTS = [yaml.safe_load((Path(__file__).parent / "danger" / f"{name}.yml").read_text()) for name in TUNED]
DANGER = [str(one) for each in LISTS for one in each["danger"]]
NO_DANGER = [str(one) for each in LISTS for one in each["no_danger"]]


def test_at_least_98_in_a_hundred_are_heard():
    missed = [one for one in DANGER if not in_danger(one)]
    assert len(DANGER) >= 200
    assert len(missed) / len(DANGER) <= 0.02, missed


def test_at_most_3_in_a_hundred_are_heard_wrongly():
    wrongly = [one for one in NO_DANGER if in_danger(one)]
    assert len(NO_DANGER) >= 200
    assert len(wrongly) / len(NO_DANGER) <= 0.03, wrongly


@pytest.mark.parametrize("change", [str.upper, lambda one: f"  {one}!!! ", lambda one: one.replace("'", "’")])
def test_the_way_it_is_written_changes_nothing(change):
    heard = [one for one in DANGER if in_danger(one)]
    assert [one for one in heard if not in_danger(change(one))] == []


@pytest.mark.parametrize(
    "piece", ["i am ", "no puedo ", "going to ", "esta noche ", "not have a ", "a", "se va a "]
)
def test_nothing_anybody_types_takes_long(piece):
    start = time.process_time()
    in_danger((piece * 1600)[:1600])
    assert time.process_time() - start < 0.25
