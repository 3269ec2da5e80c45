"""The written record: what was asked, what was answered, by which rules, with what source."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from api.chat import TheLine, Token, opened
from api.line import Line
from api.problems import Problem
from api.templates.render import page
from channels.paper import record_pdf
from store.conversations import Conversations

router = APIRouter(prefix="/chat", tags=["web chat"])


@router.get("/conversations/{conversation}/record", summary="The holder of the token: the written record")
def record(
    request: Request, conversation: str, token: Token, line: TheLine, format: str | None = None
) -> Response:
    """HTML for people, JSON by Accept, PDF by ?format=pdf."""
    about = _record(line, conversation, token)
    if format == "pdf":
        return _pdf(about)
    if format not in (None, "html", "json"):
        raise Problem(422, fields=["format"])
    if format == "json" or "application/json" in request.headers.get("accept", ""):
        return JSONResponse(about)
    settings = line.settings
    html = page(
        "record.html", about["language"], operator=settings.operator, demo=settings.demo, record=about
    )
    return HTMLResponse(html)


def _record(line: Line, conversation: str, token: str) -> dict[str, Any]:
    rules = line.clock.today().isoformat()
    with line.db.read() as session:
        row = opened(line, session, conversation, token)
        lines = []
        for message in Conversations(session).transcript(conversation):
            shown = line.shown(message)
            kept = {name: shown[name] for name in ("id", "at", "from", "language", "text", "sources")}
            kept["says"] = message.says or []
            kept["rules"] = rules if message.sources else None
            lines.append(kept)
        return {
            "conversation": row.id,
            "started": row.opened_at.isoformat(timespec="seconds"),
            "ended": row.closed_at.isoformat(timespec="seconds") if row.closed_at else None,
            "channel": row.channel,
            "language": row.language,
            "rules": rules,
            "lines": lines,
        }


def _pdf(about: dict[str, Any]) -> Response:
    headers = {"Content-Disposition": 'attachment; filename="record.pdf"'}
    return Response(record_pdf(about), media_type="application/pdf", headers=headers)
