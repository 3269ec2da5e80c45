"""'I got a see pee five oh four.' Names of IRS notices, however they are typed or spoken."""

from __future__ import annotations

from bot.hearing.catalog import AFTER_LETTER, BARE, CP, LETTERS, LT
from bot.hearing.numbers import Chunk, chunk_at, joined, row_at
from bot.hearing.spans import Entity, entity
from bot.hearing.tokens import Token, touching, word_at

SPELLINGS = {
    "CP": [
        ("cp",),
        ("cepe",),
        ("sepe",),
        ("cip",),
        ("c", "p"),
        ("see", "pee"),
        ("sea", "pee"),
        ("see", "p"),
        ("sea", "p"),
        ("c", "pee"),
        ("cee", "pee"),
        ("cee", "p"),
        ("ce", "pe"),
        ("se", "pe"),
        ("c", "pe"),
        ("si", "pi"),
        ("ci", "pi"),
        ("ce", "p"),
        ("se", "p"),
        ("sip",),
    ],
    "LT": [
        ("lt",),
        ("ltr",),
        ("elte",),
        ("l", "t"),
        ("el", "tee"),
        ("ell", "tee"),
        ("elle", "tee"),
        ("el", "t"),
        ("l", "tee"),
        ("ele", "te"),
        ("ele", "t"),
        ("l", "te"),
        ("el", "ti"),
        ("ele", "ti"),
    ],
}
CALLED_LETTER = {
    "letter",
    "letters",
    "carta",
    "cartas",
    "notice",
    "notices",
    "aviso",
    "avisos",
    "notis",
    "notificacion",
    "ltr",
    "letra",
    "noticia",
    "codigo",
    "code",
}
NUMBER = {"number", "no", "num", "numero", "#", "nro", "n", "is", "a", "la", "el", "es"}
GOT = {"got", "received", "recibi", "llego", "have", "tengo", "get", "this", "esta", "este", "my", "mi"}
ARTICLE = {"a", "an", "the", "un", "una", "el", "la", "my", "mi", "this"}
# What a recogniser writes for the last digit of a code.
MISHEARD = {"for": "4", "fore": "4", "four": "4", "to": "2", "too": "2", "tree": "3", "free": "3", "won": "1"}
AND = {",", "and", "y", "&", "/", "or", "o", "plus", "also", "e", "then"}
NOT_A_CODE = {
    "dollars",
    "dollar",
    "bucks",
    "dolares",
    "a",
    "per",
    "al",
    "por",
    "months",
    "meses",
    "days",
    "dias",
    "k",
    "mil",
    "thousand",
    "hundred",
    "percent",
    "%",
    "/",
    "weeks",
    "semanas",
    "monthly",
    "mensuales",
}
LETTER_NAMES = {
    "a": "A",
    "b": "B",
    "c": "C",
    "d": "D",
    "h": "H",
    "r": "R",
    "i": "I",
    "see": "C",
    "cee": "C",
    "ce": "C",
    "bee": "B",
    "dee": "D",
    "ar": "R",
    "erre": "R",
}


def notices(tokens: list[Token], listening: str | None = None) -> list[Entity]:
    """Every notice named, in the order of the sentence. Values are 'CP504', 'LT11' or 'Letter 1058'."""
    found: list[Entity] = []
    index = 0
    while index < len(tokens):
        hit = spelled(tokens, index) or lettered(tokens, index) or bare(tokens, index, listening)
        if hit is None:
            index += 1
            continue
        value, first, after = hit
        found.append(entity("notice", value, tokens, first, after))
        index = more(tokens, after, value, found)
    return found


def spelled(tokens: list[Token], index: int) -> tuple[str, int, int] | None:
    """'cp504', 'c p five oh four', 'ele te once': the letters, then a number."""
    for letters, ways in SPELLINGS.items():
        for way in ways:
            after = past_letters(tokens, index, way)
            if after is None:
                continue
            row = row_at(tokens, after)
            plain = way[0] in ("cp", "lt") or way in (("c", "p"), ("l", "t"))
            hit = code(tokens, letters, row, plain)
            if hit:
                return hit[0], index, hit[1]
    return None


def past_letters(tokens: list[Token], index: int, way: tuple[str, ...]) -> int | None:
    """Where the number may begin after these letters; dots and hyphens do not matter."""
    for word in way:
        if word_at(tokens, index) != word:
            return None
        index += 1
        while word_at(tokens, index) in (".", "-", "#", ":", "\u2013"):
            index += 1
    return index + 1 if word_at(tokens, index) in ("number", "numero", "notice") else index


