"""Runs the tests that need Rasa in Rasa's own environment."""

import os
import subprocess
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
PYTHON = HOUSE / "bot" / ".venv" / "bin" / "python"


@pytest.mark.skipif(not PYTHON.exists(), reason="bot/.venv is not installed")
@pytest.mark.timeout(300)
def test_the_rasa_room() -> None:
    command = [
        str(PYTHON),
        "-W",
        "ignore",
        "-m",
        "unittest",
        "discover",
        "-s",
        "tests/bot/rasa_room",
        "-t",
        ".",
    ]
    done = subprocess.run(
        command, cwd=HOUSE, env={**os.environ, "PYTHONPATH": "."}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-6000:]
