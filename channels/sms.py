"""What a text costs, how a long answer becomes a few texts, and nothing that needs a network."""

from __future__ import annotations

import re
import unicodedata

GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_DOUBLE = frozenset("\f^{}\\[~]|€")
LONGEST_GSM = 1530
LONGEST_UCS2 = 670
"""Ten segments either way; Twilio refuses more than 1,600 characters."""
AIM = 2
"""Segments an answer should fit."""
ROOM_FOR_COUNT = len(" (10/10)")

LOOKALIKES = {
    **dict.fromkeys("‘’‚‛′´`", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\t", " "),
    **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", ""),
    "…": "...",
    "•": "-",
    "·": "-",
    "→": "->",
    "×": "x",
    "½": "1/2",
    "¼": "1/4",
    "¾": "3/4",
    "º": "o",
    "ª": "a",
}
LOOKALIKE_TABLE = str.maketrans(LOOKALIKES)
NOT_IN_GSM = str.maketrans("áíóúÁÍÓÚçâêôãõ", "aiouAIOUcaeoao")


def plain(text: str, *, keep_accents: bool = True) -> str:
    """The same text without the curly quotes, dashes and odd spaces that more than double its price.

    `keep_accents=False` also drops the accents GSM-7 has no letters for (á í ó ú; é and ñ stay), for
    when two segments matter more than spelling.
    """
    text = unicodedata.normalize("NFC", text).translate(LOOKALIKE_TABLE)
    return text if keep_accents else text.translate(NOT_IN_GSM)


def is_gsm(text: str) -> bool:
    """Whether the text fits the GSM-7 alphabet; one letter outside makes the whole of it UCS-2."""
    return all(char in GSM or char in GSM_DOUBLE for char in text)


def units(text: str) -> int:
    """Its length as the carrier counts: septets of GSM-7, or 16-bit units of UCS-2."""
    gsm = is_gsm(text)
    return sum(_weight(char, gsm) for char in text)


def segments(text: str) -> int:
    """How many messages the carrier makes of it (160/153 in GSM-7, 70/67 in UCS-2); 0 for no text."""
    gsm = is_gsm(text)
    whole, piece = (160, 153) if gsm else (70, 67)
    if units(text) <= whole:
        return 1 if text else 0
    count, left = 1, piece
    for char in text:
        weight = _weight(char, gsm)
        if weight > left:
            count, left = count + 1, piece
        left -= weight
    return count


def parts(text: str, *, keep_accents: bool | None = None) -> list[str]:
    """The texts to send, split between sentences and numbered "(1/2)" when there is more than one.

    Spanish keeps its accents while they fit the aim of two segments. One á would make a longer text cost
    more than twice as much and arrive in pieces, so there the accents go that GSM-7 has no letters for.
    """
    text = re.sub(r"\n{3,}", "\n\n", plain(text)).strip()
    if keep_accents is None:
        keep_accents = segments(text) <= AIM
    text = plain(text, keep_accents=keep_accents)
    longest = LONGEST_GSM if is_gsm(text) else LONGEST_UCS2
    if units(text) <= longest:
        return [text] if text else []
    pieces = packed(text, longest - ROOM_FOR_COUNT)
    return [f"{piece} ({at}/{len(pieces)})" for at, piece in enumerate(pieces, 1)]


def packed(text: str, longest: int) -> list[str]:
    """The text in as few pieces of at most `longest` units as whole sentences (else words) allow."""
    gsm = is_gsm(text)
    pieces: list[str] = []
    for bit in _bits(text, longest, gsm):
        if pieces and _length(pieces[-1] + bit, gsm) <= longest:
            pieces[-1] += bit
        else:
            pieces.append(bit.lstrip())
    return [piece.strip() for piece in pieces if piece.strip()]


def _bits(text: str, longest: int, gsm: bool) -> list[str]:
    found = []
    for sentence in re.findall(r".+?(?:[.!?](?=\s)\s*|\n+|$)", text, re.DOTALL):
        if _length(sentence, gsm) <= longest:
            found.append(sentence)
            continue
        for word in re.findall(r"\s*\S+\s*", sentence):
            found += _chopped(word, longest, gsm)
    return found


def _chopped(word: str, longest: int, gsm: bool) -> list[str]:
    chops, length = [""], 0
    for char in word:
        if length + _weight(char, gsm) > longest:
            chops.append("")
            length = 0
        chops[-1] += char
        length += _weight(char, gsm)
    return chops


def _length(text: str, gsm: bool) -> int:
    return sum(_weight(char, gsm) for char in text.strip())


def _weight(char: str, gsm: bool) -> int:
    if gsm:
        return 2 if char in GSM_DOUBLE else 1
    return 2 if ord(char) > 0xFFFF else 1
