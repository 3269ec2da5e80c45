"""Hearing, penalty relief, hardship: what the law gives, whether it is in time, and that it was asked for."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from desk import forms, means
from desk.answer import Answer, Say, day, form, listing, money, number, text, together
from desk.intakes.status import of_kind
from desk.notices import next_deadline, pending_hearings, waiting_hearings
from desk.standing import held
from desk.visit import Visit, needs_identity


def hearing(here: Visit) -> Answer:
    """'I want a hearing.' One that is pending, or which one is still open, until when, with which form."""
    here.asks_for("hearing (Collection Due Process or equivalent)")
    sources = ("26 USC 6330", "26 USC 6320")
    if here.view is None:
        return needs_identity(here, Say("utter_hearing_general"), sources=sources)
    here.shows("deadlines", "options")
    still_open = _open_hearing(here)
    said = (*pending_hearings(here), *still_open)
    noted = (Say("utter_right_recorded"),) if still_open else (Say("utter_wish_recorded"),)
    return Answer(
        say=(*(said or (Say("utter_hearing_none"),)), *noted),
        ask=Say("utter_offer_person"),
        choices=("person", "payment_plan_options", "menu"),
        sources=sources,
    )


def _open_hearing(here: Visit) -> tuple[Say, ...]:
    """The best hearing still open. A hearing that was asked for is not asked for again."""
    asked = {module.period for module, _ in waiting_hearings(here)}
    for kind in ("cdp_hearing", "lien_cdp_hearing", "equivalent_hearing"):
        still = [one for one in here.deadlines(kind=kind) if not one["passed"] and one["period"] not in asked]
        if still:
            facts = {"last_day": day(still[0]["last_day"]), "form": form(still[0]["form"] or "12153")}
            facts["days"] = number(still[0]["days_left"])
            return (Say(f"utter_hearing_{kind}", facts),)
    return ()


def penalty_relief(here: Visit) -> Answer:
    """'Can the penalties be removed?' First-time abatement first, then reasonable cause."""
    here.asks_for("penalty relief")
    if here.view is None:
        return needs_identity(
            here, Say("utter_penalty_relief_general"), sources=("26 USC 6651", "IRM 20.1.1.3.3.2.1")
        )
    if here.authority is not None:
        # The years before decide, and the form on file may not list them: a person looks.
        return Answer(
            say=(Say("utter_penalty_relief_general"),),
            ask=Say("utter_penalty_person"),
            choices=("person", "menu"),
        )
    here.shows("options", "penalties")
    first = here.option("first_time_abatement")
    asked = of_kind(here, "first_time")
    if asked:
        said = [*asked, Say("utter_penalty_reasonable_cause")]
    elif first and first["eligible"]:
        said = [Say("utter_penalty_first_time_yes"), *_removes(first["terms"].get("penalties"))]
    else:
        why = [one for one in (first["reasons"] if first else []) if one["ok"] is False][:1]
        said = [Say("utter_penalty_first_time_no")]
        said += [Say("utter_reason", {"reason": text(one["text"], one["text_es"])}) for one in why]
        said += [Say("utter_penalty_reasonable_cause")]
    sources = tuple(one["source"] for one in (first["reasons"] if first else [])[:2])
    return Answer(
        say=tuple(said), ask=Say("utter_penalty_person"), choices=("person", "menu"), sources=sources
    )


def _removes(penalties: object) -> list[Say]:
    if not isinstance(penalties, list):
        return []
    amounts = [one["amount"] for one in penalties if isinstance(one, dict) and one.get("amount")]
    return (
        [Say("utter_penalty_removes", {"amounts": listing([money(one) for one in amounts])})]
        if amounts
        else []
    )


HARDSHIP_LAW = ("26 USC 6343(a)(1)(D)", "26 USC 6343(e)")


def hardship(here: Visit) -> Answer:
    """'I can't pay and live.' Collection can be put off; a person takes the details."""
    here.asks_for("hardship (currently not collectible)")
    named, amount = here.heard.amount, _offered(here)
    if here.view is None:
        return _hardship_for_anybody(here, named, amount)
    on_hold = held(here, "hardship")
    own = Say("utter_hardship_standing") if on_hold else Say("utter_hardship_how")
    answer = Answer(say=(own, *next_deadline(here)), sources=HARDSHIP_LAW)
    if amount is not None and not on_hold:
        from desk.plans import offer

        return together(answer, offer(here))
    asks = "utter_offer_person" if on_hold else "utter_hardship_person"
    return together(answer, Answer(ask=Say(asks), choices=("person", "payment_plan_options", "menu")))


def _hardship_for_anybody(here: Visit, named: Decimal | None, offered: Decimal | None) -> Answer:
    """Before identity: what holds for everybody; income that was told waits until it is known whose it is."""
    said = [Say("utter_hardship_general")]
    if offered is not None:
        said.append(Say("utter_plan_amount_depends_on", {"amount": money(offered)}))
    answer = needs_identity(here, *said, sources=HARDSHIP_LAW)
    if named is not None and offered is None and means.comes_in(here.heard.text) and here.contact.pending:
        here.contact.pending["income"] = f"{named:.2f}"
    return answer


def _offered(here: Visit) -> Decimal | None:
    """The amount somebody offers to pay a month; what they live on is kept for the questions about it."""
    said = here.heard.text or next(iter(reversed(here.contact.story.own_words)), "")
    amount = here.heard.amount
    if amount is None or not means.of_living(said):
        return amount
    if means.comes_in(said):
        income_told(here, f"{amount:.2f}")
    here.heard = replace(here.heard, amounts=())
    return None


def income_told(here: Visit, amount: str) -> None:
    """What somebody lives on is kept for the question about it."""
    if "income" not in forms.draft(here, "hardship"):
        forms.keep(here, "hardship", income=amount)


def other_appeal(here: Visit) -> Answer:
    """An appeal of something else, or the word with a manager."""
    here.asks_for("appeal (CAP) or manager")
    still_open = _open_hearing(here) if here.verified else ()
    if still_open:
        here.shows("deadlines")
    return Answer(
        say=(*still_open, Say("utter_about_collection_appeal_other"), Say("utter_right_recorded")),
        ask=Say("utter_offer_person"),
        choices=("person", "cdp_appeal", "menu"),
        sources=("Publication 1660",),
    )


def passport(here: Visit) -> Answer:
    """Whether the debt is of the size that reaches a passport."""
    if here.view is None:
        return needs_identity(here, Say("utter_about_passport"), sources=("26 USC 7345",))
    here.shows("passport")
    view = here.view["passport"]
    if view["certified"]:
        key = "utter_passport_certified"
    else:
        key = "utter_passport_at_risk" if view["certifiable"] else "utter_passport_not_now"
    said = [Say(key)]
    if view["threshold"] is not None:
        said.append(
            Say(
                "utter_passport_threshold",
                {"threshold": money(view["threshold"]), "counted": money(view["counted"])},
            )
        )
    return Answer(
        say=tuple(said),
        ask=Say("utter_offer_person"),
        choices=("person", "payment_plan_options"),
        sources=("26 USC 7345",),
    )
