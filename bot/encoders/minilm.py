"""English sentences to vectors: all-MiniLM-L6-v2 on onnxruntime, one core, about 3 ms a sentence."""

from __future__ import annotations

from typing import List

import numpy as np

LONGEST = 128  # word pieces; a message is cut at 1,600 letters long before it matters


class MiniLM:
    """`vectors(texts)` gives one row of 384 numbers per text, each of length one."""

    name = "minilm"

    def __init__(self, small: bool = True) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        from bot import weights

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        path = weights.minilm(small)
        self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(path.parent / weights.TOKENIZER))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)

    def vector(self, text: str) -> np.ndarray:
        ids = np.array(self._tokenizer.encode(text).ids, dtype=np.int64)
        return self._session.run(None, {"ids": ids})[0]

    def vectors(self, texts: List[str]) -> np.ndarray:
        return np.stack([self.vector(text) for text in texts])
