"""Data sheets: what goes on an IRS form, filled from a request and the case. Not the form, and it says so."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, cast

import yaml

from acs.case import Case
from acs.view_types import CaseView
from channels import eye
from letters.html import html
from letters.page import Block, Bullets, Heading, Key, Keys, Page, Pairs, Paragraph, Table
from letters.plain import text
from letters.press import pdf
from letters.sheet_values import OPTIONAL, Told, money, value
from letters.words import FOLDER, Language, Words

__all__ = ["FORMS", "UnknownFact", "fields", "html", "missing", "pdf", "sheet", "text"]


class UnknownFact(ValueError):
    """A sheet was given a fact that no field of its form asks for; names the nearest field."""


FILES = ("sheets.yml", "sheets_more.yml")


@cache
def _forms() -> dict[str, Any]:
    parts = (yaml.safe_load((FOLDER / name).read_text(encoding="utf-8")) for name in FILES)
    return {form: entry for part in parts for form, entry in cast(dict[str, Any], part["forms"]).items()}


FORMS = tuple(_forms())
"""The forms there is a sheet for: "12153", "9423", "911", "433-F", "843", "8857", "9465", "12277", "14134", ..."""
HEARINGS = ("cdp_hearing", "lien_cdp_hearing", "equivalent_hearing")
ALWAYS = {"periods", "send_by"}
BY_MAIL = ("12153", "9423", "843", "8857", "9465")  # where the day of the postmark counts


def fields(form: str) -> tuple[str, ...]:
    """The names of the facts a sheet takes. KeyError for a form without a sheet."""
    found = [
        name for part in _forms()[form]["parts"] for style in part if style != "head" for name in part[style]
    ]
    return tuple(dict.fromkeys(found))


def missing(form: str, case: Case, view: CaseView, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields still open that the form cannot do without: what is left to ask."""
    told = Told(form, case, view, facts, _words(view, "en"))
    wanted = [name for part in _forms()[form]["parts"] for name in part.get("fields", ())]
    return tuple(name for name in wanted if name not in OPTIONAL and value(name, told) is None)


def sheet(
    form: str,
    case: Case,
    view: CaseView,
    facts: Mapping[str, Any],
    language: Language = "en",
    *,
    demo: bool = True,
) -> Page:
    """The sheet of a form as a page, dated as the view is.

    `facts` are the fields of `fields(form)` as the person gave them, plus `periods` (a list) and `send_by` (ISO).
    Money is dollars as text or Decimal. Raises KeyError for a form without a sheet, UnknownFact for a stray fact.
    """
    if form not in _forms():
        raise KeyError(f"There is no data sheet for Form {form}. There are sheets for {', '.join(FORMS)}.")
    _checked(form, facts)
    words = _words(view, language)
    told = Told(form, case, view, facts, words)
    frame = Words("frame", language, words.day)
    blocks: list[Block] = [
        _boxes(told),
        Paragraph(words.say("frame.honest", form=form)),
        *[block for part in _forms()[form]["parts"] for block in _part(part, told)],
        *_left_over(told),
        Heading(words.say("frame.where")),
        Paragraph(words.fill(_forms()[form]["where"])),
        *_todo(told),
        Paragraph(words.say("frame.source", source=_forms()[form]["source"]), small=True),
    ]
    return Page(
        title=words.fill(_forms()[form]["title"]), language=language, day=view["as_of"], sender=frame.say("sender"),
        number=frame.say("number"), mark=frame.say("mark_sheet") if demo else "",
        above=words.say("frame.above", form=form), blocks=tuple(blocks),
        foot=words.say("frame.above", form=form) + ", " + words.written(view["as_of"]),
    )  # fmt: skip


def _words(view: CaseView, language: Language) -> Words:
    return Words("sheets", language, datetime.date.fromisoformat(view["as_of"]))


def _checked(form: str, facts: Mapping[str, Any]) -> None:
    known = {*fields(form), *ALWAYS}
    for name in facts:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f" Did you mean '{near[0]}'?" if near else f" It takes {', '.join(sorted(known))}."
            raise UnknownFact(f"The data sheet for Form {form} has no field '{name}'.{hint}")


def _boxes(told: Told) -> Keys:
    words, boxes = told.words, []
    day, source = told.facts.get("send_by"), ""
    if not day and told.deadline:
        day, source = told.deadline["last_day"], told.deadline["source"]
    if day:
        boxes.append(Key(words.say("frame.send_by"), words.written(day), source))
    else:
        boxes.append(_no_day(told))
    payoff = told.view["balance"]["payoff"]
    if payoff is not None:
        boxes.append(
            Key(words.say("frame.balance", day=words.written(told.view["as_of"])), eye.money(payoff))
        )
    return Keys(tuple(boxes))


