"""An entity as Rasa wants it, and the blanking-out that keeps CP504 from becoming $504."""

from __future__ import annotations

from typing import Any

from bot.hearing.tokens import Token

Entity = dict[str, Any]
GONE = "\x00"  # a word that is already spoken for; it matches nothing


def entity(name: str, value: str, tokens: list[Token], first: int, after: int, **more: Any) -> Entity:
    """Tokens `first` up to `after`. Extra keys: `ambiguous` True, `about` 'owed' or 'pay'."""
    return {
        "entity": name,
        "value": value,
        "start": tokens[first].start,
        "end": tokens[after - 1].end,
        **more,
    }


def without(tokens: list[Token], taken: list[Entity]) -> list[Token]:
    """The same tokens, with the words of `taken` blanked so that nothing hears them twice."""

    def spoken_for(token: Token) -> bool:
        return any(token.start < one["end"] and one["start"] < token.end for one in taken)

    return [token._replace(word=GONE) if spoken_for(token) else token for token in tokens]
