"""'I got a CP504.' What is it, and how long have I got?"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from acs import days
from acs.case import Hearing, Module
from acs.notices import NoticeInfo, canonical, notice_info
from acs.view_types import DeadlineView
from desk.answer import Answer, Say, day, listing, notice, number, text, together, year
from desk.visit import BRIEF, Visit, needs_identity
from desk.words import DEADLINE_WORDS, blocked_fact

MOST_OF_ONE = 2
TOLD_LATELY = 6
"""So many things said back, a meaning still counts as just told."""


def explain(here: Visit) -> Answer:
    """What the letter means and the last day to act; the caller's own dates once identity is proved."""
    code = here.heard.notice or latest(here)
    if code is None:
        here.contact.asked = "notice"
        return Answer(say=(Say("utter_notice_each_its_day"),), ask=Say("utter_ask_notice"), listen="notice")
    info = notice_info(code)
    if info is None:
        return together(Answer(say=(Say("utter_notice_unknown", {"notice": notice(code)}),)), _person())
    about = Answer(say=_meaning(here, info), sources=(info.source,))
    answer = _own(here, about, info) if here.verified else _general(here, about, info)
    if here.heard.amount and here.heard.intent == "notice_question":
        answer = _with_plan(here, answer)
    return answer


def aside(here: Visit) -> Answer:
    """The notice a caller mentions while asking for something else: one line with its date."""
    info = notice_info(here.heard.notice) if here.heard.notice else None
    if info is None:
        return Answer()
    if here.verified:
        hears = here.heard.intent in ("cdp_appeal", "missed_payment", "change_plan")
        days_ = () if hears else _days(here, _of(here, info.code))[:1]
        return Answer(say=(*_meaning(here, info), *days_), sources=(info.source,))
    return Answer(say=(*_meaning(here, info), *if_dated(here, info)), sources=(info.source,))


def _meaning(here: Visit, info: NoticeInfo) -> tuple[Say, ...]:
    """What the letter is; left out where it was told a moment ago and only the caller's own dates are new."""
    meaning = text(info.meaning, info.meaning_es)
    if here.contact.channel in BRIEF:
        meaning = text(first_sentence(info.meaning), first_sentence(info.meaning_es))
    facts = {"notice": notice(name(here, info)), "meaning": meaning}
    say = Say("utter_notice_meaning", facts)
    lately = here.contact.story.told[-TOLD_LATELY:]
    told = any(one["words"] == say.words and one["facts"] == facts for one in lately)
    going_on = here.resumed or here.heard.intent == "inform"
    return () if going_on and told else (say,)


def first_sentence(said: str) -> str:
    """What fits a text or an ear; the rest is there on asking."""
    return re.split(r"(?<=[.!?])\s", said, maxsplit=1)[0]


def name(here: Visit, info: NoticeInfo) -> str:
    """The letter as it is printed: the name the caller used if it is this letter, otherwise its main one."""
    said = here.heard.notice
    called = said if said and same_notice(said, info.code) else info.code
    return re.sub(r"^L(?=\d)", "Letter ", called)


def _general(here: Visit, about: Answer, info: NoticeInfo) -> Answer:
    dated = if_dated(here, info)
    reply_days = info.reply_days(here.today)
    if not dated and reply_days:
        dated = (Say("utter_notice_days", {"notice": notice(name(here, info)), "days": number(reply_days)}),)
    return together(about, needs_identity(here, *dated))


def if_dated(here: Visit, info: NoticeInfo) -> tuple[Say, ...]:
    """The last day for the date the caller read out. The law counts from the date printed."""
    dated = here.heard.date
    if dated is None or dated > here.today:
        return ()
    reply_days = info.reply_days(dated)
    if reply_days is None:
        return ()
    last = days.rolled(days.plus(dated, reply_days))
    key = "utter_notice_last_day_if" if last >= here.today else "utter_notice_last_day_if_passed"
    return (Say(key, {"notice": notice(name(here, info)), "notice_date": day(dated), "last_day": day(last)}),)


def _own(here: Visit, about: Answer, info: NoticeInfo) -> Answer:
    here.shows("notices", "deadlines")
    deadlines = _of(here, info.code)
    said = [*pending_hearings(here, info.code), *_days(here, deadlines)]
    if not _in_case(here, info.code):
        said = [Say("utter_notice_not_in_case", {"notice": notice(info.code)}), *latest_says(here)]
    elif _date_differs(here, info.code):
        said.append(_other_date(here, info.code))
    else:
        said += covers(here, info.code)
    levy = tuple(Say(one.words, one.facts, detail=True) for one in levy_word(here))
    answer = Answer(say=(*said, *levy), sources=tuple(one["source"] for one in deadlines[:2]))
    return together(about, answer, _next_question(here))


def covers(here: Visit, code: str) -> tuple[Say, ...]:
    """The letter as it stands in the case: its date, and for which year; one for each date, the newest first."""
    found: dict[date, list[str]] = {}
    for module in here.case.modules if here.case else ():
        for one in module.notices:
            if same_notice(one.code, code):
                found.setdefault(one.date, []).append(module.period)
    return tuple(
        Say(
            "utter_notice_covers",
            {
                "notice": notice(name_of(code)),
                "notice_date": day(dated),
                "years": listing([year(one) for one in dict.fromkeys(periods)]),
            },
        )
        for dated, periods in sorted(found.items(), reverse=True)[:MOST_OF_ONE]
    )


