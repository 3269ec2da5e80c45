"""The written record: what was asked, what was answered, by which rules, with what source."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from sqlalchemy.orm import Session

from acs import law
from api.chat import TheLine, Token, opened
from api.line import Line
from api.problems import Problem
from api.templates.render import page
from channels.errors import WordsError
from desk.answer import Say
from letters.record import record_pdf
from store.audit import AuditStore
from store.conversations import Conversations
from store.sheet_links import RECORD, SheetLinks
from store.tables.conversations import Conversation, Message

router = APIRouter(tags=["written record"])


@router.get(
    "/chat/conversations/{conversation}/record", summary="The holder of the token: the written record"
)
def record(
    request: Request,
    conversation: str,
    token: Token,
    line: TheLine,
    format: str | None = None,
    language: str | None = None,
) -> Response:
    """HTML for people, JSON by Accept, PDF by ?format=pdf; ?language=en or es words our answers in that language."""
    if language not in (None, "en", "es"):
        raise Problem(422, fields=["language"])
    with line.db.read() as session:
        about = _record(line, session, opened(line, session, conversation, token), language)
    return _shown(request, line, about, format)


@router.get("/records/{token}", summary="Whoever was texted the link: the record of the call, for a day")
def behind_link(request: Request, token: str, line: TheLine, format: str | None = None) -> Response:
    """The record of one call. The token is the only thing in the address."""
    with line.db.work() as session:
        link = SheetLinks(session).open(token, line.clock.now())
        wanted = link.request.removeprefix(RECORD) if link and link.request.startswith(RECORD) else ""
        row = Conversations(session).row(wanted) if wanted else None
        if link is None or row is None:
            raise Problem(410)
        AuditStore(session).record(
            "disclosed", "line", line.clock.now(), conversation=row.id, taxpayer=row.taxpayer,
            what=["written record"], ground="a link sent to the taxpayer",
        )  # fmt: skip
        about = _record(line, session, row, link.language)
    return _shown(request, line, about, format)


def _shown(request: Request, line: Line, about: dict[str, Any], format: str | None) -> Response:
    if format == "pdf":
        return _pdf(about, demo=line.settings.demo)
    if format not in (None, "html", "json"):
        raise Problem(422, fields=["format"])
    if format == "json" or "application/json" in request.headers.get("accept", ""):
        return JSONResponse(about)
    settings = line.settings
    html = page(
        "record.html", about["language"], operator=settings.operator, demo=settings.demo, record=about
    )
    return HTMLResponse(html)


def _record(line: Line, session: Session, row: Conversation, language: str | None) -> dict[str, Any]:
    return {
        "conversation": row.id,
        "started": row.opened_at.isoformat(timespec="seconds"),
        "ended": row.closed_at.isoformat(timespec="seconds") if row.closed_at else None,
        "channel": row.channel,
        "language": language or row.language,
        "rules": line.clock.today().isoformat(),
        "version": law.version(),
        "lines": [_line(line, one, language) for one in Conversations(session).transcript(row.id)],
    }


def _line(line: Line, message: Message, language: str | None) -> dict[str, Any]:
    """One line: its words, and each statement of ours with the rules and sources it was made by."""
    shown = line.shown(message)
    kept = {name: shown[name] for name in ("id", "at", "from", "language", "text", "sources")}
    day, _, version = (message.rules or "").partition(" ")
    kept["rules"] = day or None if message.sources else None
    kept["version"] = version or None if message.sources else None
    kept["says"] = [
        {
            **one,
            "text": {tongue: _said(line, one, tongue) for tongue in ("en", "es")},
            "rules": kept["rules"],
            "version": kept["version"],
            "sources": shown["sources"],
        }
        for one in message.says or []
    ]
    if language and kept["says"] and language != message.language:
        kept["text"] = "\n\n".join(str(one["text"][language]) for one in kept["says"])
        kept["language"] = language
    return kept


def _said(line: Line, one: dict[str, Any], language: str) -> str:
    try:
        return line.render(Say(one["words"], one.get("facts") or {}), language, "web")
    except WordsError:
        return ""


def _pdf(about: dict[str, Any], *, demo: bool) -> Response:
    headers = {"Content-Disposition": 'attachment; filename="record.pdf"'}
    return Response(record_pdf(about, demo=demo), media_type="application/pdf", headers=headers)
