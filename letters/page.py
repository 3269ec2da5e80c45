"""A page before it is paper: headings, paragraphs, tables, boxes. Every renderer knows exactly these parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Heading:
    """A section begins."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """Running text; `small` for sources and notes, `strong` for a line that names what follows."""

    text: str
    small: bool = False
    strong: bool = False


@dataclass(frozen=True)
class Bullets:
    """Points of a list, in order."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Pairs:
    """Names with their values: "Notice date: November 2, 2026"."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """A table whose first column is words and whose other columns are amounts; `total` is its last row."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] | None = None
    caption: str = ""


@dataclass(frozen=True)
class Key:
    """What nobody may overlook, in a box: a short name, a value in large type, and a line below."""

    label: str
    value: str
    detail: str = ""


@dataclass(frozen=True)
class Keys:
    """One to three boxes side by side."""

    boxes: tuple[Key, ...]


@dataclass(frozen=True)
class Choices:
    """Boxes to tick by hand."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Blanks:
    """Lines to write on by hand, each with its name."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class NewPage:
    """What follows begins on a page of its own: the part to tear off."""


Block = Heading | Paragraph | Bullets | Pairs | Table | Keys | Choices | Blanks | NewPage


@dataclass(frozen=True)
class Page:
    """A whole letter, sheet or record. `mark` stands above everything (who this is not from), `foot` below.

    `day` is the ISO date printed on it; it dates the PDF too, so the same page always gives the same bytes.
    `number` says "Page 1 of 2" with <n> and <of>.
    """

    title: str
    language: Literal["en", "es"]
    day: str
    sender: str
    number: str
    mark: str = ""
    above: str = ""
    to: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    blocks: tuple[Block, ...] = ()
    foot: str = ""


KINDS = {
    kind: kind.__name__.lower()
    for kind in (Heading, Paragraph, Bullets, Pairs, Table, Keys, Choices, Blanks, NewPage)
}
