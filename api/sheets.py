"""Filled data sheets: for the holder of the conversation, and behind a link for a few openings."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from sqlalchemy.orm import Session

from acs.view import case_view
from api.chat import TheLine, Token, opened
from api.line import Line
from api.problems import Problem
from letters.asked import request_sheet
from letters.page import Page
from letters.sheets import html, pdf
from store.audit import AuditStore
from store.cases import CaseStore
from store.sheet_links import SheetLinks
from store.tables.conversations import Conversation
from store.tables.requests import RequestRow

router = APIRouter(tags=["data sheets"])


@router.get(
    "/chat/conversations/{conversation}/sheets/{request_key}", summary="The holder of the token: a data sheet"
)
def of_conversation(
    conversation: str, request_key: str, token: Token, line: TheLine, format: str = "html"
) -> Response:
    """The sheet of a request of the taxpayer whose identity is proved in this conversation."""
    with line.db.work() as session:
        row = opened(line, session, conversation, token)
        found = session.get(RequestRow, request_key)
        if found is None or row.taxpayer is None or found.taxpayer != row.taxpayer:
            raise Problem(404)
        if row.authority is not None:
            raise Problem(404)  # the sheet shows the whole case, a representative's form may not cover it
        return _shown(line, session, found, row.language, format, row)


@router.get("/sheets/{token}", summary="Whoever was sent the link: the data sheet, for a day")
def behind_link(request: Request, token: str, line: TheLine, format: str = "html") -> Response:
    """The same sheet without a conversation. The token is the only thing in the address."""
    with line.db.work() as session:
        link = SheetLinks(session).open(token, line.clock.now())
        found = session.get(RequestRow, link.request) if link else None
        if link is None or found is None:
            raise Problem(410)
        return _shown(line, session, found, link.language, format, None)


def _shown(
    line: Line, session: Session, found: RequestRow, language: str, format: str, row: Conversation | None
) -> Response:
    if format not in ("html", "pdf"):
        raise Problem(422, fields=["format"])
    page = _page(line, session, found, language)
    if page is None:
        raise Problem(404)
    ground = "the taxpayer's own conversation" if row else "a link sent to the taxpayer"
    AuditStore(session).record(
        "disclosed", "line", line.clock.now(), conversation=row.id if row else found.conversation,
        taxpayer=found.taxpayer, what=["data sheet", found.kind], ground=ground,
    )  # fmt: skip
    if format == "pdf":
        headers = {"Content-Disposition": 'attachment; filename="data-sheet.pdf"'}
        return Response(pdf(page), media_type="application/pdf", headers=headers)
    return HTMLResponse(html(page))


def _page(line: Line, session: Session, found: RequestRow, language: str) -> Page | None:
    store, today = CaseStore(session), line.clock.today()
    case = store.get(found.taxpayer)
    if case is None:
        return None
    view = case_view(case, today, cases=store.household(found.taxpayer))
    chosen: Any = language
    return request_sheet(found.kind, found.facts, case, view, chosen, demo=line.settings.demo)
