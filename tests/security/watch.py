"""After every test: is a trace of the canary, or of those who proved themselves, where none should be?"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from prometheus_client import generate_latest

from api.metrics import REGISTRY
from tests.security.canary import PRIVATE, PROOF, Nose, day_forms, number_forms

ROSA = frozenset(number_forms("900-70-1234") | day_forms("1984-03-09") | {"4471902", "Delgado", "12 Elm St"})
ROSAS_PROOF = frozenset(number_forms("900-70-1234") | day_forms("1984-03-09") | {"4471902"})

anywhere = Nose(PRIVATE | ROSA)
"""For what may tell nobody's name either: files, logs, metrics, addresses."""
proof = Nose(PROOF | ROSAS_PROOF)
"""For what the person and Twilio may hear, and the dialogue engine: names perhaps, proof never."""


def traces_of(line: Any, logs: str) -> dict[str, list[str]]:
    """place -> traces, of one line in a test (tests/api/conftest.py)."""
    file = Path(line.settings.database_url.removeprefix("sqlite:///"))
    sent = [vars(one) for one in line.phones.sent]
    urls = [url for _, url in (*line.phones.called, *line.phones.redirected)]
    found = {
        "the database": anywhere.in_file(file),
        "its write-ahead log": anywhere.in_file(file.with_name(file.name + "-wal")),
        "a log": anywhere.in_text(logs),
        "the metrics": anywhere.in_bytes(generate_latest(REGISTRY)),
        "an address": anywhere.in_text("\n".join(urls)),
        "what Twilio was told": proof.in_text(json.dumps(sent, default=str, ensure_ascii=False)),
        "the dialogue engine": proof.in_text(json.dumps(line.bot.turns, default=str, ensure_ascii=False)),
    }
    return {place: traces for place, traces in found.items() if traces}


def all_traces(lines: Iterable[Any], logs: str) -> dict[str, list[str]]:
    """The same for every line a test made."""
    return {place: traces for line in lines for place, traces in traces_of(line, logs).items()}
