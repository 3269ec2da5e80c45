"""The person on the line: who they are proved to be, and the story so far, so that nobody explains twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

FIRST, LATEST = 20, 80
"""What the story keeps of own words and of things told: how it began, and the last. The transcript has all."""


@dataclass
class Story:
    """What has been said in this contact, in order; it becomes the card an agent opens with."""

    own_words: list[str] = field(default_factory=list)
    reason: str = ""
    notices: list[dict[str, Any]] = field(default_factory=list)
    told: list[dict[str, Any]] = field(default_factory=list)
    asked_for: list[dict[str, Any]] = field(default_factory=list)
    offered: list[dict[str, Any]] = field(default_factory=list)

    def shorten(self) -> None:
        """Lets the middle of a long contact go, so that a turn of it takes no longer than one of a short."""
        del self.own_words[FIRST:-LATEST]
        del self.told[FIRST:-LATEST]


@dataclass
class Contact:
    """One conversation as the desk sees it. `taxpayer` is set only by proof of identity."""

    id: str
    channel: str
    language: str
    state: str = "bot"
    taxpayer: str | None = None
    authority: dict[str, Any] | None = None
    """The form on file by which somebody else than the taxpayer hears the case; None for the taxpayer."""
    pending: dict[str, Any] | None = None
    asked: str | None = None
    misses: int = 0
    story: Story = field(default_factory=Story)
    phone: str | None = None
    """The number this contact comes from, E.164; it proves nothing, and it may be called or texted back."""

    @property
    def verified(self) -> bool:
        """Whether the case may be spoken of (26 USC 6103)."""
        return self.taxpayer is not None
