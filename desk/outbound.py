"""Reminders: offered where a day matters, sent only to who agreed, at good hours, and dropped when the thing is done."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from acs.case import Case
from acs.deadlines import deadlines
from desk.answer import Answer, Fact, Say, day, text, words
from desk.ports import Reminder
from desk.quiet_hours import at_hour, next_good, zones
from desk.visit import Visit, needs_identity

ASKED, TOPIC = "reminder", "reminder"
REMIND = "remind"
"""The desk's own name for this need; the bot hears it as one of OPEN."""
OPEN = frozenset(
    "inform nlu_fallback out_of_scope request_callback help_menu make_payment affirm case_status".split()
)
HOUR = 10
"""O'clock where the person is: late enough for everybody, early enough to act on the same day."""
DAYS_BEFORE = {"payment": 1, "deadline": 3}
ENDS_PAYING = ("payment", "levy")

_WISH = re.compile(
    r"\b(?:remind(?:er)?s? (?:me|us)?|(?:text|call|send|give|set) (?:me )?(?:a )?remind\w*|recuerde\w*(?:me)?|recordatorio|"
    r"recuerdame|avis[ea]me|me (?:recuerde|avise)n?)\b"
)
_NOT = re.compile(
    r"\b(?:no|stop|cancel|dont|do not|sin|quit\w*)\b.{0,20}\b(?:remind\w*|recorda\w*|recuerd\w*)\b"
)
_CALL = re.compile(r"\b(?:call|phone|ring|llam\w+|telefono)\b")


def plain(said: str) -> str:
    """Lower case, no accents, no apostrophes."""
    apart = unicodedata.normalize("NFD", said.lower().replace("'", "").replace("’", ""))
    return "".join(one for one in apart if unicodedata.category(one) != "Mn")


def asked(said: str) -> bool:
    """Whether the words ask for a reminder."""
    bare = plain(said)
    return bool(_WISH.search(bare)) and not _NOT.search(bare)


def offered(here: Visit, answer: Answer, what: str, about: date) -> Answer:
    """The answer with the offer of a reminder as its question, where there is a number that may be used."""
    channel = "call" if here.contact.channel == "voice" else "sms"
    number = _number(here, channel)
    if number is None or about <= here.today or _planned(here, what, about):
        return answer
    here.desk.drafts.put(
        here.contact.id, TOPIC, {"what": what, "about": about.isoformat(), "channel": channel}
    )
    here.contact.asked = ASKED
    facts = {"last4": text(number[-4:], number[-4:]), "day": day(_day(what, about, here.today))}
    return replace(
        answer, ask=Say(f"utter_reminder_offer_{channel}", facts), choices=("yes", "no"), listen="yes_no"
    )


def wish(here: Visit) -> Answer:
    """'Remind me': of the next payment promised, otherwise of the next last day."""
    if here.view is None:
        return needs_identity(here, Say("utter_reminder_general"))
    found = _next(here)
    if found is None:
        return Answer(
            say=(Say("utter_reminder_nothing"),), ask=Say("utter_anything_else"), choices=("menu", "person")
        )
    what, about = found
    channel = "call" if _CALL.search(plain(here.heard.text)) or here.contact.channel == "voice" else "sms"
    if _number(here, channel) is None:
        return Answer(
            say=(Say("utter_reminder_no_number"),), ask=Say("utter_anything_else"), choices=("menu", "person")
        )
    here.desk.drafts.put(
        here.contact.id, TOPIC, {"what": what, "about": about.isoformat(), "channel": channel}
    )
    return accepted(here)


def _next(here: Visit) -> tuple[str, date] | None:
    assert here.case is not None
    promised = [
        date.fromisoformat(str(one.facts["pay_by"]))
        for one in here.desk.requests.of(here.case.id)
        if one.facts.get("pay_by") and one.kind in PAYING
    ]
    ahead = [one for one in promised if one > here.today]
    if ahead:
        return "payment", min(ahead)
    open_days = [
        one
        for one in here.deadlines()
        if not one["passed"] and one["kind"] not in ("equivalent_hearing", "levy_bar_end")
    ]
    return ("deadline", date.fromisoformat(open_days[0]["last_day"])) if open_days else None


