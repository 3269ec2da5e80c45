"""The pages for people: the front door, the chat on a page of its own, and the widget for other pages."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import FileResponse, HTMLResponse
from fastapi.staticfiles import StaticFiles

from api.chat import TheLine
from api.line import Line
from api.templates.render import page

STATIC = Path(__file__).parent / "static"
router = APIRouter(tags=["pages"])


def static(app: FastAPI) -> None:
    """Files of the pages."""
    app.mount("/static", StaticFiles(directory=STATIC))


def language_of_reader(request: Request, language: str | None) -> str:
    """What was chosen, else what the browser prefers, else English."""
    if language in ("en", "es"):
        return language
    return "es" if request.headers.get("accept-language", "").lower().startswith("es") else "en"


def shown_phone(line: Line) -> str:
    """The number of the line, where there is one to call."""
    return line.settings.twilio_number if line.settings.twilio_configured else ""


@router.get("/", response_class=HTMLResponse, summary="Anyone: every way to reach the line")
def home(request: Request, line: TheLine, language: str | None = None) -> str:
    """The front door."""
    return _page("home.html", request, line, language)


@router.get("/chat", response_class=HTMLResponse, summary="Anyone: the chat")
def chat(request: Request, line: TheLine, language: str | None = None) -> str:
    """The chat on a page of its own."""
    return _page("chat.html", request, line, language)


@router.get("/widget.js", summary="Anyone: the chat as an element for any page")
def widget() -> FileResponse:
    """The one file another page loads."""
    return FileResponse(STATIC / "widget.js", media_type="text/javascript")


def _page(name: str, request: Request, line: Line, language: str | None) -> str:
    reader = language_of_reader(request, language)
    settings = line.settings
    return page(name, reader, operator=settings.operator, demo=settings.demo, phone=shown_phone(line))
