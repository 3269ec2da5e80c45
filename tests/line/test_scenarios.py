"""The stories of tests/scenarios, told to the line with its trained model."""

from __future__ import annotations

from collections import defaultdict

import pytest
import yaml

from tests.line.stories import CONVERSATIONS, TESTS, conversations, scenarios
from tests.line.teller import Teller

FOUR = {"happy", "ineligible", "corrected", "abandoned"}
SMALL_TALK = set(
    "greet goodbye thanks affirm deny repeat bot_challenge help_menu inform nlu_fallback verified".split()
)
REPAIRS = set(
    "happy corrections digressions cancellations clarifications repeats misunderstandings silence interruptions "
    "language topic_switch handoff requests".split()
)


def told(stories):
    """The stories as test parameters; one that is known to fail says why."""
    return [
        pytest.param(
            one, id=one.id, marks=[pytest.mark.xfail(reason=one.fails, strict=True)] if one.fails else []
        )
        for one in stories
    ]


@pytest.mark.line
@pytest.mark.parametrize("story", told(scenarios()))
def test_the_story_goes_as_written(stage, story):
    people = stage.enter(story.case, story.changes, story.today)
    Teller(stage, story, people).tell()


def test_every_topic_is_told_as_it_goes_well_is_refused_corrected_and_given_up():
    intents = set(yaml.safe_load((TESTS.parent / "domain.yml").read_text(encoding="utf-8"))["intents"])
    kinds = defaultdict(set)
    for one in scenarios():
        kinds[one.topic].add(one.kind)
    missing = {topic: FOUR - kinds[topic] for topic in intents - SMALL_TALK if FOUR - kinds[topic]}
    assert not missing
    assert kinds.keys() <= intents


def test_the_stories_are_spread_over_channels_and_languages():
    stories = list(scenarios())
    assert len(stories) >= 200
    for share, fits in ((0.35, "es"), (0.2, "sms"), (0.2, "voice"), (0.2, "web")):
        assert sum(fits in (one.language, one.channel) for one in stories) >= share * len(stories), fits


def test_no_two_stories_have_one_name():
    names = [one.id for one in (*scenarios(), *conversations())]
    assert len(names) == len(set(names))


def test_every_kind_of_repair_has_its_talks():
    folders = defaultdict(int)
    for one in conversations():
        folders[one.where] += 1
    assert folders.keys() == REPAIRS == {one.name for one in CONVERSATIONS.iterdir() if one.is_dir()}
    assert sum(folders.values()) >= 150
    assert min(folders.values()) >= 8
