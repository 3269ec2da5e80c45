"""Levy, lien, who works the case, and the Taxpayer Advocate."""

from __future__ import annotations

from typing import Any

from desk.answer import Say, form, text
from desk.intakes.model import Intake, Question, Values
from desk.visit import Visit


def standing(here: Visit) -> tuple[str, ...]:
    """The levies that stand, as options."""
    levies = here.case.levies if here.case else ()
    return tuple(dict.fromkeys(f"levy_{one.kind}" for one in levies if one.released is None))


def _release_terms(here: Visit, values: Values) -> dict[str, Any]:
    option = here.option("levy_release")
    required = bool(option and option["terms"].get("release_required"))
    waits = [one for one in here.deadlines(kind="bank_levy_release") if not one["passed"]]
    terms: dict[str, Any] = {"required": required}
    if waits and values.get("which") in (None, "levy_bank"):
        terms["due"] = waits[0]["last_day"]
    return terms


RELEASE = Intake(
    topic="levy_release",
    wish="release of a levy",
    questions=(
        Question("which", "choice", offered=standing, hears=r"\b(?:which|cual)\b", ahead=True),
        Question(
            "ground",
            "choice",
            options=("free_hardship", "free_plan", "free_paid", "free_not_mine"),
            hears=r"\b(?:reason|because|razon|porque)\b",
        ),
        Question("effect", "text", when=lambda here, values: values.get("ground") == "free_hardship"),
        Question(
            "payday", "when", when=lambda here, values: values.get("which") == "levy_wages", past=False,
            hears=r"\b(?:payday|paid|pago)\b",
        ),
    ),
    fits=lambda here: bool(standing(here)),
    terms=_release_terms,
    after=lambda here, values: (Say("utter_release_next"),),
    to_person=True,
    at_once=True,
    sources=("26 USC 6343",),
)  # fmt: skip

LIEN_FORMS = {"lien_withdraw": "12277", "lien_discharge": "14135", "lien_subordinate": "14134"}


def _lien_next(here: Visit, values: Values) -> tuple[Say, ...]:
    needed = LIEN_FORMS.get(str(values.get("want")))
    if needed is None:
        return (Say("utter_lien_paid_next"),)
    said = [Say("utter_lien_next", {"form": form(needed)})]
    if needed != "12277":
        said.append(Say("utter_lien_closing"))
    return tuple(said)


LIEN = Intake(
    topic="lien",
    wish="lien withdrawal, discharge or subordination",
    questions=(
        Question(
            "want", "choice", options=("lien_withdraw", "lien_discharge", "lien_subordinate", "lien_paid"), ahead=True,
            hears=r"\b(?:want|need|quiero|necesito)\b",
        ),
        Question("why", "text", when=lambda here, values: values.get("want") != "lien_paid"),
        Question(
            "closing", "when", past=False, hears=r"\b(?:closing|cierre)\b",
            when=lambda here, values: values.get("want") in ("lien_discharge", "lien_subordinate"),
        ),
    ),
    fits=lambda here: any(one.released is None for one in (here.case.liens if here.case else ())),
    status="to_sign",
    terms=lambda here, values: {"form": LIEN_FORMS.get(str(values.get("want")))},
    after=_lien_next,
    sources=("26 USC 6323(j)", "26 USC 6325"),
)  # fmt: skip


def _eligible(name: str) -> Any:
    def fits(here: Visit) -> bool:
        option = here.option(name)
        return bool(option and option["eligible"])

    return fits


TRANSFER = Intake(
    topic="transfer",
    wish="transfer of the case (revenue officer)",
    questions=(Question("why", "text"),),
    fits=_eligible("revenue_officer_transfer"),
    after=lambda here, values: (Say("utter_transfer_next"),),
    sources=("IRM 5.1.20",),
)


def _agency(here: Visit) -> str:
    to = here.case.assignment if here.case else None
    return (to.name if to and to.to == "private_agency" else None) or "the agency"


RECALL = Intake(
    topic="recall",
    wish="return of the case from the private agency",
    fits=_eligible("return_from_private_agency"),
    status="to_sign",
    terms=lambda here, values: {"agency": _agency(here), "form": None},
    after=lambda here, values: (Say("utter_recall_next", {"agency": text(_agency(here), _agency(here))}),),
    sources=("26 USC 6306",),
)

ADVOCATE = Intake(
    topic="advocate",
    wish="taxpayer advocate",
    questions=(
        Question(
            "harm", "choice", options=("harm_money", "harm_delay", "harm_cost", "harm_other"), ahead=True,
            hears=r"\b(?:harm|problem|dano|problema)\b",
        ),
        Question("what", "text"),
        Question("wanted", "text"),
    ),
    terms=lambda here, values: {"form": "911"},
    after=lambda here, values: (Say("utter_advocate_next", {"form": form("911")}),),
    queue="advocate",
    to_person=True,
    at_once=True,
    sources=("26 USC 7811",),
)  # fmt: skip
