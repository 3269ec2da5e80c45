"""'They are taking my pay.' Whether that is so, what is protected, and what ends it."""

from __future__ import annotations

from acs.case import Levy
from desk.ahead import events
from desk.answer import Answer, Say, day, money, words
from desk.assignment import who_has_it
from desk.notices import last_day, levy_word, next_deadline
from desk.visit import Visit, needs_identity

SOURCES = ("26 USC 6331", "26 USC 6343", "26 USC 6330")
TAKES = {
    "wage_levy": ("wages", "social_security"),
    "bank_levy": ("bank",),
    "refund_offset": ("state_refund",),
}


def levy(here: Visit) -> Answer:
    """Pay, an account, a refund or property taken, or about to be: who may, and how to stop it."""
    what = here.heard.intent
    if what in ("wage_levy", "bank_levy"):
        here.asks_for(f"stop or release of a levy ({what.replace('_', ' ')})")
    about = Say(f"utter_about_{what}")
    if here.view is None or here.case is None:
        return needs_identity(here, about, sources=SOURCES)
    here.shows("levy", "deadlines")
    if what == "property_seizure":
        return _property(here, about)
    if what == "refund_offset":
        return _refund(here, about)
    standing = [one for one in here.case.levies if one.released is None]
    return _taken(here, standing) if standing else _not_taken(here, about)


def _taken(here: Visit, standing: list[Levy]) -> Answer:
    """A levy is there: which, what is kept, what ends it, and a person for the release."""
    standing = sorted(standing, key=lambda one: one.kind not in TAKES.get(here.heard.intent, ()))
    said: list[Say] = []
    for one in standing[:2]:
        said.append(
            Say("utter_levy_standing", {"kind": words(f"levy_kind_{one.kind}"), "served": day(one.served)})
        )
    open_days = [one for one in here.deadlines(kind="bank_levy_release") if not one["passed"]]
    said += [last_day(one) for one in open_days[:1]]
    if any(one.kind == "wages" for one in standing):
        said += protected_pay(here)
    # The general answer before identity has just said it: no need to hear it twice.
    said.append(Say("utter_levy_ends", detail=here.resumed))
    return Answer(
        say=tuple(said),
        ask=Say("utter_levy_person"),
        choices=("person", "payment_plan_options", "cannot_pay_hardship"),
        sources=(*SOURCES, "26 USC 6334(d)"),
    )


def protected_pay(here: Visit) -> tuple[Say, ...]:
    """What of each paycheck the law keeps out of a levy, by the table of the year."""
    exempt = here.view["levy"].get("exempt_wages") if here.view else None
    if not exempt or exempt["weekly"]["without_statement"] is None:
        return ()
    least = {name: money(exempt[name]["without_statement"]) for name in ("weekly", "monthly")}
    said = [Say("utter_levy_pay_kept", least)]
    most = {name: money(exempt[name]["with_statement"]) for name in ("weekly", "monthly")}
    if most != least:
        # Two figures are enough to hear at a time.
        said.append(Say("utter_levy_pay_kept_statement", most, detail=True))
    return tuple(said)


def _not_taken(here: Visit, about: Say) -> Answer:
    """No levy stands: whether one may be made, and the day that counts."""
    return Answer(
        say=(*levy_word(here), *next_deadline(here), Say(about.words, about.facts, detail=True)),
        ask=Say("utter_what_next"),
        choices=("payment_plan_options", "cannot_pay_hardship", "cdp_appeal", "person"),
        sources=SOURCES,
    )


def _property(here: Visit, about: Say) -> Answer:
    """House, car, business: who could, and whether that office has the case."""
    return Answer(
        say=(about, *who_has_it(here)),
        ask=Say("utter_offer_person"),
        choices=("person", "menu"),
        sources=SOURCES,
    )


def _refund(here: Visit, about: Say) -> Answer:
    """A federal refund may always be used; a state refund from the day the case gives."""
    state = tuple(one for one in events(here) if "state_refund" in one.words)
    return Answer(
        say=(about, *state),
        ask=Say("utter_what_next"),
        choices=("balance_inquiry", "innocent_spouse", "person"),
        sources=("26 USC 6402(a)", "26 USC 6330(f)"),
    )
