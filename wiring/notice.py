"""`acs notice`: the letter of a case in the database, as text, HTML or PDF."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from letters.html import html
from letters.letter import NoLetter, letter
from letters.page import Page
from letters.plain import text
from letters.press import pdf
from letters.words import Language
from store.cases import CaseStore
from store.db import Database


def notice(
    database: Database, taxpayer: str, code: str, on: date, language: Language | None, *, demo: bool
) -> Page:
    """The newest letter of that name on `on`. Raises NoLetter, with what there is and the next step."""
    with database.read() as session:
        cases = CaseStore(session).household(taxpayer)
    if taxpayer not in cases:
        raise NoLetter(
            f"There is no taxpayer '{taxpayer}' in the database. Check the id (it looks like T-1005), or bring the "
            "case file in first: acs import FILE."
        )
    return letter(cases[taxpayer], code, on, language, cases=cases, demo=demo)


def deliver(page: Page, to_pdf: Path | None, to_html: Path | None) -> str:
    """Writes the files asked for and gives what to print: the files' names, or the letter when there are none."""
    if to_pdf:
        to_pdf.write_bytes(pdf(page))
    if to_html:
        to_html.write_text(html(page), encoding="utf-8")
    written = [str(file) for file in (to_pdf, to_html) if file]
    return f"Written: {', '.join(written)}" if written else text(page).rstrip("\n")
