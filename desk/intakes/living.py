"""What money is left to live on (Form 433-F), and penalties that may come off."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from desk.answer import Say, day, listing, money, year
from desk.intakes.model import Intake, Question, Values
from desk.standing import held
from desk.visit import Visit

COSTS = ("rent", "food", "utilities", "transport", "medical")


def left_over(values: Mapping[str, Any]) -> Decimal | None:
    """Monthly income less the costs named, US dollars; None while either side is missing."""
    if values.get("income") is None or all(values.get(one) is None for one in COSTS):
        return None
    return Decimal(values["income"]) - sum((Decimal(values.get(one) or 0) for one in COSTS), Decimal(0))


def _hardship_terms(here: Visit, values: Values) -> dict[str, Any]:
    option = here.option("hardship")
    left = left_over(values)
    terms: dict[str, Any] = {"form": option["terms"].get("form") if option else "433-F"}
    return terms if left is None else {**terms, "left_over": f"{left:.2f}"}


def _hardship_next(here: Visit, values: Values) -> tuple[Say, ...]:
    return (Say("utter_hardship_next"),)


def _can_ask_hardship(here: Visit) -> bool:
    option = here.option("hardship")
    return bool(option and option["eligible"]) and not held(here, "hardship")


HARDSHIP = Intake(
    topic="hardship",
    wish="hardship (currently not collectible)",
    questions=(
        Question("household", "count", hears=r"\b(?:household|people|persons|persona[s]?|hogar)\b"),
        Question("income", "money", hears=r"\b(?:income|earn|make|bring home|ingresos?|gano|ganamos)\b"),
        Question("rent", "money", hears=r"\b(?:rent|mortgage|housing|renta|alquiler|hipoteca|vivienda)\b"),
        Question("food", "money", hears=r"\b(?:food|groceries|comida|mandado|despensa)\b"),
        Question(
            "utilities",
            "money",
            hears=r"\b(?:utilit\w+|electric\w*|water|gas bill|phone bill|luz|agua|servicios)\b",
        ),
        Question(
            "transport", "money", hears=r"\b(?:transport\w*|gasoline|bus|car payment|gasolina|pasajes?)\b"
        ),
        Question("medical", "money", hears=r"\b(?:medical|medicine|doctor|health|medic\w+|salud)\b"),
        Question("bank", "money", hears=r"\b(?:bank|account|savings|banco|cuentas?|ahorros?)\b"),
        Question("vehicles", "count", hears=r"\b(?:vehicles?|cars?|trucks?|vehiculos?|carros?|trocas?)\b"),
    ),
    fits=_can_ask_hardship,
    terms=_hardship_terms,
    after=_hardship_next,
    at_once=True,
    sources=("26 USC 6343(a)(1)(D)", "26 USC 6343(e)"),
)


def _removable(here: Visit) -> list[dict[str, Any]]:
    option = here.option("first_time_abatement")
    return list(option["terms"].get("penalties") or ()) if option and option["eligible"] else []


def _first_time_terms(here: Visit, values: Values) -> dict[str, Any]:
    found = _removable(here)
    return {"period": found[0]["period"], "penalties": found} if found else {}


FIRST_TIME = Intake(
    topic="first_time",
    wish="penalty relief",
    fits=lambda here: here.authority is None and bool(_removable(here)),
    terms=_first_time_terms,
    after=lambda here, values: (Say("utter_first_time_next"),),
    sources=("IRM 20.1.1.3.3.2.1",),
)


def _cause_years(here: Visit) -> tuple[str, ...]:
    option = here.option("reasonable_cause")
    found = (option["terms"].get("penalties") or ()) if option else ()
    return tuple(dict.fromkeys(one["period"] for one in found))


def _cause_terms(here: Visit, values: Values) -> dict[str, Any]:
    option = here.option("reasonable_cause")
    found = (
        [one for one in (option["terms"].get("penalties") or ()) if one["period"] == values.get("year")]
        if option
        else []
    )
    return {"form": "843", "period": values.get("year"), "penalties": found}


CAUSE = Intake(
    topic="reasonable_cause",
    wish="penalty relief",
    questions=(
        Question(
            "year", "year", offered=_cause_years, hears=r"\b(?:year|ano)\b", ahead=True,
            facts=lambda here: {"years": listing([year(one) for one in _cause_years(here)])},
        ),
        Question("what", "text", hears=r"\b(?:what happened|que paso)\b"),
        Question("since", "when", hears=r"\b(?:since|began|started|desde|empezo)\b"),
        Question("normal", "when", hears=r"\b(?:normal|over|ended|better|termino|mejor)\b"),
    ),
    fits=lambda here: bool(_cause_years(here)),
    terms=_cause_terms,
    after=lambda here, values: (Say("utter_cause_next"),),
    sources=("26 USC 6651(a)",),
)  # fmt: skip


def _missing(here: Visit) -> tuple[str, ...]:
    returns = here.case.returns if here.case else ()
    return tuple(
        dict.fromkeys(
            one.period for one in returns if one.filed is None and (one.due is None or one.due < here.today)
        )
    )


def _promise(here: Visit, values: Values) -> tuple[Say, ...]:
    by = str(values.get("by") or "")
    if len(by) == 10 and by[4] == "-":
        return (Say("utter_unfiled_promised", {"by": day(by)}), Say("utter_unfiled_next"))
    return (Say("utter_unfiled_next"),)


UNFILED = Intake(
    topic="unfiled",
    wish="unfiled returns",
    questions=(
        Question("by", "when", hears=r"\b(?:file|by|day|date|presentar|fecha|dia)\b", past=False),
        Question("help", "yes_no", hears=r"\b(?:preparer|help|ayuda|preparador)\b"),
    ),
    fits=lambda here: bool(_missing(here)),
    status="promised",
    terms=lambda here, values: {"periods": list(_missing(here)), "due": values.get("by")},
    after=_promise,
    sources=("26 USC 6011",),
)


def paid_years(here: Visit) -> tuple[str, ...]:
    """Years with a balance, for which a payment may have been meant."""
    modules = here.view["modules"] if here.view else []
    return tuple(
        dict.fromkeys(one["period"] for one in modules if one["payoff"] is None or Decimal(one["payoff"]) > 0)
    )


PAID = Intake(
    topic="already_paid",
    wish="already paid",
    questions=(
        Question(
            "year", "year", offered=paid_years, hears=r"\b(?:year|ano)\b", ahead=True,
            facts=lambda here: {"years": listing([year(one) for one in paid_years(here)])},
        ),
        Question("amount", "money", hears=r"\b(?:amount|paid|cantidad|pague)\b", ahead=True),
        Question("on", "when", hears=r"\b(?:date|day|when|fecha|dia)\b", ahead=True),
        Question(
            "way", "choice", options=("paid_bank", "paid_card", "paid_check", "paid_cash"),
            hears=r"\b(?:way|how|with|como|con)\b", ahead=True,
        ),
    ),
    fits=lambda here: bool(paid_years(here)),
    terms=lambda here, values: {"period": values.get("year")},
    after=lambda here, values: (Say("utter_paid_next", {"amount": money(values["amount"])}),)
    if values.get("amount") is not None
    else (Say("utter_paid_next_plain"),),
    sources=("26 USC 7803(a)(3)",),
)  # fmt: skip
