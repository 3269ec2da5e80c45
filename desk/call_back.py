"""'Call me back tomorrow at three': when, on which number, read back; then the line rings by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from desk import forms, handoff, when
from desk.answer import Answer, Fact, Say, day, text
from desk.forms import CONFIRM, TOOK, Form
from desk.ports import Request
from desk.quiet_hours import at_hour, next_good, zones
from desk.visit import Visit

TOPIC = "callback"
NO_HOUR = 10
SOON = timedelta(minutes=15)
FURTHEST = timedelta(days=30)
"""How far ahead a call may be promised."""
AT_ONCE = "at once"


def start(here: Visit) -> Answer:
    """Notes the wish at once, takes what was named, and asks for the rest. Needs no identity."""
    here.asks_for("a call-back")
    if here.desk.call_backs is None:
        return handoff.person(here)
    opened = forms.start(here, TOPIC)
    return replace(opened, say=(Say("utter_callback_noted"), *(take(here, "when") or TOOK).say))


def step(here: Visit) -> str:
    """When, on which number, and then everything read back."""
    values = forms.draft(here, TOPIC)
    if "when" not in values:
        return "when"
    return CONFIRM if number(here) else "phone"


def number(here: Visit) -> str | None:
    """The number given, else that of this contact, else the one on file of whoever proved who they are."""
    given = forms.draft(here, TOPIC).get("phone")
    return str(given) if given else here.contact.phone or (here.case.phone if here.case else None)


def take(here: Visit, asked: str) -> Answer | None:
    """The day and hour, the number, or both."""
    said, took = here.heard.text, False
    if here.heard.phones:
        forms.keep(here, TOPIC, phone=f"+1{here.heard.phones[-1][-10:]}")
        took = True
    local = _local(here, said)
    if local is not None:
        if local != AT_ONCE and datetime.fromisoformat(local).date() - here.today > FURTHEST:
            return Answer(say=(Say("utter_callback_too_far"),))
        forms.keep(here, TOPIC, when=local)
        took = True
    return TOOK if took else None


def _local(here: Visit, said: str) -> str | None:
    """The day and hour named, by the clock where the person is; None where neither is named."""
    if when.at_once(said):
        return AT_ONCE
    named = here.heard.told_days or here.heard.dates
    hour = when.hour_of(said)
    if not named and hour is None:
        return None
    hour = hour or when.Hour(NO_HOUR)
    on = named[0] if named else _now(here).date()
    if not named and (hour.hour, hour.minute) <= (_now(here).hour, _now(here).minute):
        on += timedelta(days=1)
    return datetime.combine(on, time(hour.hour, hour.minute)).isoformat()


def _now(here: Visit) -> datetime:
    return here.desk.clock.now().astimezone(ZoneInfo(_where(here)[0]))


def _where(here: Visit) -> tuple[str, ...]:
    return zones(number(here), here.case.address if here.case else None)


def ask(here: Visit, at: str) -> Answer:
    """The one question of a step."""
    if at == "when":
        return Answer(ask=Say("utter_ask_callback_when"), choices=("person",))
    if at == "phone":
        return Answer(ask=Say("utter_ask_callback_phone"))
    return Answer(
        say=(_read_back(here),), ask=Say("utter_callback_confirm"), choices=("yes", "no"), listen="yes_no"
    )


def _read_back(here: Visit) -> Say:
    wanted = number(here) or ""
    last4 = text(wanted[-4:], wanted[-4:])
    if forms.draft(here, TOPIC)["when"] == AT_ONCE:
        return Say("utter_callback_read_back_soon", {"last4": last4})
    return Say("utter_callback_read_back", {**_clock(here, _promised(here)), "last4": last4})


def _clock(here: Visit, at: datetime) -> dict[str, Fact]:
    local = at.astimezone(ZoneInfo(_where(here)[0]))
    hour, half = local.hour % 12 or 12, ("AM", "PM")[local.hour >= when.NOON]
    said = f"{hour}:{local.minute:02d} {half}"
    return {
        "day": day(local.date()),
        "time": text(said, said),
    }


def _promised(here: Visit) -> datetime:
    kept = forms.draft(here, TOPIC)["when"]
    now = here.desk.clock.now()
    if kept != AT_ONCE:
        local = datetime.fromisoformat(kept)
        at = at_hour(local.date(), local.hour, _where(here), local.minute)
        return at if at > now else next_good(now, _where(here))
    wait = here.desk.handoffs.wait_minutes(handoff.queue_of(here))
    return next_good(now + (timedelta(minutes=wait[0]) if wait else SOON), _where(here))


def submit(here: Visit) -> Answer:
    """The promise: kept with the whole story for the agent, and told with its day and hour."""
    at, phone = _promised(here), number(here)
    assert here.desk.call_backs is not None
    assert phone is not None
    here.asks_for(
        f"call-back at {at.isoformat(timespec='minutes')} to the number ending {phone[-4:]}: promised"
    )
    here.desk.contacts.keep(here.contact)
    here.desk.call_backs.promise(here.contact, handoff.wanted(here), phone, at)
    if here.case is not None:
        _keep(here, at)
    here.contact.asked = "more"
    facts = {**_clock(here, at), "last4": text(phone[-4:], phone[-4:])}
    return Answer(
        say=(Say("utter_callback_done", facts),), ask=Say("utter_anything_else"), choices=("menu", "person")
    )


def _keep(here: Visit, at: datetime) -> None:
    assert here.case is not None
    local: date = at.astimezone(ZoneInfo(_where(here)[0])).date()
    here.desk.requests.open(
        Request(
            key=f"callback:{here.contact.id}:{at.isoformat(timespec='minutes')}",
            taxpayer=here.case.id,
            conversation=here.contact.id,
            kind="callback",
            status="submitted",
            asked_at=here.desk.clock.now(),
            facts={"due": local.isoformat(), "at": at.isoformat(timespec="minutes")},
        )
    )
    here.desk.cases.add_note(
        here.case.id, "ACS Line", f"CB promised {at.isoformat(timespec='minutes')}.", here.desk.clock.now()
    )


forms.register(Form(TOPIC, step, ask, take, submit, cancelled="utter_callback_cancelled", anyone=True))
