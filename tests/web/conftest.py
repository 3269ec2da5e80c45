"""A browser and a stand-in line for the tests of the pages. Without Chromium they are skipped, and say so."""

import threading
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect

from tests.web.stub import build

# A busy machine is slow, and slow is not wrong; what is wrong stays wrong.
expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def line() -> Iterator[SimpleNamespace]:
    """A fresh line: `address`, and `state` to look behind the counter (talks, posts, desk)."""
    app = build()
    server = uvicorn.Server(
        uvicorn.Config(
            app, host="127.0.0.1", port=0, log_level="error", lifespan="off", timeout_graceful_shutdown=1
        )
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield SimpleNamespace(address=f"http://127.0.0.1:{port}", state=app.state)
    server.should_exit = server.force_exit = True
    thread.join(5)


@pytest.fixture
def look(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens an address in a tab of its own. A dialog, a script error or a refused script fails the test."""
    pages: list[Page] = []
    trouble: list[str] = []

    def heard(message: Any) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            trouble.append(message.text)

    def watch(page: Page) -> None:
        page.on("dialog", lambda dialog: (trouble.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("console", heard)

    def opened(address: str, **traits: Any) -> Page:
        context = browser.new_context(**traits)
        context.set_default_timeout(20_000)
        context.on("page", watch)
        page = context.new_page()
        pages.append(page)
        page.goto(address)
        return page

    yield opened
    for page in pages:
        page.context.close()
    assert not trouble, trouble
