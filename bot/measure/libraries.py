"""Our hearing beside pyduckling on amounts and dates that other hands wrote: `python -m bot.measure.libraries`."""

from __future__ import annotations

import time
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Dict, List, Set, Tuple

from bot.measure import page, scores
from bot.measure.rows import Row, rows_of
from bot.measure.scores import TODAY

HELD = Path(__file__).resolve().parents[2] / "tests" / "bot" / "heldout"


class Duckling:
    """Real Duckling in-process; its own name for money is amount-of-money."""

    def __init__(self) -> None:
        from duckling import (
            Context,
            default_locale_lang,
            init,
            load_time_zones,
            parse,
            parse_dimensions,
            parse_lang,
            parse_locale,
            parse_ref_time,
        )

        init()
        noon = int(datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=timezone.utc).timestamp())
        moment = parse_ref_time(load_time_zones("/usr/share/zoneinfo"), "UTC", noon)
        self._parse, self._dimensions = parse, parse_dimensions(["amount-of-money", "time"])
        self._contexts = {}
        for name, locale in (("en", "EN_US"), ("es", "ES_ES")):
            self._contexts[name] = Context(
                moment, parse_locale(locale, default_locale_lang(parse_lang(name.upper())))
            )

    def named(self, row: Row) -> Dict[str, Set[str]]:
        found: Dict[str, Set[str]] = {}
        for one in self._parse(row.text, self._contexts[row.language], self._dimensions, False):
            if one["dim"] == "amount-of-money":
                value = one["value"].get("value")
                found.setdefault("amount", set()).add(scores.plain("amount", str(value)))
            elif one["dim"] == "time":
                found.setdefault("date", set()).add(one["body"].lower())
        return found


def compared(rows: List[Row], named: Any) -> Dict[str, Tuple[int, int, int]]:
    """(true, found, said) of amounts and dates."""
    counted = {"amount": [0, 0, 0], "date": [0, 0, 0]}
    for row in rows:
        found = named(row)
        for kind, numbers in counted.items():
            true = {
                one.lower() if kind == "date" else scores.plain(kind, one)
                for one in (row.named or {}).get(kind, [])
            }
            mine = found.get(kind, set())
            numbers[0] += len(true)
            numbers[1] += sum(any(scores.same(kind, one, other) for other in mine) for one in true)
            numbers[2] += len(mine)
    return {kind: (numbers[0], numbers[1], numbers[2]) for kind, numbers in counted.items()}


def main() -> None:
    rows = [row for row in rows_of(sorted(HELD.glob("*.yml"))) if row.named is not None]
    lines = []
    for name, reader in (("ours", scores.named), ("pyduckling", Duckling().named)):
        started = time.perf_counter()
        told = compared(rows, reader)
        pace = 1000 * (time.perf_counter() - started) / len(rows)
        lines.append(
            [name, *(f"{hit} of {true}, {said} said" for true, hit, said in told.values()), f"{pace:.1f} ms"]
        )
    print(page.table(["", "amounts found", "dates found", "a sentence"], lines))


if __name__ == "__main__":
    main()
