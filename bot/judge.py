"""The judge: weighs a sentence against every example it knows, in both languages at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Optional, Sequence, Tuple

import numpy as np

from bot.encoders.neighbours import Neighbours
from bot.tfidf import Weigher

WIDTHS = 2.0  # how quickly an example stops mattering as it gets less alike
SHARES = {"minilm": 3.0, "e5": 6.0, "parts": 1.0, "same": 0.1}
NEIGHBOURS = 3
LONG = 22  # words; a story is less like any example than a plain question is, and no less clear for it


class Opinion(NamedTuple):
    """`ranking`: (intent, probability), best first. `nearness`: cosine to the three nearest examples."""

    ranking: List[Tuple[str, float]]
    nearness: float


def alike(cosines: np.ndarray) -> np.ndarray:
    """1 for the same sentence, 0 for an unrelated one (or one the encoder was not shown)."""
    return np.exp(WIDTHS * (cosines - 1)) - np.float32(np.exp(-WIDTHS))


class Judge:
    """Kernel ridge regression over [MiniLM, E5, words, letters]; its temperatures make the chances true, one for stories.

    `minilm` and `e5` hold one row per example (MiniLM's are zero for Spanish ones), `say` what each example
    says for each intent, `parts` the same for each word and letter group.
    """

    def __init__(
        self,
        numbers: Dict[str, np.ndarray],
        names: Sequence[str],
        vocabulary: Dict[str, int],
        temperature: float,
        long_temperature: Optional[float] = None,
    ) -> None:
        self.names, self.temperature = list(names), temperature
        self.long_temperature = long_temperature or temperature
        self.weigher = Weigher(vocabulary, numbers["rarity"])
        self.minilm, self.e5 = Neighbours(numbers["minilm"]), Neighbours(numbers["e5"])
        self.numbers, self.middle = numbers, numbers["middle"]
        self.say, self.parts = np.ascontiguousarray(numbers["say"]), numbers["parts"]
        self.always = SHARES["same"] * self.say.sum(axis=0)

    def judge(self, minilm: np.ndarray, e5: np.ndarray, text: str) -> Opinion:
        """`minilm` is zero where the sentence is Spanish; `e5` is as the encoder gave it."""
        told, cosines = self.by_e5(e5)
        return self.weighed(told + self.by_minilm(minilm) if minilm.any() else told, cosines, text)

    def by_minilm(self, vector: np.ndarray) -> np.ndarray:
        """What the examples alike in MiniLM's eyes say for each intent."""
        return (SHARES["minilm"] * alike(self.minilm.cosines(vector))) @ self.say

    def by_e5(self, vector: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
        """The same in E5's eyes, and how alike each example is."""
        centred = vector - self.middle
        cosines = self.e5.cosines(centred / np.linalg.norm(centred))
        return (SHARES["e5"] * alike(cosines)) @ self.say, cosines

    def weighed(self, told: np.ndarray, cosines: np.ndarray, text: str) -> Opinion:
        """`told` by the encoders, with the words themselves, as chances. `cosines` are E5's."""
        columns, weights = self.weigher.weigh(text)
        parts = weights @ self.parts[columns].astype(np.float32)
        warmth = self.long_temperature if len(text.split()) >= LONG else self.temperature
        logits = (told + SHARES["parts"] * parts + self.always) / warmth
        chances = np.exp(logits - logits.max())
        chances /= chances.sum()
        near = np.partition(cosines, -NEIGHBOURS)[-NEIGHBOURS:].mean()
        return Opinion([(self.names[i], float(chances[i])) for i in np.argsort(-chances)], float(near))

    def save(self, folder: Path) -> None:
        np.savez_compressed(folder / "judge.npz", **self.numbers)
        rest: Dict[str, Any] = {
            "names": self.names,
            "vocabulary": self.weigher.vocabulary,
            "temperature": self.temperature,
            "long_temperature": self.long_temperature,
        }
        (folder / "judge.json").write_text(json.dumps(rest, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Judge":
        with np.load(folder / "judge.npz", allow_pickle=False) as kept:
            numbers = {key: kept[key] for key in kept.files}
        found = cls(numbers, **json.loads((folder / "judge.json").read_text(encoding="utf-8")))
        found.numbers = {}  # only a judge that has just been taught is saved
        return found
