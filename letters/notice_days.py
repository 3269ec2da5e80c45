"""The last days that a letter sets, each as a box: the printed date wins, the counted one stands beside it."""

from __future__ import annotations

from collections.abc import Sequence

from acs.case import Module, Notice
from acs.deadlines import first_cdp_notice
from acs.notices import canonical, is_kind
from acs.view_types import CaseView, DeadlineView
from letters.page import Block, Bullets, Key, Paragraph
from letters.words import Words

FIRST = (
    "cdp_hearing",
    "lien_cdp_hearing",
    "agreement_termination",
    "notice_response",
    "interest_free_payment",
)
PLAIN = ("levy_bar_end", "bank_levy_release")
"""Last days on which nobody has to act: a weekend does not move them."""


def of_notice(view: CaseView, notices: Sequence[tuple[Module, Notice]]) -> list[DeadlineView]:
    """The view's last days that this letter set, the one to act on first."""
    letters = {(canonical(n.code), n.date.isoformat(), m.period) for m, n in notices}
    found = [
        d for d in view["deadlines"]
        if d["notice"] and (canonical(d["notice"]), d["notice_date"], d["period"]) in letters
    ]  # fmt: skip
    order = {kind: place for place, kind in enumerate(FIRST)}
    return sorted(found, key=lambda d: (order.get(d["kind"], len(order)), d["last_day"]))


def by_day(days: Sequence[DeadlineView]) -> list[tuple[DeadlineView, list[str]]]:
    """One entry for each kind and day, with its periods."""
    found: dict[tuple[str, str], tuple[DeadlineView, list[str]]] = {}
    for day in days:
        _, periods = found.setdefault((day["kind"], day["last_day"]), (day, []))
        if day["period"] and day["period"] not in periods:
            periods.append(day["period"])
    return list(found.values())


def box(days: Sequence[DeadlineView], printed: bool, words: Words) -> Key | None:
    """The box with the day to act on first, or None when the letter sets none."""
    for day, _ in by_day(days):
        if day["kind"] in FIRST:
            return Key(
                words.say(f"days.{day['kind']}"), words.written(day["last_day"]), _ground(day, printed, words)
            )
    return None


def section(
    days: Sequence[DeadlineView], notices: Sequence[tuple[Module, Notice]], words: Words
) -> list[Block]:
    """Every last day of the letter in a list, and what a second hearing notice does not do."""
    printed = any(n.deadline for _, n in notices)
    rows = by_day(days)
    many = len({m.period for m, _ in notices}) > 1
    items = []
    for day, periods in rows:
        own = printed and day["kind"] in FIRST
        said = f"{words.say('days.' + day['kind'])}: {words.written(day['last_day'])}."
        said += f" {_ground(day, own, words)}"
        if many and day["kind"] in FIRST:
            said += " " + words.say("days.for_periods", periods=", ".join(periods))
        items.append(said)
    blocks: list[Block] = [Bullets(tuple(items))] if items else []
    blocks += [Paragraph(line) for line in _second(notices, words)]
    if not items:
        blocks.append(Paragraph(words.say("days.only_letter") + " " + words.say("days.ask_letter")))
    return blocks


def _ground(day: DeadlineView, printed: bool, words: Words) -> str:
    if not printed:
        return words.say("days.counted" if day["kind"] in PLAIN else "days.computed")
    computed = day["computed_last_day"]
    if computed and computed != day["last_day"]:
        return words.say("days.printed_other", computed=words.written(computed))
    return words.say("days.printed")


def _second(notices: Sequence[tuple[Module, Notice]], words: Words) -> list[str]:
    """One hearing notice for each period (26 USC 6330(a)(1)): a later one opens no new days."""
    earlier: dict[str, list[str]] = {}
    for module, notice in notices:
        first = first_cdp_notice(module)
        if is_kind(notice.code, "cdp_notice") and first is not None and first != notice:
            earlier.setdefault(first.date.isoformat(), []).append(module.period)
    return [
        words.say("days.second_hearing_notice", periods=", ".join(periods), day=words.written(day))
        for day, periods in earlier.items()
    ]
