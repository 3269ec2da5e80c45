"""Languages and private collection agencies named in a sentence."""

from __future__ import annotations

import re

from bot.hearing.catalog import AGENCIES
from bot.hearing.spans import Entity

LANGUAGES = {
    "english": "en",
    "ingles": "en",
    "spanish": "es",
    "espanol": "es",
    "castellano": "es",
    "chinese": "zh",
    "mandarin": "zh",
    "cantonese": "zh",
    "chino": "zh",
    "vietnamese": "vi",
    "vietnamita": "vi",
    "korean": "ko",
    "coreano": "ko",
    "russian": "ru",
    "ruso": "ru",
    "creole": "ht",
    "haitian": "ht",
    "criollo": "ht",
    "kreyol": "ht",
    "french": "fr",
    "frances": "fr",
    "portuguese": "pt",
    "portugues": "pt",
    "arabic": "ar",
    "arabe": "ar",
    "tagalog": "tl",
    "hindi": "hi",
    "farsi": "fa",
    "polish": "pl",
    "asl": "ase",
    "mixteco": "mix",
    "quiche": "quc",
    "somali": "so",
    "amharic": "am",
    "ukrainian": "uk",
}
ONE_OF = re.compile(r"\b(" + "|".join(sorted(LANGUAGES, key=len, reverse=True)) + r")\b")
AGENCY = re.compile(r"\b(" + "|".join(sorted(AGENCIES, key=len, reverse=True)) + r")\b")


def names(plain: str) -> list[Entity]:
    """`language` as its ISO code, `agency` by its full name. `plain` is the folded text."""
    found = [
        {"entity": "language", "value": LANGUAGES[m[1]], "start": m.start(), "end": m.end()}
        for m in ONE_OF.finditer(plain)
    ]
    return found + [
        {"entity": "agency", "value": AGENCIES[m[1]], "start": m.start(), "end": m.end()}
        for m in AGENCY.finditer(plain)
    ]
