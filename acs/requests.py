"""Everything else a person can ask for: hardship, an offer, a release, a spouse's relief, another office."""

from __future__ import annotations

from decimal import Decimal

from acs import facts as f
from acs import law
from acs.days import months_between, plus_months
from acs.facts import Facts, option
from acs.money import shown
from acs.plan_kinds import statement
from acs.reasons import reason
from acs.view_types import OptionView

OTHER_GROUNDS = (  # each needs the IRS's own judgement
    ("A", "filed_too_early_or_against_the_rules"),
    ("B", "agreement_that_says_so"),
    ("C", "helps_collection"),
    ("D", "best_interest"),
)


def hardship(facts: Facts) -> OptionView:
    reasons = [
        f.owes(facts),
        reason("no_hardship_on_file", not facts.on_hold("hardship")),
        f.no_bankruptcy(facts),
        reason("not_with_agency", facts.assigned() != "private_agency"),
    ]
    form = statement(facts)
    asked = reason("financial_statement_needed", True, form=form)
    return option("hardship", reasons, telling=[asked], form=form)


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
    statement_form = "433-A (OIC)" if facts.case.individual else "433-B (OIC)"
    rate = Decimal(0) if poor else law.amount("offers.down_payment_rate", on=today)
    return option(
        "offer_in_compromise", reasons, fee=f"{Decimal(fee.value):.2f}", down_payment_rate=f"{rate:.2f}",
        lump_sum_payments=law.number("offers.lump_sum_payments", on=today), form="656", low_income=poor,
        statement=statement_form, fee_source=fee.cite,
        send=["656", statement_form, *([] if poor else ["fee", "first_payment"])],
        deemed_accepted_months=law.number("offers.deemed_accepted_months", on=today), doubt_as_to_liability="656-L",
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
        conditions=_conditions(facts, plan),
    )


def _conditions(facts: Facts, plan: bool) -> list[dict[str, object]]:
    """The five cases in which the law asks for a release; `met` is None when the file can't tell."""
    over = not facts.owing or facts.expiry is None
    met = {"paid_or_expired": over, "release_helps_collection": None, "agreement": plan,
           "hardship": facts.on_hold("hardship"), "worth_more_than_owed": None}  # fmt: skip
    return [
        {"condition": name, "met": yes, "source": f"26 USC 6343(a)(1)({letter})"}
        for (name, yes), letter in zip(met.items(), "ABCDE", strict=True)
    ]


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
    return option(
        "lien_withdrawal", reasons, form="12277", assessed_limit=shown(limit), earliest=earliest,
        other_grounds=[{"ground": name, "source": f"26 USC 6323(j)(1)({letter})"} for letter, name in OTHER_GROUNDS],
    )  # fmt: skip


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
    today = facts.today
    return option(
        "innocent_spouse", reasons, form="8857", periods=joint,
        years_from_first_collection=law.number("appeals.spouse_years", on=today),
        petition_days=law.number("appeals.spouse_petition_days", on=today),
        petition_after_months=law.number("appeals.spouse_petition_months", on=today),
    )  # fmt: skip


def taxpayer_advocate(facts: Facts) -> OptionView:
    near = any(v.released is None for v in facts.case.levies)
    near = near or any(p.allowed for p in facts.powers)
    criteria = {
        "threat_of_adverse_action": near,
        "long_delay": None,
        "significant_cost": None,
        "irreparable_harm": None,
    }
    roman = ("i", "ii", "iii", "iv")
    return option(
        "taxpayer_advocate", [reason("anyone_may_ask", True)], telling=[reason("harm_near", near)], form="911",
        phone=law.rule("lines.taxpayer_advocate", on=facts.today).value,
        criteria=[
            {"criterion": name, "met": met, "source": f"26 USC 7811(a)(2)({part})"}
            for (name, met), part in zip(criteria.items(), roman, strict=True)
        ],
    )  # fmt: skip
