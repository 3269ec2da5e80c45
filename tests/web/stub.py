"""A stand-in for the gateway, faithful to its HTTP surface, so that the pages can be tried and tested on their own."""

import asyncio
import json
import secrets
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Header, HTTPException, Request, WebSocket, WebSocketDisconnect
from fastapi.responses import HTMLResponse, JSONResponse, Response
from fastapi.staticfiles import StaticFiles

from api.templates.render import page
from tests.web.stub_desk import Desk, now

STATIC = Path(__file__).parents[2] / "api" / "static"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
XSS = '<img src=x onerror="alert(1)"><script>alert(2)</script><svg onload=alert(3)>"\'{{7*7}}'
FIELDS = ["tin", "date_of_birth", "zip", "caller_id"]
WORDS = {
    "en": {
        "hello": "Hello. I am the automated assistant of the line. I can explain a letter, say what is owed, or set up payments. What is it about?",
        "letter": "A letter",
        "owe": "What I owe",
        "pay": "Paying over time",
        "person": "A person, please",
        "spanish": "En español, por favor",
        "identity": "I can tell you. First, please show me it is you, in the secure form below.",
        "balance": "You owe $8,731.46 today, for 2023. To keep your right to a hearing, send Form 12153 by December 9, 2026.",
        "queue": "A person will join you here. You can keep asking me in the meantime.",
        "other": "A CP504 says the IRS may take your state tax refund. Answer by December 9, 2026.",
    },
    "es": {
        "hello": "Hola. Soy el asistente automático de la línea. Puedo explicarle una carta, decirle cuánto debe o acordar pagos. ¿De qué se trata?",
        "letter": "Una carta",
        "owe": "Cuánto debo",
        "pay": "Pagar poco a poco",
        "person": "Una persona, por favor",
        "english": "English, please",
        "identity": "Se lo puedo decir. Primero, confirme que es usted en el formulario seguro de abajo.",
        "balance": "Hoy debe $8,731.46, por 2023. Para conservar su derecho a una audiencia, envíe el Formulario 12153 a más tardar el 9 de diciembre de 2026.",
        "queue": "Una persona le atenderá aquí. Mientras tanto puede seguir preguntándome.",
        "other": "Un CP504 dice que el IRS puede tomar su reembolso estatal. Responda a más tardar el 9 de diciembre de 2026.",
    },
}


class Talk:
    """One chat conversation, in memory."""

    def __init__(self, language: str) -> None:
        self.id, self.token, self.language = secrets.token_urlsafe(12), secrets.token_urlsafe(24), language
        self.messages: list[dict[str, Any]] = []
        self.answers: dict[str, dict[str, Any]] = {}
        self.state, self.proofs = "bot", 0
        self.listeners: list[asyncio.Queue[dict[str, Any]]] = []

    def add(self, sender: str, text: str, **more: Any) -> dict[str, Any]:
        message = {
            "id": f"m{len(self.messages) + 1}",
            "at": now(),
            "from": sender,
            "language": self.language,
            "text": text,
            "choices": [],
            "secure_form": None,
            "sources": [],
            **more,
        }
        self.messages.append(message)
        return message

    def push(self, frame: dict[str, Any]) -> None:
        for listener in self.listeners:
            listener.put_nowait(frame)

    def reply(self, text: str) -> list[dict[str, Any]]:
        words, low = WORDS[self.language], text.lower()
        if low == "owe" or "how much" in low or "cuánto" in low:
            return [
                self.add("assistant", words["identity"], secure_form={"kind": "identity", "fields": FIELDS})
            ]
        if "person" in low:
            self.state = "queue"
            self.push({"queue": {"ahead": 3, "wait_minutes": [8, 20]}})
            return [self.add("assistant", words["queue"])]
        if "xss" in low or "onerror" in low:
            return [
                self.add(sender, XSS, choices=[{"id": "x", "label": XSS}], sources=[XSS], language=XSS)
                for sender in ("assistant", "agent", "system")
            ]
        if low == "spanish":
            self.language = "es"
            words = WORDS["es"]
        return [self.add("assistant", words["other"], sources=["26 USC 6331(d)(2)", "26 USC 6331(h)"])]


