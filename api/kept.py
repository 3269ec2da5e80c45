"""What a turn leaves with the conversation: words held for a yes, misses counted, the last reply for 'again'."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from api import front
from api.front import IN_VAIN, ToPerson
from api.outcome import Outcome
from desk.answer import Say
from desk.choices import MENU
from store.conversations import Conversations
from store.opt_outs import OptOuts
from store.reminders import ReminderStore
from store.tables.conversations import Conversation


def nothing_more(session: Session, row: Conversation, now: Any) -> None:
    """No more texts or calls: to this number, and to whoever proved who they are."""
    if row.phone:
        OptOuts(session).add(row.phone, now, own_words=True)
    if row.taxpayer:
        ReminderStore(session).stop(row.taxpayer)


def misheard(times: int) -> Outcome | ToPerson:
    """Once: say it again, please. Twice: by keys. Then a person, instead of going round in circles."""
    if times == 1:
        return Outcome(says=(Say("utter_not_heard"),), missed=True)
    if times == 2:
        return Outcome(says=(Say("utter_use_keys"),), choices=MENU, missed=True)
    return ToPerson("could not be heard on the phone")


def again(conversations: Conversations, row: Conversation) -> Outcome:
    """The last reply once more, with its question and its buttons."""
    last = conversations.last_said(row.id)
    if last is None or not last.says:
        return Outcome(says=(Say("utter_say_again"),), choices=MENU)
    return Outcome(
        says=tuple(Say(one["words"], one["facts"]) for one in last.says if one["words"] != front.NOT_OFFERED),
        choices=tuple(last.choices or ()),
        sources=tuple(last.sources or ()),
        secure_form=last.secure_form,
        listen=last.listen,
        hold=(row.held or {}).get("heard"),
    )


def held(row: Conversation, outcome: Outcome) -> dict[str, Any] | None:
    """What the conversation keeps until its next turn; None for nothing."""
    left = {
        name: value
        for name, value in (row.held or {}).items()
        if name not in ("heard", *IN_VAIN, "first", "more")
    }
    if (row.held or {}).get("first") and (outcome.greets or (outcome.missed and not outcome.choices)):
        # A wrong key or silence at the greeting: two is still the key for Spanish.
        left["first"] = True
    if outcome.hold:
        left["heard"] = outcome.hold
    if outcome.missed or outcome.wrong_key:
        left |= {name: value for name, value in (row.held or {}).items() if name in IN_VAIN}
        kind = "missed" if outcome.missed else "wrong_key"
        left[kind] = int(left.get(kind) or 0) + 1
    if outcome.missed and (row.held or {}).get("heard"):
        left["heard"] = (row.held or {})["heard"]
    return left or None


def remember(row: Conversation, text: str) -> None:
    """Words that the desk did not get to see still belong on the agent's card."""
    story = dict(row.story or {})
    words = list(story.get("own_words") or [])
    if text and text not in words:
        row.story = {**story, "own_words": [*words, text]}
