"""The written record on paper: readable, complete, in both languages, whatever people wrote."""

import re
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.paper import HIGH, MARGIN, WIDE, Block, laid_out, pdf, record_pdf, width, wrapped


def record(language="en", lines=1, text="You have 30 days (until December 9, 2026)."):
    said = {"id": "m1", "at": "2026-11-23T15:00:00", "from": "assistant", "language": language, "text": text,
            "sources": ["26 USC 6331(d)"]}  # fmt: skip
    return {"conversation": "c1", "started": "2026-11-23T15:00:00+00:00", "ended": None, "channel": "chat",
            "language": language, "rules": "2026-11-23", "lines": [said] * lines}  # fmt: skip


def objects(file):
    """The objects by number, found through the table at the end, as a reader finds them."""
    table = int(re.search(rb"startxref\n(\d+)\n%%EOF\n$", file)[1])
    rows = re.findall(rb"(\d{10}) 00000 n ", file[table:])
    found = {}
    for number, row in enumerate(rows, 1):
        at = int(row)
        assert file[at:].startswith(b"%d 0 obj\n" % number)
        found[number] = file[at : file.index(b"\nendobj", at)]
    return found


def text_of(file):
    shown = re.findall(rb"\((.*)\) Tj", file)
    return " ".join(part.decode("cp1252").replace("\\(", "(").replace("\\)", ")") for part in shown)


def test_the_record_says_what_was_said_and_where_it_stands():
    file = record_pdf(record())
    assert file.startswith(b"%PDF-1.4")
    assert "You have 30 days (until December 9, 2026)." in text_of(file)
    assert "Source: 26 USC 6331(d)" in text_of(file)
    assert b"/Lang (en)" in file
    for body in objects(file).values():
        stream = re.search(rb"/Length (\d+) >>\nstream\n(.*)\nendstream", body, re.DOTALL)
        assert stream is None or int(stream[1]) == len(stream[2])


def test_spanish_has_its_letters():
    said = text_of(record_pdf(record("es", text="¿Podrá pagar mañana? Sí, señor: 1.º.")))
    assert "¿Podrá pagar mañana? Sí, señor: 1.º." in said
    assert "Línea automática" in said
    assert "Página 1 de 1" in said


def test_a_long_record_has_several_numbered_pages_and_loses_nothing():
    file = record_pdf(record(lines=60))
    pages = [body for body in objects(file).values() if b"/Type /Page " in body]
    assert len(pages) > 2
    assert text_of(file).count("You have 30 days") == 60
    assert f"Page 2 of {len(pages)}" in text_of(file)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="no PDF reader here")
def test_another_program_can_read_it(tmp_path):
    (tmp_path / "r.pdf").write_bytes(record_pdf(record("es", text="Mañana sí (1)")))
    shown = subprocess.run(["pdftotext", tmp_path / "r.pdf", "-"], capture_output=True, text=True, check=True)
    assert "Mañana sí (1)" in shown.stdout


def test_a_word_longer_than_a_line_is_cut():
    lines = wrapped("short " + "x" * 500, 11)
    assert "".join(lines).replace("short", "") == "x" * 500
    assert all(width(line, 11) <= WIDE - 2 * MARGIN for line in lines)


@given(st.lists(st.text(max_size=300), max_size=6))
def test_anything_can_be_printed_and_stays_within_the_page(texts):
    blocks = [Block(text) for text in texts]
    assert pdf(blocks, title="t(", language="en").endswith(b"%%EOF\n")
    for page in laid_out(blocks):
        assert all(MARGIN <= line.y < HIGH - MARGIN for line in page)
        assert all(width(line.text, line.size) <= WIDE - 2 * MARGIN for line in page)
