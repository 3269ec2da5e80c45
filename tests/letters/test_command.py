"""`acs notice` from the database: text on the screen, PDF and HTML files, and what it says when there is no letter."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from typer.testing import CliRunner

from wiring.cases import import_files
from wiring.cli import app
from wiring.run import database
from wiring.settings import Settings, settings

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def acs(tmp_path_factory):
    """Runs `acs` on a database of its own with the demo's appeals; gives exit code and output."""
    room = tmp_path_factory.mktemp("notice")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", f"sqlite:///{room / 'acs.sqlite'}")
        patch.setenv("ACS_SECRET", "0123456789abcdef0123")
        patch.setenv("ACS_TODAY", "2026-11-22")
        settings.cache_clear()
        opened = database(Settings())
        import_files(opened, [ROOT / "demo" / "cases" / "appeals.yml"])
        opened.engine.dispose()

        def run(*words: str):
            return CliRunner().invoke(app, ["notice", *words])

        yield run
    settings.cache_clear()


def test_the_letter_as_text(acs):
    done = acs("T-1005", "--code", "LT11")
    assert done.exit_code == 0
    assert "Last day to ask for a hearing: December 2, 2026" in done.output  # 30 days from November 2
    assert "Darnell Brooks" in done.output
    assert "NOT FROM THE IRS" in done.output


def test_the_letter_as_files(acs, tmp_path):
    on_paper, page = tmp_path / "l.pdf", tmp_path / "l.html"
    done = acs("T-1005", "--code", "lt 11", "--language", "es", "--pdf", str(on_paper), "--html", str(page))
    assert done.exit_code == 0
    document = pypdfium2.PdfDocument(on_paper)
    assert "2 de diciembre de 2026" in document[0].get_textpage().get_text_bounded()
    assert (
        document.get_metadata_value("Title")
        == "Aviso final antes de un embargo, y su derecho a una audiencia"
    )
    assert '<html lang="es">' in page.read_text(encoding="utf-8")


def test_another_day_is_another_letter(acs):
    assert (
        "Notice date:     September 16, 2024" in acs("T-1005", "--code", "CP504", "--on", "2026-01-01").output
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("T-1005", "--code", "CP523"), "There is: CP14 (2024-06-03)"),
        (("T-9", "--code", "LT11"), "acs import FILE"),
        (("T-1005", "--code", "LT11", "--on", "2026-11-01"), "no letter LT11 on November 1, 2026"),
        (("T-1005", "--code", "LT11", "--on", "11/22/2026"), "Write it as YYYY-MM-DD"),
        (("T-1005", "--code", "LT11", "--language", "fr"), "Use en or es."),
        (
            ("T-1005", "--code", "LT11", "--pdf", "/nowhere/at/all.pdf"),
            "/nowhere/at/all.pdf cannot be written",
        ),
    ],
)
def test_what_does_not_work_says_the_next_step(acs, words, said):
    done = acs(*words)
    assert done.exit_code == 2
    assert said in done.output


def test_the_pdf_is_made_for_screen_readers_and_for_the_archive(acs, tmp_path):
    file = tmp_path / "l.pdf"
    acs("T-1005", "--code", "LT11", "--pdf", str(file))
    document = pypdfium2.PdfDocument(file)
    raw = pypdfium2.raw
    assert raw.FPDFCatalog_IsTagged(document)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in file.read_bytes()
    assert b"<pdfaid:part>2</pdfaid:part>" in file.read_bytes()
    fonts = [obj.get_font() for obj in document[0].get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])]
    assert fonts
    assert all(font.is_embedded for font in fonts)
