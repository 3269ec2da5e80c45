"""One invented person with every letter, for the tests of the pages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from acs.case import Address, Agreement, Assessment, Case, Lien, Module, Name, Notice, Payment, Return

D = date.fromisoformat
CODES = (
    "CP14", "CP22A", "CP11", "CP12", "CP501", "CP503", "CP504", "CP504B", "LT11", "Letter 1058", "CP90", "CP297",
    "LT75", "CP91", "CP298", "CP92", "CP242", "Letter 3172", "LT16", "LT38", "LT39", "CP71", "CP71A", "CP71C",
    "CP71D", "CP521", "CP621", "CP523", "CP508C", "CP508R", "CP40", "725-B", "CP2000", "CP49", "Letter 6152",
)  # fmt: skip
BUSINESS = ("CP504B", "CP297", "CP242", "CP298", "CP621")
DAY = D("2026-10-20")


def module(period: str, tax: str, *notices: Notice, form: str = "1040", **changes: object) -> Module:
    year = int(period[:4])
    values: dict[str, object] = {
        "form": form, "period": period, "due": date(year + 1, 4, 15), "filed": date(year + 1, 4, 12),
        "assessments": (Assessment(kind="tax", date=date(year + 1, 6, 3), amount=Decimal(tax)),),
        "payments": (Payment(kind="withholding", date=date(year + 1, 4, 15), amount=Decimal("1000.00")),),
        "notices": (*(Notice(code="CP14", date=date(year + 1, 6, 3)) for n in notices if n.code != "CP14"), *notices),
    }  # fmt: skip
    return Module(**(values | changes))  # type: ignore[arg-type]


def person(code: str, day: date = DAY, deadline: date | None = None, **changes: object) -> Case:
    """Somebody who owes for two years and got that letter for both on `day`."""
    sent = Notice(code=code, date=day, deadline=deadline)
    business = code in BUSINESS
    plan = Agreement(
        kind="simple", status="active", requested=D("2026-01-05"), accepted=D("2026-01-20"), monthly=Decimal("300.00"),
        day=15, direct_debit=True,
    )  # fmt: skip
    values: dict[str, object] = {
        "id": "T-1", "kind": "business" if business else "individual", "tin": "900-70-4321",
        "name": Name(business="Peña & Daughters LLC") if business else Name(first="Íñigo", last="Peña-Muñoz"),
        "address": Address(street="12 Elm St", city="Austin", state="TX", zip="78701"), "phone": "+15125550143",
        "caller_id": "4471902",
        "modules": (
            (module("2023", "9200.00", sent), module("2024", "5400.00", sent))
            if not business
            else (module("202306", "9200.00", sent, form="941"),)
        ),
        "returns": tuple(
            Return(form="1040", period=str(y), due=date(y + 1, 4, 15), filed=date(y + 1, 4, 12)) for y in range(2018, 2025)
        ),
        "agreements": (plan,) if code in ("CP521", "CP621", "CP523") else (),
        "liens": (Lien(filed=D("2026-10-13")),) if "3172" in code else (),
    }  # fmt: skip
    return Case(**(values | changes))  # type: ignore[arg-type]