def build() -> FastAPI:
    app = FastAPI()
    talks: dict[str, Talk] = {}
    app.state.talks, app.state.desk, app.state.posts = talks, Desk(XSS), []

    @app.middleware("http")
    async def guard(request: Request, call_next: Any) -> Response:
        answer: Response = await call_next(request)
        answer.headers["Content-Security-Policy"] = CSP
        answer.headers["X-Content-Type-Options"] = "nosniff"
        return answer

    @app.exception_handler(HTTPException)
    async def problem(request: Request, error: HTTPException) -> Response:
        return JSONResponse(
            {"type": "about:blank", "title": str(error.detail)},
            error.status_code,
            media_type="application/problem+json",
        )

    def mine(key: str, authorization: str | None) -> Talk:
        talk = talks.get(key)
        if talk is None or authorization != f"Bearer {talk.token}":
            raise HTTPException(401, "Start the conversation again.")
        return talk

    @app.get("/chat", response_class=HTMLResponse)
    def chat(language: str = "en") -> str:
        return page("chat.html", language, operator="Example Tax Help", demo=True, phone="555-0100")

    @app.get("/widget.js")
    def widget() -> Response:
        return Response((STATIC / "widget.js").read_text("utf-8"), media_type="text/javascript")

    @app.post("/chat/conversations", status_code=201)
    def open_talk(body: dict[str, Any]) -> dict[str, Any]:
        talk = Talk(body["language"])
        talks[talk.id] = talk
        words = WORDS[talk.language]
        hello = talk.add(
            "assistant",
            words["hello"],
            choices=[{"id": key, "label": words[key]} for key in ("letter", "owe", "pay")],
        )
        return {"conversation": talk.id, "token": talk.token, "messages": [hello]}

    @app.post("/chat/conversations/{key}/messages")
    async def send(
        key: str, body: dict[str, Any], authorization: str | None = Header(None)
    ) -> dict[str, Any]:
        talk = mine(key, authorization)
        app.state.posts.append(body)
        if body["id"] not in talk.answers:
            said = body.get("text") or body["choice"]
            talk.add("you", said if "text" in body else WORDS[talk.language].get(said, said))
            talk.push({"typing": True})
            talk.answers[body["id"]] = {"messages": talk.reply(said), "state": talk.state}
        return talk.answers[body["id"]]

    @app.get("/chat/conversations/{key}/messages")
    def since(key: str, after: str = "", authorization: str | None = Header(None)) -> dict[str, Any]:
        talk = mine(key, authorization)
        ids = [message["id"] for message in talk.messages]
        return {"messages": talk.messages[ids.index(after) + 1 if after in ids else 0 :], "state": talk.state}

    @app.post("/chat/conversations/{key}/identity")
    def identity(key: str, body: dict[str, Any], authorization: str | None = Header(None)) -> dict[str, Any]:
        talk = mine(key, authorization)
        talk.proofs += 1
        if talk.proofs > 3:
            raise HTTPException(429, "A person can help you.")
        if body.get("tin") != "900701234" or body.get("date_of_birth") != "1984-03-09":
            return {"verified": False, "messages": []}
        return {
            "verified": True,
            "messages": [
                talk.add("assistant", WORDS[talk.language]["balance"], sources=["26 USC 6330(a)(3)(B)"])
            ],
        }

    @app.get("/chat/conversations/{key}/record", response_class=HTMLResponse)
    def record(key: str, authorization: str | None = Header(None)) -> str:
        talk = mine(key, authorization)
        lines = [{**message, "rules": "2026-11-22"} for message in talk.messages]
        about = {
            "conversation": talk.id,
            "started": talk.messages[0]["at"],
            "ended": None,
            "channel": "chat",
            "rules": "2026-11-22",
            "lines": lines,
        }
        return page("record.html", talk.language, operator="Example Tax Help", demo=True, record=about)

    @app.post("/chat/conversations/{key}/end")
    def end(key: str, authorization: str | None = Header(None)) -> dict[str, Any]:
        talk = mine(key, authorization)
        talk.state = "closed"
        return {"state": "closed"}

    @app.websocket("/chat/conversations/{key}/stream")
    async def stream(socket: WebSocket, key: str) -> None:
        await socket.accept()
        first = json.loads(await socket.receive_text())
        talk = talks.get(key)
        if talk is None or first.get("token") != talk.token:
            return await socket.close(4401)
        frames: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        talk.listeners.append(frames)
        hung_up = asyncio.ensure_future(socket.receive())
        try:
            while not hung_up.done():
                frame = asyncio.ensure_future(frames.get())
                await asyncio.wait({frame, hung_up}, return_when=asyncio.FIRST_COMPLETED)
                if frame.done():
                    await socket.send_json(frame.result())
        except (WebSocketDisconnect, RuntimeError):
            pass
        finally:
            talk.listeners.remove(frames)

    @app.get("/verify/{token}", response_class=HTMLResponse)
    def verify(token: str, language: str = "en") -> str:
        if token == "done":
            return page("verify_done.html", language, demo=True)
        return page(
            "verify.html",
            language,
            demo=True,
            state=token if token in ("wrong", "expired", "limit") else "form",
        )

    @app.post("/verify/{token}", response_class=HTMLResponse)
    async def verified(token: str, request: Request) -> str:
        form = await request.form()
        app.state.posts.append(dict(form))
        return (
            page("verify_done.html", "en", demo=True)
            if form["tin"] == "900701234"
            else page("verify.html", "en", demo=True, state="wrong")
        )

    @app.get("/", response_class=HTMLResponse)
    def home(language: str = "en") -> str:
        return page("home.html", language, operator="Example Tax Help", demo=True, phone="555-0100")

    @app.get("/error", response_class=HTMLResponse)
    def error(language: str = "en") -> str:
        return page("error.html", language, demo=True, phone="555-0100")

    @app.get("/console", response_class=HTMLResponse)
    def console() -> str:
        return page("console.html", "en", operator="Example Tax Help", demo=True)

    app.include_router(app.state.desk.router)
    app.mount("/static", StaticFiles(directory=STATIC))
    return app
