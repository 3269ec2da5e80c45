"""Writes an ONNX file byte by byte, so that building the encoder needs neither torch nor the onnx package.

Only the handful of protobuf fields our graph uses are written. Field numbers are those of onnx.proto
(IR version 8); tests/bot compare the result with a plain numpy forward pass.
"""

from __future__ import annotations

from typing import Dict, List, Sequence, Union

import numpy as np

Attribute = Union[int, float, Sequence[int]]
TYPES = {np.dtype(np.float32): 1, np.dtype(np.uint8): 2, np.dtype(np.int8): 3, np.dtype(np.int64): 7}
FLOAT, INT64 = 1, 7


def varint(number: int) -> bytes:
    """A whole number the way protobuf writes it, seven bits at a time."""
    number &= (1 << 64) - 1
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def whole(field: int, number: int) -> bytes:
    return varint(field << 3) + varint(number)


def block(field: int, payload: Union[bytes, str]) -> bytes:
    data = payload.encode() if isinstance(payload, str) else payload
    return varint(field << 3 | 2) + varint(len(data)) + data


def tensor(name: str, array: np.ndarray) -> bytes:
    """A TensorProto holding the raw little-endian bytes of `array`."""
    dims = b"".join(whole(1, size) for size in array.shape)
    return dims + whole(2, TYPES[array.dtype]) + block(8, name) + block(9, array.tobytes())


def attribute(name: str, value: Attribute) -> bytes:
    if isinstance(value, float):
        body = varint(2 << 3 | 5) + np.float32(value).tobytes() + whole(20, 1)
    elif isinstance(value, int):
        body = whole(3, value) + whole(20, 2)
    else:
        body = b"".join(whole(8, one) for one in value) + whole(20, 7)
    return block(1, name) + body


def port(name: str, kind: int, shape: Sequence[Union[int, str]]) -> bytes:
    """A ValueInfoProto: one input or output, with named dimensions where the size is free."""
    dims = b"".join(block(1, whole(1, d) if isinstance(d, int) else block(2, d)) for d in shape)
    return block(1, name) + block(2, block(1, whole(1, kind) + block(2, dims)))


class Graph:
    """Collects nodes and weights, then writes the model."""

    def __init__(self) -> None:
        self.nodes: List[bytes] = []
        self.weights: Dict[str, np.ndarray] = {}
        self._count = 0

    def weight(self, array: np.ndarray) -> str:
        name = f"w{len(self.weights)}"
        self.weights[name] = np.ascontiguousarray(array)
        return name

    def ints(self, *numbers: int) -> str:
        return self.weight(np.array(numbers, dtype=np.int64))

    def many(self, op: str, inputs: Sequence[str], outputs: int, **attributes: Attribute) -> List[str]:
        """Adds one node and gives the names of its outputs."""
        self._count += 1
        names = [f"n{self._count}_{i}" for i in range(outputs)]
        body = b"".join(block(1, name) for name in inputs) + b"".join(block(2, name) for name in names)
        body += block(4, op) + b"".join(block(5, attribute(k, v)) for k, v in attributes.items())
        self.nodes.append(body)
        return names

    def add(self, op: str, *inputs: str, **attributes: Attribute) -> str:
        return self.many(op, inputs, 1, **attributes)[0]

    def bytes(self, inputs: List[bytes], output: str, size: int) -> bytes:
        """The whole ModelProto, opset 17."""
        self.nodes.append(block(1, output) + block(2, "sentence") + block(4, "Identity"))
        graph = b"".join(block(1, node) for node in self.nodes) + block(2, "sentence_encoder")
        graph += b"".join(block(5, tensor(name, array)) for name, array in self.weights.items())
        graph += b"".join(block(11, one) for one in inputs) + block(12, port("sentence", FLOAT, [size]))
        return whole(1, 8) + block(2, "acs-line") + block(7, graph) + block(8, whole(2, 17))
