"""Teaches both judges from Rasa's examples: English to MiniLM, Spanish (helped by English) to E5."""

from __future__ import annotations

from typing import Any, Dict, List, Tuple

from bot.hearing import language_of
from bot.learn import SETTINGS, teach
from bot.masking import masked
from bot.understanding import Understanding, vectors

Example = Tuple[str, str]  # (text, intent)
LIMITS = {"en": {"far": 0.25, "weight": 0.6, "sure": 0.75}, "es": {"far": 0.80, "weight": 0.6, "sure": 0.75}}


def by_language(examples: List[Example]) -> Dict[str, List[Example]]:
    """English examples, Spanish examples; what could be either ('no', 'ok', 'CP504') goes to both."""
    sorted_out: Dict[str, List[Example]] = {"en": [], "es": []}
    for text, intent in examples:
        language = language_of(text)
        for code, rows in sorted_out.items():
            if language in (code, None):
                rows.append((masked(text), intent))
    return sorted_out


def school(examples: List[Example], settings: Dict[str, Any]) -> Understanding:
    """Trained judges for every language that has at least two intents."""
    understanding = Understanding({}, LIMITS)
    for language, rows in by_language(examples).items():
        if len({intent for _, intent in rows}) < 2:
            continue
        texts, labels = [text for text, _ in rows], [intent for _, intent in rows]
        found = vectors(understanding.encoder(language), texts, f"Reading {language} examples")
        understanding.heads[language] = teach(found, texts, labels, {**SETTINGS, **settings})
    return understanding
