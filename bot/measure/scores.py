"""Figures from (row, heard) pairs: right and wrong, rights and danger, strangers, chances, what was named."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Dict, Iterable, List, Set, Tuple

from bot.hearing import hear
from bot.hearing.names import LANGUAGES
from bot.measure.rows import Row
from bot.understanding import ELSEWHERE, UNSURE, URGENT, Heard

Pair = Tuple[Row, Heard]
RIGHTS = (
    "cdp_appeal", "collection_appeal_other", "cannot_pay_hardship", "authorize_representative", "talk_to_agent",
    "taxpayer_advocate", "innocent_spouse", "opt_out",
)  # fmt: skip
FINAL = (
    "affirm",
    "opt_out",
)  # acted on at once, without a further question: mishearing them cannot be taken back
TODAY = date(2026, 11, 22)
BINS = 10


def share(values: Iterable[bool]) -> float:
    told = list(values)
    return round(sum(told) / len(told), 4) if told else float("nan")


def top(heard: Heard) -> str:
    """The first guess; danger outranks it as it does in talk."""
    return URGENT if heard.intent == URGENT else heard.ranking[0][0]


def per_intent(pairs: List[Pair]) -> Dict[str, Tuple[float, float, int]]:
    """(precision, recall, rows) of every intent that occurs."""
    hit = Counter(row.intent for row, heard in pairs if row.intent == top(heard))
    said, true = Counter(top(heard) for _, heard in pairs), Counter(row.intent for row, _ in pairs)
    return {
        name: (hit[name] / said[name] if said[name] else 0.0, hit[name] / true[name], true[name])
        for name in sorted(true)
    }


def macro(pairs: List[Pair]) -> float:
    both = [(2 * p * r / (p + r) if p + r else 0.0) for p, r, _ in per_intent(pairs).values()]
    return round(sum(both) / len(both), 4) if both else float("nan")


def summary(pairs: List[Pair]) -> Dict[str, float]:
    """Top guess, top three, macro-F1; how often we act, and act wrongly; strangers taken for ours."""
    return {
        "rows": len(pairs),
        "top1": share(top(heard) == row.intent for row, heard in pairs),
        "top3": share(row.intent in [name for name, _ in heard.ranking[:3]] for row, heard in pairs),
        "macro_f1": macro(pairs),
        "acted": share(heard.intent != UNSURE for _, heard in pairs),
        "wrong": share(heard.intent not in (UNSURE, row.intent) for row, heard in pairs),
        "strangers": share(
            heard.intent not in (UNSURE, ELSEWHERE) for row, heard in pairs if row.intent == ELSEWHERE
        ),
    }


def rights(pairs: List[Pair]) -> Dict[str, float]:
    """Recall of the rights and of danger. `not_missed` also counts being asked about with the right one among the three."""
    mine = [(row, heard) for row, heard in pairs if row.intent in RIGHTS]
    danger = [(row, heard) for row, heard in pairs if row.intent == URGENT]
    calm = [(row, heard) for row, heard in pairs if row.intent != URGENT]
    return {
        "rights_rows": len(mine),
        "rights_recall": share(top(heard) == row.intent for row, heard in mine),
        "rights_not_missed": share(not_missed(row, heard) for row, heard in mine),
        "distress_rows": len(danger),
        "distress_recall": share(heard.intent == URGENT for _, heard in danger),
        "distress_false": share(heard.intent == URGENT for _, heard in calm),
    }


def not_missed(row: Row, heard: Heard) -> bool:
    asked = heard.intent == UNSURE and row.intent in [name for name, _ in heard.ranking[:3]]
    return asked or heard.intent == row.intent


def strangers(pairs: List[Pair], kept: float = 0.95) -> Dict[str, Any]:
    """Recall of out_of_scope where `kept` of our own sentences stay ours, and the whole curve."""
    ours = sorted((strange(heard) for row, heard in pairs if row.intent != ELSEWHERE), reverse=True)
    theirs = [strange(heard) for row, heard in pairs if row.intent == ELSEWHERE]
    if not ours or not theirs:
        return {"rows": 0, "recall": float("nan"), "curve": []}
    curve = []
    for lost in range(31):
        limit = ours[min(len(ours) - 1, int(len(ours) * lost / 100))]
        curve.append((1 - lost / 100, share(one > limit for one in theirs)))
    return {"rows": len(theirs), "recall": dict(curve)[round(kept, 2)], "curve": curve}


def strange(heard: Heard) -> float:
    return dict(heard.ranking).get(ELSEWHERE, 0.0)


def calibration(pairs: List[Pair]) -> List[Tuple[float, float, int]]:
    """(said, true, rows) for ten bins of the stated chance."""
    bins: List[List[Tuple[float, bool]]] = [[] for _ in range(BINS)]
    for row, heard in pairs:
        name, chance = heard.ranking[0]
        bins[min(BINS - 1, int(chance * BINS))].append((chance, name == row.intent))
    return [
        (sum(c for c, _ in one) / len(one), sum(r for _, r in one) / len(one), len(one))
        for one in bins
        if one
    ]


def off_by(pairs: List[Pair]) -> float:
    """Expected calibration error."""
    bins = calibration(pairs)
    total = sum(n for _, _, n in bins)
    return round(sum(abs(said - true) * n for said, true, n in bins) / total, 4) if total else float("nan")


def confusions(pairs: List[Pair]) -> List[Tuple[str, str, int]]:
    mixed = Counter((row.intent, top(heard)) for row, heard in pairs if row.intent != top(heard))
    return [(said, taken, number) for (said, taken), number in mixed.most_common()]


def final_and_wrong(pairs: List[Pair]) -> List[Pair]:
    """Acts that cannot be taken back and were not asked for. A 'yes' heard in thanks or a greeting is one too."""
    return [(row, heard) for row, heard in pairs if heard.intent in FINAL and heard.intent != row.intent]


def plain(name: str, value: str) -> str:
    """One way of writing each value, so that '$1,200.00' and '1200' are the same."""
    if name == "amount":
        try:
            return str(Decimal(value.replace(",", "").replace("$", "")).normalize().to_integral_value())
        except InvalidOperation:
            return value
    if name == "language":
        return LANGUAGES.get(value.lower().split()[0], value.lower())
    return value.upper().replace(" ", "").replace("-", "")


def named(row: Row) -> Dict[str, Set[str]]:
    """What our hearing finds; the days of a month stand among the dates, told by the words they were said in."""
    found: Dict[str, Set[str]] = {}
    for one in hear(row.text, TODAY, row.listening):
        name = "date" if one["entity"] == "day" else one["entity"]
        found.setdefault(name, set()).add(
            one["text"].lower() if name == "date" else plain(name, str(one["value"]))
        )
    return found


def entities(rows: List[Row]) -> Dict[str, Dict[str, float]]:
    """By kind: rows in which exactly what was named was found; recall and precision of single values."""
    kinds = ("notice", "tax_year", "amount", "date", "form", "language", "agency", "phone")
    counted = {kind: Counter() for kind in kinds}
    for row in rows:
        if row.named is None:
            continue
        found = named(row)
        for kind in kinds:
            true = {one.lower() if kind == "date" else plain(kind, one) for one in row.named.get(kind, [])}
            mine = found.get(kind, set())
            hits = {one for one in true if any(same(kind, one, other) for other in mine)}
            if true:
                counted[kind].update(rows=1, exact=int(len(hits) == len(true) == len(mine)))
            counted[kind].update(true=len(true), hit=len(hits), said=len(mine))
    return {
        kind: {
            "rows": c["rows"],
            "exact": round(c["exact"] / c["rows"], 3) if c["rows"] else float("nan"),
            "recall": round(c["hit"] / c["true"], 3) if c["true"] else float("nan"),
            "precision": round(min(c["hit"], c["said"]) / c["said"], 3) if c["said"] else float("nan"),
        }
        for kind, c in counted.items()
        if c["true"]
    }


def same(kind: str, true: str, found: str) -> bool:
    """Dates are written down as said; ours may be a word shorter or longer ('the 12th', '12th')."""
    if kind == "date":
        return found in true or true in found
    return true == found or (kind == "agency" and (true.startswith(found) or found.startswith(true)))
