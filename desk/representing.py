"""Someone who speaks for the taxpayer: only of the periods on the form, and with Form 8821 only to be told."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from desk import also, forms
from desk.answer import Answer, Say, listing, text, year
from desk.visit import Visit, needs_identity

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
    asked = here.contact.asked
    free = asked in FREE or str(asked).startswith("guess:")
    if not here.only_hears or (answer.start is None and free):
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


_IS_ONE = re.compile(
    r"\b(?:(?:on|in) behalf of|my client|i represent|(?:im|i am|this is) (?:an? |the |his |her |their )?(?:\w+ )?"
    r"(?:cpa|attorney|lawyer|enrolled agent|accountant|tax preparer|poa|representative)|power of attorney (?:for|on file)|"
    r"mi client[ea]|represento a|de parte de mi|soy (?:el |la |su |un |una )?(?:contador\w*|abogad\w+|representante|preparador\w*))\b"
)


def who_speaks(explain: Callable[[Visit], Answer]) -> Callable[[Visit], Answer]:
    """Somebody who says they are the representative is asked to show it, and hears then what they came for."""

    def answer(here: Visit) -> Answer:
        said = here.heard.text.lower().replace("'", "").replace("’", "")
        if here.view is not None or not _IS_ONE.search(said):
            return explain(here)
        other = next(iter(also.named(said)), "case_status")
        here.heard = replace(here.heard, intent=other)
        asked = needs_identity(here, Say("utter_rep_show"), sources=("26 USC 6103(c)",))
        return replace(asked, ask=Say("utter_ask_identity_client"))

    return answer


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
