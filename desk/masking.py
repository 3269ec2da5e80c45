"""What proves who you are, or pays for you, never travels on: taxpayer and card numbers, birth dates and caller IDs are hidden."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from desk.proof_items import proof_items

HIDDEN = "[hidden]"

_ONES = {
    **{word: str(value) for value, word in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"])},
    **{word: str(value) for value, word in enumerate(["cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"])},
    "oh": "0", "o": "0", "un": "1", "una": "1", "niner": "9", "nite": "9", "sies": "6", "sinco": "5", "siet": "7",
}  # fmt: skip
_TEENS = {
    **{word: str(value) for value, word in enumerate(
        ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"], 10)},
    **{word: str(value) for value, word in enumerate(
        ["diez", "once", "doce", "trece", "catorce", "quince", "dieciseis", "diecisiete", "dieciocho", "diecinueve", "veinte", "veintiuno", "veintidos", "veintitres", "veinticuatro", "veinticinco", "veintiseis", "veintisiete", "veintiocho", "veintinueve"], 10)},
}  # fmt: skip
_TENS = {
    **{word: str(value) for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)},
    **{word: str(value) for value, word in enumerate(
        ["treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"], 3)},
    "fourty": "4",
}  # fmt: skip
_HUNDREDS = {
    word: f"{value}00" for value, word in enumerate(
        ["ciento", "doscientos", "trescientos", "cuatrocientos", "quinientos", "seiscientos", "setecientos", "ochocientos", "novecientos"], 1)
} | {"cien": "100"}  # fmt: skip
_TIMES = {"double": 2, "doble": 2, "triple": 3}
_FILLERS = {"um", "uh", "er", "eh", "este", "pues", "then", "and", "y", "dash", "hyphen", "guion", "space", "espacio",
            "dot", "point", "punto", "period", "minus", "slash", "comma", "coma", "luego", "like", "raya"}  # fmt: skip
_BETWEEN = "-./,()_:;#*|'+\""
_TOKEN = re.compile(r"\d[\dOoIl]*(?![^\W\d_])|[oOIl]\d[\dOoIl]*(?![^\W\d_])|\d+|[^\W\d_]+|\s+|.", re.DOTALL)
_LOOKS_LIKE = str.maketrans("OoIl", "0011")
_MONEY_AFTER = re.compile(
    r"\s*(?:\$|usd\b|dollars?\b|bucks?\b|d[oó]lar(?:es)?\b|pesos\b|cents?\b|centavos\b)", re.IGNORECASE
)
_SOCIAL = re.compile(
    r"\b(?:ssn?|social|itin|ein|tin|tax ?(?:payer)? ?id|seguro)\b[^.?!]{0,40}$", re.IGNORECASE
)
_COUNTED = re.compile(
    r"\s+(?:times|people|days?|weeks?|months?|years?|calls?|letters?|pages?|kids|veces|personas|d[ií]as?|semanas?|mes(?:es)?|a[nñ]os?)\b",
    re.IGNORECASE,
)
"""What was counted: the word before it is no figure of a number."""
_DATE = re.compile(
    r"(?<!\d)(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d{2}|\d{1,2}/\d{1,2}/\d{2})(?!\d)"
)
_ZIP_PLUS_FOUR = re.compile(r"(?<![\d-])\d{5}-\d{4}(?![\d-])")
_YEAR_OR_FORM = re.compile(r"(?:19|20)\d\d|1040|1099|1120|1065|433|9465|12153|656")


@dataclass(frozen=True)
class Masked:
    """The text as it may be kept, and whether something in it was hidden."""

    text: str
    hidden: bool


@dataclass
class _Group:
    """One written or spoken number: its digits, and where it stands in the text."""

    digits: str
    start: int
    end: int
    spoken: bool = False
    joins: str = ""
    """The separator that stood before it."""


def plain(text: str) -> str:
    """NFC text without control or invisible characters, every script's digits as 0-9, every dash a hyphen."""
    kept = []
    for character in unicodedata.normalize("NFC", text):
        if (
            unicodedata.category(character) in ("Cf", "Cc", "Cs", "Me", "Co", "Cn")
            or "\ufe00" <= character <= "\ufe0f"
        ):
            kept.append(" " if character in "\n\r\t" else "")
            continue
        digit = unicodedata.digit(character, None)
        if digit is not None:
            character = str(digit)
        elif unicodedata.category(character) == "Pd" or character in "\u2212\u00ad":
            character = "-"
        elif unicodedata.category(character) == "Zs":
            character = " "
        kept.append(character)
    return "".join(kept)


