"""'What happens if I do nothing?' The days that come next in this case, dated, and nothing promised."""

from __future__ import annotations

import re
import unicodedata

from acs.notices import notice_info
from acs.view_types import ForecastEvent
from desk.answer import Answer, Say, day, money, notice, text
from desk.assignment import levies_standing
from desk.notices import if_dated, latest, name
from desk.visit import Visit, needs_identity

FORECAST = "forecast"
"""The desk's own name for this need; the bot hears it as one of OPEN."""

OPEN = frozenset(
    "notice_question case_status cannot_pay_hardship help_menu explain_acs nlu_fallback out_of_scope inform "
    "payment_methods make_payment complaint wait_time".split()
)
"""Needs the bot may have heard in such a question. A more telling one (a levy, a plan) keeps its own answer."""

EVENTS = frozenset(
    "levy_possible state_refund_levy_possible bank_pays_levy agreement_may_end levy_bar_over determination_final "
    "interest_goes_on hardship_review cp501_likely cp503_likely cp504_likely late_payment_rate_doubles "
    "bill_likely final_notice_likely warning_likely acs_likely lien_likely".split()
)
"""What is told ahead. The end of the time to collect is left out: nobody should be led to wait for it. So is the end of
the time for an equivalent hearing, which stands with the deadlines."""

MOST = 3

_ASKED = (
    r"\b(?:what|wat|whats|wht)\b.{0,40}\bif (?:i|we|u) (?:just |simply |even )?(?:do (?:nothing|nothin|not do anything)|"
    r"dont do (?:anything|nothing|shit)|(?:just )?ignore|(?:dont|do not|cant|never) (?:pay|answer|respond|reply|call|act)"
    r"(?! (?:rent|the rent|my rent)))",
    r"\bwhat (?:happens|comes|will happen|is going to happen|s next|would happen) (?:next|now|then|from here)\b",
    r"\bwhats (?:next|coming)\b",
    r"\b(?:que|q|k|ke)\b.{0,30}\bsi (?:yo )?(?:no (?:hago (?:nada|caso)|pago|contesto|respondo|llamo)|(?:lo |la |los |las )?ignoro)"
    r"(?! la renta)",
    r"\b(?:que|q|k|ke) (?:sigue|viene|va a pasar|pasara|pasa)(?: (?:despues|ahora|luego|con mi caso|conmigo))?$",
)
_PATTERNS = tuple(re.compile(one) for one in _ASKED)


def asked(said: str) -> bool:
    """Whether the words ask what comes if nothing is done."""
    apart = unicodedata.normalize("NFD", said.lower())
    bare = "".join(one for one in apart if unicodedata.category(one) != "Mn")
    bare = re.sub(r"\s+", " ", re.sub(r"[^\w\s]", "", bare)).strip()
    return any(one.search(bare) for one in _PATTERNS)


def tell(here: Visit) -> Answer:
    """The next days of the case; for a stranger what usually follows the letter they named."""
    if here.view is None:
        return _general(here)
    here.shows("forecast")
    said = [*levies_standing(here), *(events(here) or (Say("utter_ahead_nothing"),))]
    grows = here.view["balance"]["per_day"]
    if grows not in (None, "0.00"):
        said.append(Say("utter_ahead_grows", {"per_day": money(grows)}, detail=True))
    said.append(Say("utter_ahead_can_act"))
    return Answer(
        say=tuple(said),
        ask=Say("utter_what_next"),
        choices=("payment_plan_options", "cannot_pay_hardship", "cdp_appeal", "person"),
        sources=tuple(dict.fromkeys(one["source"] for one in _coming(here))),
    )


def events(here: Visit) -> tuple[Say, ...]:
    """The dated events, earliest first; one that is possible already is said without a date."""
    return tuple(_event(here, one) for one in _coming(here))


def _coming(here: Visit) -> list[ForecastEvent]:
    found: dict[str, ForecastEvent] = {}
    taken = bool(levies_standing(here))
    for one in here.view["forecast"] if here.view else []:
        if one["event"] in EVENTS and not (taken and one["event"] == "levy_possible"):
            found.setdefault(one["event"], one)
    return list(found.values())[:MOST]


def _event(here: Visit, one: ForecastEvent) -> Say:
    now = one["date"] <= here.today.isoformat()
    if now and one["event"] in ("levy_possible", "state_refund_levy_possible"):
        return Say(f"utter_ahead_{one['event']}_now")
    return Say(f"utter_ahead_{one['event']}", {"day": day(one["date"])})


def _general(here: Visit) -> Answer:
    code = here.heard.notice or (
        here.contact.story.notices[-1]["code"] if here.contact.story.notices else None
    )
    info = notice_info(code or latest(here) or "")
    if info is None:
        return needs_identity(here, Say("utter_ahead_general"))
    follows = {"notice": notice(name(here, info)), "next": text(info.may_follow, info.may_follow_es)}
    said = (Say("utter_ahead_after_notice", follows), *if_dated(here, info))
    return needs_identity(here, *said, sources=(info.source,))
