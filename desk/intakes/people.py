"""Requests about people: a spouse, a thief, a representative, someone who has died, a bankruptcy, a business."""

from __future__ import annotations

from typing import Any

from desk.answer import Say, form, listing, year
from desk.intakes.living import paid_years
from desk.intakes.model import Intake, Question, Values
from desk.standing import held
from desk.visit import Visit


def _joint(here: Visit) -> tuple[str, ...]:
    option = here.option("innocent_spouse")
    return tuple(option["terms"].get("periods") or ()) if option and option["eligible"] else ()


SPOUSE = Intake(
    topic="innocent_spouse",
    wish="innocent spouse",
    questions=(
        Question(
            "year", "year", offered=_joint, hears=r"\b(?:year|ano)\b", ahead=True,
            facts=lambda here: {"years": listing([year(one) for one in _joint(here)])},
        ),
        Question(
            "status", "choice", ahead=True, hears=r"\b(?:married|divorced|separated|casad\w+|divorciad\w+|separad\w+)\b",
            options=("spouse_married", "spouse_separated", "spouse_divorced", "spouse_widowed"),
        ),
        Question("knew", "yes_no", hears=r"\b(?:knew|know|sabia)\b"),
        Question("why", "text"),
    ),
    fits=lambda here: bool(_joint(here)),
    status="to_sign",
    terms=lambda here, values: {"form": "8857", "period": values.get("year")},
    after=lambda here, values: (Say("utter_spouse_next", {"form": form("8857")}),),
    at_once=True,
    sources=("26 USC 6015",),
)  # fmt: skip


def _dispute_next(here: Visit, values: Values) -> tuple[Say, ...]:
    if values.get("wrong") == "wrong_theft":
        return (Say("utter_theft_next", {"form": form("14039")}),)
    return (Say("utter_dispute_next"),)


def _dispute_terms(here: Visit, values: Values) -> dict[str, Any]:
    theft = values.get("wrong") == "wrong_theft"
    return {"period": values.get("year"), "form": "14039" if theft else None, "theft": theft}


DISPUTE = Intake(
    topic="dispute",
    wish="dispute debt",
    questions=(
        Question(
            "wrong", "choice", options=("wrong_theft", "wrong_amount", "wrong_income", "wrong_filed"), ahead=True,
            hears=r"\b(?:wrong|mal|error)\b",
        ),
        Question(
            "year", "year", offered=paid_years, hears=r"\b(?:year|ano)\b", ahead=True,
            facts=lambda here: {"years": listing([year(one) for one in paid_years(here)])},
        ),
        Question("what", "text"),
    ),
    fits=lambda here: bool(paid_years(here)) and not held(here, "identity_theft"),
    terms=_dispute_terms,
    after=_dispute_next,
    sources=("26 USC 7803(a)(3)",),
)  # fmt: skip

REP_FORMS = {"rep_act": "2848", "rep_hear": "8821"}


def _named(here: Visit, values: Values) -> bool:
    return values.get("who") in REP_FORMS


def _representative_next(here: Visit, values: Values) -> tuple[Say, ...]:
    needed = REP_FORMS.get(str(values.get("who")))
    return (Say("utter_representative_next", {"form": form(needed)}),) if needed else ()


REPRESENTATIVE = Intake(
    topic="representative",
    wish="authorize representative",
    questions=(
        Question(
            "who", "choice", options=("rep_first", "rep_act", "rep_hear"), hears=r"\b(?:act|hear|2848|8821)\b"
        ),
        Question("name", "text", when=_named, hears=r"\b(?:name|nombre)\b"),
        Question("years", "text", when=_named, hears=r"\b(?:years?|anos?)\b"),
    ),
    status="to_sign",
    terms=lambda here, values: {"form": REP_FORMS.get(str(values.get("who")))},
    after=_representative_next,
    at_once=True,
    sources=("26 USC 7521(c)",),
)

DECEASED = Intake(
    topic="deceased",
    wish="deceased taxpayer",
    questions=(
        Question("on", "when", hears=r"\b(?:date|day|died|passed|fecha|murio|fallecio)\b", ahead=True),
        Question(
            "who",
            "choice",
            options=("dead_executor", "dead_spouse", "dead_family"),
            outranks="dead_executor",
            ahead=True,
        ),
    ),
    terms=lambda here, values: {"form": "56"},
    status="handed",
    to_person=True,
    anyone=True,
    sources=("26 USC 6103(e)(3)",),
)

BANKRUPTCY = Intake(
    topic="bankruptcy",
    wish="bankruptcy",
    questions=(
        Question(
            "chapter", "choice", ahead=False, hears=r"\b(?:chapter|capitulo)\b",
            options=("chapter_7", "chapter_13", "chapter_11", "chapter_12", "chapter_unknown"),
        ),
        Question("filed", "when", hears=r"\b(?:filed|date|fecha|presente)\b", ahead=True),
        Question("court", "text", hears=r"\b(?:court|corte|tribunal)\b"),
    ),
    status="handed",
    queue="insolvency",
    to_person=True,
    anyone=True,
    sources=("11 USC 362",),
)  # fmt: skip

PAYROLL = Intake(
    topic="payroll",
    wish="business payroll tax",
    questions=(
        Question("operating", "yes_no", hears=r"\b(?:open|operating|abierto|funcionando)\b"),
        Question("deposits", "yes_no", hears=r"\b(?:deposits?|depositos?)\b"),
        Question("returns", "yes_no", hears=r"\b(?:returns?|941|declaraci\w+)\b"),
        Question("wanted", "text"),
    ),
    fits=lambda here: bool(here.case and here.case.kind == "business"),
    status="handed",
    queue="business",
    to_person=True,
    sources=("26 USC 6672",),
)

MESSAGE = Intake(
    topic="message",
    wish="a message for the agent spoken to last",
    questions=(Question("said", "text"),),
    after=lambda here, values: (Say("utter_message_next"),),
)
