"""A case file is taken over whole or not at all, and says exactly what is wrong and where."""

from datetime import date
from decimal import Decimal

import pytest

from acs.casefile import dump, load, loads
from acs.errors import CaseFileError

SAMPLE = """\
version: 1
taxpayers:
  - id: T-1001
    kind: individual
    name: {first: Rosa, last: Delgado}
    tin: "900-70-1234"
    date_of_birth: 1984-03-09
    address: {street: "12 Elm St", city: Austin, state: TX, zip: 01234}
    phone: "+15125550143"
    language: es
    filing_status: single
    household_size: 1
    agi: 41250.00
    caller_id: "4471902"
    spouse: T-1002
    representatives:
      - {name: "Ana Ruiz, CPA", form: "2848", caf: "030012345R", phone: "+15125550177", periods: ["2022", "2023"]}
    returns:
      - {form: "1040", period: "2021", due: 2022-04-18, filed: 2022-04-10, penalties: []}
      - {form: "1040", period: "2022", due: 2023-04-18, filed: 2023-05-01, penalties: [{kind: failure_to_file, removed: null}]}
      - {form: "1040", period: "2024", due: 2025-04-15, filed: null}
    modules:
      - form: "1040"
        period: "2023"
        joint: false
        due: 2024-04-15
        extended_to: null
        filed: 2024-04-12
        assessments:
          - {kind: tax, date: 2024-06-03, amount: 9200.00}
        payments:
          - {kind: withholding, date: 2024-04-15, amount: 1000.00}
        notices:
          - {code: CP14, date: 2024-06-03}
          - {code: LT11, date: 2026-10-20, deadline: 2026-11-19}
        hearings:
          - {kind: levy, requested: 2026-11-12, determined: null}
    agreements:
      - {kind: simple, status: active, requested: 2025-06-20, accepted: 2025-07-16, ended: null, monthly: 500.00, day: 15, direct_debit: true}
    holds:
      - {kind: hardship, from: 2025-01-10, to: null}
    liens:
      - {filed: 2026-10-05, released: null}
    levies:
      - {kind: wages, source: "Acme Corp", served: 2026-10-19, released: null}
    levy_sources:
      - {kind: employer, name: "Acme Corp"}
    assignment: {to: revenue_officer, since: 2026-06-01, name: "R. Ortiz", phone: "+15125550188", office: Austin}
    passport: {certified: null}
    deceased: null
    consents: {sms: true, calls: true}
    notes:
      - {at: 2026-07-02, by: "ACS agent 1000123", text: "Promised to file 2024 return by 7/31."}
"""

SMALLEST = """\
version: 1
taxpayers:
  - id: T-1
    kind: business
    name: {business: "Delgado Cleaning LLC"}
    tin: "00-0001234"
    modules: []
"""


def problems(text: str) -> list[tuple[str, str | None, int]]:
    with pytest.raises(CaseFileError) as caught:
        loads(text)
    return [(p.key, p.taxpayer, p.line) for p in caught.value.problems]


def test_everything_of_the_sample_is_read() -> None:
    [case] = loads(SAMPLE)
    assert case.name.full == "Rosa Delgado"
    assert case.address is not None
    assert case.address.zip == "01234"
    assert case.modules[0].assessments[0].amount == Decimal("9200.00")
    assert case.modules[0].notices[1].deadline == date(2026, 11, 19)
    assert case.holds[0].since == date(2025, 1, 10)
    assert case.assignment is not None
    assert case.assignment.office == "Austin"
    assert case.consents.sms
    assert case.notes[0].by == "ACS agent 1000123"
    assert case.returns[1].penalties[0].kind == "failure_to_file"


@pytest.mark.parametrize("text", [SAMPLE, SMALLEST])
def test_what_is_written_reads_back_equal(text: str) -> None:
    cases = loads(text)
    assert loads(dump(cases)) == cases


def test_json_is_yaml_too() -> None:
    text = '{"version": 1, "taxpayers": [{"id": "T-1", "kind": "individual", "name": {"first": "A", "last": "B"},'
    text += ' "tin": "900701234", "modules": [{"form": "1040", "period": "2023", "due": "2024-04-15"}]}]}'
    assert loads(text)[0].modules[0].due == date(2024, 4, 15)


def test_an_unlisted_key_names_key_taxpayer_line_and_the_near_spelling() -> None:
    with pytest.raises(CaseFileError) as caught:
        loads(SAMPLE.replace("date_of_birth", "date_of_brith"))
    [problem] = caught.value.problems
    assert (problem.key, problem.taxpayer, problem.line) == ("date_of_brith", "T-1001", 7)
    assert problem.suggestion == "date_of_birth"
    assert "Did you mean 'date_of_birth'?" in str(caught.value)
    assert "line 7" in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "key", "line"),
    [
        ("due: 2024-04-15\n", "due: 2024-04-31\n", "due", 26),
        ("due: 2024-04-15\n", "due: 2024-W16-1\n", "due", 26),
        ("amount: 9200.00", "amount: 9200.005", "amount", 30),
        ("amount: 9200.00", "amount: -1.00", "amount", 30),
        ("amount: 9200.00", "amount: lots", "amount", 30),
        ("joint: false", 'joint: "maybe"', "joint", 25),
        ("kind: wages", "kind: wage", "kind", 45),
        ("+15125550143", "512-555-0143", "phone", 9),
        ("household_size: 1", "household_size: one", "household_size", 12),
        ("city: Austin", "city: [Austin]", "city", 8),
        ("from: 2025-01-10", "since: 2025-01-10", "since", 41),
        ("900-70-1234", "900-70-12345", "tin", 6),
        ("kind: tax,", "kind: tax, kind: tax,", "kind", 30),
    ],
)
def test_what_is_wrong_is_found_where_it_stands(old: str, new: str, key: str, line: int) -> None:
    assert (key, "T-1001", line) in problems(SAMPLE.replace(old, new, 1))


def test_every_problem_of_the_file_is_told_at_once() -> None:
    text = (
        SAMPLE.replace("kind: wages", "kind: wage").replace("agi: 41250.00", "agi: much")
        + SMALLEST.split("\n", 2)[2]
    )
    text += "  - {id: T-1, kind: business, name: {business: Twin}, tin: 00-0001235}\n"
    found = problems(text)
    assert [key for key, _, _ in found] == ["agi", "kind", "id", "modules"]
    assert {who for _, who, _ in found} == {"T-1001", "T-1"}


def test_a_taxpayer_number_is_never_repeated_in_an_error() -> None:
    with pytest.raises(CaseFileError) as caught:
        loads(SAMPLE.replace("900-70-1234", "900-70-12345"))
    assert "900-70" not in str(caught.value)


@pytest.mark.parametrize(
    "text", ["", "version: 2\ntaxpayers: []\n", "a: [", "[]", "version: 1\n", "version: 1\ntaxpayers: 3\n"]
)
def test_no_case_file_at_all(text: str) -> None:
    assert problems(text)


def test_a_period_stands_once_per_form() -> None:
    text = SMALLEST.replace("[]", '[{form: "941", period: "2024Q1"}, {form: "941", period: "2024Q1"}]')
    assert problems(text) == [("modules", "T-1", 7)]


def test_load_names_the_file(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "cases.yml"
    path.write_text(SMALLEST.replace("business:", "busines:"), encoding="utf-8")
    with pytest.raises(CaseFileError, match=r"cases\.yml"):
        load(path)
