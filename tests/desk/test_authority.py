"""Who may hear what: the taxpayer, either spouse for the joint year, a representative by form and period."""

from __future__ import annotations

import pytest
from desk_fakes import Talk, said

from acs.case import Representative
from desk.authority import Authority, proved, proved_by_keys
from desk.visit import visit

ACTS = Authority("Ana Ruiz, CPA", "2848", ("2023", "2024"))
HEARS = Authority("Erik Lindqvist", "8821", ("2024",))
ON_FILE = (
    Representative(name="Ana Ruiz, CPA", form="2848", caf="030012345R", periods=("2023", "2024")),
    Representative(name="Erik Lindqvist", form="8821", caf="030067890R", periods=("2024",)),
)


@pytest.fixture
def speaks(desk, spoken):
    """Patricia Lindqvist's case (2024), heard by someone with a form on file."""

    def as_(authority, taxpayer="T-1004"):
        contact = desk.contacts.get("c")
        contact.taxpayer, contact.authority = taxpayer, authority.to_json()
        talk = Talk(desk)
        talk.hears = lambda *args, **facts: " ".join(spoken(a) for a in talk.say(*args, **facts))
        return talk

    return as_


@pytest.mark.parametrize(
    ("caf", "name", "form"),
    [
        ("030012345R", "Ana Ruiz", "2848"), ("0300-12345r", "ana ruíz, CPA", "2848"), ("030067890R", "Erik Lindqvist", "8821"),
        ("030012345R", "Erik Lindqvist", None), ("030067890R", "Ana Ruiz", None), ("", "Ana Ruiz", None), ("030012345R", "", None),
        ("030012345", "Ana Ruiz", None),
    ],
)  # fmt: skip
def test_number_and_name_must_both_fit_one_form(caf, name, form):
    found = proved(caf, name, ON_FILE)
    assert (found.form if found else None) == form


@pytest.mark.parametrize(
    ("keyed", "form"),
    [("030012345", "2848"), ("030067890", "8821"), ("030012346", None), ("", None), ("03001234", None)],
)
def test_by_keypad_the_nine_digits_are_compared(keyed, form):
    found = proved_by_keys(keyed, ON_FILE)
    assert (found.form if found else None) == form


def test_a_form_without_caf_number_is_not_opened_by_keys():
    assert (
        proved_by_keys("", (Representative(name="Ana Ruiz", form="2848", caf=None, periods=("2024",)),))
        is None
    )


def test_a_form_without_number_or_period_proves_nothing():
    assert proved("", "", (Representative(name="", form="2848", caf=None, periods=("2024",)),)) is None
    assert proved("1R", "Ana Ruiz", (Representative(name="Ana Ruiz", form="2848", caf="1R"),)) is None


def test_a_representative_hears_the_periods_of_the_form_and_nothing_of_others(desk, speaks):
    talk = speaks(ACTS)
    assert "2024" in talk.hears("balance_inquiry")
    heard = talk.hears("balance_inquiry", tax_year="2022")
    assert "does not cover 2022" in heard
    assert "$" not in heard
    here = visit(desk.desk, "c", said("x"))
    assert {one.period for one in here.case.modules} <= {"2023", "2024"}
    assert {one.period for one in here.case.returns} <= {"2023", "2024"}


def test_a_period_that_is_not_listed_is_not_in_the_balance(desk, speaks):
    # Victor owes 2021 and 2022; the form lists 2022 only.
    talk = speaks(Authority("Ana Ruiz", "2848", ("2022",)), "T-1023")
    own = visit(desk.desk, "other", said("x"))
    own.contact.taxpayer = "T-1023"
    whole = visit(desk.desk, "other", said("x")).view["balance"]["payoff"]
    heard = talk.hears("balance_inquiry")
    part = visit(desk.desk, "c", said("x")).view
    assert {one["period"] for one in part["modules"]} == {"2022"}
    assert part["balance"]["payoff"] != whole
    assert "2021" not in heard


def test_every_disclosure_names_to_whom_and_on_which_ground(desk, speaks):
    speaks(ACTS).say("balance_inquiry")
    whose, what, ground = desk.audit.rows[-1]
    assert whose == "T-1004"
    assert "balance" in what
    assert "Ana Ruiz" in ground
    assert "Form 2848" in ground
    assert "26 USC 6103(c)" in ground


def test_with_form_2848_a_request_is_taken_down(desk, speaks):
    talk = speaks(ACTS)
    assert "2848" in talk.hears("verified")
    talk.say("already_paid")
    talk.say("affirm", "yes")
    for answer in (("inform", "500"), ("inform", "march 3 2026"), ("inform", "by check"), ("affirm", "yes")):
        talk.say(*answer)
    assert [one.kind for one in desk.requests.requests.values()] == ["already_paid"]


@pytest.mark.parametrize(
    "need",
    ["setup_payment_plan", "payment_plan_options", "already_paid", "cannot_pay_hardship", "dispute_debt", "short_term_extension", "taxpayer_advocate"],
)  # fmt: skip
def test_with_form_8821_nothing_is_taken_down(desk, speaks, need):
    talk = speaks(HEARS)
    talk.say(need)
    talk.say("affirm", "yes")
    assert not desk.requests.requests
    assert not [topic for owner, topic in desk.drafts.drafts if topic == "open form"]


def test_with_form_8821_the_refusal_says_who_may_ask(speaks):
    heard = speaks(HEARS).hears("payment_plan_options")
    assert "With Form 8821 I can tell you things but take no requests" in heard


def test_a_spouse_hears_the_joint_year_on_that_ground_and_nothing_else_of_the_other(desk, spoken):
    desk.proves("T-1011")  # Susan owes nothing of her own; 2024 was filed jointly with Daniel
    heard = spoken(desk.says("balance_inquiry"))
    assert "2024" in heard
    assert "26 USC 6103(e)(1)(B)" in desk.audit.rows[-1][2]
    here = visit(desk.desk, "c", said("x"))
    assert {one.period for one in here.case.modules} == {"2024"}
    assert here.case.levy_sources == ()


def test_a_single_taxpayer_is_told_on_the_own_ground_alone(desk):
    desk.proves("T-1001")
    desk.says("balance_inquiry")
    assert desk.audit.rows[-1][2] == "identity proved in this contact, 26 USC 6103(e)(1)"
