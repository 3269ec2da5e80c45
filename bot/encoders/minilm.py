"""English sentences to vectors: all-MiniLM-L6-v2 on onnxruntime, one core, about 3 ms a sentence."""

from __future__ import annotations

import numpy as np

from bot import weights
from bot.encoders.session import LONGEST, Sentence


class MiniLM:
    """`vector(text)` gives 384 numbers of length one."""

    def __init__(self, small: bool = True) -> None:
        from tokenizers import Tokenizer

        path = weights.minilm(small)
        self._sentence = Sentence(path)
        self._tokenizer = Tokenizer.from_file(str(path.parent / weights.TOKENIZER))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)

    def vector(self, text: str) -> np.ndarray:
        return self._sentence.vector(self._tokenizer.encode(text).ids)
