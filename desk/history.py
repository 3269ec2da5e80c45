"""The note an agent finds begun: who called, what was said and told, what is promised, in the style of case histories."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from desk.visit import Visit

CHANNELS = {"voice": "TPCI phone", "sms": "TPCI text", "web": "TPCI chat"}
"""TPCI: the taxpayer called in. Other short forms below are those agents use: ADV advised, REQ requested, FP full
payment, IA installment agreement, LD last day, CB call-back."""
LONGEST_WORDS = 160
MOST = 4
CODES = {
    "utter_plan_terms": "ADV IA terms",
    "utter_plan_amount_works": "ADV IA amount works",
    "utter_plan_amount_never_pays": "ADV amount will not FP in time",
    "utter_plan_amount_too_low": "ADV amount below minimum",
    "utter_short_term_own": "ADV short-term plan",
    "utter_balance_total": "ADV bal",
    "utter_balance_total_still": "ADV bal",
    "utter_levy_standing": "ADV levy in place",
    "utter_levy_possible": "ADV levy possible",
    "utter_levy_blocked": "ADV levy barred",
    "utter_hearing_cdp_hearing": "ADV CDP rights, F12153",
    "utter_hearing_equivalent_hearing": "ADV EH rights, F12153",
    "utter_hardship_how": "ADV CNC",
    "utter_penalty_first_time_yes": "ADV FTA",
    "utter_plan_broken": "ADV IA default",
}
"""What was told, by the words it was told with."""


def draft(here: Visit) -> str:
    """A few lines an agent can correct and complete: contact, wish, own words, told, asked for, next day."""
    lines = [_contact(here), _wish(here), _told(here), _asked(here), _day(here)]
    return " ".join(one for one in lines if one)


def headline(here: Visit) -> str:
    """The card in one line: the wish, the balance, the nearest day."""
    story, parts = here.contact.story, []
    asked = [one["what"] for one in story.asked_for if one["what"] != "a person"]
    parts.append(story.reason or (asked[-1] if asked else here.heard.intent.replace("_", " ")))
    if here.view is not None and here.view["balance"]["payoff"] is not None:
        parts.append(f"owes ${Decimal(here.view['balance']['payoff']):,.2f}")
    near = _near(here)
    if near:
        what = near["kind"].replace("_", " ").replace("cdp", "CDP")
        parts.append(f"{what} by {_us(near['last_day'])} ({near['days_left']} days left)")
    return "; ".join(parts)


def _contact(here: Visit) -> str:
    verified = "ID verified" if here.verified else "ID not verified"
    spanish = ", Spanish" if here.contact.language == "es" else ""
    return f"{CHANNELS.get(here.contact.channel, 'TPCI')}, {verified}{spanish}."


def _wish(here: Visit) -> str:
    own = [one for one in here.contact.story.own_words if len(one.split()) > 1]
    letters = ", ".join(
        f"{one['code']}{' dtd ' + _us(one['date']) if one.get('date') else ''}"
        for one in here.contact.story.notices
    )
    said = f'TP stated: "{own[0][:LONGEST_WORDS]}".' if own else ""
    return f"{said}{' Rcvd ' + letters + '.' if letters else ''}".strip()


def _told(here: Visit) -> str:
    codes = [CODES[one["words"]] for one in here.contact.story.told if one["words"] in CODES]
    if here.view is not None and "ADV bal" in codes and here.view["balance"]["payoff"]:
        codes = [f"ADV bal ${here.view['balance']['payoff']}" if one == "ADV bal" else one for one in codes]
    return f"{'; '.join(dict.fromkeys(codes[-MOST * 2 :]))}." if codes else ""


def _asked(here: Visit) -> str:
    asked = [one["what"] for one in here.contact.story.asked_for if one["what"] != "a person"][-MOST:]
    return f"REQ: {'; '.join(asked)}." if asked else ""


def _day(here: Visit) -> str:
    near = _near(here)
    return f"LD {near['kind'].replace('_', ' ')} {_us(near['last_day'])}." if near else ""


def _near(here: Visit) -> Any:
    still = [one for one in here.deadlines() if not one["passed"] and one["kind"] != "levy_bar_end"]
    return still[0] if still else None


def _us(day: str) -> str:
    return f"{date.fromisoformat(day):%m/%d/%y}"
