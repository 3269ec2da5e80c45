"""Words and letter groups of a sentence, weighed by how rare they are. Plain dictionaries, no pickles."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from typing import Dict, Iterable, List, Tuple

import numpy as np

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


def plain(text: str) -> str:
    """Lower case, one kind of apostrophe, single spaces."""
    return " ".join(text.lower().replace("\u2019", "'").split())


def word_parts(text: str) -> Iterable[str]:
    """Single words and pairs of neighbours."""
    words = WORD.findall(text)
    yield from (f"w:{word}" for word in words)
    yield from (f"w:{a} {b}" for a, b in itertools.pairwise(words))


def letter_parts(text: str, shortest: int = 3, longest: int = 5) -> Iterable[str]:
    """Groups of letters inside each word, with its edges, so that 'garnishmnt' still looks familiar."""
    for word in WORD.findall(text):
        edged = f" {word} "
        for size in range(shortest, longest + 1):
            if len(edged) < size:
                break
            yield from (f"c:{edged[i : i + size]}" for i in range(len(edged) - size + 1))


class Weigher:
    """Turns a text into (columns, weights). Words and letters each have length one before scaling."""

    def __init__(self, vocabulary: Dict[str, int], rarity: np.ndarray) -> None:
        self.vocabulary, self.rarity = vocabulary, rarity

    @classmethod
    def learn(cls, texts: List[str]) -> "Weigher":
        """Keeps words that occur in two texts and letter groups that occur in three."""
        seen: Counter = Counter()
        for text in texts:
            seen.update(set(word_parts(plain(text))) | set(letter_parts(plain(text))))
        kept = sorted(part for part, count in seen.items() if count >= (2 if part[0] == "w" else 3))
        rarity = [math.log((1 + len(texts)) / (1 + seen[part])) + 1 for part in kept]
        return cls({part: i for i, part in enumerate(kept)}, np.array(rarity, dtype=np.float32))

    def weigh(self, text: str) -> Tuple[np.ndarray, np.ndarray]:
        text = plain(text)
        halves = [self._half(word_parts(text)), self._half(letter_parts(text))]
        columns = np.concatenate([half[0] for half in halves])
        return columns, np.concatenate([half[1] for half in halves])

    def _half(self, parts: Iterable[str]) -> Tuple[np.ndarray, np.ndarray]:
        counts = Counter(self.vocabulary[p] for p in parts if p in self.vocabulary)
        columns = np.fromiter(counts.keys(), dtype=np.int64, count=len(counts))
        times = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        weights = (1 + np.log(times)) * self.rarity[columns]
        length = float(np.sqrt((weights**2).sum()))
        return columns, weights / length if length else weights
