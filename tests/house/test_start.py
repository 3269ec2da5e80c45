"""A line that cannot start says why and what to do, in one sentence."""

import sys

import pytest

from wiring.processes import Helper, Line, StartError


def test_logs_that_cannot_be_written_are_named_with_the_setting_that_helps(tmp_path):
    taken = tmp_path / "log"
    taken.write_text("a file, not a folder")
    line = Line([Helper("actions", [sys.executable, "-c", ""], "http://127.0.0.1:9/health")], taken)
    with pytest.raises(StartError, match=r"LOG_DIR"):
        line.start(lambda name: None)
