"""What a turn comes to: what is said, what may be chosen, and where the person is now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from desk.answer import Answer, Say


@dataclass(frozen=True)
class Outcome:
    """One reply, not yet in words."""

    says: tuple[Say, ...] = ()
    choices: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    secure_form: str | None = None
    listen: str | None = None
    turned_to: str | None = None
    intent: str = ""
    failed: bool = False
    """The bot did not answer."""
    missed: bool = False
    """Nothing usable was heard (calls)."""
    wrong_key: bool = False
    """A key that nobody offered (calls)."""
    repeats: bool = False
    """The last reply is to be given again as it was."""
    greets: bool = False
    """The greeting of a call goes on: its keys still stand."""
    hold: str | None = None
    """Words heard on a call that wait until an amount in them is confirmed."""
    language: str | None = None
    """The language to go on in, when it changes."""

    def after(self, *first: Say) -> Outcome:
        """The same with something said before it."""
        return replace(self, says=(*first, *self.says))

    @classmethod
    def of_answer(cls, answer: Answer, intent: str = "", *, brief: bool = False) -> Outcome:
        """What the desk said when it was asked directly."""
        return cls(
            says=answer.says(brief=brief),
            choices=answer.choices,
            sources=answer.sources,
            secure_form=answer.secure_form,
            listen=answer.listen,
            turned_to=answer.turned_to,
            intent=intent,
        )

    @classmethod
    def of_bot(cls, reply: BotReply) -> Outcome:
        """What came over the wire."""
        extra = reply.answer
        return cls(
            says=tuple(Say(one["words"], one.get("facts") or {}) for one in reply.says),
            choices=tuple(str(one) for one in extra.get("choices") or ()),
            sources=tuple(str(one) for one in extra.get("sources") or ()),
            secure_form=extra.get("secure_form"),
            listen=extra.get("listen"),
            turned_to=extra.get("turned_to"),
            intent=str(reply.heard.get("intent") or ""),
        )


@dataclass(frozen=True)
class BotReply:
    """An answer of the bot that has been looked at and is usable."""

    heard: Mapping[str, Any]
    says: list[Mapping[str, Any]]
    answer: Mapping[str, Any] = field(default_factory=dict)
