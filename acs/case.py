"""What the IRS knows of one taxpayer: the case file, word for word, as frozen records.

The names of the fields are the keys of the case file; `acs/casefile.py` reads its schema from here.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Literal

Day = datetime.date
Money = Annotated[Decimal, "money"]  # US dollars, never negative
SignedMoney = Annotated[Decimal, "signed money"]
Phone = Annotated[str, "phone"]  # E.164
Tin = Annotated[str, "tin"]  # nine digits, hyphens allowed
Label = Annotated[str, "label"]  # text that may be written as a plain number, such as 2023 or 01234

TaxpayerKind = Literal["individual", "business"]
Language = Literal["en", "es"]
FilingStatus = Literal["single", "married_joint", "married_separate", "head_of_household", "surviving_spouse"]
AssessmentKind = Literal[
    "tax", "additional_tax", "failure_to_file", "failure_to_pay", "estimated_tax", "accuracy", "interest"
]
PaymentKind = Literal["withholding", "payment", "refund_offset", "levy"]
AgreementKind = Literal["short_term", "guaranteed", "simple", "regular", "partial_pay"]
AgreementStatus = Literal["pending", "active", "defaulted", "terminated", "rejected", "completed"]
HoldKind = Literal[
    "hardship",
    "offer",
    "bankruptcy",
    "innocent_spouse",
    "identity_theft",
    "disaster",
    "combat_zone",
    "abroad",
]
LevyKind = Literal["wages", "bank", "state_refund", "social_security", "other"]
LevySourceKind = Literal["employer", "bank", "payer", "benefit"]
AssignedTo = Literal["notice_stream", "acs", "queue", "revenue_officer", "private_agency", "appeals"]
PenaltyKind = Literal["failure_to_file", "failure_to_pay", "failure_to_deposit", "estimated_tax", "accuracy"]
RemovedBy = Literal["first_time_abatement", "reasonable_cause", "notice_2024_7"]


@dataclass(frozen=True, kw_only=True)
class Name:
    """A person's first and last name, or a business name."""

    first: str | None = None
    last: str | None = None
    business: str | None = None

    @property
    def full(self) -> str:
        return self.business or " ".join(part for part in (self.first, self.last) if part)


@dataclass(frozen=True, kw_only=True)
class Address:
    street: str | None = None
    city: str | None = None
    state: str | None = None
    zip: Label | None = None


@dataclass(frozen=True, kw_only=True)
class Representative:
    """Someone with Form 2848 (may act) or Form 8821 (may only be told)."""

    name: str
    form: Annotated[Literal["2848", "8821"], "label"]
    caf: Label | None = None
    phone: Phone | None = None
    periods: tuple[Label, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReturnPenalty:
    kind: PenaltyKind
    removed: RemovedBy | None = None


@dataclass(frozen=True, kw_only=True)
class Return:
    """A return that was required; `filed` is None while it is missing."""

    form: Label
    period: Label
    due: Day | None = None
    filed: Day | None = None
    penalties: tuple[ReturnPenalty, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Assessment:
    kind: AssessmentKind
    date: Day
    amount: Money


@dataclass(frozen=True, kw_only=True)
class Payment:
    kind: PaymentKind
    date: Day
    amount: Money


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A letter as printed; `deadline` only when the letter prints one."""

    code: Label
    date: Day
    deadline: Day | None = None


@dataclass(frozen=True, kw_only=True)
class Hearing:
    kind: Literal["levy", "lien"]
    requested: Day
    determined: Day | None = None


@dataclass(frozen=True, kw_only=True)
class Module:
    """One form and period with a balance. `due` is the tax date without extensions."""

    form: Label
    period: Label
    joint: bool = False
    due: Day | None = None
    extended_to: Day | None = None
    filed: Day | None = None
    assessments: tuple[Assessment, ...] = ()
    payments: tuple[Payment, ...] = ()
    notices: tuple[Notice, ...] = ()
    hearings: tuple[Hearing, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Agreement:
    kind: AgreementKind
    status: AgreementStatus
    requested: Day | None = None
    accepted: Day | None = None
    ended: Day | None = None
    monthly: Money | None = None
    day: int | None = None
    direct_debit: bool = False


@dataclass(frozen=True, kw_only=True)
class Hold:
    kind: HoldKind
    since: Day = field(metadata={"key": "from"})  # `from` is a word Python keeps for itself
    to: Day | None = None


@dataclass(frozen=True, kw_only=True)
class Lien:
    filed: Day
    released: Day | None = None


@dataclass(frozen=True, kw_only=True)
class Levy:
    kind: LevyKind
    source: str | None = None
    served: Day
    released: Day | None = None


@dataclass(frozen=True, kw_only=True)
class LevySource:
    kind: LevySourceKind
    name: str | None = None


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """Who works the case; name, phone and office only for a revenue officer or a private agency."""

    to: AssignedTo
    since: Day | None = None
    name: str | None = None
    phone: Phone | None = None
    office: str | None = None


@dataclass(frozen=True, kw_only=True)
class Passport:
    certified: Day | None = None


@dataclass(frozen=True, kw_only=True)
class Consents:
    sms: bool = False
    calls: bool = False


@dataclass(frozen=True, kw_only=True)
class Note:
    at: Day
    by: str
    text: str


@dataclass(frozen=True, kw_only=True)
class FollowUp:
    """Something a person has to look at: since when it waits, and by when somebody should have looked."""

    code: str
    opened: Day
    due: Day
    period: Label | None = None


@dataclass(frozen=True, kw_only=True)
class Case:
    """A taxpayer with everything of the case. Only id, kind, name, tin and modules are always there."""

    id: Label
    kind: TaxpayerKind
    name: Name
    tin: Tin
    modules: tuple[Module, ...]
    date_of_birth: Day | None = None
    address: Address | None = None
    phone: Phone | None = None
    language: Language = "en"
    filing_status: FilingStatus | None = None
    household_size: int | None = None
    agi: SignedMoney | None = None
    caller_id: Label | None = None
    spouse: Label | None = None
    operating: bool = True
    trust_fund: bool = False
    representatives: tuple[Representative, ...] = ()
    returns: tuple[Return, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    holds: tuple[Hold, ...] = ()
    liens: tuple[Lien, ...] = ()
    levies: tuple[Levy, ...] = ()
    levy_sources: tuple[LevySource, ...] = ()
    assignment: Assignment | None = None
    passport: Passport = Passport()
    deceased: Day | None = None
    consents: Consents = Consents()
    notes: tuple[Note, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()

    @property
    def individual(self) -> bool:
        return self.kind == "individual"

    def module(self, period: str, form: str | None = None) -> Module | None:
        """The module of a period (and form), or None."""
        return next((m for m in self.modules if m.period == period and form in (None, m.form)), None)
