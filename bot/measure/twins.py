"""No sentence we measure with may stand, nearly word for word, among the sentences we teach."""

from __future__ import annotations

import re
from typing import Dict, Iterable, List, Set, Tuple

ALIKE = 0.7  # share of four-letter groups in common
SHORT = 13  # below this many letters there are only so many ways to say a thing ("no thanks")


def bare(text: str) -> str:
    return re.sub(r"[^\w]+", " ", text.lower()).strip()


def groups(text: str) -> Set[str]:
    edged = f" {bare(text)} "
    return {edged[i : i + 4] for i in range(max(1, len(edged) - 3))}


def twins(held: Iterable[str], taught: Iterable[str]) -> List[Tuple[str, str, float]]:
    """(held-out sentence, taught sentence, likeness) for each held-out sentence that has a twin."""
    shelf = [(text, groups(text)) for text in taught if len(bare(text)) >= SHORT]
    where: Dict[str, List[int]] = {}
    for number, (_, mine) in enumerate(shelf):
        for group in mine:
            where.setdefault(group, []).append(number)
    found = []
    for text in held:
        if len(bare(text)) < SHORT:
            continue
        mine, shared = groups(text), {}
        for group in mine:
            for number in where.get(group, ()):
                shared[number] = shared.get(number, 0) + 1
        best = max(
            ((n / len(mine | shelf[at][1]), shelf[at][0]) for at, n in shared.items()), default=(0.0, "")
        )
        if best[0] > ALIKE:
            found.append((text, best[1], round(best[0], 2)))
    return found
