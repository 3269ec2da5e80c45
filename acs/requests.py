"""Everything else a person can ask for: hardship, an offer, a release, a spouse's relief, another office."""

from __future__ import annotations

from decimal import Decimal

from acs import facts as f
from acs import law
from acs.days import months_between, plus_months
from acs.facts import Facts, option
from acs.levies import levy_power
from acs.money import shown
from acs.reasons import reason
from acs.view_types import OptionView


def hardship(facts: Facts) -> OptionView:
    reasons = [
        f.owes(facts),
        reason("no_hardship_on_file", not facts.on_hold("hardship")),
        f.no_bankruptcy(facts),
        reason("not_with_agency", facts.assigned() != "private_agency"),
    ]
    forms = (
        ("433-A" if facts.case.individual else "433-B") if facts.assigned() == "revenue_officer" else "433-F"
    )
    return option("hardship", reasons, telling=[reason("financial_statement_needed", True)], form=forms)


def offer_in_compromise(facts: Facts) -> OptionView:
    today, poor = facts.today, f.low_income(facts.case, facts.today)
    fee = law.rule("offers.fee_low_income" if poor else "offers.fee", on=today)
    billed = all(m.notices or m.assessments for m in facts.owing)
    reasons = [
        f.owes(facts),
        reason("billed", billed),
        f.returns_filed(facts),
        f.no_bankruptcy(facts),
        reason("no_offer_pending", not facts.on_hold("offer")),
        f.in_time(facts),
    ]
    rate = Decimal(0) if poor else law.amount("offers.down_payment_rate", on=today)
    return option(
        "offer_in_compromise", reasons, fee=f"{Decimal(fee.value):.2f}", down_payment_rate=f"{rate:.2f}",
        lump_sum_payments=law.number("offers.lump_sum_payments", on=today), form="656", low_income=poor,
        statement="433-A (OIC)" if facts.case.individual else "433-B (OIC)", fee_source=fee.cite,
    )  # fmt: skip


def levy_release(facts: Facts) -> OptionView:
    there = [v for v in facts.case.levies if v.released is None]
    plan = facts.agreement is not None and facts.agreement.kind != "short_term"
    grounds = {
        ("the debt is paid", "la deuda está pagada"): not facts.owing,
        ("the time to collect is over", "el plazo para cobrar venció"): bool(facts.owing)
        and facts.expiry is None,
        ("a payment plan is in effect", "hay un plan de pago vigente"): plan,
        ("hardship was found", "se reconoció una dificultad económica"): facts.on_hold("hardship"),
    }
    met = [words for words, yes in grounds.items() if yes]
    required = reason(
        "release_required",
        bool(met),
        grounds=", ".join(w[0] for w in met),
        grounds_es=", ".join(w[1] for w in met),
    )
    levies = [{"kind": v.kind, "source": v.source, "served": v.served.isoformat()} for v in there]
    return option(
        "levy_release",
        [reason("levy_in_place", bool(there))],
        telling=[required] if there else [],
        levies=levies,
        release_required=bool(there and met),
    )


def lien_withdrawal(facts: Facts) -> OptionView:
    """The way by direct debit plan; Form 12277 names others that need the IRS's own judgement."""
    today, case = facts.today, facts.case
    limit = law.amount("liens.withdrawal.limit", on=today)
    months, debits = (
        law.number("liens.withdrawal.months", on=today),
        law.number("liens.withdrawal.debits", on=today),
    )
    plan = facts.agreement if facts.agreement and facts.agreement.direct_debit else None
    made = months_between(plan.accepted, today) if plan and plan.accepted else 0
    span = min(months, facts.months_left or months)
    pays = bool(plan and plan.monthly and facts.payoff is not None and plan.monthly * span >= facts.payoff)
    broken = any(a.direct_debit and a.status in ("defaulted", "terminated") for a in case.agreements)
    reasons = [
        reason("lien_filed", bool(case.liens)),
        reason("direct_debit_plan", plan is not None),
        reason("within_withdrawal_limit", facts.assessed <= limit, limit=f.dollars(limit)),
        reason("pays_in_months", pays, months=months),
        reason("debits_made", made >= debits, debits=debits),
        f.returns_filed(facts),
        reason("no_direct_debit_default", not broken),
    ]
    earliest = plus_months(plan.accepted, debits).isoformat() if plan and plan.accepted else None
    return option("lien_withdrawal", reasons, form="12277", assessed_limit=shown(limit), earliest=earliest)


def revenue_officer_transfer(facts: Facts) -> OptionView:
    reasons = [
        f.owes(facts),
        reason("not_with_officer", facts.assigned() != "revenue_officer"),
        reason("not_with_agency", facts.assigned() != "private_agency"),
    ]
    return option("revenue_officer_transfer", reasons, decided_by="irs")


def return_from_private_agency(facts: Facts) -> OptionView:
    agency = facts.case.assignment if facts.assigned() == "private_agency" else None
    point = reason("with_agency", agency is not None)
    return option(
        "return_from_private_agency", [point], agency=agency.name if agency else None, in_writing=True
    )


def innocent_spouse(facts: Facts) -> OptionView:
    joint = [m.period for m in facts.case.modules if m.joint]
    reasons = [
        reason("individual", facts.case.individual),
        reason("joint_period", bool(joint), periods=", ".join(joint)),
        reason("not_asked_yet", not facts.on_hold("innocent_spouse")),
    ]
    return option("innocent_spouse", reasons, form="8857", periods=joint)


def taxpayer_advocate(facts: Facts) -> OptionView:
    near = any(v.released is None for v in facts.case.levies)
    near = near or any(levy_power(m, facts.case, facts.today).allowed for m in facts.owing)
    return option(
        "taxpayer_advocate", [reason("anyone_may_ask", True)], telling=[reason("harm_near", near)], form="911"
    )
