"""Figures as text for the terminal, and as docs/understanding.md between its marks, with pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, List

from bot.measure import pictures, scores

START, END = "<!-- figures: written by `make eval PAGE=--page` -->", "<!-- end of figures -->"
COLUMNS = ("rows", "top1", "top3", "macro_f1", "acted", "wrong", "strangers")
HANDS = {
    "others": "Other hands",
    "fresh": "Fresh sentences by other hands, measured once",
    "ours": "Our own hands (written to be hard)",
}


def cell(value: float) -> str:
    if value != value:
        return "-"
    return str(value) if isinstance(value, int) else f"{value:.3f}"


def table(head: List[str], rows: List[List[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def groups(told: Dict[str, Any]) -> str:
    rows = [[name, *(cell(one[c]) for c in COLUMNS)] for name, one in told["groups"].items()]
    rows += [
        [f"{name}, 15 % of words damaged", *(cell(one[c]) for c in COLUMNS)]
        for name, one in told["noise"].items()
    ]
    return table(["", *COLUMNS], rows)


def singles(told: Dict[str, Any]) -> str:
    rows = [
        f"{name} {one['recall']:.3f} of {one['rows']}"
        for name, one in told["strangers"].items()
        if one["rows"]
    ]
    rights, noisy = told["rights"], told["rights_noise"]
    return "\n".join(
        [
            f"- Rights ({rights['rights_rows']} rows): recall {rights['rights_recall']:.3f}, not missed (heard, or asked"
            f" with the right one among the three) {rights['rights_not_missed']:.3f}; under noise"
            f" {noisy['rights_recall']:.3f} and {noisy['rights_not_missed']:.3f}.",
            f"- Distress ({rights['distress_rows']} rows): recall {rights['distress_recall']:.3f}, false alarms"
            f" {rights['distress_false']:.4f} of the others; under noise {noisy['distress_recall']:.3f}.",
            f"- Out of scope, recall with 95 % of our own kept: {', '.join(rows)}.",
            f"- Irreversible acts nobody asked for ({' and '.join(scores.FINAL)}): {told['final_wrong']} clean,"
            f" {told['final_wrong_noise']} under noise (of {len(told['noisy'])}).",
            f"- Stated chances are off by {told['off_by']:.3f} on average.",
            f"- A sentence takes {told['pace']['p50']:.1f} ms (p95 {told['pace']['p95']:.1f}) on the machine that wrote this.",
        ]
    )


def intents(told: Dict[str, Any]) -> str:
    rows = []
    for language in sorted({row.language for row, _ in told["pairs"]}):
        mine = [pair for pair in told["pairs"] if pair[0].language == language]
        for name, (p, r, n) in scores.per_intent(mine).items():
            rows.append([language, name, f"{p:.2f}", f"{r:.2f}", str(n)])
    return table(["", "intent", "precision", "recall", "rows"], rows)


def named(told: Dict[str, Any]) -> str:
    rows = [
        [kind, cell(one["rows"]), cell(one["exact"]), cell(one["recall"]), cell(one["precision"])]
        for kind, one in told["entities"].items()
    ]
    return table(["named", "rows", "exact", "recall", "precision"], rows) if rows else ""


def mixed(told: Dict[str, Any], most: int) -> str:
    return "\n".join(f"- {n} x {said} taken for {taken}" for said, taken, n in told["confusions"][:most])


def shown(hand: str, told: Dict[str, Any], detail: bool) -> str:
    """The terminal's view of one set."""
    parts = [
        f"\n== {HANDS[hand]} ==",
        groups(told),
        singles(told),
        named(told),
        "Most confused:",
        mixed(told, 20),
    ]
    return "\n".join([*parts, *([intents(told)] if detail else [])])


def write(house: Path, told: Dict[str, Any], taught: int, alike: int) -> Path:
    """Puts the figures between their marks in docs/understanding.md; words around them stay."""
    place = house / "docs" / "understanding.md"
    parts = [
        START,
        f"\n{taught} sentences are taught; {alike} held-out sentences have a twin among them and are left out.\n",
    ]
    for hand, one in told.items():
        drawn = pictures.draw(house / "docs" / "pictures", hand, one)
        parts += [f"### {HANDS[hand]}\n", groups(one), "", singles(one), ""]
        parts += [" ".join(f"![{name}](pictures/{path.name})" for name, path in drawn.items()), ""]
        parts += [named(one), "", "Most confused:\n", mixed(one, 12), ""]
        parts += ["<details><summary>Every intent</summary>\n", intents(one), "\n</details>\n"]
    parts.append(END)
    text = place.read_text(encoding="utf-8")
    before, after = text.split(START)[0], text.split(END)[-1]
    place.write_text(before + "\n".join(parts) + after, encoding="utf-8")
    return place
