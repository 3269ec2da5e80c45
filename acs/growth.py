"""'Why did it grow?' Every charge and payment of a period in the order of the days; together they are the payoff.

Interest and accrued penalties are rounded once each, as a whole; their lines share that whole, so that every line
is in cents and nothing is left over.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import groupby
from pathlib import Path

import yaml

from acs.case import Module
from acs.ledger import Balance, Segment
from acs.money import ZERO, cents
from acs.penalties import Month
from acs.view_types import GrowthLine

Day = datetime.date
WORDS = Path(__file__).resolve().parent / "words" / "growth.yml"


@cache
def all_words() -> dict[str, dict[str, str]]:
    """Every kind of line: its words and source."""
    content: dict[str, dict[str, str]] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return content


def growth(module: Module, balance: Balance) -> list[GrowthLine] | None:
    """The lines from the first charge to the payoff of `balance`, in dollars; None when the payoff is not known."""
    if balance.payoff is None:
        return None
    lines = sorted(_lines(module, balance), key=lambda line: (line["from"], line["to"]))
    running = ZERO
    for line in lines:
        running += Decimal(line["amount"])
        line["balance"] = f"{running:.2f}"
    if running != balance.payoff:
        last = max((line["to"] for line in lines), default="")
        over = _line("overpaid", last, last, balance.payoff - running)
        lines.append({**over, "balance": f"{balance.payoff:.2f}"})
    return lines


def _lines(module: Module, balance: Balance) -> Iterator[GrowthLine]:
    for a in module.assessments:
        if a.amount:
            yield _line(a.kind, a.date, a.date, a.amount)
    for p in module.payments:
        if p.amount:
            yield _line(p.kind, p.date, p.date, -p.amount)
    if balance.penalties is not None:
        yield from _months("late_filing", balance.penalties.file_months)
        yield from _months("late_payment", balance.penalties.pay_months)
    if balance.interest_found is not None:
        yield from _interest(balance.interest_found.segments)


def _months(kind: str, months: Sequence[Month]) -> Iterator[GrowthLine]:
    """Months that follow each other with one base and one rate make one line."""
    groups = [list(found) for _, found in groupby(months, key=lambda m: (m.base, m.rate))]
    for group, amount in zip(groups, _shares(sum((m.amount for m in g), ZERO) for g in groups), strict=True):
        if amount:
            name = kind if group[0].rate is not None else f"{kind}_minimum"
            first, last = group[0], group[-1]
            yield _line(name, first.start, last.start, amount, first.base, first.rate, len(group))


def _interest(segments: Sequence[Segment]) -> Iterator[GrowthLine]:
    for segment, amount in zip(segments, _shares(s.added for s in segments), strict=True):
        if amount:
            days = (segment.last - segment.first).days + 1
            yield _line(
                "interest_accrued", segment.first, segment.last, amount, segment.base, segment.rate, days
            )


def _shares(amounts: Iterable[Decimal]) -> list[Decimal]:
    """Each amount in cents, so that all of them together are the rounded whole."""
    found, exact, given = [], Decimal(0), ZERO
    for amount in amounts:
        exact += amount
        found.append(cents(exact) - given)
        given = cents(exact)
    return found


def _line(
    kind: str,
    first: Day | str,
    last: Day | str,
    amount: Decimal,
    base: Decimal | None = None,
    rate: Decimal | None = None,
    count: int | None = None,
) -> GrowthLine:
    """One line. `from` and `to` are days (of a penalty, the first days of its first and last month)."""
    words, one = all_words()[kind], "_one" if count == 1 else ""
    values = {
        "base": f"${base:,.2f}" if base is not None else "",
        "rate": f"{(rate * 100).normalize():f}%" if rate is not None else "",
        "count": count,
    }
    return {
        "kind": kind, "from": str(first), "to": str(last), "amount": f"{amount:.2f}",
        "base": None if base is None else f"{cents(base):.2f}", "rate": None if rate is None else f"{rate:f}",
        "count": count, "balance": "", "text": words.get(f"en{one}", words["en"]).format(**values),
        "text_es": words.get(f"es{one}", words["es"]).format(**values), "source": words["source"],
    }  # fmt: skip
