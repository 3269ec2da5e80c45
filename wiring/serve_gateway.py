"""The gateway as a process: every door the outside can reach."""

from __future__ import annotations

import uvicorn

from api.app import make_app
from wiring.logs import quiet_logs
from wiring.settings import settings

LARGEST_FRAME = 8 * 1024
"""Bytes of one WebSocket frame; a chat message is far smaller."""


def main() -> None:
    """Serves until stopped; what is in flight is finished first."""
    chosen = settings()
    quiet_logs()
    uvicorn.run(
        make_app(chosen),
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
