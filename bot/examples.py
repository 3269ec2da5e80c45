"""Rasa's examples as plain pairs, read without Rasa."""

from __future__ import annotations

from pathlib import Path
from typing import List, Tuple

import yaml


def examples(data: Path) -> List[Tuple[str, str]]:
    """Every (sentence, intent) of the YAML files under `data`, sorted, each once."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found = set()
    for path in sorted(data.rglob("*.yml")):
        whole = yaml.load(path.read_text(encoding="utf-8"), Loader=loader) or {}
        for one in whole.get("nlu") or []:
            for line in one.get("examples", "").splitlines() if "intent" in one else []:
                text = " ".join(line.strip()[1:].split())
                if text:
                    found.add((text, one["intent"]))
    return sorted(found)
