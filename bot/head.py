"""One language's judge: from a sentence vector and its words to a calibrated list of intents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Optional, Sequence, Tuple

import numpy as np

from bot.tfidf import Weigher

NEIGHBOURS = 3


class Opinion(NamedTuple):
    """`ranking`: (intent, probability), best first. `nearness`: cosine to the three nearest examples."""

    ranking: List[Tuple[str, float]]
    nearness: float


class Head:
    """Logistic regression over [embedding, words, letters], with a temperature and the examples it knows."""

    def __init__(self, parts: Dict[str, np.ndarray], names: Sequence[str], vocabulary: Dict[str, int],
                 scale: float, temperature: float) -> None:
        self.names, self.scale, self.temperature = list(names), scale, temperature
        self.weigher = Weigher(vocabulary, parts["rarity"])
        self.parts = parts

    def logits(self, vector: np.ndarray, text: str) -> np.ndarray:
        columns, weights = self.weigher.weigh(text)
        sparse = (weights * self.scale) @ self.parts["sparse"][columns].astype(np.float32)
        return vector @ self.parts["dense"] + sparse + self.parts["bias"]

    def judge(self, vector: np.ndarray, text: str) -> Opinion:
        logits = self.logits(vector, text) / self.temperature
        chances = np.exp(logits - logits.max())
        chances /= chances.sum()
        best = np.argsort(-chances)
        near = np.sort(self.parts["examples"] @ vector)[-NEIGHBOURS:].mean()
        return Opinion([(self.names[i], float(chances[i])) for i in best], float(near))

    def save(self, folder: Path, name: str) -> None:
        np.savez_compressed(folder / f"{name}.npz", **self.parts)
        rest: Dict[str, Any] = {"names": self.names, "vocabulary": self.weigher.vocabulary,
                                "scale": self.scale, "temperature": self.temperature}
        (folder / f"{name}.json").write_text(json.dumps(rest, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, name: str) -> Optional["Head"]:
        path = folder / f"{name}.npz"
        if not path.exists():
            return None
        with np.load(path, allow_pickle=False) as kept:
            parts = {key: kept[key] for key in kept.files}
        return cls(parts, **json.loads((folder / f"{name}.json").read_text(encoding="utf-8")))
