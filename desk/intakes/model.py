"""What an intake is made of: a few typed questions, and what becomes of the answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from desk.answer import Fact, Say
from desk.visit import Visit

Values = Mapping[str, Any]
Kind = Literal["text", "money", "count", "when", "year", "yes_no", "choice"]

NOT_GIVEN = None
"""The value of a question left open: asked twice, not understood, or passed over by the caller."""


def always(here: Visit, values: Values) -> bool:
    """A question that every caller is asked."""
    return True


def _nothing(here: Visit) -> Mapping[str, Fact]:
    return {}


def _no_more(here: Visit, values: Values) -> tuple[Say, ...]:
    return ()


def _no_terms(here: Visit, values: Values) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Question:
    """One thing asked. Its words are `utter_ask_<topic>_<name>`, and `line_<topic>_<name>` in the read-back.

    `hears` names it in a sentence, in both languages, so that "no, the rent is 900" finds its place.
    """

    name: str
    kind: Kind
    options: tuple[str, ...] = ()
    offered: Callable[[Visit], tuple[str, ...]] | None = None
    """The options (or years) of this case; a single one needs no question."""
    hears: str = ""
    when: Callable[[Visit, Values], bool] = always
    facts: Callable[[Visit], Mapping[str, Fact]] = _nothing
    outranks: str = ""
    """The option that counts where it is named beside others, and the only one taken before it is asked:
    a son ("my father") may be the executor too."""
    ahead: bool = False
    """May be taken from the words that asked for it, before any question."""
    past: bool = True
    """A day without a year is the last one that fits; False where it lies ahead."""

    def choices(self, here: Visit) -> tuple[str, ...]:
        """What can be chosen in this case."""
        return self.offered(here) if self.offered else self.options


@dataclass(frozen=True)
class Intake:
    """One kind of request. `topic` is its name everywhere: draft, request, words."""

    topic: str
    wish: str
    """What the card and the note call it."""
    questions: tuple[Question, ...] = ()
    fits: Callable[[Visit], bool] = field(default=lambda here: True)
    """Whether this case may ask for it here."""
    status: str = "submitted"
    """submitted: the IRS decides. to_sign: a signed form must follow. handed: a person goes on."""
    terms: Callable[[Visit, Values], dict[str, Any]] = _no_terms
    """What the case adds to the request: form, period, last day."""
    after: Callable[[Visit, Values], tuple[Say, ...]] = _no_more
    """What is still to be done, told once it is in."""
    queue: str | None = None
    to_person: bool = False
    """A person takes over as soon as it is in."""
    own: tuple[str, ...] = ()
    """Where questions are shared with another topic: those that are this one's alone."""
    anyone: bool = False
    """May be taken down before identity is proved."""
    at_once: bool = False
    """The wish itself is kept as a request the moment it is heard."""
    sources: tuple[str, ...] = ()
    shares: str | None = None
    """Another topic that asks some of the same questions: their words are the same, and what was answered there
    is not asked again here."""

    def asks(self, question: Question) -> str:
        """The key of the words that ask it."""
        return f"utter_ask_{self._of(question)}_{question.name}"

    def line(self, question: Question) -> str:
        """The key of its line in the read-back."""
        return f"line_{self._of(question)}_{question.name}"

    def _of(self, question: Question) -> str:
        return self.topic if self.shares is None or question.name in self.own else self.shares
