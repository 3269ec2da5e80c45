"""The faulty wire itself: each way it can break is the one it is told."""

from __future__ import annotations

import time

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from chaos.pretend_bot import Served
from chaos.proxy import WAYS, Proxy
from chaos.stage import free_port, patient


@pytest.fixture(scope="module")
def wire():
    app = Starlette(routes=[Route("/", lambda request: JSONResponse({"said": "x" * 40}))])
    served = Served(app, free_port())
    patient(lambda: served.ready, 10, "the far end")
    proxy = Proxy(served.port)
    yield proxy
    proxy.close()
    served.stop()


def asked(wire: Proxy, seconds: float = 1.0) -> str:
    try:
        answer = httpx.get(wire.url, timeout=seconds, trust_env=False)
    except httpx.HTTPError as trouble:
        return type(trouble).__name__
    return f"{answer.status_code} {answer.text[:5]}"


EXPECTED = {
    "pass": '200 {"sai',
    "latency": '200 {"sai',
    "blackhole": "ReadTimeout",
    "down": "ConnectError",
    "reset": "ReadError",
    "cut": "RemoteProtocolError",
    "slow": "ReadTimeout",
    "html": "200 <html",
    "empty": "200 []",
    "http500": '500 {"tit',
}


@pytest.mark.parametrize("way", WAYS)
def test_it_breaks_as_it_is_told(wire: Proxy, way: str) -> None:
    wire.turn(way, seconds=1.5 if way == "slow" else 0.4)
    start = time.monotonic()
    assert asked(wire) == EXPECTED[way]
    assert way != "latency" or time.monotonic() - start >= 0.4
    wire.turn("pass")
    assert asked(wire) == EXPECTED["pass"]


def test_a_fault_may_strike_one_question_only(wire: Proxy) -> None:
    wire.turn("http500", only=b"unlucky")
    assert asked(wire) == EXPECTED["pass"]
    assert httpx.get(f"{wire.url}/?unlucky", trust_env=False).status_code == 500
    wire.turn("pass")
