"""Data sheets: the form's own fields with the case's figures, what is open, where and by when. Never the form itself."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from acs.case import Address, Agreement, Case, Notice, Representative
from acs.view import case_view
from letters.asked import MAKERS, request_sheet
from letters.page import Bullets, Keys, Pairs, Table
from letters.sheets import FORMS, UnknownFact, fields, html, missing, pdf, sheet, text
from tests.letters.sample import DAY, D, module, person
from tests.letters.test_letters import read

BOTH = ("en", "es")


def made(form, facts=None, language="en", case: Case | None = None, on: date = DAY):
    case = case or person("LT11")
    return sheet(form, case, case_view(case, on), facts or {}, language)


def pairs(page) -> dict[str, str]:
    return {name: value for b in page.blocks if isinstance(b, Pairs) for name, value in b.rows}


def send_by(page) -> str:
    return next(b for b in page.blocks if isinstance(b, Keys)).boxes[0].value


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("form", FORMS)
def test_every_form_has_a_sheet_that_says_it_is_not_the_form(form, language):
    page = made(form, language=language)
    shown = read(pdf(page))
    honest = {"en": "This sheet is not the form.", "es": "Esta hoja no es el formulario."}[language]
    sign = {"en": "Sign and date the form.", "es": "Firme y ponga la fecha en el formulario."}[language]
    for said in (honest, sign, "4321", "Íñigo Peña-Muñoz", "12 Elm St, Austin, TX 78701", page.title):
        assert said in shown, said
        assert said in html(page)
    assert "900-70" not in shown  # never the whole number
    assert "None" not in text(page)


def test_there_is_a_sheet_for_each_form_people_ask_for():
    assert {"12153", "9423", "911", "433-F", "843", "8857", "9465"} <= set(FORMS)


def test_a_hearing_in_time_says_by_when_and_for_what():
    facts = {"alternatives": ["installment_agreement"], "reason": "I can pay $300 a month."}
    page = made("12153", facts)
    assert send_by(page) == "November 19, 2026"  # 26 USC 6330(a)(3)(B): 30 days from October 20
    said = pairs(page)
    assert said["Tax period or periods"] == "2023, 2024"
    assert said["Notice and its date"] == "LT11, October 20, 2026"
    assert said["Against"] == "Proposed levy or actual levy"
    assert said["Equivalent hearing asked for if late"] == "No"
    assert said["Boxes to tick"] == "Installment agreement"
    assert said["Reason in your words"] == "I can pay $300 a month."


def test_a_hearing_after_the_days_is_an_equivalent_one():
    page = made("12153", case=person("LT11"), on=D("2026-11-20"))
    assert send_by(page) == "October 20, 2027"  # 26 CFR 301.6330-1(i): one year
    assert pairs(page)["Equivalent hearing asked for if late"] == "Yes"
    assert "It does not stop a levy by law" in " ".join(text(page).split())
    assert "a levy for these periods must wait" not in " ".join(text(page).split())


def test_after_a_year_there_is_no_day_left_and_it_says_so():
    page = made("12153", case=person("LT11"), on=D("2027-10-21"))
    assert send_by(page) == "The time is over"
    assert send_by(made("12153", case=person("CP504"))) == "No hearing notice yet"


def test_a_lien_hearing_counts_from_the_filing():
    page = made("12153", case=person("Letter 3172"))
    assert pairs(page)["Against"] == "Filed Notice of Federal Tax Lien"
    assert send_by(page) == "November 19, 2026"  # filed October 13, five business days, 30 days (26 USC 6320)


def test_an_appeal_of_a_plan_that_ends_has_its_day():
    case = person("CP523", D("2026-10-26"))
    page = made("9423", case=case, on=D("2026-11-01"))
    assert send_by(page) == "November 25, 2026"  # 26 USC 6159(b)(5): 30 days
    assert send_by(made("9423", case=person("CP504"))) == "3 business days"  # Publication 1660
    said = " ".join(text(page).split())
    assert "within 2 business days" in said
    assert "within 3 business days" in said  # Publication 1660


def test_the_tax_due_is_the_views():
    case = person("LT11")
    view = case_view(case, DAY)
    assert pairs(made("9423", case=case))["Tax due"] == f"${Decimal(view['balance']['payoff']):,.2f}"
    one = pairs(
        made(
            "9465",
            {"periods": ["2024"], "monthly": "300", "payment_day": 15, "direct_debit": True},
            case=case,
        )
    )
    payoff = next(m["payoff"] for m in view["modules"] if m["period"] == "2024")
    assert one["Total you owe"] == f"${Decimal(payoff):,.2f}"
    assert one["Payment each month"] == "$300.00"
    assert one["By direct debit"] == "Yes"
    assert one["Set-up fee by mail"] == "$107.00"  # 26 CFR 300.1: by mail, with direct debit


def test_finances_add_up():
    facts = {
        "income": {"wages": "3100", "child_support": 250}, "expenses": {"rent": "1200.00", "food": "600.50"},
        "accounts": [{"bank": "First Credit Union", "value": "120"}], "household_under_65": 3,
    }  # fmt: skip
    page = made("433-F", facts)
    tables = [b for b in page.blocks if isinstance(b, Table)]
    assert ("Total", "$3,350.00") in [t.total for t in tables]
    assert ("Total", "$1,800.50") in [t.total for t in tables]
    assert pairs(page)["Income less costs"] == "$1,549.50"
    assert ("First Credit Union", "$120.00") in [row for t in tables for row in t.rows]


def test_a_penalty_request_has_amount_and_section():
    said = pairs(made("843", {"grounds": ["first_time"]}))
    view = case_view(person("LT11"), DAY)
    penalty = next(m["failure_to_pay"] for m in view["modules"] if m["period"] == said["Period"])
    assert said["Amount to be refunded or abated"] == f"${Decimal(penalty):,.2f}"
    assert said["Internal Revenue Code section"] == "6651(a)(2)"


def test_what_is_missing_is_said_and_can_be_asked():
    case = person("LT11", phone=None, address=None)
    view = case_view(case, DAY)
    assert set(missing("12153", case, view, {})) == {"address", "phone", "alternatives", "reason"}
    assert (
        missing(
            "12153",
            case,
            view,
            {"address": "1 A St", "phone": "512-555-0100", "alternatives": ["other"], "reason": "x"},
        )
        == ()
    )
    said = " ".join(text(made("12153", case=case)).split())
    assert (
        "Fill in on the form what is still open here: Current address; Telephone and best time to call"
        in said
    )


def test_a_fact_no_field_asks_for_is_an_error_with_the_nearest():
    with pytest.raises(UnknownFact, match=r"no field 'resaon'\. Did you mean 'reason'"):
        made("12153", {"resaon": "x"})
    with pytest.raises(KeyError, match="no data sheet for Form 1040"):
        made("1040")
    assert "reason" in fields("12153")


def test_a_representative_and_a_joint_return_bring_their_own_duties():
    rep = Representative(name="Ana Ruiz, CPA", form="2848")
    case = person(
        "LT11",
        representatives=(rep,),
        modules=(module("2023", "9200.00", Notice(code="LT11", date=DAY), joint=True),),
    )
    items = next(b for b in made("12153", case=case).blocks if isinstance(b, Bullets)).items
    assert any("Ana Ruiz, CPA" in item and "2848" in item for item in items)
    assert any("both of you sign" in item for item in items)


REQUESTS = {
    "hearing": {"year": "2023", "reason": "hear_cannot_pay", "instead": "want_plan", "why": "Lost my job", "form": "12153",
                "period": "2023", "hearing": "cdp_hearing", "notice": "LT11", "notice_date": "2026-10-20", "due": "2026-11-19"},
    "appeal": {"action": "cap_proposed_levy", "why": "I sent the papers", "wanted": "A plan", "form": "9423"},
    "hardship": {"household": 3, "income": "2100.00", "rent": "1200.00", "food": None, "bank": "40.00", "vehicles": 1, "form": "433-F"},
    "first_time": {"period": "2023", "penalties": []},
    "reasonable_cause": {"year": "2023", "what": "I was in hospital.", "since": "2024-03-01", "normal": "last fall", "form": "843"},
    "innocent_spouse": {"year": "2023", "status": "spouse_divorced", "knew": False, "why": "He filed it", "form": "8857"},
    "advocate": {"harm": "harm_money", "what": "Rent is due", "wanted": "Release the levy", "form": "911"},
    "payment_plan": {"amount": "300.00", "day": 15, "debit": True, "option": "simple_plan"},
}  # fmt: skip


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("kind", REQUESTS)
def test_a_request_becomes_its_sheet(kind, language):
    case = person("LT11")
    page = request_sheet(kind, REQUESTS[kind], case, case_view(case, DAY), language)
    assert page is not None
    said = " ".join(text(page).split())
    for value in REQUESTS[kind].values():
        if isinstance(value, str) and " " in value:
            assert value in said, value
    assert set(REQUESTS) == set(MAKERS)


def test_a_hearing_asked_for_on_the_line_is_filled_in_full():
    case = person("LT11")
    page = request_sheet("hearing", REQUESTS["hearing"], case, case_view(case, DAY))
    assert page is not None
    assert send_by(page) == "November 19, 2026"
    assert pairs(page)["Tax period or periods"] == "2023"
    assert pairs(page)["Boxes to tick"] == "Installment agreement"


def test_a_request_without_a_form_has_no_sheet():
    case = person("LT11", address=Address())
    assert request_sheet("transfer", {}, case, case_view(case, DAY)) is None


def test_liens_representatives_theft_and_fiduciaries_have_sheets_too():
    assert {"12277", "14134", "14135", "2848", "14039", "56"} <= set(FORMS)


def test_a_lien_withdrawal_knows_the_filing_and_the_plan():
    """Form 12277, items 9 to 11; 26 USC 6323(j)(1)(B)."""
    plan = Agreement(kind="simple", status="active", accepted=D("2026-01-05"), monthly=Decimal("200.00"), direct_debit=True)  # fmt: skip
    said = pairs(made("12277", case=person("Letter 3172", agreements=(plan,))))
    assert said["Date it was filed"] == "October 13, 2026"
    assert said["Is it open or released"] == "Open"
    assert said["Boxes to tick"] == "A direct debit payment plan is in effect"
    words = " ".join(text(made("12277", case=person("Letter 3172"))).split())
    assert "at most $25,000 assessed, paid off within 60 months, and 3 payments in a row made" in words
    assert (
        pairs(made("12277"))["Boxes to tick"] == "(still open)"
    )  # nothing is ticked that the file does not show


@pytest.mark.parametrize("form", ["14134", "14135"])
def test_a_sale_or_a_loan_is_asked_for_45_days_before_the_closing(form):
    page = made(form, {"reason": "x"}, case=person("Letter 3172"))
    assert send_by(page) == "45 days before the closing"  # Publications 783 and 784
    assert pairs(page)["Notice of lien filed on"] == "October 13, 2026"


def test_money_and_boxes_of_a_sale():
    facts = {"sale_price": "240000", "sale_paid_over": "61200.5", "discharge_basis": "paid_interest"}
    said = pairs(made("14135", facts))
    assert said["Proposed sales price"] == "$240,000.00"
    assert said["Proceeds to be paid to the IRS"] == "$61,200.50"
    assert said["Box to tick"].startswith("6325(b)(2)(A)")


def test_a_power_names_who_is_on_file_and_what_it_is_for():
    rep = Representative(name="Ana Ruiz, CPA", form="2848", caf="030012345R", phone="+15125550177")
    said = pairs(made("2848", case=person("LT11", representatives=(rep,))))
    assert said["CAF number"] == "030012345R"
    assert said["Name and address"] == "Ana Ruiz, CPA"
    assert (said["Matter"], said["Tax form number"], said["Years or periods"]) == (
        "Income",
        "1040",
        "2023, 2024",
    )
    told = Representative(name="Only Told", form="8821")
    assert (
        pairs(made("2848", case=person("LT11", representatives=(told,))))["Name and address"]
        == "(still open)"
    )


def test_acting_for_the_dead_and_theft():
    said = pairs(made("56", {"authority": "testate"}, case=person("LT11", deceased=D("2026-09-03"))))
    assert said["Date of death"] == "September 3, 2026"
    assert said["Box to tick"] == "Court appointment, with a will"
    stolen = pairs(made("14039", {"theft": ["filed_in_my_name"], "theft_years": ["2024"]}))
    assert stolen["Boxes to tick"] == "Someone used my number to file a return"
    assert stolen["Tax years you know to be affected"] == "2024"


@pytest.mark.parametrize("form", FORMS)
def test_no_part_of_a_sheet_is_a_heading_over_nothing(form):
    blocks = made(form).blocks
    assert all(block.rows for block in blocks if isinstance(block, Pairs))
