"""What goes into a field of a data sheet: what the person said first, else what the case and its view know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from acs.case import Case
from acs.view_types import CaseView, DeadlineView, ModuleView
from channels import eye
from letters.words import Words

EMPLOYMENT = ("940", "941", "943", "944", "945", "CT-1")
SECTIONS = {"failure_to_file": "6651(a)(1)", "failure_to_pay": "6651(a)(2)", "accuracy": "6662"}
MONEY = {
    *("tax_due", "penalty_amount", "monthly", "payment_now", "fee", "loan_amount", "loan_paid_over"),
    *("sale_price", "sale_paid_over", "property_value"),
}
CODES = {
    "alternatives": "alternatives", "actions": "actions", "harms": "advocate", "grounds": "relief",
    "hearing_for": "hearing_for", "penalty_kinds": "penalties", "lien_status": "lien_status",
    "withdrawal_basis": "withdrawal_basis", "subordination_basis": "subordination_basis",
    "discharge_basis": "discharge_basis", "theft": "theft", "authority": "authority",
}  # fmt: skip
"""Fields whose facts are short codes: the part of sheets.yml that words them."""


@dataclass(frozen=True)
class Told:
    """All a sheet is filled from."""

    form: str
    case: Case
    view: CaseView
    facts: Mapping[str, Any]
    words: Words

    @property
    def modules(self) -> list[ModuleView]:
        """The periods asked about; without any named, those with a balance (the hearing's own on a 12153)."""
        named = self.facts.get("periods") or self._hearing_periods()
        if named:
            return [m for m in self.view["modules"] if m["period"] in named]
        return [m for m in self.view["modules"] if m["payoff"] != "0.00"]

    @property
    def deadline(self) -> DeadlineView | None:
        """The day the form must be on its way, or None when no day is fixed."""
        if self.form == "12153":
            first, late = self.hearing_days
            return next(iter([*first, *late]), None)
        if self.form == "9423":
            return next(iter(self._open("agreement_termination")), None)
        return None

    @property
    def hearing_days(self) -> tuple[list[DeadlineView], list[DeadlineView]]:
        """Open last days for a hearing in time, and for an equivalent one where that time is over."""
        kinds = {"levy": ("cdp_hearing",), "lien": ("lien_cdp_hearing",)}.get(
            self._against() or "", ("cdp_hearing", "lien_cdp_hearing")
        )
        late = self._open("equivalent_hearing")
        law = {"levy": "6330", "lien": "6320"}.get(self._against() or "", "")
        return self._open(*kinds), [d for d in late if law in d["source"]]

    @property
    def equivalent(self) -> bool:
        first, late = self.hearing_days
        return not first and bool(late)

    def _against(self) -> str | None:
        said = self.facts.get("hearing_for")
        return said if isinstance(said, str) else None

    def _open(self, *kinds: str) -> list[DeadlineView]:
        periods = self.facts.get("periods")
        return [
            d for d in self.view["deadlines"]
            if d["kind"] in kinds and not d["passed"] and (not periods or d["period"] in periods)
        ]  # fmt: skip

    def _hearing_periods(self) -> list[str]:
        if self.form != "12153":
            return []
        first, late = self.hearing_days
        return [d["period"] for d in first or late if d["period"]]

    def option(self, name: str) -> dict[str, Any]:
        """The terms of an option of the view."""
        return next((o["terms"] for o in self.view["options"] if o["option"] == name), {})


def value(name: str, told: Told) -> str | None:
    """The field as printed; None while nobody knows it."""
    if told.facts.get(name) not in (None, "", [], ()):
        return _said(name, told.facts[name], told.words)
    return KNOWN[name](told) if name in KNOWN else None


def _said(name: str, said: Any, words: Words) -> str:
    if isinstance(said, bool):
        return words.say("frame.yes" if said else "frame.no")
    if name in MONEY:
        return money(said)
    if name in CODES:
        codes = [said] if isinstance(said, str) else list(said)
        return "; ".join(words.say(f"{CODES[name]}.{code}") for code in codes)
    if isinstance(said, list | tuple):
        return ", ".join(map(str, said))
    return str(said)


def money(said: Any) -> str:
    """Dollars and cents; what people said without cents gets them. Text that is no amount stays as said."""
    try:
        return eye.money(Decimal(str(said)).quantize(Decimal("0.01")))
    except (InvalidOperation, ValueError):
        return str(said)


def _number(told: Told) -> str:
    digits = "".join(c for c in told.case.tin if c.isdigit())
    return told.words.say("frame.ending", last=digits[-4:])


def _address(told: Told) -> str | None:
    a = told.case.address
    if a is None:
        return None
    return (
        ", ".join(part for part in (a.street, a.city, " ".join(p for p in (a.state, a.zip) if p)) if part)
        or None
    )


def _phone(told: Told) -> str | None:
    return eye.phone(told.case.phone) if told.case.phone else None


def _forms(told: Told) -> str | None:
    return ", ".join(dict.fromkeys(m["form"] for m in told.modules)) or None


def _periods(told: Told) -> str | None:
    return ", ".join(dict.fromkeys(m["period"] for m in told.modules)) or None


def _tax_kind(told: Told) -> str | None:
    kinds = dict.fromkeys(
        "employment" if m["form"] in EMPLOYMENT else "income" if m["form"].startswith(("1040", "1120", "1041")) else "other"
        for m in told.modules
    )  # fmt: skip
    return ", ".join(told.words.say(f"tax_kinds.{kind}") for kind in kinds) or None


def _notice(told: Told) -> str | None:
    found = told.deadline if told.form == "12153" else None
    if found is None or not found["notice"] or not found["notice_date"]:
        return None
    return f"{found['notice']}, {told.words.written(found['notice_date'])}"


def _hearing_for(told: Told) -> str | None:
    first, late = told.hearing_days
    kinds = {"lien" if "6320" in d["source"] else "levy" for d in first or late}
    return "; ".join(told.words.say(f"hearing_for.{kind}") for kind in sorted(kinds)) or None


def _equivalent(told: Told) -> str:
    return told.words.say("frame.yes" if told.equivalent else "frame.no")


def _tax_due(told: Told) -> str | None:
    amounts = [m["payoff"] for m in told.modules]
    if not amounts or None in amounts:
        return None
    return eye.money(sum((Decimal(a) for a in amounts if a), Decimal("0.00")))


def _actions(told: Told) -> str | None:
    actions = told.option("collection_appeal").get("actions") or []
    return "; ".join(told.words.say(f"actions.{one}") for one in actions) or None


def _joint_periods(told: Told) -> str | None:
    return ", ".join(told.option("innocent_spouse").get("periods") or []) or None


def penalties(told: Told) -> list[dict[str, Any]]:
    """The penalties the request is about: of the first-time abatement when it is open, else all that stand."""
    first = told.option("first_time_abatement").get("penalties") or []
    found = first or told.option("reasonable_cause").get("penalties") or []
    periods = told.facts.get("periods")
    return [p for p in found if not periods or p["period"] in periods]


def _penalty_amount(told: Told) -> str | None:
    amounts = [Decimal(p["amount"]) for p in penalties(told)]
    return eye.money(sum(amounts, Decimal("0.00"))) if amounts else None


def _of_penalties(told: Told, one: Callable[[dict[str, Any]], str]) -> str | None:
    return "; ".join(dict.fromkeys(one(p) for p in penalties(told))) or None


def _fee(told: Told) -> str | None:
    fee = told.option("simple_plan").get("fee") or {}
    kind = "phone_direct_debit" if told.facts.get("direct_debit") else "phone_other"
    return eye.money(fee[kind]) if fee.get(kind) else None


def _months(told: Told) -> str | None:
    months = told.option("simple_plan").get("months_max")
    return str(months) if months else None


def _representative(told: Told) -> str | None:
    acting = next((r for r in told.case.representatives if r.form == "2848"), None)
    return acting.name if acting else None


def _liens_filed(told: Told) -> str | None:
    days = [lien.filed for lien in told.case.liens if told.form == "12277" or lien.released is None]
    return "; ".join(told.words.written(day.isoformat()) for day in days) or None


def _lien_status(told: Told) -> str | None:
    if not told.case.liens:
        return None
    is_open = any(lien.released is None for lien in told.case.liens)
    return told.words.say("lien_status.open" if is_open else "lien_status.released")


def _withdrawal_basis(told: Told) -> str | None:
    """Only what the file itself shows: a plan in effect, by direct debit or not."""
    running = next((a for a in told.case.agreements if a.status == "active" and a.ended is None), None)
    if running is None or running.kind == "short_term":
        return None
    return told.words.say(f"withdrawal_basis.{'direct_debit' if running.direct_debit else 'plan'}")


def _date_of_death(told: Told) -> str | None:
    return told.words.written(told.case.deceased.isoformat()) if told.case.deceased else None


def _acting(part: str) -> Callable[[Told], str | None]:
    """Name, CAF number or telephone of the representative on file who may act."""

    def found(told: Told) -> str | None:
        acting = next((r for r in told.case.representatives if r.form == "2848"), None)
        said = getattr(acting, part, None)
        return eye.phone(said) if said and part == "phone" else said

    return found


KNOWN: dict[str, Callable[[Told], str | None]] = {
    "taxpayer_name": lambda told: told.case.name.full or None,
    "taxpayer_number": _number,
    "address": _address,
    "phone": _phone,
    "representative_name": _representative,
    "forms": _forms,
    "periods": _periods,
    "tax_kind": _tax_kind,
    "notice": _notice,
    "hearing_for": _hearing_for,
    "equivalent": _equivalent,
    "tax_due": _tax_due,
    "actions": _actions,
    "joint_periods": _joint_periods,
    "penalty_period": lambda told: _of_penalties(told, lambda p: str(p["period"])),
    "penalty_amount": _penalty_amount,
    "penalty_kinds": lambda told: _of_penalties(told, lambda p: told.words.say(f"penalties.{p['kind']}")),
    "penalty_section": lambda told: _of_penalties(told, lambda p: SECTIONS[p["kind"]]),
    "lien_filed": _liens_filed,
    "lien_status": _lien_status,
    "withdrawal_basis": _withdrawal_basis,
    "date_of_death": _date_of_death,
    "representative": _acting("name"),
    "representative_caf": _acting("caf"),
    "representative_phone": _acting("phone"),
    "fee": _fee,
    "months": _months,
}
OPTIONAL = {
    "household",
    "spouse_name",
    "representative_name",
    "payment_now",
    "payment_dates",
    "not_safe",
    "spouse_employer",
    *("applicant", "lien_serial", "loan_paid_over", "sale_paid_over", "buyer"),
    *("representative_caf", "representative_ptin", "more_acts", "acts_not_allowed", "keep_earlier"),
    *("last_address", "date_of_death", "appointed", "court"),
}
"""Fields that may well stay empty."""