def mask(text: str) -> Masked:
    """`text` made plain, with every taxpayer or card number, birth date and caller ID in it replaced by `HIDDEN`."""
    text = plain(text)
    spans = _written_as_usual(text)
    spans += [one for one in proof_items(text) if not any(a < one[1] and one[0] < b for a, b in spans)]
    for run in _runs(_blank(text, spans)):
        spans += _private_part(text, run)
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + HIDDEN + text[end:]
    return Masked(text, bool(spans))


_USUAL = re.compile(
    r"(?<![\dA-Za-z$])(?:[\dOoIl]{3}[^\w$]{1,3}[\dOoIl]{2}[^\w$]{1,3}[\dOoIl]{4}|\d{2}-\d{7}|\d{9})(?![\dA-Za-z])(?!\.\d\d\b)"
)


def _written_as_usual(text: str) -> list[tuple[int, int]]:
    return [
        (found.start(), found.end())
        for found in _USUAL.finditer(text)
        if sum(character.isdigit() for character in found.group()) >= 5
        and not _MONEY_AFTER.match(text, found.end())
    ]


def _blank(text: str, spans: list[tuple[int, int]]) -> str:
    """The same length of text, with what is settled already turned into full stops that end a run."""
    found = (
        spans
        + [match.span() for match in _DATE.finditer(text)]
        + [m.span() for m in _ZIP_PLUS_FOUR.finditer(text)]
    )
    for start, end in found:
        text = text[:start] + "\x00" * (end - start) + text[end:]
    return text


def _runs(text: str) -> list[list[_Group]]:
    """The numbers of the text, in runs: only spaces, small punctuation and filler words stand inside one."""
    runs: list[list[_Group]] = [[]]
    joins = ""
    times = 1
    for found in _TOKEN.finditer(text):
        token = found.group()
        digits, spoken = _digits(token)
        if digits:
            runs[-1].append(_Group(digits * times, found.start(), found.end(), spoken, joins))
            joins, times = "", 1
        elif _word(token) in _TIMES:
            times = _TIMES[_word(token)]
        elif _word(token) in ("hundred", "cientos") and runs[-1] and runs[-1][-1].spoken:
            runs[-1][-1].digits += "00"
            runs[-1][-1].end = found.end()
        elif token.isspace() or token in _BETWEEN or _word(token) in _FILLERS:
            joins += token
        else:
            runs.append([])
            joins, times = "", 1
    return [run for run in runs if run]


def _word(token: str) -> str:
    folded = unicodedata.normalize("NFD", token.lower())
    return "".join(character for character in folded if unicodedata.category(character) != "Mn")


def _digits(token: str) -> tuple[str, bool]:
    if token[0].isdigit() or (len(token) > 1 and token[1].isdigit() and token[0] in "OoIl"):
        return token.translate(_LOOKS_LIKE), False
    word = _word(token)
    if word in _TENS:
        return _TENS[word] + "0", True
    return _ONES.get(word) or _TEENS.get(word) or _HUNDREDS.get(word) or "", True


