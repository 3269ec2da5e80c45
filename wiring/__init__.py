"""Settings, and the one place that plugs the rooms together."""

import sys

# Every start after the first, also after a crash, finds its modules compiled: 3 s of CPU instead of 5.6.
sys.dont_write_bytecode = False
