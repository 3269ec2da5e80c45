"""A page as plain text, for a terminal or an e-mail: 78 columns, amounts aligned."""

from __future__ import annotations

import textwrap

from letters import page as p

WIDE = 78


def text(page: p.Page) -> str:
    """The whole page; ends with a line break."""
    parts = [page.mark.upper()] if page.mark else []
    parts += [
        "   ".join(one for one in (page.sender, page.above) if one),
        *(["\n".join(page.to)] if page.to else []),
    ]
    if page.facts:
        parts.append(_pairs(page.facts))
    parts.append(_wrapped(page.title) + "\n" + "=" * min(WIDE, len(page.title)))
    parts += [_block(block) for block in page.blocks]
    if page.foot:
        parts.append(_wrapped(page.foot))
    return "\n\n".join(part for part in parts if part) + "\n"


def _block(block: p.Block) -> str:
    match block:
        case p.Heading():
            return f"{block.text}\n{'-' * len(block.text)}"
        case p.Paragraph():
            return _wrapped(block.text)
        case p.Bullets():
            return "\n".join(_wrapped(item, "- ") for item in block.items)
        case p.Pairs():
            return _pairs(block.rows)
        case p.Table():
            return _table(block)
        case p.Keys():
            return "\n".join(_key(key) for key in block.boxes)
        case p.Choices():
            return "\n".join(_wrapped(item, "[ ] ") for item in block.items)
        case p.NewPage():
            return "- " * (WIDE // 2)
        case p.Blanks():
            return "\n".join(f"{name} ".ljust(WIDE, "_") for name in block.names)


def _key(key: p.Key) -> str:
    said = f"*** {key.label}: {key.value}"
    return f"{said}\n{_wrapped(key.detail, '    ', '    ')}" if key.detail else said


def _pairs(rows: tuple[tuple[str, str], ...]) -> str:
    room = min(36, max((len(name) for name, _ in rows), default=0) + 2)
    return "\n".join(_wrapped(value, f"{name}: ".ljust(room), " " * room) for name, value in rows)


def _table(table: p.Table) -> str:
    rows = [table.head, *table.rows, *([table.total] if table.total else [])]
    widths = [max(len(row[column]) for row in rows) for column in range(len(table.head))]
    lines = ["  ".join(_cell(cell, widths[i], i) for i, cell in enumerate(row)).rstrip() for row in rows]
    ruler = "-" * (sum(widths) + 2 * (len(widths) - 1))
    lines.insert(1, ruler)
    if table.total:
        lines.insert(len(lines) - 1, ruler)
    return "\n".join([*([_wrapped(table.caption), ""] if table.caption else []), *lines])


def _cell(value: str, width: int, column: int) -> str:
    return value.ljust(width) if column == 0 else value.rjust(width)


def _wrapped(value: str, first: str = "", later: str | None = None) -> str:
    return textwrap.fill(
        value, WIDE, initial_indent=first, subsequent_indent=" " * len(first) if later is None else later,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
