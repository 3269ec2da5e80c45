"""Small cases for tests: one taxpayer, one period, whatever the test changes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from acs.case import Agreement, Assessment, Case, Hold, Lien, Module, Name, Notice, Payment
from acs.view import case_view

D = date.fromisoformat


def tax(amount: str, on: str = "2024-06-03", kind: str = "tax") -> Assessment:
    return Assessment(kind=kind, date=D(on), amount=Decimal(amount))  # type: ignore[arg-type]


def pay(amount: str, on: str, kind: str = "payment") -> Payment:
    return Payment(kind=kind, date=D(on), amount=Decimal(amount))  # type: ignore[arg-type]


def letter(code: str, on: str, deadline: str | None = None) -> Notice:
    return Notice(code=code, date=D(on), deadline=D(deadline) if deadline else None)


def module(**changes: Any) -> Module:
    base: dict[str, Any] = {
        "form": "1040", "period": "2023", "due": D("2024-04-15"), "filed": D("2024-04-12"),
        "assessments": (tax("10000.00"),), "notices": (letter("CP14", "2024-06-03"),),
    }  # fmt: skip
    return Module(**(base | changes))


def case(*modules: Module, **changes: Any) -> Case:
    base: dict[str, Any] = {
        "id": "T-1", "kind": "individual", "name": Name(first="Ann", last="Lee"), "tin": "900-70-0001",
        "modules": modules or (module(),),
    }  # fmt: skip
    return Case(**(base | changes))


def plan(kind: str = "simple", status: str = "active", **days: Any) -> Agreement:
    values = {k: D(v) if k in ("requested", "accepted", "ended") else v for k, v in days.items()}
    return Agreement(kind=kind, status=status, **values)  # type: ignore[arg-type]


def hold(kind: str, since: str, to: str | None = None) -> Hold:
    return Hold(kind=kind, since=D(since), to=D(to) if to else None)  # type: ignore[arg-type]


def lien(filed: str) -> Lien:
    return Lien(filed=D(filed))


def view(of: Case, on: str) -> Any:
    return case_view(of, D(on))


def option(seen: Any, name: str) -> Any:
    return next(o for o in seen["options"] if o["option"] == name)


def failed(seen: Any, name: str) -> set[str]:
    return {r["code"] for r in option(seen, name)["reasons"] if r["ok"] is False}


def deadline(seen: Any, kind: str) -> Any:
    return next(d for d in seen["deadlines"] if d["kind"] == kind)
