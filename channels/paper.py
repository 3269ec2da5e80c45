"""The same words on paper: a plain PDF of headings and paragraphs, made here without any other library."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from channels.sms import LOOKALIKE_TABLE

WIDE, HIGH, MARGIN = 612, 792, 72
"""US Letter in points, with an inch of margin."""
# Widths of Helvetica in thousandths, from space to tilde; accented letters are as wide as plain ones.
WIDTHS = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667,
    556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556,
    556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722,
    500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
BOLDER = 1.08
WORDS = {
    "en": {
        "title": "Written record of your conversation",
        "about": "Conversation {id}. Began {began}. Answers use the rules in force on {rules}.",
        "you": "You",
        "assistant": "Automated line",
        "agent": "Agent",
        "system": "Note",
        "sources": "Source",
        "page": "Page {n} of {of}",
    },
    "es": {
        "title": "Constancia escrita de su conversación",
        "about": "Conversación {id}. Empezó {began}. Las respuestas usan las reglas vigentes el {rules}.",
        "you": "Usted",
        "assistant": "Línea automática",
        "agent": "Agente",
        "system": "Nota",
        "sources": "Fuente",
        "page": "Página {n} de {of}",
    },
}


class Block(NamedTuple):
    """A heading or a paragraph; `size` in points."""

    text: str
    size: int = 11
    bold: bool = False
    space: int = 6
    """Points left free above it."""


class Line(NamedTuple):
    """One line of a page, its baseline `y` points above the foot."""

    text: str
    size: int
    bold: bool
    y: int


def record_pdf(about: Mapping[str, Any]) -> bytes:
    """The written record of one conversation, as api/record.py keeps it (conversation, started, rules, lines)."""
    language = about["language"] if about["language"] in WORDS else "en"
    words = WORDS[language]
    blocks = [
        Block(words["title"], 16, True),
        Block(
            words["about"].format(id=about["conversation"], began=about["started"], rules=about["rules"]), 9
        ),
    ]
    for line in about["lines"]:
        who = words.get(line["from"], words["system"])
        blocks.append(Block(f"{who}, {line['at']}", 9, True, 12))
        blocks += [Block(part, 11, space=3) for part in str(line["text"]).split("\n") if part.strip()]
        if line.get("sources"):
            blocks.append(Block(f"{words['sources']}: {'; '.join(line['sources'])}", 9, space=2))
    return pdf(blocks, title=words["title"], language=language)


def pdf(blocks: Iterable[Block], *, title: str, language: str) -> bytes:
    """Headings and paragraphs as a PDF on US Letter, wrapped and numbered."""
    pages = laid_out(blocks)
    words = WORDS.get(language, WORDS["en"])["page"]
    made = _Objects()
    catalog, tree = made.reserve(), made.reserve()
    fonts = [made.add(f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>")
             for name in ("Helvetica", "Helvetica-Bold")]  # fmt: skip
    kids = []
    for number, lines in enumerate(pages, 1):
        foot = Line(words.format(n=number, of=len(pages)), 9, False, MARGIN // 2)
        stream = b"\n".join(_drawn(line) for line in [*lines, foot])
        content = made.add(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        kids.append(made.add(
            f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {WIDE} {HIGH}] /Contents {content} 0 R "
            f"/Resources << /Font << /F1 {fonts[0]} 0 R /F2 {fonts[1]} 0 R >> >> >>"
        ))  # fmt: skip
    made.put(tree, f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>")
    made.put(catalog, b"<< /Type /Catalog /Pages %d 0 R /Lang (%s) /ViewerPreferences << /DisplayDocTitle true >> >>"
             % (tree, language.encode()))  # fmt: skip
    info = made.add(b"<< /Title (" + _escaped(title) + b") >>")
    return made.file(catalog, info)


def laid_out(blocks: Iterable[Block]) -> list[list[Line]]:
    """The lines of every page, from the top; a page more whenever the foot is reached."""
    pages: list[list[Line]] = [[]]
    y = HIGH - MARGIN
    for block in blocks:
        y -= block.space if pages[-1] else 0
        for text in wrapped(block.text, block.size, block.bold):
            y -= round(block.size * 1.35)
            if y < MARGIN:
                pages.append([])
                y = HIGH - MARGIN - round(block.size * 1.35)
            pages[-1].append(Line(text, block.size, block.bold, y))
    return pages


def wrapped(text: str, size: int, bold: bool = False) -> list[str]:
    """The text in lines that fit between the margins; a word longer than a line is cut."""
    room = WIDE - 2 * MARGIN
    lines = [""]
    for word in text.split():
        while width(word, size, bold) > room:
            fits = next(n for n in range(len(word), 0, -1) if width(word[:n], size, bold) <= room)
            lines.append(word[:fits])
            word = word[fits:]
        longer = f"{lines[-1]} {word}".strip()
        if width(longer, size, bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return [line for line in lines if line] or [""]


def width(text: str, size: int, bold: bool = False) -> float:
    """Points a line takes; bold is reckoned a little generously."""
    units = sum(WIDTHS[ord(c) - 32] if 32 <= ord(c) < 127 else 722 if c.isupper() else 556 for c in text)
    return units * size / 1000 * (BOLDER if bold else 1)


class _Objects:
    """The numbered objects of a file, and the table of where each begins."""

    def __init__(self) -> None:
        self._objects: list[bytes] = []

    def reserve(self) -> int:
        self._objects.append(b"")
        return len(self._objects)

    def put(self, number: int, body: str | bytes) -> None:
        self._objects[number - 1] = body.encode("ascii") if isinstance(body, str) else body

    def add(self, body: str | bytes) -> int:
        number = self.reserve()
        self.put(number, body)
        return number

    def file(self, catalog: int, info: int) -> bytes:
        out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
        starts = []
        for number, body in enumerate(self._objects, 1):
            starts.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        table = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(starts) + 1)
        out += b"".join(b"%010d 00000 n \n" % start for start in starts)
        size = len(starts) + 1
        out += b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\n" % (size, catalog, info)
        return bytes(out + b"startxref\n%d\n%%%%EOF\n" % table)


def _drawn(line: Line) -> bytes:
    font = "F2" if line.bold else "F1"
    return b"BT /%s %d Tf %d %d Td (%s) Tj ET" % (
        font.encode(),
        line.size,
        MARGIN,
        line.y,
        _escaped(line.text),
    )


def _escaped(text: str) -> bytes:
    """In the letters a PDF of this kind has; what it has not becomes "?"."""
    plain = text if _writable(text) else text.translate(LOOKALIKE_TABLE)
    raw = plain.encode("cp1252", "replace")
    raw = bytes(byte for byte in raw if byte >= 32)
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _writable(text: str) -> bool:
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True
