"""S13, second half: the source itself, looked through by bandit and for secrets."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class
from detect_secrets.plugins.base import RegexBasedDetector

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("acs", "actions", "api", "bot", "channels", "desk", "letters", "pretend_twilio", "store", "wiring")


def tracked() -> list[str]:
    found = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [one for one in found.stdout.splitlines() if (ROOT / one).is_file()]


def test_bandit_finds_nothing_of_weight():
    files = [one for one in tracked() if one.endswith(".py") and one.split("/")[0] in ROOMS]
    done = subprocess.run(
        [sys.executable, "-m", "bandit", "-q", "-f", "json", "--severity-level", "high", *files],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    found = [
        f"{one['filename']}:{one['line_number']} {one['issue_text']}"
        for one in json.loads(done.stdout)["results"]
    ]
    assert found == []


PLANTED = 'key = "AKIA' + 'IOSFODNN7EXAMPLQ"\n'


def secrets_in(files: list[str], cwd: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", "detect_secrets", "scan", "--no-verify", *DETECTORS_OFF, *files],
        cwd=cwd, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [
        f"{file}:{one['line_number']} {one['type']}"
        for file, all_of_it in json.loads(done.stdout)["results"].items()
        for one in all_of_it
    ]


# These guess by how mixed letters look or by the word "password" nearby: lock files, fixtures and forms are full of that.
DETECTORS_OFF = [
    part
    for name in ("Base64HighEntropyString", "HexHighEntropyString", "KeywordDetector", "IPPublicDetector")
    for part in ("--disable-plugin", name)
]
SKIPPED = (".woff2", ".png", ".pdf", ".json", ".txt", ".svg")


def test_no_secret_is_in_the_source(tmp_path):
    (tmp_path / "planted.py").write_text(PLANTED)
    assert secrets_in(["planted.py"], tmp_path), "the scan would not find one"
    files = [one for one in tracked() if not one.endswith(SKIPPED) and not one.startswith("tests/")]
    assert secrets_in(files, ROOT) == []


def patterns() -> list[re.Pattern[str]]:
    """What the detectors of detect-secrets look for, but for those that are off."""
    kinds = get_mapping_from_secret_type_to_class().values()
    return [
        one
        for kind in kinds
        if issubclass(kind, RegexBasedDetector) and kind.__name__ not in DETECTORS_OFF
        for one in kind.denylist
    ]


def added_lines(history: str) -> Iterator[tuple[str, str]]:
    """(file, line) of all that was ever added, outside of tests and lists of figures."""
    file = ""
    for line in history.splitlines():
        if line.startswith("+++ "):
            file = line.removeprefix("+++ b/")
        elif line.startswith("+") and not file.endswith(SKIPPED) and not file.startswith("tests/"):
            yield file, line[1:]


def secrets_ever(history: str) -> list[str]:
    known = patterns()
    lines = [
        (file, line) for file, line in added_lines(history) if len(line) < 2000 and "allowlist" not in line
    ]
    return sorted(
        {f"{file}: {one.pattern[:30]}" for file, line in lines for one in known if one.search(line)}
    )


def git(*command: str) -> str:
    done = subprocess.run(["git", *command], cwd=ROOT, capture_output=True, check=True)
    return done.stdout.decode(errors="replace")


def test_no_secret_ever_was_in_the_source():
    assert secrets_ever(f"+++ b/planted.py\n+{PLANTED}"), "the scan would not find one"
    if git("rev-parse", "--is-shallow-repository").strip() == "true":
        pytest.skip("only a part of the history is here")
    assert (
        secrets_ever(git("log", "-p", "-U0", "--all", "--no-color", "--no-ext-diff", "--no-textconv")) == []
    )
