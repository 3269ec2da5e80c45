"""Spanish sentences to vectors: multilingual-e5-small on onnxruntime, one core, about 6 ms a sentence."""

from __future__ import annotations

import json
import re

import numpy as np

from bot import weights
from bot.encoders.session import LONGEST, Sentence

SPACE = "\u2581"  # how word pieces write the space before a word


class E5:
    """`vector(text)` gives 384 numbers of length one. Every text is read as a 'query: ', as E5 was taught."""

    def __init__(self) -> None:
        from tokenizers.models import Unigram

        path = weights.e5()
        note = json.loads((path.parent / weights.E5_PIECES).read_text(encoding="utf-8"))
        self._sentence = Sentence(path)
        self._pieces = Unigram([(piece, score) for piece, score in note["pieces"]], note["unknown"])
        self._letters = str.maketrans(note["letters"])
        self._first, self._last = note["first"], note["last"]

    def ids(self, text: str) -> "list[int]":
        plain = re.sub(" +", " ", f"query: {text}".translate(self._letters))
        pieces = self._pieces.tokenize((SPACE if plain[:1] != " " else "") + plain.replace(" ", SPACE))
        return [self._first, *[piece.id for piece in pieces][: LONGEST - 2], self._last]

    def vector(self, text: str) -> np.ndarray:
        return self._sentence.vector(self.ids(text))
