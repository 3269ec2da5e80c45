"""The talks of tests/conversations, said to the line with its trained model as people say them."""

from __future__ import annotations

import pytest

from tests.line.stories import conversations
from tests.line.teller import Teller
from tests.line.test_scenarios import told

pytestmark = pytest.mark.line


@pytest.mark.parametrize("story", told(conversations()))
def test_the_talk_goes_as_written(stage, story):
    people = stage.enter(story.case, story.changes, story.today)
    Teller(stage, story, people).tell()
