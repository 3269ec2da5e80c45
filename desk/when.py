"""'Tomorrow around three': the hour somebody names for a call, in English and Spanish."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

AT_ONCE = re.compile(
    r"\b(?:now|right away|asap|a s a p|as soon as|soon|immediately|ahora|lo antes|cuanto antes|en seguida|enseguida|ya mismo)\b"
)
_CLOCK = re.compile(
    r"\b(?:at|around|about|after|by|between|from|a las?|como a las?|despues de las?|entre las?|desde las?)\s+"
    r"(\d{1,2})(?::(\d{2}))?\s*(a\.?\s?m|p\.?\s?m|o.?clock)?\b|\b(\d{1,2})(?::(\d{2}))?\s*(a\.?\s?m|p\.?\s?m)\b"
    r"|\b(\d{1,2}):(\d{2})\b"
)
_PARTS: tuple[tuple[str, int], ...] = (
    (r"\b(?:noon|mediodia)\b", 12),
    (r"\b(?:evening|tonight|after work|(?:por|en|de) la noche|esta noche)\b", 18),
    (r"\b(?:afternoon|(?:por|en|de) la tarde|esta tarde)\b", 14),
    (r"\b(?:morning|(?:por|en|de) la manana|temprano)\b", 9),
)
_NUMBERS = {
    name: at
    for at, names in enumerate(
        (
            ("one", "una"), ("two", "dos"), ("three", "tres"), ("four", "cuatro"), ("five", "cinco"), ("six", "seis"),
            ("seven", "siete"), ("eight", "ocho"), ("nine", "nueve"), ("ten", "diez"), ("eleven", "once"),
            ("twelve", "doce"),
        ),
        1,
    )
    for name in names
}  # fmt: skip
NOON, EARLIEST_SAID = 12, 8


@dataclass(frozen=True)
class Hour:
    """An hour of the day, 0 to 23, and its minute."""

    hour: int
    minute: int = 0


def at_once(said: str) -> bool:
    """Whether the call is wanted as soon as possible."""
    return bool(AT_ONCE.search(plain(said)))


def hour_of(said: str) -> Hour | None:
    """The hour named; one without a.m. or p.m. is taken as one of the day. None where none is named."""
    bare = plain(said)
    found = _CLOCK.search(bare)
    if found:
        hour, minute = (found[1] or found[4] or found[7]), (found[2] or found[5] or found[8])
        return _of_the_day(int(hour), int(minute or 0), (found[3] or found[6] or ""), bare)
    return next((Hour(hour) for pattern, hour in _PARTS if re.search(pattern, bare)), None)


def _of_the_day(hour: int, minute: int, half: str, said: str) -> Hour | None:
    if hour > 23 or minute > 59:
        return None
    afternoon = half.startswith("p") or re.search(r"\b(?:afternoon|evening|la tarde|la noche)\b", said)
    morning = half.startswith("a") or re.search(r"\b(?:in the morning|de la manana|am)\b", said)
    if hour < NOON and (afternoon or (not morning and hour < EARLIEST_SAID)):
        hour += NOON
    if hour == NOON and half.startswith("a"):
        hour = 0
    return Hour(hour, minute)


def plain(said: str) -> str:
    """Lower case, no accents, number words up to twelve as digits."""
    apart = unicodedata.normalize("NFD", said.lower())
    bare = "".join(one for one in apart if unicodedata.category(one) != "Mn")
    return re.sub(r"[a-z]+", lambda word: str(_NUMBERS.get(word[0], word[0])), bare)
