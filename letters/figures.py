"""The amounts of a letter, straight from the case view: nothing is counted here but sums of rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from acs.view_types import ModuleView
from channels import eye
from letters.page import Block, Paragraph, Table
from letters.words import Words

ZERO = Decimal("0.00")
PENALTIES = ("failure_to_file", "failure_to_pay", "other_penalties")


def total(amounts: Iterable[str | None]) -> Decimal | None:
    """The sum in dollars; None as soon as one figure is not published."""
    found = list(amounts)
    return None if None in found else sum((Decimal(a) for a in found if a is not None), ZERO)


def shown(amount: Decimal | str | None, words: Words) -> str:
    """The amount, or words that say it is not published."""
    return words.say("amounts.unknown") if amount is None else eye.money(amount)


def penalties(module: ModuleView) -> Decimal | None:
    """All penalties of a period, in dollars."""
    return total((module["failure_to_file"], module["failure_to_pay"], module["other_penalties"]))


def credit(module: ModuleView) -> Decimal | None:
    """What payments took off penalties and interest, in dollars: tax in the view has its payments off already."""
    parts = total((module["tax"], module["failure_to_file"], module["failure_to_pay"], module["other_penalties"],
                   module["interest"], f"-{module['payoff']}" if module["payoff"] is not None else None))  # fmt: skip
    return parts


def name(module: ModuleView, words: Words) -> str:
    """'1040, 2023 (joint return)'."""
    joint = f" ({words.say('facts.joint')})" if module["joint"] else ""
    return f"{module['form']}, {module['period']}{joint}"


def table(modules: Sequence[ModuleView], words: Words) -> list[Block]:
    """What is owed by period: tax, penalties, interest, total; rows add up to the last column."""
    credits = [credit(m) for m in modules]
    with_credit = any(credits)
    columns = ["period", "tax", "penalties", "interest", *(["credit"] if with_credit else []), "total"]
    rows = [_row(m, words, with_credit) for m in modules]
    sums = None
    if len(modules) > 1:
        amounts = [
            total(m["tax"] for m in modules), _sum(penalties(m) for m in modules), total(m["interest"] for m in modules),
            *([_minus(_sum(credits))] if with_credit else []), total(m["payoff"] for m in modules),
        ]  # fmt: skip
        sums = (words.say("amounts.all"), *(shown(a, words) for a in amounts))
    paid = total(m["paid"] for m in modules)
    caption = (
        words.say("amounts.caption", paid=eye.money(paid)) if paid else words.say("amounts.caption_none")
    )
    blocks: list[Block] = [
        Table(tuple(words.say(f"amounts.{c}") for c in columns), tuple(rows), sums, caption)
    ]
    if lines := [line for m in modules if (line := _penalty_line(m, words))]:
        blocks.append(Paragraph(" ".join(lines), small=True))
    blocks += [Paragraph(reason) for reason in dict.fromkeys(_reasons(modules, words))]
    return blocks


def _row(module: ModuleView, words: Words, with_credit: bool) -> tuple[str, ...]:
    amounts = [module["tax"], penalties(module), module["interest"], *([_minus(credit(module))] if with_credit else []),
               module["payoff"]]  # fmt: skip
    return (name(module, words), *(shown(a, words) for a in amounts))


def _minus(amount: Decimal | None) -> Decimal | None:
    return -amount if amount else amount


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    found = list(amounts)
    return None if None in found else sum((a for a in found if a is not None), ZERO)


def _penalty_line(module: ModuleView, words: Words) -> str | None:
    charged = {kind: module[kind] for kind in PENALTIES}  # type: ignore[literal-required]
    parts = [
        words.say(f"amounts.{kind}", amount=eye.money(a)) for kind, a in charged.items() if a and Decimal(a)
    ]
    if not parts:
        return None
    return words.say(
        "amounts.penalties_line", period=name(module, words), parts=eye.joined(parts, words.language)
    )


def _reasons(modules: Sequence[ModuleView], words: Words) -> list[str]:
    key = "reason" if words.language == "en" else "reason_es"
    return [str(m[key]) for m in modules if m.get(key)]  # type: ignore[literal-required]