def code(tokens: list[Token], letters: str, row: list[Chunk], plain: bool) -> tuple[str, int] | None:
    """The longest known code at the start of a row of numbers, with its letter; else the row itself."""
    known = CP if letters == "CP" else LT
    for size in range(len(row), 0, -1):
        digits, after = joined(row[:size]), row[size - 1].after
        lettered_code = with_letter(tokens, digits, after, known)
        if lettered_code:
            return letters + lettered_code[0], lettered_code[1]
        if digits in known:
            return letters + digits, after
        extra = MISHEARD.get(word_at(tokens, after), "")
        if extra and row[0].spoken and digits + extra in known:
            return letters + digits + extra, after + 1
        if letters == "LT" and digits in LETTERS:
            return LETTERS[digits], after
        if digits == "508" and letters == "CP":
            return "CP508C", after
    first = row[0] if row else None
    if plain and first and not first.spoken and 2 <= len(first.digits) <= 4:
        return letters + first.digits, first.after
    return None


def with_letter(
    tokens: list[Token], digits: str, after: int, known: frozenset[str]
) -> tuple[str, int] | None:
    """'71c', '504-B', 'seventy one see'. A loose 'a' is usually just a word, so it must touch the number."""
    place = after + 1 if word_at(tokens, after) == "-" else after
    letter = LETTER_NAMES.get(word_at(tokens, place))
    if letter is None or digits + letter not in known:
        return None
    loose = not touching(tokens, place)
    if loose and letter in "AI" and word_at(tokens, place + 1).isalpha():
        return None
    return digits + letter, place + 1


def lettered(tokens: list[Token], index: int) -> tuple[str, int, int] | None:
    """'letter ten fifty eight', 'carta 3172', 'notice number 504', 'the 504 letter'."""
    if word_at(tokens, index) in CALLED_LETTER:
        start = index + 1
        while word_at(tokens, start) in NUMBER and start < index + 4:
            start += 1
        return known_number(tokens, start, index, {**LETTERS, **AFTER_LETTER})
    hit = known_number(tokens, index, index, {**LETTERS, **AFTER_LETTER})
    return hit if hit and word_at(tokens, hit[2]) in CALLED_LETTER else None


def bare(tokens: list[Token], index: int, listening: str | None) -> tuple[str, int, int] | None:
    """A code without its letters: spoken with an 'oh', after 'I got a', or when we asked which notice."""
    if listening == "notice":
        return known_number(tokens, index, index, {**LETTERS, **AFTER_LETTER})
    hit = known_number(tokens, index, index, BARE)
    if (
        hit is None
        or word_at(tokens, hit[2]) in NOT_A_CODE
        or word_at(tokens, index - 1) in ("$", "pay", "pagar")
    ):
        return None
    if len(joined(row_at(tokens, index))) > 5 or (index and chunk_at(tokens, index - 1, True)):
        return None  # the middle of a telephone number
    spelled_out = any(token.word in ("oh", "o", "zero", "cero") for token in tokens[index : hit[2]])
    got = word_at(tokens, index - 1) in ARTICLE and any(token.word in GOT for token in tokens)
    return hit if spelled_out or got else None


def known_number(
    tokens: list[Token], start: int, first: int, known: dict[str, str]
) -> tuple[str, int, int] | None:
    row = row_at(tokens, start)
    for size in range(len(row), 0, -1):
        after = row[size - 1].after
        if joined(row[:size]) in known and "." not in tokens[start].word and "," not in tokens[start].word:
            value = known[joined(row[:size])]
            longer = with_letter(tokens, joined(row[:size]), after, CP) if value.startswith("CP") else None
            if longer:
                return f"CP{longer[0]}", first, longer[1]
            place = after + 1 if word_at(tokens, after) == "-" else after
            tail = LETTER_NAMES.get(word_at(tokens, place), "")
            if value[-1:] in "BC" and value[-1:] == tail:
                after = place + 1
            return value, first, after
    return None


def more(tokens: list[Token], index: int, value: str, found: list[Entity]) -> int:
    """'CP501, 503 and 504': numbers that go on with the same letters. Gives where to read on."""
    while word_at(tokens, index) in AND:
        place = index + 1
        while word_at(tokens, place) in AND | {"a", "un", "una", "the", "el", "la"}:
            place += 1
        hit = code(tokens, value[:2], row_at(tokens, place), False) if value[:2] in ("CP", "LT") else None
        if hit is None or len(hit[0]) < 4 or word_at(tokens, hit[1]) in NOT_A_CODE:
            return index
        found.append(entity("notice", hit[0], tokens, place, hit[1]))
        index = hit[1]
    return index
