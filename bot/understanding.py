"""What does this person want? English to one judge, Spanish to the other, and 'not sure' when neither knows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

import numpy as np

from bot.head import Head, Opinion
from bot.hearing import language_of
from bot.hearing.yes_no import yes_or_no
from bot.masking import masked

Ranking = List[Tuple[str, float]]
UNSURE, ELSEWHERE = "nlu_fallback", "out_of_scope"


class Heard(NamedTuple):
    """`intent` may be nlu_fallback; `ranking` always holds the real candidates, best first."""

    intent: str
    confidence: float
    ranking: Ranking
    nearness: float
    language: str


class Understanding:
    """Both encoders (opened at first need), both heads and the limits below which we ask again."""

    def __init__(self, heads: Dict[str, Head], limits: Dict[str, Dict[str, float]]) -> None:
        self.heads, self.limits = heads, limits
        self._encoders: Dict[str, Any] = {}

    def encoder(self, language: str) -> Any:
        if language not in self._encoders:
            from bot.encoders.e5 import E5
            from bot.encoders.minilm import MiniLM

            self._encoders[language] = E5() if language == "es" else MiniLM()
        return self._encoders[language]

    def opinion(self, text: str, language: str) -> Opinion:
        shown = masked(text)
        return self.heads[language].judge(self.encoder(language).vector(shown), shown)

    def hear(self, text: str, hints: Optional[Dict[str, Any]] = None) -> Heard:
        """The intent of `text`. `hints` may carry `language` (of the conversation) and `listening`."""
        hints = hints or {}
        language = self.language(text, hints.get("language"))
        if hints.get("listening") == "yes_no":
            said = yes_or_no(text)
            if said is not None:
                intent = "affirm" if said else "deny"
                return Heard(intent, 1.0, [(intent, 1.0)], 1.0, language)
        return self.decide(self.opinion(text, language), language)

    def language(self, text: str, spoken: Optional[str]) -> str:
        """Which judge reads it: what the words say, else what the conversation uses, else English."""
        language = language_of(text) or spoken or "en"
        return language if language in self.heads else next(iter(self.heads))

    def decide(self, opinion: Opinion, language: str) -> Heard:
        limits = self.limits.get(language, {})
        (intent, chance), near = opinion.ranking[0], opinion.nearness
        if intent != ELSEWHERE and near < limits.get("far", -1.0):
            intent = ELSEWHERE
        elif intent != ELSEWHERE and chance + limits.get("weight", 0.0) * near < limits.get("sure", 0.0):
            intent = UNSURE
        return Heard(intent, chance, opinion.ranking[:10], near, language)

    def save(self, folder: Path) -> None:
        for language, head in self.heads.items():
            head.save(folder, language)
        (folder / "limits.json").write_text(json.dumps(self.limits), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Understanding":
        found = {language: Head.load(folder, language) for language in ("en", "es")}
        heads = {language: head for language, head in found.items() if head is not None}
        return cls(heads, json.loads((folder / "limits.json").read_text(encoding="utf-8")))


def vectors(encoder: Any, texts: List[str], note: str) -> np.ndarray:
    """Every text's vector, with a line of progress for the person who waits."""
    import sys

    rows = []
    for number, text in enumerate(texts, 1):
        rows.append(encoder.vector(text))
        if number % 200 == 0 or number == len(texts):
            print(f"\r{note}: {number}/{len(texts)} sentences", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr, flush=True)
    return np.stack(rows)
