"""A page as HTML: one file, nothing fetched, nothing run, made for the screen and for printing."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from letters.page import Page
from letters.press import as_data

WHOLE = re.compile(r"\d+-[\dA-Z][\dA-Z-]*")
"""What must not break at the end of a line: "433-F", "800-829-7650"."""
TEMPLATES = Path(__file__).resolve().parent / "templates"


def html(page: Page) -> str:
    """The whole document, style inside."""
    return _template().render(page=as_data(page))


@cache
def _template() -> Template:
    room = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )  # fmt: skip
    room.filters["whole"] = _whole
    return room.get_template("page.html")


def _whole(text: str) -> Markup:
    """The text with form names and phone numbers kept on one line."""
    return Markup(WHOLE.sub(lambda found: f'<span class="whole">{found[0]}</span>', str(escape(text))))
