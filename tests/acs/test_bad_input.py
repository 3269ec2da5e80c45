"""What no account can say is refused with its place and the way out; what is merely unusual comes in."""

import re

import pytest

from acs.casefile import loads
from acs.errors import CaseFileError

FILE = """\
version: 1
taxpayers:
  - id: T-1
    kind: individual
    name: {first: Ann, last: Lee}
    tin: "900-70-0001"
    date_of_birth: 1980-05-05
    returns:
      - {form: "1040", period: "2022", due: 2023-04-18, filed: 2023-04-10, penalties: []}
    modules:
      - form: "1040"
        period: "2023"
        due: 2024-04-15
        extended_to: 2024-10-15
        filed: 2024-06-12
        assessments:
          - {kind: tax, date: 2024-07-08, amount: 9200.00}
        payments:
          - {kind: withholding, date: 2023-12-31, amount: 1000.00}
          - {kind: payment, date: 2024-04-10, amount: 50.00}
          - {kind: levy, date: 2026-10-30, amount: 60.00}
        notices:
          - {code: CP14, date: 2024-07-08, deadline: 2024-07-29}
        hearings:
          - {kind: levy, requested: 2026-01-12, determined: 2026-03-12}
    agreements:
      - {kind: simple, status: active, requested: 2025-06-20, accepted: 2025-07-16, monthly: 50.00, day: 15}
    holds:
      - {kind: hardship, from: 2025-01-10, to: 2025-02-10}
    liens:
      - {filed: 2026-10-05, released: 2026-11-05}
    levies:
      - {kind: wages, source: Acme, served: 2026-10-19, released: 2026-11-05}
    deceased: null
"""


def refused(text: str) -> list[tuple[str, str | None, int, str]]:
    with pytest.raises(CaseFileError) as caught:
        loads(text)
    return [(p.key, p.taxpayer, p.line, p.message) for p in caught.value.problems]


def test_a_sound_file_comes_in() -> None:
    assert loads(FILE)[0].modules[0].payments[2].kind == "levy"


@pytest.mark.parametrize(
    ("old", "new", "key", "line"),
    [
        ("due: 2024-04-15", "due: 2024-02-30", "due", 13),  # no such day
        ("due: 2024-04-15", "due: 2022-04-15", "due", 13),  # before its year
        ("extended_to: 2024-10-15", "extended_to: 2024-04-01", "extended_to", 14),
        ("filed: 2024-06-12", "filed: 2022-06-12", "filed", 15),
        ("date: 2024-07-08, amount", "date: 2022-07-08, amount", "date", 17),
        ("amount: 9200.00", "amount: -9200.00", "amount", 17),  # negative money
        ("kind: tax,", "kind: taxes,", "kind", 17),  # unknown codes
        ("date: 2024-04-10", "date: 2021-04-10", "date", 20),  # paid before the year began
        ("date: 2026-10-30", "date: 2024-06-30", "date", 21),  # taken by levy before any assessment
        ("code: CP14", "code: CP5O4", "code", 23),
        ("code: CP14", "code: hello", "code", 23),
        ("deadline: 2024-07-29", "deadline: 2024-07-01", "deadline", 23),
        ("{code: CP14, date: 2024-07-08", "{code: CP14, date: 2024-06-08", "date", 23),
        ("determined: 2026-03-12", "determined: 2026-01-11", "determined", 25),
        ("accepted: 2025-07-16", "accepted: 2025-06-16", "accepted", 27),
        ("status: active", "status: pending", "accepted", 27),
        ("status: active", "status: terminated, ended: 2025-01-01", "ended", 27),
        ("amount: 9200.00", "amount: 900.00", "status", 27),  # all paid: a plan without a balance
        ("to: 2025-02-10", "to: 2025-01-01", "to", 29),
        ("released: 2026-11-05}\n    levies", "released: 2026-10-01}\n    levies", "released", 31),
        ("filed: 2026-10-05", "filed: 2024-06-05", "filed", 31),
        ("served: 2026-10-19", "served: 2024-06-19", "served", 33),
        ("deceased: null", "deceased: 1979-01-01", "deceased", 34),
        ("deceased: null", "spouse: T-1", "spouse", 34),
    ],
)
def test_what_can_not_be_is_refused_where_it_stands(old: str, new: str, key: str, line: int) -> None:
    assert FILE.count(old) == 1, old
    found = refused(FILE.replace(old, new))
    assert (key, "T-1", line) in [f[:3] for f in found]


def test_a_near_spelling_of_a_letter_is_offered() -> None:
    with pytest.raises(CaseFileError, match=re.escape("Did you mean 'CP504'?")):
        loads(FILE.replace("code: CP14", "code: CP5O4"))


def test_a_period_or_a_return_stands_once() -> None:
    module = FILE[FILE.index('      - form: "1040"') : FILE.index("    agreements:")]
    assert [f[:3] for f in refused(FILE.replace("    agreements:", module + "    agreements:"))] == [
        ("modules", "T-1", 26)
    ]
    one = FILE[FILE.index('      - {form: "1040"') : FILE.index("    modules:")]
    assert [f[:3] for f in refused(FILE.replace(one, one + one))] == [("returns", "T-1", 10)]


def test_a_plan_with_no_period_at_all() -> None:
    start, end = FILE.index("    modules:"), FILE.index("    agreements:")
    text = FILE[:start] + "    modules: []\n" + FILE[end : FILE.index("    liens:")]
    [(key, _, _, message)] = refused(text)
    assert key == "status"
    assert "add the period that is owed" in message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("date: 2023-12-31", "date: 2024-04-15"),  # withholding counted on the due date
        ("date: 2024-04-10", "date: 2023-06-15"),  # estimated tax
        ("date: 2024-04-10", "date: 2024-06-12"),  # paid with the return, before the assessment
        ("kind: payment, date: 2024-04-10", "kind: refund_offset, date: 2024-04-15"),
        ("code: CP14", "code: CP53"),  # a letter the line can't explain
        ("code: CP14", "code: Letter 2840C"),
        ("{code: CP14, date: 2024-07-08, deadline: 2024-07-29}", "{code: CP2000, date: 2024-06-01}"),
        ("filed: 2024-06-12", "filed: null"),
        ("to: 2025-02-10", "to: 2025-01-10"),  # a hold of one day
        ("status: active", "status: defaulted"),
        ("status: active", "status: completed, ended: 2026-11-01"),
        ("date: 2026-10-30, amount: 60.00", "date: 2026-10-30, amount: 8150.00"),  # interest is still owed
    ],
)
def test_what_is_only_unusual_comes_in(old: str, new: str) -> None:
    assert FILE.count(old) == 1, old
    assert loads(FILE.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("  - id: T-1\n", f"  - id: {'T' * 65}\n", "id"),
        ("code: CP14", f"code: CP{'1' * 30}", "code"),
        ("code: CP14", 'code: "CP14\\u0000"', "code"),
    ],
)
def test_names_that_no_table_can_hold(old: str, new: str, key: str) -> None:
    """Refused with their place at the file, not by the database in the middle of an import."""
    assert FILE.count(old) == 1, old
    assert [f[0] for f in refused(FILE.replace(old, new))] == [key]
