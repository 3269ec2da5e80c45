"""Someone who speaks for the taxpayer: only of the periods on the form, and with Form 8821 only to be told."""

from __future__ import annotations

from dataclasses import replace

from desk import forms
from desk.answer import Answer, Say, listing, text, year
from desk.visit import Visit

FREE = frozenset({None, "more", "person", "identity"})
"""Questions a listener may be asked too; every other one leads to a request."""


def other_year(here: Visit) -> Answer | None:
    """A year the form on file does not list is not spoken of, not even whether anything is owed."""
    authority = here.authority
    if authority is None or not here.heard.tax_years:
        return None
    outside = [one for one in here.heard.tax_years if not authority.covers(one)]
    if not outside:
        return None
    facts = {"year": year(outside[-1]), "covered": _covered(here)}
    return Answer(
        say=(Say("utter_rep_not_year", facts),),
        ask=Say("utter_offer_person"),
        choices=("person", "menu"),
        sources=("26 USC 6103(c)",),
    )


def within(here: Visit, answer: Answer) -> Answer:
    """The answer without anything a listener may not ask for."""
    if not here.only_hears or (answer.start is None and here.contact.asked in FREE):
        return answer
    if answer.start:
        forms.close(here)
        answer = Answer()
    return replace(
        answer,
        say=(*answer.say, Say("utter_rep_only_hears")),
        ask=Say("utter_offer_person"),
        choices=("person", "menu"),
        listen=None,
    )


def greeting(here: Visit) -> tuple[Say, ...]:
    """For whom, by which form and for what the representative may be told, or may act."""
    authority = here.authority
    if authority is None:
        return ()
    facts = {"name": text(authority.name, authority.name), "years": _covered(here)}
    return (Say("utter_rep_may_act" if authority.may_act else "utter_rep_may_hear", facts),)


def _covered(here: Visit) -> dict[str, object]:
    periods = here.authority.periods if here.authority else ()
    return dict(listing([year(one) for one in periods]))
