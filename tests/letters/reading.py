"""How hard a text is to read: the two usual formulas, with syllables counted as groups of vowels."""

from __future__ import annotations

import re


def grade(text: str) -> float:
    """School grade of an English text (Kincaid and others, 1975)."""
    words, sentences = _words(text), _sentences(text)
    syllables = sum(_english(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def ease(text: str) -> float:
    """Ease of a Spanish text from 0 (hard) to 100: 60 and more is normal or easier (Fernández Huerta, 1959)."""
    words, sentences = _words(text), _sentences(text)
    syllables = sum(max(1, len(_groups(word))) for word in words)
    return 206.84 - 60 * syllables / len(words) - 1.02 * len(words) / sentences


def _words(text: str) -> list[str]:
    return re.findall(r"[a-záéíóúüñ']+", text.lower())


def _sentences(text: str) -> int:
    return max(1, len(re.findall(r"[.!?:](?=\s|$)", text)))


def _groups(word: str) -> list[str]:
    return re.findall(r"[aeiouy]+|[áéíóúü]", word)


def _english(word: str) -> int:
    found = len(re.findall(r"[aeiouy]+", word))
    if re.search(r"[^aeiouyl]e(s|d)?$", word) and not re.search(r"[td]ed$|[sxz]es$|ches$|shes$", word):
        found -= 1
    return max(1, found)
