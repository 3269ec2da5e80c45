"""Lets the tests of this room say `from build import ...`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