def name_of(code: str) -> str:
    """A letter's own name as it is printed."""
    return re.sub(r"^L(?=\d)", "Letter ", code)


def _days(here: Visit, deadlines: list[DeadlineView]) -> tuple[Say, ...]:
    """The days of one letter. While the better hearing is open the lesser one is not spoken of."""
    waiting = {module.period for module, _ in waiting_hearings(here)}
    mine = [one for one in deadlines if not ("hearing" in one["kind"] and one["period"] in waiting)]
    best = [one for one in mine if not one["passed"] and one["kind"] != "equivalent_hearing"]
    if best:
        return grouped(best)[:2]
    gone = [one for one in mine if one["passed"]]
    return (*grouped(gone)[-1:], *grouped([one for one in mine if not one["passed"]])[:1])


def grouped(deadlines: list[DeadlineView]) -> tuple[Say, ...]:
    """Deadlines as they are said: years that share a last day share a sentence."""
    together_: dict[tuple[str, str, str | None], list[DeadlineView]] = {}
    for one in deadlines:
        together_.setdefault((one["kind"], one["last_day"], one["notice"]), []).append(one)
    return tuple(last_day(*group) for group in together_.values())


def last_day(deadline: DeadlineView, *same: DeadlineView) -> Say:
    """One last day, for every year it counts for."""
    key = DEADLINE_WORDS.get(deadline["kind"], "utter_deadline_notice_response")
    key = key + "_passed" if deadline["passed"] else key
    facts = {"last_day": day(deadline["last_day"]), "days": number(abs(deadline["days_left"]))}
    facts["notice"] = notice(deadline["notice"] or "")
    years = [one["period"] for one in (deadline, *same) if one["period"]]
    facts["year"] = (
        listing([year(one) for one in years]) if len(years) > 1 else year(years[0] if years else "")
    )
    return Say(key, facts)


def next_deadline(here: Visit) -> tuple[Say, ...]:
    """The nearest day that still counts, to be told first wherever one is near."""
    still_open = [
        one for one in here.deadlines() if not one["passed"] and one["kind"] != "equivalent_hearing"
    ]
    return grouped(still_open)[:1]


def waiting_hearings(here: Visit) -> list[tuple[Module, Hearing]]:
    """Hearings that were asked for and are not decided."""
    modules = here.case.modules if here.case else ()
    return [(module, one) for module in modules for one in module.hearings if one.determined is None]


def pending_hearings(here: Visit, code: str | None = None) -> tuple[Say, ...]:
    """A hearing asked for already, and whether it bars a levy meanwhile."""
    said = []
    for module, one in waiting_hearings(here):
        if code and not any(same_notice(letter.code, code) for letter in module.notices):
            continue
        facts = {"asked": day(one.requested), "year": year(module.period)}
        barred = here.view is not None and "cdp_hearing_pending" in here.view["levy"]["blocked_by"]
        said.append(Say("utter_hearing_pending_barred" if barred else "utter_hearing_pending", facts))
    return tuple(said[:1])


def levy_word(here: Visit) -> tuple[Say, ...]:
    """Whether pay or an account can be taken now, and what stands in the way."""
    if here.view is None:
        return ()
    here.shows("levy")
    levy = here.view["levy"]
    if levy["allowed"]:
        return (Say("utter_levy_possible"),)
    return (Say("utter_levy_blocked", {"reason": blocked_fact(levy["blocked_by"])}),)


def latest(here: Visit) -> str | None:
    dated = [
        (module["latest_notice"]["date"], module["latest_notice"]["code"])
        for module in (here.view["modules"] if here.view else [])
        if module["latest_notice"]
    ]
    return max(dated)[1] if dated else None


def latest_says(here: Visit) -> tuple[Say, ...]:
    code = latest(here)
    if code is None:
        return ()
    return (Say("utter_notice_latest", {"notice": notice(code)}), *next_deadline(here))


def _of(here: Visit, code: str) -> list[DeadlineView]:
    return [one for one in here.deadlines() if one["notice"] and same_notice(one["notice"], code)]


def _mailed(here: Visit, code: str) -> list[date]:
    modules = here.case.modules if here.case else ()
    return [one.date for module in modules for one in module.notices if same_notice(one.code, code)]


def same_notice(one: str, other: str) -> bool:
    """Whether two spellings name the same letter."""
    left, right = notice_info(one), notice_info(other)
    return (left.code if left else canonical(one)) == (right.code if right else canonical(other))


def _in_case(here: Visit, code: str) -> bool:
    return bool(_mailed(here, code))


def _date_differs(here: Visit, code: str) -> bool:
    return here.heard.date is not None and here.heard.date not in _mailed(here, code)


def _other_date(here: Visit, code: str) -> Say:
    return Say(
        "utter_notice_other_date", {"notice": notice(code), "notice_date": day(max(_mailed(here, code)))}
    )


def _with_plan(here: Visit, answer: Answer) -> Answer:
    """The amount named beside the letter gets its word as well."""
    from desk import plans

    if here.verified:
        return together(answer, plans.offer(here))
    return replace(answer, say=(*answer.say, Say("utter_plan_amount_depends")))


def _next_question(here: Visit) -> Answer:
    if here.heard.amount:
        return Answer()
    here.contact.asked = None
    return Answer(
        ask=Say("utter_what_next"),
        choices=("payment_plan_options", "balance_inquiry", "cdp_appeal", "person"),
    )


def _person() -> Answer:
    return Answer(ask=Say("utter_offer_person"), choices=("person", "menu"))
