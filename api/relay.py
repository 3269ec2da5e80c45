"""A call over ConversationRelay (VOICE_MODE=relay): words both ways on a socket; keys and queues by TwiML."""

from __future__ import annotations

import json
import logging
from contextlib import suppress
from typing import Any

from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from api.gate import signed_socket
from api.intake import accept
from api.line import Line
from api.turns import Turns
from api.voice_twiml import Call, menu, new_nonce
from channels import signature, voice
from store.conversations import Conversations
from store.tables.conversations import Conversation

log = logging.getLogger(__name__)
router = APIRouter(prefix="/twilio", tags=["Twilio"])

LARGEST_FRAME = 8 * 1024
MOST_BAD_FRAMES = 10


def connect(line: Line, row: Conversation) -> str:
    """The TwiML that moves a call onto the socket; when it ends Twilio asks the action for what follows."""
    url = signature.socket_url(line.settings.public_url, "/twilio/relay")
    action = Call(line, row.call_sid or "", row.language).url(new_nonce())
    return voice.relay(url, action=action, language=row.language, parameters={})


@router.websocket("/relay")
async def relay(socket: WebSocket) -> None:
    """Refused without Twilio's signature on the upgrade."""
    line: Line = socket.app.state.line
    if not signed_socket(socket) or line.settings.voice_mode != "relay":
        await socket.close(1008)
        return
    await socket.accept()
    with suppress(WebSocketDisconnect, RuntimeError):
        await _Session(socket, line, socket.app.state.turns).run()


class _Session:
    """One call on one socket."""

    def __init__(self, socket: WebSocket, line: Line, turns: Turns) -> None:
        self.socket, self.line, self.turns = socket, line, turns
        self.sid = self.session = self.language = ""
        self.count = 0

    async def run(self) -> None:
        bad = 0
        while bad < MOST_BAD_FRAMES:
            frame = _frame(await self.socket.receive_text())
            bad = 0 if frame else bad + 1
            if frame and not await self._hear(frame):
                return
        await self.socket.close(1007)

    async def _hear(self, frame: dict[str, Any]) -> bool:
        kind = frame.get("type")
        if kind == "setup":
            return await self._begin(str(frame.get("callSid") or ""), str(frame.get("sessionId") or ""))
        if not self.sid:
            return True
        if kind == "prompt" and frame.get("last", True) and frame.get("voicePrompt"):
            return await self._turn("text", {"text": str(frame["voicePrompt"])})
        if kind == "dtmf" and frame.get("digit"):
            return await self._turn("keys", {"keys": str(frame["digit"])[:1]})
        return True

    async def _begin(self, sid: str, session: str) -> bool:
        row = await self.line.off_loop(self._row, sid)
        if row is None:
            await self.socket.close(1008)
            return False
        self.sid, self.session, self.language = sid, session, row.language
        await self._say(await self.line.off_loop(self._hello, row))
        return True

    async def _turn(self, kind: str, body: dict[str, Any]) -> bool:
        self.count += 1
        seq = await self.line.off_loop(self._take_in, kind, body)
        await self.turns.run(await self.line.off_loop(self._id))
        text, language, leaves = await self.line.off_loop(self._answer, seq)
        if leaves:
            # Keypad items and the line for a person are TwiML's business; the words are said there.
            await self.socket.send_json({"type": "end", "handoffData": json.dumps({"reason": "twiml"})})
            return False
        if language != self.language:
            self.language = language
            spoken = voice.LISTENS_IN[language]
            await self.socket.send_json(
                {
                    "type": "language",
                    "ttsLanguage": voice.VOICES[language][0],
                    "transcriptionLanguage": spoken,
                }
            )
        await self._say(text)
        return True

    async def _say(self, text: str) -> None:
        lang = voice.VOICES[self.language][0]
        await self.socket.send_json({"type": "text", "token": text, "last": True, "lang": lang})

    def _row(self, sid: str) -> Conversation | None:
        with self.line.db.read() as session:
            return Conversations(session).by_call(sid)

    def _id(self) -> str:
        row = self._row(self.sid)
        return row.id if row else ""

    def _hello(self, row: Conversation) -> str:
        with self.line.db.read() as session:
            last = Conversations(session).last_said(row.id)
        offer = Call(self.line, self.sid, "es").words("utter_spanish_offer")
        return f"{last.text if last else ''} {offer}"

    def _take_in(self, kind: str, body: dict[str, Any]) -> int:
        with self.line.db.work() as session:
            row = Conversations(session).by_call(self.sid)
            assert row is not None
            name = f"{self.sid}:{self.session}:{self.count}"
            return accept(self.line, session, row, "voice", name, kind, body).seq

    def _answer(self, seq: int) -> tuple[str, str, bool]:
        with self.line.db.read() as session:
            conversations = Conversations(session)
            row = conversations.by_call(self.sid)
            assert row is not None
            said = conversations.replies(seq)
            last = said[-1] if said else None
            form = bool(last and last.secure_form == "identity" and row.taxpayer is None)
            call = Call(self.line, self.sid, row.language)
            text = (last.text if last else "") + menu(call, list(last.choices or ()) if last else [])
            return text, row.language, form or row.state != "bot"


def _frame(raw: str) -> dict[str, Any] | None:
    if len(raw) > LARGEST_FRAME:
        return None
    try:
        frame = json.loads(raw)
    except ValueError:
        return None
    return frame if isinstance(frame, dict) and isinstance(frame.get("type"), str) else None
