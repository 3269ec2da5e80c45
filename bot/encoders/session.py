"""One sentence through an ONNX file, on one core and quietly."""

from __future__ import annotations

from pathlib import Path
from typing import Any, List, Union

import numpy as np

LONGEST = 128  # word pieces; a message is cut at 1,600 letters long before it matters


def quiet(model: Union[str, bytes]) -> Any:
    """An onnxruntime session on one core, for a file or for a model's bytes."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


class Sentence:
    """`vector(ids)` is the sentence's 384 numbers, of length one."""

    def __init__(self, path: Path) -> None:
        self._session = quiet(str(path))

    def vector(self, ids: List[int]) -> np.ndarray:
        return self._session.run(None, {"ids": np.array(ids, dtype=np.int64)})[0]
