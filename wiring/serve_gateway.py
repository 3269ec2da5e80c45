"""The gateway as a process: every door the outside can reach."""

from __future__ import annotations

import sys

import uvicorn

from api.app import make_app
from wiring.logs import quiet_logs
from wiring.settings import ROOT, settings

LARGEST_FRAME = 8 * 1024
"""Bytes of one WebSocket frame; a chat message is far smaller."""


def main() -> None:
    """Serves until stopped; what is in flight is finished first."""
    chosen = settings()
    quiet_logs()
    # Whoever knocks is heard between two steps of the work, and not behind a thread that computes for long.
    sys.setswitchinterval(0.001)
    app = make_app(chosen)
    if chosen.second_ear:
        app.state.line.ear.open(ROOT / "bot" / "models" / "acs-line.tar.gz")
    uvicorn.run(
        app,
        host=chosen.host,
        port=chosen.port,
        log_config=None,
        access_log=False,
        proxy_headers=bool(chosen.trusted_proxies),
        forwarded_allow_ips=chosen.trusted_proxies or None,
        server_header=False,
        ws_max_size=LARGEST_FRAME,
        timeout_graceful_shutdown=8,
    )


if __name__ == "__main__":
    main()
