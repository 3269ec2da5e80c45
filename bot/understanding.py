"""What does this person want? One judge for both languages, and 'not sure' when it does not know."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

import numpy as np

from bot.hearing import language_of
from bot.hearing.given import says_stop, says_yes
from bot.hearing.restated import restated
from bot.hearing.yes_no import yes_or_no
from bot.judge import Judge, Opinion
from desk.safety import without_figures

Ranking = List[Tuple[str, float]]
UNSURE, ELSEWHERE = "nlu_fallback", "out_of_scope"
# Danger outranks every other reading: one chance in four is enough, where no figure of speech alone gave it.
URGENT, ENOUGH = "distress", 0.25
NEVER_ASKED = {URGENT, "talk_to_agent"}  # a person who wants a person is not asked 'did you mean'
# Rights are asked about rather than passed over: from this chance on, whatever came first.
RIGHTS = frozenset(
    "cdp_appeal collection_appeal_other cannot_pay_hardship authorize_representative talk_to_agent taxpayer_advocate "
    "innocent_spouse opt_out".split()
)
PERHAPS = 0.2
MACHINE = re.compile(
    r"[{}<>]|[a-z]_[a-z]"
)  # nobody speaks in braces: commands are only words, and not for us
# Done at once and without a further question, so the words themselves must have been said.
SAID, CERTAIN = {"opt_out": says_stop, "affirm": says_yes}, 0.6

BESIDE = ThreadPoolExecutor(2, thread_name_prefix="minilm")
"""An English sentence is read by both encoders at once where there are two cores."""


class Heard(NamedTuple):
    """`intent` may be nlu_fallback; `ranking` always holds the real candidates, best first."""

    intent: str
    confidence: float
    ranking: Ranking
    nearness: float


def without_danger(opinion: Opinion) -> Opinion:
    """The same opinion, were danger no reading at all."""
    others = [(name, chance) for name, chance in opinion.ranking if name != URGENT]
    whole = sum(chance for _, chance in others) or 1.0
    return opinion._replace(ranking=[(name, chance / whole) for name, chance in others])


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
        english = None if language_of(shown) == "es" else BESIDE.submit(self._in_english, shown)
        told, cosines = self.judge.by_e5(self.encoder("e5").vector(shown))
        return self.judge.weighed(told + english.result() if english else told, cosines, shown)

    def _in_english(self, text: str) -> np.ndarray:
        return self.judge.by_minilm(self.encoder("minilm").vector(text))

    def hear(self, text: str, listening: Optional[str] = None) -> Heard:
        """The intent of `text`, or of what its speaker put in its place; a plain yes or no counts when we asked for one."""
        said = yes_or_no(text) if listening == "yes_no" else None
        if said is not None:
            intent = "affirm" if said else "deny"
            return Heard(intent, 1.0, [(intent, 1.0)], 1.0)
        heard = self.wanted(text)
        return self.calm(text) if heard.intent == URGENT and self.only_a_figure(text) else heard

    def wanted(self, text: str) -> Heard:
        """By the whole sentence, or by what was put in its place."""
        heard, meant = self.decide(self.opinion(text), text), restated(text)
        if not meant or heard.intent == URGENT:
            return heard
        again = self.decide(self.opinion(meant), meant)
        return heard if again.intent in (UNSURE, ELSEWHERE) else again

    def only_a_figure(self, text: str) -> bool:
        """'This debt is killing me': with the figure of speech taken out, nothing speaks of danger any more."""
        left = without_figures(text)
        return left != text and (not left.strip() or self.wanted(left).intent != URGENT)

    def calm(self, text: str) -> Heard:
        """What else the person may want, where danger is no reading."""
        return self.decide(without_danger(self.opinion(text)), text)

    def decide(self, opinion: Opinion, text: str) -> Heard:
        """Act, ask (nlu_fallback with the likeliest in the ranking), or say that it belongs elsewhere."""
        if opinion.ranking[0][0] == URGENT and opinion.ranking[0][1] < ENOUGH:
            opinion = without_danger(opinion)
        (intent, chance), near = opinion.ranking[0], opinion.nearness
        chances = dict(opinion.ranking)
        if MACHINE.search(text):
            intent = ELSEWHERE if intent != URGENT else intent
        elif chances.get(URGENT, 0.0) >= ENOUGH:
            intent, chance = URGENT, chances[URGENT]
        elif intent in SAID and (chance < CERTAIN or not SAID[intent](text)):
            intent = UNSURE
        elif intent not in NEVER_ASKED:
            intent = self.acted(intent, opinion)
        return Heard(intent, chance, opinion.ranking[:10], near)

    def acted(self, intent: str, opinion: Opinion) -> str:
        """The first guess, if it leads clearly and passes over no right."""
        ranking = opinion.ranking
        lead = ranking[0][1] - ranking[1][1] if len(ranking) > 1 else 1.0
        passed_over = intent not in RIGHTS and any(
            name in RIGHTS and chance >= PERHAPS for name, chance in ranking[1:3]
        )
        if intent == ELSEWHERE:
            return UNSURE if passed_over else ELSEWHERE
        if opinion.nearness < self.limits.get("far", -1.0) and intent not in RIGHTS:
            return ELSEWHERE
        return UNSURE if passed_over or lead < self.limits.get("sure", 0.0) else intent

    def save(self, folder: Path) -> None:
        self.judge.save(folder)
        (folder / "limits.json").write_text(json.dumps(self.limits), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Understanding":
        """Opens both encoders too, so that the first caller does not wait for them."""
        found = cls(Judge.load(folder), json.loads((folder / "limits.json").read_text(encoding="utf-8")))
        found.encoder("minilm"), found.encoder("e5")
        return found