PAYING = ("promise", "short_term_plan", "plan_cure")


def accepted(here: Visit) -> Answer:
    """'Yes, remind me': kept with the moment it was agreed to; said back with the day and the number."""
    wanted = here.desk.drafts.get(here.contact.id, TOPIC)
    here.desk.drafts.drop(here.contact.id, TOPIC)
    number = _number(here, str(wanted.get("channel")))
    here.contact.asked = "more"
    if not wanted or number is None or here.case is None:
        return Answer(say=(Say("utter_reminder_no_number"),), ask=Say("utter_anything_else"))
    reminder = _reminder(here, wanted, number)
    kept = here.desk.reminders.plan(reminder)
    here.asks_for(f"reminder by {kept.channel} to the number ending {number[-4:]}: agreed")
    facts: dict[str, Fact] = {
        "day": day(kept.at.date()),
        "last4": text(number[-4:], number[-4:]),
        "way": words(f"reminder_way_{kept.channel}"),
    }
    return Answer(
        say=(Say("utter_reminder_done", facts),), ask=Say("utter_anything_else"), choices=("menu", "person")
    )


def declined(here: Visit) -> Answer:
    """No reminder: that is fine."""
    here.desk.drafts.drop(here.contact.id, TOPIC)
    here.contact.asked = "more"
    return Answer(
        say=(Say("utter_reminder_declined"),), ask=Say("utter_anything_else"), choices=("menu", "person")
    )


def _reminder(here: Visit, wanted: Mapping[str, Any], number: str) -> Reminder:
    assert here.case is not None
    about, what, channel = date.fromisoformat(wanted["about"]), str(wanted["what"]), str(wanted["channel"])
    where = zones(number, here.case.address)
    now = here.desk.clock.now()
    at = max(at_hour(_day(what, about, here.today), HOUR, where), next_good(now, where))
    return Reminder(
        key=f"{here.case.id}:{what}:{about.isoformat()}:{channel}",
        taxpayer=here.case.id,
        conversation=here.contact.id,
        channel=channel,
        phone=number,
        what=what,
        about=about,
        at=at,
        language=here.contact.language,
        agreed_at=now,
    )


def _day(what: str, about: date, today: date) -> date:
    """The day a reminder goes out: a day before a payment, three before a deadline, never before tomorrow."""
    return max(about - timedelta(days=DAYS_BEFORE[what]), min(today + timedelta(days=1), about))


def _number(here: Visit, channel: str) -> str | None:
    """The number this contact comes from, else the one on file; None where it may not be used."""
    on_file = here.case.phone if here.case else None
    for number in (here.contact.phone, on_file):
        if number and here.desk.reminders.reachable(number, channel):
            return number
    return None


def _planned(here: Visit, what: str, about: date) -> bool:
    assert here.case is not None
    known = here.desk.reminders.of(here.case.id)
    return any(one.what == what and one.about == about and one.state == "planned" for one in known)


def not_needed(reminder: Reminder, case: Case | None, today: date) -> str | None:
    """Why a reminder is not sent after all; None where it still is of use. Looked at when its moment has come."""
    if case is None or case.deceased:
        return "no one to remind"
    if today > reminder.about:
        return "the day is over"
    if any(one.kind == "bankruptcy" and (one.to is None or one.to >= today) for one in case.holds):
        return "bankruptcy"
    if reminder.what == "payment":
        since = reminder.agreed_at.date()
        paid = any(one.kind in ENDS_PAYING and one.date >= since for m in case.modules for one in m.payments)
        return "paid" if paid else None
    still = any(one.last_day == reminder.about for one in deadlines(case))
    asked_for = any(one.determined is None for m in case.modules for one in m.hearings)
    return None if still and not asked_for else "done"
