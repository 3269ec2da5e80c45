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
        centred = e5 - self.middle
        cosines = self.e5.cosines(centred / np.linalg.norm(centred))
        closeness = SHARES["e5"] * alike(cosines)
        if minilm.any():
            closeness += SHARES["minilm"] * alike(self.minilm.cosines(minilm))
        columns, weights = self.weigher.weigh(text)
        told = weights @ self.parts[columns].astype(np.float32)
        warmth = self.long_temperature if len(text.split()) >= LONG else self.temperature
        logits = (closeness @ self.say + SHARES["parts"] * told + self.always) / warmth
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
