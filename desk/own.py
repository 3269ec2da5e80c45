"""What the case itself adds to a general answer: said first, the general part after it."""

from __future__ import annotations

import re
from collections.abc import Callable

from acs.view_types import Reason
from desk.answer import Say, day, form, listing, notice, text, year
from desk.notices import last_day, next_deadline
from desk.standing import held
from desk.visit import Visit


def spouse(here: Visit) -> tuple[Say, ...]:
    """Which years were filed jointly: only those can be relieved."""
    option = here.option("innocent_spouse")
    if option is None:
        return ()
    years = option["terms"].get("periods") or []
    if option["eligible"] and years:
        return (Say("utter_own_joint_years", {"years": listing([year(one) for one in years])}),)
    return _why_not(option["reasons"])


def offer(here: Visit) -> tuple[Say, ...]:
    """An offer that is being decided already."""
    return (Say("utter_own_offer_pending"),) if held(here, "offer") else ()


def lien(here: Visit) -> tuple[Say, ...]:
    """Whether a lien was filed, and the day for a hearing about it."""
    filed = [one for one in (here.case.liens if here.case else ()) if one.released is None]
    if not filed:
        return (Say("utter_own_lien_none"),)
    open_days = [one for one in here.deadlines(kind="lien_cdp_hearing") if not one["passed"]]
    return (Say("utter_own_lien", {"filed": day(filed[-1].filed)}), *(last_day(one) for one in open_days[:1]))


def returns(here: Visit) -> tuple[Say, ...]:
    """Which returns are missing."""
    plan = here.option("simple_plan")
    missing = [one for one in (plan["reasons"] if plan else []) if one["code"] == "returns_filed"]
    return _why_not(missing) or (Say("utter_own_returns_none"),)


def representative(here: Visit) -> tuple[Say, ...]:
    """Who is on file to act for the caller or to be told."""
    found = here.case.representatives if here.case else ()
    return tuple(
        Say("utter_own_representative", {"name": text(one.name, one.name), "form": form(one.form)})
        for one in found[:2]
    )


def dispute(here: Visit) -> tuple[Say, ...]:
    """An identity theft that is being looked into already."""
    return (Say("utter_own_identity_theft"),) if held(here, "identity_theft") else ()


_AGENCY = re.compile(
    r"\b(?:agenc\w+|collectors?|collection|company|call(?:s|ed|ing)?|agencia|cobrador\w*|compania|empresa|llam\w+)\b"
)


def real(here: Visit) -> tuple[Say, ...]:
    """Whether it can be real: who may call about this case, or which letter was the last one sent."""
    from desk.assignment import who_has_it

    words_of = here.heard.text or next(iter(reversed(here.contact.story.own_words)), "")
    agency = here.view is not None and here.view["assignment"]["to"] == "private_agency"
    if agency:
        return (*who_has_it(here), Say("utter_own_agency_only"))
    sent = [(one.date, one.code) for m in (here.case.modules if here.case else ()) for one in m.notices]
    last = (
        (Say("utter_own_last_letter", {"notice": notice(max(sent)[1]), "date": day(max(sent)[0])}),)
        if sent
        else ()
    )
    return (Say("utter_agency_none"), *last) if _AGENCY.search(words_of.lower()) else last


ADDS: dict[str, Callable[[Visit], tuple[Say, ...]]] = {
    "innocent_spouse": spouse,
    "offer_in_compromise": offer,
    "tax_lien": lien,
    "unfiled_returns": returns,
    "authorize_representative": representative,
    "dispute_debt": dispute,
    "business_payroll_tax": next_deadline,
    "scam_check": real,
}
"""Topics whose general answer the case can make the caller's own."""


def _why_not(reasons: list[Reason]) -> tuple[Say, ...]:
    why = [one for one in reasons if one["ok"] is False][:1]
    return tuple(Say("utter_reason", {"reason": text(one["text"], one["text_es"])}) for one in why)
