"""Words name no figure of the law: a number comes from law/, with its source, or not at all."""

import re
from pathlib import Path

import pytest

from acs import law

FOLDER = Path(law.__file__).parent / "words"
UNITS = "days?|years?|months?|percent|dollars?|días|años|meses|por ciento|dólares"
COUNTS = r"\d+|two|three|five|ten|thirty|sixty|dos|tres|cinco|diez|treinta|sesenta"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yml")), ids=lambda p: p.name)
def test_no_figure_in_words(path: Path) -> None:
    found = re.findall(
        rf"(?:\b(?:{COUNTS})\s+(?:{UNITS})\b|\$\d)", path.read_text(encoding="utf-8"), flags=re.I
    )
    assert not found
