"""'I got a CP504.' What is it, what may follow, and how is it answered?"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import yaml

from acs import law
from acs.errors import LawError

WORDS = Path(__file__).resolve().parent / "words" / "notices.yml"


@dataclass(frozen=True)
class NoticeInfo:
    """A letter in plain words. `reply_key` is the law's key of its days; None when only the letter can tell."""

    code: str
    kinds: tuple[str, ...]
    meaning: str
    meaning_es: str
    may_follow: str
    may_follow_es: str
    rights: tuple[str, ...]
    form: str | None
    reply_key: str | None
    source: str

    @property
    def kind(self) -> str:
        return self.kinds[-1]

    def reply_days(self, on: datetime.date) -> int | None:
        """Days to answer a letter of that date, before any roll; None when only the letter can tell."""
        try:
            return law.number(self.reply_key, on=on) if self.reply_key else None
        except LawError:
            return None


@lru_cache(maxsize=4096)
def canonical(code: str) -> str:
    """The code without blanks, hyphens or the word Letter: 'Letter 1058', 'cp-504 b' -> 'L1058', 'CP504B'."""
    bare = re.sub(r"[^A-Z0-9]", "", code.upper())
    bare = re.sub(r"^(LETTER|LTR)(?=\d)", "L", bare)
    return "L" + bare if re.fullmatch(r"(1058|3172|725B?)D?", bare) else bare


@lru_cache(maxsize=4096)
def notice_info(code: str) -> NoticeInfo | None:
    """What a letter of that name is; None for a letter nobody taught the line."""
    table, bare = _infos(), canonical(code)
    return table.get(bare) or table.get(re.sub(r"(?<=\d)[A-Z]$", "", bare))


@lru_cache(maxsize=16384)
def is_kind(code: str, kind: str) -> bool:
    """Does the letter count as a bill, reminder, levy_notice, cdp_notice, lien_notice, agreement_default ...?"""
    info = notice_info(code)
    return info is not None and kind in info.kinds


def known_codes() -> tuple[str, ...]:
    """The letters the line can explain, by their main name."""
    return tuple(dict.fromkeys(info.code for info in _infos().values()))


@cache
def _infos() -> dict[str, NoticeInfo]:
    content = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    found: dict[str, NoticeInfo] = {}
    for code, entry in content.items():
        info = NoticeInfo(
            code=code, kinds=tuple(entry["kinds"]), meaning=entry["en"], meaning_es=entry["es"],
            may_follow=entry["next_en"], may_follow_es=entry["next_es"], rights=tuple(entry["rights"]),
            form=entry.get("form"), reply_key=entry.get("reply"), source=entry["source"],
        )  # fmt: skip
        for name in (code, *entry.get("also", ())):
            found[canonical(name)] = info
    return found
