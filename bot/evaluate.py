"""How well does the bot understand sentences it was never taught? `python -m bot.evaluate`"""

from __future__ import annotations

import argparse
import json
import tarfile
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any, Dict, Iterable, List, NamedTuple, Optional

import yaml

from bot.hearing import language_of
from bot.understanding import ELSEWHERE, UNSURE, Heard, Understanding

HOUSE = Path(__file__).resolve().parent.parent


class Row(NamedTuple):
    text: str
    intent: str
    language: str
    style: str
    listening: Optional[str]


def rows_of(paths: Iterable[Path]) -> List[Row]:
    """Held-out rows {text, intent, style, language?}; a file's name gives the language where a row does not."""
    found = []
    for path in paths:
        for one in yaml.safe_load(path.read_text(encoding="utf-8")) or []:
            language = one.get("language") or (path.stem[:2] if path.stem[:2] in ("en", "es") else None)
            found.append(
                Row(
                    one["text"],
                    one["intent"],
                    language or language_of(one["text"]) or "en",
                    one.get("style", "-"),
                    one.get("listening"),
                )
            )
    return found


def opened(model: Path) -> Understanding:
    """The understanding inside a trained model; Rasa itself is not needed."""
    with tempfile.TemporaryDirectory() as folder, tarfile.open(model) as packed:
        for part in packed.getmembers():
            if Path(part.name).name in ("judge.npz", "judge.json", "limits.json"):
                part.name = Path(part.name).name
                packed.extract(part, folder)
        return Understanding.load(Path(folder))


def counts(rows: List[Row], heard: List[Heard]) -> Dict[str, Any]:
    """Accuracy of the top guess and of the top three, macro-F1, and what happens at the limits."""
    tops = [one.ranking[0][0] for one in heard]
    right = [top == row.intent for top, row in zip(tops, rows)]
    acted = [one.intent != UNSURE for one in heard]
    wrong = [act and one.intent != row.intent for act, one, row in zip(acted, heard, rows)]
    three = [row.intent in [name for name, _ in one.ranking[:3]] for one, row in zip(heard, rows)]
    stray = [
        one.intent not in (UNSURE, ELSEWHERE) for one, row in zip(heard, rows) if row.intent == ELSEWHERE
    ]
    return {
        "rows": len(rows),
        "top1": mean(right),
        "top3": mean(three),
        "macro_f1": macro(rows, tops),
        "acted": mean(acted),
        "wrong_accepted": mean(wrong),
        "outsiders_accepted": mean(stray),
    }


def mean(values: List[bool]) -> float:
    return round(sum(values) / len(values), 4) if values else 0.0


def intents(rows: List[Row], tops: List[str]) -> Dict[str, "tuple[float, float, int]"]:
    """(precision, recall, rows) of every intent that occurs."""
    hit = Counter(row.intent for row, top in zip(rows, tops) if row.intent == top)
    said, true = Counter(tops), Counter(row.intent for row in rows)
    return {
        name: (hit[name] / said[name] if said[name] else 0.0, hit[name] / true[name], true[name])
        for name in sorted(true)
    }


def macro(rows: List[Row], tops: List[str]) -> float:
    both = [(2 * p * r / (p + r) if p + r else 0.0) for p, r, _ in intents(rows, tops).values()]
    return round(sum(both) / len(both), 4) if both else 0.0


def show(rows: List[Row], heard: List[Heard], detail: bool) -> None:
    groups = {"all": rows, **{row.language: [] for row in rows}}
    for name in sorted({row.language for row in rows}) + sorted({f"{r.language} {r.style}" for r in rows}):
        groups[name] = [row for row in rows if name in (row.language, f"{row.language} {row.style}")]
    known = {id(row): one for row, one in zip(rows, heard)}
    print(
        f"{'':14s}{'rows':>6s}{'top1':>8s}{'top3':>8s}{'macroF1':>9s}{'acted':>8s}{'wrong':>8s}{'stray':>8s}"
    )
    for name, group in groups.items():
        told = counts(group, [known[id(row)] for row in group])
        print(
            f"{name:14s}"
            + "{rows:6d}{top1:8.3f}{top3:8.3f}{macro_f1:9.3f}{acted:8.3f}{wrong_accepted:8.3f}"
            "{outsiders_accepted:8.3f}".format(**told)
        )
    tops = [one.ranking[0][0] for one in heard]
    mixed = Counter((row.intent, top) for row, top in zip(rows, tops) if row.intent != top)
    print("\nMost confused (said -> heard):")
    for (said, top), number in mixed.most_common(15):
        print(f"  {number:3d}  {said} -> {top}")
    for language in sorted({row.language for row in rows}) if detail else []:
        chosen = [(row, top) for row, top in zip(rows, tops) if row.language == language]
        print(f"\n{language}: precision, recall, rows")
        for name, (p, r, n) in intents([row for row, _ in chosen], [top for _, top in chosen]).items():
            print(f"  {name:28s}{p:6.2f}{r:6.2f}{n:5d}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--model", type=Path, default=HOUSE / "bot" / "models" / "acs-line.tar.gz")
    parser.add_argument("--brief", action="store_true", help="no table of single intents")
    parser.add_argument("--json", action="store_true", help="only the overall figures, for a gate")
    given = parser.parse_args()
    rows = rows_of(given.files or sorted((HOUSE / "tests" / "bot" / "heldout").glob("*.yml")))
    understanding = opened(given.model)
    started = time.perf_counter()
    heard = [understanding.hear(row.text, row.listening) for row in rows]
    pace = 1000 * (time.perf_counter() - started) / max(len(rows), 1)
    if given.json:
        by = {lang: [(r, h) for r, h in zip(rows, heard) if r.language == lang] for lang in ("en", "es")}
        print(json.dumps({lang: counts(*map(list, zip(*pairs))) for lang, pairs in by.items() if pairs}))
        return
    show(rows, heard, not given.brief)
    print(f"\n{pace:.1f} ms a sentence; limits {understanding.limits}")


if __name__ == "__main__":
    main()
