"""Draws a small BERT (MiniLM with 6 layers, E5 with 12, mean pooling) as an ONNX graph from its weights.

One sentence goes in, one vector of length one comes out. Sentences are never padded, so training
and serving see the very same numbers.
"""

from __future__ import annotations

from typing import Dict, List

import numpy as np

from bot.encoders.onnx_file import INT64, Graph, port

Weights = Dict[str, np.ndarray]
WIDTH, HEADS = 384, 12
HEAD = WIDTH // HEADS
# AVX2 adds pairs of 8-bit products in 16 bits and clips; weights of 7 bits can never reach the clip.
TOP = 63


class Drawer:
    """Adds BERT's parts to a graph, in 32-bit floats or with 8-bit matrices (`small`)."""

    def __init__(self, weights: Weights, small: bool) -> None:
        self.graph, self.weights, self.small = Graph(), weights, small

    def dense(self, x: str, kernel: np.ndarray, bias: np.ndarray) -> str:
        g = self.graph
        if not self.small:
            return g.add("Add", g.add("MatMul", x, g.weight(kernel)), g.weight(bias))
        scale = np.maximum(np.abs(kernel).max(axis=0), 1e-8) / TOP
        whole = np.clip(np.round(kernel / scale), -TOP, TOP).astype(np.int8)
        x8, x_scale, x_zero = g.many("DynamicQuantizeLinear", [x], 3)
        product = g.add("Cast", g.add("MatMulInteger", x8, g.weight(whole), x_zero), to=1)
        scales = g.add("Mul", x_scale, g.weight(scale.astype(np.float32)))
        return g.add("Add", g.add("Mul", product, scales), g.weight(bias))

    def linear(self, x: str, name: str) -> str:
        return self.dense(x, self.weights[f"{name}.weight"].T, self.weights[f"{name}.bias"])

    def norm(self, x: str, name: str) -> str:
        g = self.graph
        gamma, beta = (g.weight(self.weights[f"{name}.{part}"]) for part in ("weight", "bias"))
        return g.add("LayerNormalization", x, gamma, beta, axis=-1, epsilon=1e-12)

    def words(self, ids: str) -> str:
        """The word table; small, each row is stored in 8 bits with its own scale."""
        g, table = self.graph, self.weights["embeddings.word_embeddings.weight"]
        if not self.small:
            return g.add("Gather", g.weight(table), ids)
        scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-8) / 127
        rows = g.add("Gather", g.weight(np.round(table / scale).astype(np.int8)), ids)
        return g.add(
            "Mul", g.add("Cast", rows, to=1), g.add("Gather", g.weight(scale.astype(np.float32)), ids)
        )

    def embeddings(self, ids: str) -> str:
        g, w = self.graph, self.weights
        places = w["embeddings.position_embeddings.weight"] + w["embeddings.token_type_embeddings.weight"][0]
        here = g.add("Slice", g.weight(places), g.ints(0), g.add("Shape", ids), g.ints(0))
        return self.norm(g.add("Add", self.words(ids), here), "embeddings.LayerNorm")

    def attention(self, x: str, name: str) -> str:
        """Twelve heads at once; queries carry the 1/sqrt(32) so that no extra node is needed."""
        g, w = self.graph, self.weights
        parts = [f"{name}.self.{part}" for part in ("query", "key", "value")]
        kernel = np.concatenate([w[f"{p}.weight"].T for p in parts], axis=1)
        bias = np.concatenate([w[f"{p}.bias"] for p in parts])
        kernel[:, :WIDTH] /= np.sqrt(HEAD)
        bias[:WIDTH] /= np.sqrt(HEAD)
        split = g.add("Reshape", self.dense(x, kernel, bias), g.ints(-1, 3, HEADS, HEAD))
        q, k, v = g.many("Split", [g.add("Transpose", split, perm=[1, 2, 0, 3])], 3, axis=0)
        q, k, v = (g.add("Squeeze", one, g.ints(0)) for one in (q, k, v))
        scores = g.add("MatMul", q, g.add("Transpose", k, perm=[0, 2, 1]))
        mixed = g.add("MatMul", g.add("Softmax", scores, axis=-1), v)
        joined = g.add("Reshape", g.add("Transpose", mixed, perm=[1, 0, 2]), g.ints(-1, WIDTH))
        return self.linear(joined, f"{name}.output.dense")

    def gelu(self, x: str) -> str:
        g = self.graph
        half, one, root = (g.weight(np.float32(v).reshape(())) for v in (0.5, 1.0, np.sqrt(2)))
        bell = g.add("Add", g.add("Erf", g.add("Div", x, root)), one)
        return g.add("Mul", g.add("Mul", x, bell), half)

    def layer(self, x: str, number: int) -> str:
        g, name = self.graph, f"encoder.layer.{number}"
        heard = self.attention(x, f"{name}.attention")
        x = self.norm(g.add("Add", x, heard), f"{name}.attention.output.LayerNorm")
        thought = self.linear(self.gelu(self.linear(x, f"{name}.intermediate.dense")), f"{name}.output.dense")
        return self.norm(g.add("Add", x, thought), f"{name}.output.LayerNorm")

    def pool(self, x: str) -> str:
        """The mean over words, scaled to length one."""
        g = self.graph
        mean = g.add("ReduceMean", x, axes=[0], keepdims=0)
        return g.add("Div", mean, g.add("ReduceL2", mean, axes=[0], keepdims=1))


def draw(weights: Weights, small: bool) -> bytes:
    """The ONNX model for these weights; `small` stores the matrices in 8 bits."""
    drawer = Drawer(weights, small)
    x = drawer.embeddings("ids")
    for number in range(1 + max(int(name.split(".")[2]) for name in weights if name.startswith("encoder."))):
        x = drawer.layer(x, number)
    inputs: List[bytes] = [port("ids", INT64, ["words"])]
    return drawer.graph.bytes(inputs, drawer.pool(x), WIDTH)
