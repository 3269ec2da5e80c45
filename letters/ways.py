"""What the reader of a letter can do, from the options of the view: only what is open, with its own figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from acs.notices import NoticeInfo
from acs.view_types import CaseView, DeadlineView
from channels import eye
from letters.words import Words


@dataclass(frozen=True)
class Letter:
    """What the ways depend on: the letter, its days, what it covers (dollars; None: not published)."""

    info: NoticeInfo
    days: Sequence[DeadlineView]
    covered: Decimal | None
    view: CaseView
    individual: bool


def ways(letter: Letter, words: Words) -> list[str]:
    """A sentence for each right of the letter that is open on its day, in the order of the notice's own list."""
    said = [_maker(name)(letter, words) for name in letter.info.rights]
    found = [one for one in said if one]
    if "lien_notice" in letter.info.kinds:
        found.append(words.say("lien_other"))
    return found


def _terms(name: str, letter: Letter) -> dict[str, Any] | None:
    option = next((o for o in letter.view["options"] if o["option"] == name), None)
    return option["terms"] if option and option["eligible"] else None


def _maker(name: str) -> Callable[[Letter, Words], str | None]:
    def plain(letter: Letter, words: Words) -> str | None:
        terms = _terms(name, letter)
        return None if terms is None else words.say(name, **terms)

    return MAKERS.get(name, plain)


def _pay(letter: Letter, words: Words) -> str | None:
    if not letter.covered:
        return None
    key = "pay_now" if letter.individual else "pay_now_business"
    return f"{words.say(key, amount=eye.money(letter.covered))} {words.say('pay_part')}"


def _short_term(letter: Letter, words: Words) -> str | None:
    terms = _terms("short_term_plan", letter)
    if not terms or not terms.get("last_payment"):
        return None
    return words.say(
        "short_term_plan", days_max=terms["days_max"], last_payment=words.written(terms["last_payment"])
    )


def _simple(letter: Letter, words: Words) -> str | None:
    terms = _terms("simple_plan", letter)
    if not terms or not terms.get("monthly_recommended") or not terms.get("fee"):
        return None
    said = words.say(
        "simple_plan", months_max=terms["months_max"], monthly_recommended=eye.money(terms["monthly_recommended"]),
        fee=eye.money(terms["fee"]["online_direct_debit"]),
    )  # fmt: skip
    everything = letter.view["balance"]["payoff"]
    if everything is not None and letter.covered is not None and Decimal(everything) != letter.covered:
        said += " " + words.say("all_owed", amount=eye.money(everything))
    return said


def _with_fee(name: str) -> Callable[[Letter, Words], str | None]:
    def made(letter: Letter, words: Words) -> str | None:
        terms = _terms(name, letter)
        fee = terms and terms.get("fee")
        return words.say(name, fee=eye.money(fee["online_direct_debit"])) if fee else None

    return made


def _hardship(letter: Letter, words: Words) -> str | None:
    terms = _terms("hardship", letter)
    key = "hardship" if letter.individual else "hardship_business"
    return words.say(key, form=terms["form"]) if terms else None


def _offer(letter: Letter, words: Words) -> str | None:
    terms = _terms("offer_in_compromise", letter)
    return (
        words.say("offer_in_compromise", fee=eye.money(terms["fee"])) if terms and terms.get("fee") else None
    )


def _first_penalty(letter: Letter, words: Words) -> str | None:
    terms = _terms("first_time_abatement", letter)
    penalties = terms and terms.get("penalties")
    if not terms or not penalties:
        return None
    amount = sum((Decimal(p["amount"]) for p in penalties), Decimal("0.00"))
    said = words.say("first_penalties", amount=eye.money(amount), period=terms["period"])
    return words.say("first_time_abatement", penalties=said)


def _hearing(letter: Letter, words: Words) -> str | None:
    day = next((d for d in letter.days if d["kind"] in ("cdp_hearing", "lien_cdp_hearing")), None)
    if day is None:
        return None
    kinds = letter.info.kinds
    key = (
        "lien_hearing"
        if "lien_notice" in kinds
        else "after_levy_hearing"
        if "after_levy" in kinds
        else "cdp_hearing"
    )
    return words.say(key, last_day=words.written(day["last_day"]))


def _equivalent(letter: Letter, words: Words) -> str | None:
    day = next((d for d in letter.days if d["kind"] == "equivalent_hearing"), None)
    return words.say("equivalent_hearing", last_day=words.written(day["last_day"])) if day else None


MAKERS: dict[str, Callable[[Letter, Words], str | None]] = {
    "pay_now": _pay,
    "short_term_plan": _short_term,
    "simple_plan": _simple,
    "change_plan": _with_fee("change_plan"),
    "reinstate_plan": _with_fee("reinstate_plan"),
    "hardship": _hardship,
    "offer_in_compromise": _offer,
    "first_time_abatement": _first_penalty,
    "cdp_hearing": _hearing,
    "equivalent_hearing": _equivalent,
}
