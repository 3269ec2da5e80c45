"""An app on a port of its own, for tests over the wire."""

import threading
import time

import uvicorn


def serve(app):
    """Starts it; gives the server (set should_exit to stop it) and its URL."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.01)
    return server, f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
