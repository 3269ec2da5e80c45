"""Gateways on demand: everything is imported once, then each life is a fork with its own settings.

`python -m chaos.nursery` reads one order per line, `{"env": {...}, "log": "...", "without": "..."}`, and
answers with the process id of a real gateway, which can then be killed like any other.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
from typing import Any

MODULES = (
    "wiring.serve_gateway",
    "api.console",
    "httpcore",
    "sqlalchemy.dialects.sqlite.pysqlite",
    "uvicorn.lifespan.on",
    "uvicorn.loops.auto",
    "uvicorn.protocols.http.auto",
    "uvicorn.protocols.websockets.auto",
    "twilio.rest",
    "twilio.rest.api",
    "twilio.rest.taskrouter",
)


def main() -> None:
    """Serves orders until its standard input ends; its children end with it."""
    # Half of a gateway's start is reading its modules, also those it only reads when it is made.
    for module in MODULES:
        importlib.import_module(module)

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    born: list[int] = []
    print("ready", flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _live(order)
        born.append(pid)
        print(pid, flush=True)
    for pid in born:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def _live(order: dict[str, Any]) -> None:
    """The child: a gateway as `python -m wiring.serve_gateway` would be, with the given environment."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for kept, new in ((0, nothing), (1, log), (2, log)):
        os.dup2(new, kept)
    os.environ.update(order["env"])
    code = 1
    try:
        from chaos import guards
        from wiring import serve_gateway

        if order.get("without"):
            guards.take_out(order["without"])
        serve_gateway.main()
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
