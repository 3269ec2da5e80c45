"""The action endpoint as a process of its own, on loopback only."""

from __future__ import annotations

import gc
import sys

import uvicorn

from actions.app import make_app
from store.one_writer import OneWriter
from wiring.logs import quiet_logs
from wiring.rooms import Rooms
from wiring.secrets import key_for, the_secret
from wiring.settings import settings


def main() -> None:
    """Serves rasa-sdk's protocol until stopped."""
    chosen = settings()
    quiet_logs()
    # Nothing the actions decide leaves the house before the gateway has kept its own part of the turn, on disk and
    # after theirs in the same log; so they need not wait for the disk themselves (docs/decisions/0012).
    rooms = Rooms(chosen, OneWriter(chosen.database_url, on_disk=False))
    app = make_app(rooms, key_for(the_secret(chosen), "bot"))
    gc.collect()
    gc.freeze()  # what is loaded stays; the collector need not look at it again
    gc.set_threshold(20_000, 20, 20)
    sys.setswitchinterval(0.001)  # the loop gets its turn sooner from a thread that asks the desk
    uvicorn.run(app, host="127.0.0.1", port=chosen.actions_port, log_config=None, access_log=False)


if __name__ == "__main__":
    main()