def _private_part(text: str, run: list[_Group]) -> list[tuple[int, int]]:
    """Where the run hides a private number: all of it, or the first groups that make one up."""
    while run and run[-1].joins.strip() == "" and len(run) > 1 and run[-1].digits == "0" and run[-1].spoken:
        if len(_joined(run)[0]) <= 9:
            break
        run = run[:-1]
    if len(run) > 1 and run[-1].spoken and _COUNTED.match(text, run[-1].end):
        run = run[:-1]
    if _is_private(text, run):
        return [(run[0].start, run[-1].end)]
    if found := [part for part in _alike(run) if len(part) < len(run) and _is_private(text, part)]:
        return [(part[0].start, part[-1].end) for part in found]
    for first in range(len(run)):
        for last in range(len(run) - 1, first, -1):
            part = run[first : last + 1]
            if [len(group.digits) for group in part] == [3, 2, 4] and _is_private(text, part):
                rest = run[last + 1 :]
                return [(part[0].start, part[-1].end), *(_private_part(text, rest) if rest else [])]
    return []


def _alike(run: list[_Group]) -> list[list[_Group]]:
    """The run in parts that were written in one way: single figures, groups of four, or said in words."""
    parts: list[list[_Group]] = []
    for group in run:
        before = parts[-1][-1] if parts else None
        same = before and (before.spoken, len(before.digits)) == (group.spoken, len(group.digits))
        if same and (group.spoken or len(parts[-1]) == 1 or group.joins == parts[-1][1].joins):
            parts[-1].append(group)
        else:
            parts.append([group])
    return parts


def _joined(run: list[_Group]) -> tuple[str, ...]:
    """The ways a run can be read: "twenty three" is 23 or 203, "nine hundred seventy" 970 or 90070."""
    close, loose = "", ""
    for group in run:
        loose += group.digits
        small = group.spoken and len(close) > 0
        if small and len(group.digits) == 1 and group.digits != "0" and _ends_in_tens(close, run, group):
            close = close[:-1] + group.digits
        else:
            close += group.digits
    folded = (
        re.sub(r"([1-9])00(\d\d)(?!\d{3})", r"\1\2", close)
        if any(g.digits.endswith("00") for g in run)
        else close
    )
    return (close, loose, folded)


def _ends_in_tens(so_far: str, run: list[_Group], group: _Group) -> bool:
    before = run[run.index(group) - 1] if group in run[1:] else None
    return bool(
        before
        and before.spoken
        and len(before.digits) == 2
        and before.digits[1] == "0"
        and before.digits != "10"
    )


def _is_private(text: str, run: list[_Group]) -> bool:
    if _is_money(text, run):
        return False
    readings = _joined(run)
    lengths = {len(reading) for reading in readings}
    sizes = [len(group.digits) for group in run]
    if sizes == [4, 5] and "," in run[1].joins:
        return False  # a house or suite number and a ZIP code
    years = [bool(_YEAR_OR_FORM.fullmatch(group.digits)) for group in run]
    if any(years[:-1]) and sizes != [3, 2, 4]:
        return sizes == [4, 4, 4, 4] and not all(years)
    if _SOCIAL.search(text[: run[0].start]) and any(7 <= length <= 11 for length in lengths):
        return True
    if 9 in lengths:
        return True
    one_by_one = all(size == 1 for size in sizes)
    return any(13 <= len(one) <= 19 and (one_by_one or _is_card(one)) for one in readings) or (
        one_by_one and len(sizes) > 11
    )


def _is_money(text: str, run: list[_Group]) -> bool:
    if [len(group.digits) for group in run] == [3, 2, 4]:
        return False
    before = text[: run[0].start].rstrip()
    if before.endswith("$") or _MONEY_AFTER.match(text, run[-1].end):
        return True
    cents = len(run) > 1 and run[-1].joins == "." and len(run[-1].digits) == 2 and not run[-1].spoken
    return cents and all(group.joins in ("", ",") and len(group.digits) == 3 for group in run[1:-1])


def _is_card(digits: str) -> bool:
    """The check digit of payment cards (Luhn), or the length of one."""
    if len(digits) in (15, 16):
        return True
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return 13 <= len(digits) <= 19 and total % 10 == 0
