"""What does this person want? One judge for both languages, and 'not sure' when it does not know."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

import numpy as np

from bot.hearing import language_of
from bot.hearing.yes_no import yes_or_no
from bot.judge import Judge, Opinion

Ranking = List[Tuple[str, float]]
UNSURE, ELSEWHERE = "nlu_fallback", "out_of_scope"
# Danger outranks every other reading: one chance in five is enough. (On examples left out this finds 91 %
# of distress instead of 90 %, for ten more false alarms in 8,000 sentences; the gateway listens as well.)
URGENT, ENOUGH = "distress", 0.2
NEVER_ASKED = {URGENT, "talk_to_agent"}  # a person who wants a person is not asked 'did you mean'


class Heard(NamedTuple):
    """`intent` may be nlu_fallback; `ranking` always holds the real candidates, best first."""

    intent: str
    confidence: float
    ranking: Ranking
    nearness: float


class Understanding:
    """Both encoders (opened at first need), the judge, and the limits below which we ask again."""

    def __init__(self, judge: Optional[Judge], limits: Dict[str, float]) -> None:
        self.judge, self.limits = judge, limits
        self._encoders: Dict[str, Any] = {}

    def encoder(self, name: str) -> Any:
        if name not in self._encoders:
            from bot.encoders.e5 import E5
            from bot.encoders.minilm import MiniLM

            self._encoders[name] = E5() if name == "e5" else MiniLM()
        return self._encoders[name]

    def opinion(self, text: str) -> Opinion:
        """MiniLM knows English only, so Spanish is not shown to it."""
        shown = " ".join(text.split())
        spanish = language_of(shown) == "es"
        minilm = np.zeros(384, np.float32) if spanish else self.encoder("minilm").vector(shown)
        return self.judge.judge(minilm, self.encoder("e5").vector(shown), shown)

    def hear(self, text: str, listening: Optional[str] = None) -> Heard:
        """The intent of `text`; a plain yes or no is taken at its word when we asked for one."""
        said = yes_or_no(text) if listening == "yes_no" else None
        if said is not None:
            intent = "affirm" if said else "deny"
            return Heard(intent, 1.0, [(intent, 1.0)], 1.0)
        return self.decide(self.opinion(text))

    def decide(self, opinion: Opinion) -> Heard:
        (intent, chance), near = opinion.ranking[0], opinion.nearness
        urgent = dict(opinion.ranking).get(URGENT, 0.0)
        lead = chance - opinion.ranking[1][1] if len(opinion.ranking) > 1 else 1.0
        if urgent >= ENOUGH:
            intent, chance = URGENT, urgent
        elif intent not in NEVER_ASKED and intent != ELSEWHERE:
            if near < self.limits.get("far", -1.0):
                intent = ELSEWHERE
            elif lead < self.limits.get("sure", 0.0):
                intent = UNSURE
        return Heard(intent, chance, opinion.ranking[:10], near)

    def save(self, folder: Path) -> None:
        self.judge.save(folder)
        (folder / "limits.json").write_text(json.dumps(self.limits), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Understanding":
        """Opens both encoders too, so that the first caller does not wait for them."""
        found = cls(Judge.load(folder), json.loads((folder / "limits.json").read_text(encoding="utf-8")))
        found.encoder("minilm"), found.encoder("e5")
        return found
