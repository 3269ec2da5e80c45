"""'Two hundred, no wait, two fifty.' When someone corrects themselves, the last value counts."""

from __future__ import annotations

import itertools
import re

from bot.hearing.spans import Entity
from bot.hearing.tokens import fold

SORRY = re.compile(
    r"\b(no wait|wait|i mean|i meant|actually|scratch that|make (?:it|that)|sorry|no,? (?:it's|its|not)|"
    r"or rather|rather|correction|my bad|let me|oops|not|instead|digo|perdon|mejor|mas bien|"
    r"quise decir|quiero decir|disculpe|espere|no espera|corrijo|miento|no,|no no)\b|\*|[.,;]+ *no\b"
)
NOT_THIS = re.compile(
    r"\b(not|no es|no era|no(?= el\b| la\b)|isn't|instead of|rather than|en vez de|en lugar de)\s+(a |the |el |la |un |una |the |\$)?\s*$"
)


def corrected(found: list[Entity], text: str) -> list[Entity]:
    """Leaves out values taken back by their speaker, among values of the same kind."""
    plain, kept = fold(text), list(found)
    for name in {one["entity"] for one in found}:
        same = sorted((one for one in found if one["entity"] == name), key=lambda one: one["start"])
        for before, after in itertools.pairwise(same):
            between = plain[before["end"] : after["start"]]
            if NOT_THIS.search(between):
                kept = [one for one in kept if one is not after]
            elif (len(between) < 40 and SORRY.search(between)) or (len(between) < 12 and " no " in between):
                kept = [one for one in kept if one is not before]
        if len(same) > 1 and NOT_THIS.search(plain[: same[0]["start"]]):
            kept = [one for one in kept if one is not same[0]]
    return kept