def _no_day(told: Told) -> Key:
    """The box where no date can be given: why, and what counts instead."""
    words = told.words
    if told.form == "9423":
        return Key(
            words.say("frame.send_within"), words.say("frame.appeal_days"), words.say("frame.after_manager")
        )
    if told.form == "12153":
        sent = any(d["kind"] in HEARINGS for d in told.view["deadlines"])
        name = "over" if sent else "none_yet"
        return Key(words.say("frame.send_by"), words.say(f"frame.{name}"), words.say(f"frame.{name}_detail"))
    if by := _forms()[told.form].get("by"):
        return Key(words.say("frame.send_by"), words.fill(by))
    return Key(words.say("frame.send_by"), words.say("frame.no_day"))


def _part(part: Mapping[str, Any], told: Told) -> list[Block]:
    words = told.words
    head = Heading(words.fill(part["head"]))
    if "fields" in part:
        rows = tuple(_fields(part["fields"], told))
        return [head, Pairs(rows)] if rows else []
    if "entries" in part:
        name, columns = next(iter(part["entries"].items()))
        return [head, _entries(told.facts.get(name) or (), columns, words)]
    name, lines = next(iter(part["amounts"].items()))
    return [head, _amounts(told.facts.get(name) or {}, lines, words, name)]


def _fields(labels: Mapping[str, list[str]], told: Told) -> Iterator[tuple[str, str]]:
    """Each field with its value; one that may stay empty is left out while nobody gave it."""
    for name, label in labels.items():
        known = value(name, told)
        if known is not None or name not in OPTIONAL:
            yield told.words.fill(label), known or told.words.say("frame.open")


def _entries(rows: Any, columns: list[str], words: Words) -> Block:
    if not rows:
        return Paragraph(words.say("frame.open"))
    head = tuple(words.say(f"columns.{column}") for column in columns)
    first, *others = columns
    return Table(
        head,
        tuple((str(row.get(first, "")), *(money(row[c]) if row.get(c) is not None else "" for c in others)) for row in rows),
    )  # fmt: skip


def _amounts(given: Mapping[str, Any], lines: Mapping[str, list[str]], words: Words, name: str) -> Block:
    if stray := set(given) - set(lines):
        raise UnknownFact(f"'{name}' has no line '{sorted(stray)[0]}'. It takes {', '.join(lines)}.")
    if not given:
        return Paragraph(words.say("frame.open"))
    rows = tuple(
        (words.fill(label), money(given[line]) if line in given else "") for line, label in lines.items()
    )
    total = (words.say("columns.total"), eye.money(total_of(given)))
    return Table((words.say("columns.item"), words.say("columns.amount")), rows, total)


def total_of(given: Mapping[str, Any]) -> Decimal:
    """The sum in dollars of what was given; what is no amount counts as nothing."""
    found = Decimal("0.00")
    for said in given.values():
        try:
            found += Decimal(str(said)).quantize(Decimal("0.01"))
        except InvalidOperation:
            continue
    return found


def _left_over(told: Told) -> list[Block]:
    income, costs = told.facts.get("income"), told.facts.get("expenses")
    if not income or not costs:
        return []
    left = total_of(income) - total_of(costs)
    return [Pairs(((told.words.say("columns.left"), eye.money(left)),))]


def _todo(told: Told) -> list[Block]:
    words, form = told.words, _forms()[told.form]
    labels = {name: label for part in form["parts"] for name, label in part.get("fields", {}).items()}
    open_ones = missing(told.form, told.case, told.view, told.facts)
    first = (
        words.say("frame.missing", fields="; ".join(words.fill(labels[name]) for name in open_ones))
        if open_ones
        else words.say("frame.all_there")
    )
    items = [first, words.say("frame.number"), words.say("frame.sign")]
    if any(m["joint"] for m in told.modules):
        items.append(words.say("frame.sign_joint"))
    representative = value("representative_name", told)
    if representative:
        items.append(words.say("frame.representative", name=representative))
    if told.form == "12153" and told.equivalent:
        items.append(words.fill(form["equivalent_note"]))
        notes = form["notes"][1:]
    else:
        notes = form["notes"]
    items += [words.fill(note) for note in notes]
    if told.form in BY_MAIL:
        items.append(words.say("frame.proof"))
    items += [words.say("frame.copy"), words.say("frame.get")]
    return [Heading(words.say("frame.still")), Bullets(tuple(items))]
