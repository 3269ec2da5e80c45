"""Vectors of training sentences, kept from one training to the next: only new sentences are encoded."""

from __future__ import annotations

import hashlib
import os
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Dict, List

import numpy as np

from bot import weights

MANY = 40_000  # then sentences that are no longer taught are let go


def mark(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:24]


def remembered(path: Path) -> Dict[str, np.ndarray]:
    try:
        with np.load(path, allow_pickle=False) as kept:
            return dict(zip(kept["marks"].tolist(), kept["vectors"].astype(np.float16)))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile):
        return {}


def vectors(encoder: Any, texts: List[str], name: str) -> np.ndarray:
    """One row per text, with a line of progress for the person who waits."""
    path = weights.PLACE / f"kept-{name}.npz"
    known = remembered(path)
    new = sorted({text for text in texts if mark(text) not in known})
    with ThreadPoolExecutor(os.cpu_count() or 1) as hands:  # the encoder lets go of Python while it reads
        for number, (text, vector) in enumerate(zip(new, hands.map(encoder.vector, new)), 1):
            known[mark(text)] = vector.astype(np.float16)  # as the model keeps it
            if number % (100 if sys.stderr.isatty() else 2000) == 0 or number == len(new):
                print(
                    f"\r  {name} reads new sentences: {number}/{len(new)}",
                    end="",
                    file=sys.stderr,
                    flush=True,
                )
    if new:
        print(file=sys.stderr, flush=True)
        keep(path, known if len(known) < MANY else {mark(text): known[mark(text)] for text in texts})
    return np.stack([known[mark(text)] for text in texts]).astype(np.float32)


def keep(path: Path, known: Dict[str, np.ndarray]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    half_done = path.with_suffix(f".{id(known)}.npz")
    np.savez(half_done, marks=np.array(list(known)), vectors=np.stack(list(known.values())))
    half_done.replace(path)
