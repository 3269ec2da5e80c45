"""Where everybody who came has got to, counted from what happened: answered, abandoned, contained, or still here."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.conversations import THREAD
from store.tables.conversations import Conversation
from store.tables.handoffs import HandoffRow


def flow(session: Session, now: datetime) -> dict[str, int]:
    """Conversations by where they are. Each number is counted by itself; `offered` is the sum of all the others.

    answered: a person took it; abandoned: in line, and left before anybody did; contained: over, or silent for a
    day, without a wish for a person; in_line and with_bot: not over yet.
    """
    answered = select(HandoffRow.conversation).where(HandoffRow.first_wait.is_not(None))
    wanted = select(HandoffRow.conversation)
    no_agent = Conversation.id.not_in(answered)
    silent = Conversation.last_at <= now - THREAD

    def count(*where: object) -> int:
        return session.scalar(select(func.count()).select_from(Conversation).where(*where)) or 0  # type: ignore[arg-type]

    return {
        "offered": count(),
        "answered": session.scalar(
            select(func.count(func.distinct(HandoffRow.conversation))).where(
                HandoffRow.first_wait.is_not(None)
            )
        )
        or 0,
        "abandoned": count(Conversation.state == "closed", no_agent, Conversation.id.in_(wanted)),
        "contained": count(Conversation.state == "closed", no_agent, Conversation.id.not_in(wanted))
        + count(Conversation.state == "bot", no_agent, silent),
        "in_line": count(Conversation.state == "queue", no_agent),
        "with_bot": count(Conversation.state == "bot", no_agent, ~silent),
    }
