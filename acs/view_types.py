"""The case view, word for word: everything the rules core can say of a case on a day.

Money is a string with two decimals; None means "not published" (or not known) and a `reason` beside it says so.
"""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict


class BalanceView(TypedDict):
    payoff: str | None
    assessed: str
    accrued: str | None
    per_day: str | None
    reason: NotRequired[str]
    reason_es: NotRequired[str]


class LatestNotice(TypedDict):
    code: str
    date: str


GrowthLine = TypedDict(
    "GrowthLine",
    {
        "kind": str,
        "from": str,
        "to": str,
        "amount": str,
        "base": str | None,
        "rate": str | None,
        "count": int | None,
        "balance": str,
        "text": str,
        "text_es": str,
        "source": str,
    },
)


class ModuleView(TypedDict):
    form: str
    period: str
    joint: bool
    tax: str
    failure_to_file: str | None
    failure_to_pay: str | None
    interest: str | None
    other_penalties: str
    paid: str
    payoff: str | None
    assessed: str
    collection_statute_expires: str | None
    statutes: list[dict[str, str]]
    latest_notice: LatestNotice | None
    growth: list[GrowthLine] | None  # line by line to the payoff; None when the payoff is not known
    reason: NotRequired[str]
    reason_es: NotRequired[str]


class AssignmentView(TypedDict):
    to: str
    can: list[str]
    cannot: list[str]
    since: NotRequired[str | None]
    name: NotRequired[str | None]
    phone: NotRequired[str | None]
    office: NotRequired[str | None]


class DeadlineView(TypedDict):
    kind: str
    period: str | None
    notice: str | None
    notice_date: str | None
    last_day: str
    computed_last_day: str | None
    days_left: int
    form: str | None
    passed: bool
    source: str


class LevyView(TypedDict):
    allowed: bool
    blocked_by: list[str]
    exceptions: list[str]
    by_period: list[dict[str, Any]]
    exceptions_of_law: list[
        dict[str, Any]
    ]  # all of 26 USC 6330(f); `applies` is None when the file can't tell
    benefit_share: NotRequired[str]  # of each Social Security payment, when such a levy stands
    exempt_wages: NotRequired[dict[str, Any]]  # by pay period, with and without a returned statement


class LienView(TypedDict):
    filed: bool
    notices: list[dict[str, Any]]
    filing: dict[str, Any] | None
    ways: list[dict[str, Any]]  # withdrawal, discharge, subordination, release, erroneous lien: form and days
    reason: NotRequired[str]
    reason_es: NotRequired[str]


class Reason(TypedDict):
    code: str
    ok: bool | None
    text: str
    text_es: str
    source: str


class OptionView(TypedDict):
    option: str
    eligible: bool
    reasons: list[Reason]
    terms: dict[str, Any]


class PassportView(TypedDict):
    threshold: str | None
    counted: str
    certifiable: bool
    reasons: list[str]
    certified: str | None
    reason: NotRequired[str]
    reason_es: NotRequired[str]


class PrivateAgencyView(TypedDict):
    may_hold: bool
    reasons: list[str]
    agencies: list[str] | None  # under contract that day; None: the list is not published
    reason: NotRequired[str]  # why low income could not be judged, or which agencies there are
    reason_es: NotRequired[str]


ForecastEvent = TypedDict("ForecastEvent", {"date": str, "event": str, "if": str, "source": str})


class CaseView(TypedDict):
    taxpayer: str
    as_of: str
    balance: BalanceView
    modules: list[ModuleView]
    assignment: AssignmentView
    deadlines: list[DeadlineView]
    levy: LevyView
    lien: LienView
    options: list[OptionView]
    passport: PassportView
    private_agency: PrivateAgencyView
    forecast: list[ForecastEvent]
