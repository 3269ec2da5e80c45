"""On whose authority somebody hears a case: the taxpayer's own, a joint return, or a form on file (26 USC 6103)."""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from acs.case import Case, Representative

MAY_ACT, MAY_HEAR = "2848", "8821"
CAF_DIGITS = 9
"""A CAF number has nine digits and a letter."""
OWN = "identity proved in this contact, 26 USC 6103(e)(1)"
JOINT = "joint return, 26 USC 6103(e)(1)(B)"


@dataclass(frozen=True)
class Authority:
    """A representative on file: Form 2848 may act, Form 8821 may only be told, each for the periods it lists."""

    name: str
    form: str
    periods: tuple[str, ...] = ()

    @property
    def may_act(self) -> bool:
        return self.form == MAY_ACT

    @property
    def ground(self) -> str:
        """For the audit trail: to whom, on which ground."""
        return f"to {self.name}, Form {self.form} on file for {', '.join(self.periods)}, 26 USC 6103(c)"

    def covers(self, period: str) -> bool:
        """Whether the form lists this period; a year stands for its quarters."""
        return any(period == one or period[:4] == one for one in self.periods)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, kept: Mapping[str, Any] | None) -> Authority | None:
        """What the contact keeps of it, read again."""
        return cls(str(kept["name"]), str(kept["form"]), tuple(kept["periods"])) if kept else None


def proved(caf: str, name: str, on_file: Iterable[Representative]) -> Authority | None:
    """The form on file that CAF number and name both fit; the one that may act comes first.

    Everything is compared, whether the first one fits or not, so that time tells nothing.
    """
    return _stronger([one for one in on_file if _fits(caf, name, one)])


def proved_by_keys(caf: str, on_file: Iterable[Representative]) -> Authority | None:
    """The same by keypad, where there are no letters: the nine digits of the CAF number. Whoever asks has compared
    the client's ZIP code beside it, in place of the name."""
    return _stronger([one for one in on_file if _same_digits(caf, one)])


def _stronger(fitting: Sequence[Representative]) -> Authority | None:
    for form in (MAY_ACT, MAY_HEAR):
        mine = [one for one in fitting if one.form == form and one.periods]
        if mine:
            return Authority(
                mine[0].name, form, tuple(sorted({period for one in mine for period in one.periods}))
            )
    return None


def _fits(caf: str, name: str, one: Representative) -> bool:
    same_number = hmac.compare_digest(plain_caf(caf).encode(), (plain_caf(one.caf or "") or "none").encode())
    same_name = hmac.compare_digest(plain_name(name).encode(), (plain_name(one.name) or "none").encode())
    return same_number and same_name


def _same_digits(caf: str, one: Representative) -> bool:
    keyed, known = re.sub(r"\D", "", caf), re.sub(r"\D", "", one.caf or "")
    return hmac.compare_digest(keyed.encode(), (known or "none").encode()) and len(known) == CAF_DIGITS


def plain_caf(written: str) -> str:
    """A CAF number without dashes or spaces: "0312-45678R" and "0312 45678r" are one."""
    return re.sub(r"[^0-9A-Z]", "", written.upper())


def plain_name(written: str) -> str:
    """A name without its title, accents or case: "Ana Ruíz, CPA" and "ana ruiz" are one."""
    apart = unicodedata.normalize("NFD", written.split(",")[0].lower())
    letters = "".join(one for one in apart if unicodedata.category(one) != "Mn")
    return " ".join(re.findall(r"[a-z]+", letters))


def limited(case: Case, authority: Authority) -> Case:
    """The case as far as the form on file lets it be seen: its periods and nothing of the others."""
    return replace(
        case,
        modules=tuple(one for one in case.modules if authority.covers(one.period)),
        returns=tuple(one for one in case.returns if authority.covers(one.period)),
        agi=None,
        household_size=None,
        spouse=None,
    )


def ground_of(own: Case, shown: Case) -> str:
    """The ground on which a taxpayer hears the case; joint periods of the spouse's case have their own."""
    mine = {(one.form, one.period) for one in own.modules}
    joint = any((one.form, one.period) not in mine for one in shown.modules)
    return f"{OWN}; {JOINT}" if joint else OWN
