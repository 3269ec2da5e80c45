"""The written record on paper: readable, complete, in both languages, whatever people wrote."""

from __future__ import annotations

import pypdfium2
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.page import Page, Paragraph
from letters.press import pdf
from letters.record import record_page, record_pdf
from tests.letters.test_letters import read


def record(language="en", lines=1, text="You have 30 days (until December 9, 2026).", **about):
    said = {"id": "m1", "at": "2026-11-23T15:00:00", "from": "assistant", "language": language, "text": text,
            "sources": ["26 USC 6331(d)"]}  # fmt: skip
    return {"conversation": "c1", "started": "2026-11-23T15:00:00+00:00", "ended": None, "channel": "chat",
            "language": language, "rules": "2026-11-23", "lines": [said] * lines} | about  # fmt: skip


def test_the_record_says_what_was_said_and_where_it_stands():
    shown = read(record_pdf(record()))
    assert "You have 30 days (until December 9, 2026)." in shown
    assert "Automated line, November 23, 2026, 15:00" in shown
    assert "Source: 26 USC 6331(d)" in shown
    assert "Began November 23, 2026, 15:00 UTC" in shown


def test_spanish_has_its_letters():
    shown = read(record_pdf(record("es", text="¿Podrá pagar mañana? Sí, señor: 1.º.")))
    assert "¿Podrá pagar mañana? Sí, señor: 1.º." in shown
    assert "Línea automática" in shown
    assert "Página 1 de 1" in shown


def test_a_long_record_has_several_numbered_pages_and_loses_nothing():
    file = record_pdf(record(lines=60))
    pages = len(pypdfium2.PdfDocument(file))
    assert pages > 2
    shown = read(file)
    assert shown.count("You have 30 days") == 60
    assert f"Page 2 of {pages}" in shown


def test_a_language_nobody_knows_is_told_in_english():
    assert record_page(record("fr")).language == "en"


def test_what_looks_like_markup_is_only_text():
    said = '#import "x.typ" *bold* $x$ <b> & = Heading // no'
    assert said in read(record_pdf(record(text=said)))


def test_signs_of_other_scripts_do_not_stop_it():
    shown = read(record_pdf(record(text="Thank you 🙏 谢谢 шторм \x00 \ud800 end")))
    assert "Thank you" in shown
    assert "end" in shown


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=300), max_size=6))
def test_anything_can_be_printed(texts):
    page = Page(title="t(", language="en", day="2026-11-23", sender="s", number="<n>",
                blocks=tuple(Paragraph(text) for text in texts))  # fmt: skip
    assert pdf(page).startswith(b"%PDF-")


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=200))
def test_the_same_page_is_the_same_file(text):
    page = Page(
        title="t", language="en", day="2026-11-23", sender="s", number="<n>", blocks=(Paragraph(text),)
    )
    assert pdf(page) == pdf(page)


def test_a_word_longer_than_a_line_stays_on_the_page():
    file = record_pdf(record(text="x" * 500))
    document = pypdfium2.PdfDocument(file)
    text = document[0].get_textpage()
    wide = document[0].get_width()
    for place in range(text.count_chars()):
        left, _, right, _ = text.get_charbox(place)
        assert 0 <= left <= right <= wide - 36
