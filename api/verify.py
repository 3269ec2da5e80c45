"""The page behind the link in a text: the same items as everywhere, once, within ten minutes."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response

from api.chat import TheLine, TheTurns
from api.guard import caller_of
from api.identify import Proof, Proved, own_turn, prove
from api.line import Line
from api.pages import shown_phone
from api.templates.render import page
from store.conversations import Conversations
from store.links import Links

router = APIRouter(tags=["identity by text"])

STATUS = {"form": 200, "wrong": 200, "expired": 410, "limit": 429}


@router.get("/verify/{token}", response_class=HTMLResponse, summary="Whoever was texted the link: the form")
def form(token: str, line: TheLine) -> Response:
    """The form, as long as the link is good; looking at it does not use it up."""
    with line.db.read() as session:
        link = Links(session).find(token, line.clock.now())
        row = Conversations(session).row(link.conversation) if link else None
        language = row.language if row else "en"
    return _page(line, "form" if row and row.state != "closed" else "expired", language)


@router.post("/verify/{token}", response_class=HTMLResponse, summary="Whoever was texted the link: the proof")
async def check(
    request: Request,
    token: str,
    line: TheLine,
    turns: TheTurns,
    tin: Annotated[str, Form(max_length=40)] = "",
    date_of_birth: Annotated[str, Form(max_length=40)] = "",
    zip: Annotated[str, Form(max_length=20)] = "",
    caller_id: Annotated[str, Form(max_length=40)] = "",
    caf: Annotated[str, Form(max_length=40)] = "",
    name: Annotated[str, Form(max_length=120)] = "",
) -> Response:
    """After a proof the texting goes on by itself, with the answer to what was asked before."""
    proof = Proof(
        tin=tin, date_of_birth=date_of_birth, zip=zip, caller_id=caller_id, caf=caf or None, name=name or None
    )
    state, language, result, conversation = await line.off_loop(
        _check, line, token, proof, caller_of(request.scope)
    )
    if result and result.verified:
        line.in_background(turns.run(conversation))
        return HTMLResponse(
            page("verify_done.html", language, operator=line.settings.operator, demo=line.settings.demo)
        )
    line.wake()
    return _page(line, state, language)


def _check(line: Line, token: str, proof: Proof, address: str) -> tuple[str, str, Proved | None, str]:
    now = line.clock.now()
    with line.db.work() as session:
        link = Links(session).find(token, now)
        row = Conversations(session).row(link.conversation) if link else None
        if link is None or row is None or row.state == "closed":
            return "expired", "en", None, ""
        result = prove(line, session, row, proof, f"ip:{address}", own_turn(), quiet=True)
        over = result.limited or result.last
        if result.verified or over:
            link.used_at = now
        state = "limit" if over else "wrong"
        return state, row.language, result, row.id


def _page(line: Line, state: str, language: str) -> HTMLResponse:
    settings = line.settings
    html = page(
        "verify.html",
        language,
        state=state,
        operator=settings.operator,
        demo=settings.demo,
        phone=shown_phone(line),
    )
    return HTMLResponse(html, STATUS[state])
