"""Proof of identity at every door: the limits, the check, and what follows; no digit of it is kept or logged."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from acs.case import Representative
from api.intake import accept
from api.line import Line
from api.metrics import PROOFS
from api.outcome import Outcome
from api.speak import keep, word
from desk.answer import Say
from desk.authority import OWN, Authority, proved, proved_by_keys
from desk.identity import NOBODY, Claim, Known, claim, fits, may_try
from store.audit import AuditStore
from store.cases import CaseStore
from store.conversations import Conversations, new_id
from store.probes import Probes
from store.tables.cases import RepresentativeRow, TaxpayerRow
from store.tables.conversations import Conversation


class Proof(BaseModel):
    """What a person says of themselves. Never shown in an error, a log or a transcript."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)
    tin: str = Field("", max_length=40, repr=False)
    date_of_birth: str | None = Field(None, max_length=40, repr=False)
    zip: str | None = Field(None, max_length=20, repr=False)
    caller_id: str | None = Field(None, max_length=40, repr=False)
    caf: str | None = Field(None, max_length=40, repr=False)
    """A representative's number at the IRS; with it `tin` is the client's and `name` the representative's own."""
    name: str | None = Field(None, max_length=120, repr=False)


@dataclass(frozen=True)
class Proved:
    """How it went. `seq` is the turn that answers the question asked before; it still has to run."""

    verified: bool
    limited: bool = False
    """It was not even looked at."""
    last: bool = False
    """It was wrong, and the next one will not be looked at."""
    messages: list[dict[str, Any]] = field(default_factory=list)
    token: str | None = None
    seq: int | None = None


def prove(
    line: Line,
    session: Session,
    row: Conversation,
    proof: Proof,
    caller: str,
    turn: tuple[str, str],
    *,
    quiet: bool = False,
    by_keys: bool = False,
) -> Proved:
    """One attempt, in the running transaction. The same words and the same steps whatever did not fit.

    `caller` is the phone or network address it comes from; `turn` the source and the id of what came in, under
    which the answer to the question asked before is worked off; `quiet` where the door itself tells the outcome;
    `by_keys` where a representative could key in digits only.
    """
    now = line.clock.now()
    claimed = claim(proof.model_dump())
    probes = Probes(session)
    tin = claimed.tin or re.sub(r"\D", "", proof.tin) or "none"
    counts = probes.counts(row.id, tin, caller, now)
    if row.state == "closed" or not may_try(**counts):
        PROOFS.labels("limited").inc()
        said = [] if quiet else [_say(line, session, row, "utter_identity_limit")]
        return Proved(False, limited=True, messages=said)
    authority = None
    if proof.caf:
        taxpayer, authority = _check_representative(session, claimed, proof, by_keys=by_keys)
        right = authority is not None
    else:
        taxpayer, right = _check(session, claimed)
    probes.add(row.id, tin, caller, right, now)
    PROOFS.labels("right" if right else "wrong").inc()
    if not right:
        last = not may_try(**probes.counts(row.id, tin, caller, now))
        words = "utter_identity_limit" if last else "utter_identity_wrong"
        said = [] if quiet else [_say(line, session, row, words, form=not last)]
        return Proved(False, last=last, messages=said)
    return _let_in(line, session, row, taxpayer, turn, authority)


def _check(session: Session, claimed: Claim) -> tuple[str, bool]:
    """Looks at exactly one taxpayer whether this number is known or not, so that time tells nothing."""
    found = CaseStore(session).find_by_tin(claimed.tin)[:1] if claimed.tin else []
    columns = (
        TaxpayerRow.id, TaxpayerRow.tin, TaxpayerRow.kind, TaxpayerRow.date_of_birth, TaxpayerRow.address,
        TaxpayerRow.caller_id, TaxpayerRow.deceased,
    )  # fmt: skip
    query = select(*columns).where(TaxpayerRow.id == found[0]) if found else select(*columns).limit(1)
    seen = session.execute(query).first()
    if seen is None:
        return "", fits(claimed, NOBODY)
    address = seen.address or {}
    known = Known(
        seen.tin, seen.kind, seen.date_of_birth, address.get("zip"), seen.caller_id, seen.deceased is not None
    )
    right = fits(claimed, known)
    return str(seen.id), right and bool(found)


def _check_representative(
    session: Session, claimed: Claim, proof: Proof, *, by_keys: bool
) -> tuple[str, Authority | None]:
    """The form on file that number and name both fit, of the one client looked at; the dead are nobody's client.

    By keypad there is no name: the client's ZIP code must fit in its place.
    """
    found = CaseStore(session).find_by_tin(claimed.tin)[:1] if claimed.tin else []
    client = select(TaxpayerRow.deceased, TaxpayerRow.address)
    about = session.execute(client.where(TaxpayerRow.id == found[0]) if found else client.limit(1)).first()
    rows = select(
        RepresentativeRow.name, RepresentativeRow.form, RepresentativeRow.caf, RepresentativeRow.periods
    )
    seen = session.execute(
        rows.where(RepresentativeRow.taxpayer_id == found[0]) if found else rows.limit(1)
    ).all()
    on_file = [
        Representative(name=one.name, form=one.form, caf=one.caf, periods=tuple(one.periods or ()))
        for one in seen
    ]
    right = True
    if by_keys:
        authority = proved_by_keys(proof.caf or "", on_file)
        home = Known(claimed.tin, zip=((about.address or {}).get("zip") if about else None))
        right = hmac.compare_digest(claimed.zip.encode(), home.item("zip").encode())
    else:
        authority = proved(proof.caf or "", proof.name or "", on_file)
    there = bool(found) and about is not None and about.deceased is None
    return (found[0], authority) if there and right and authority else ("", None)


def _let_in(
    line: Line,
    session: Session,
    row: Conversation,
    taxpayer: str,
    turn: tuple[str, str],
    authority: Authority | None = None,
) -> Proved:
    now, conversations = line.clock.now(), Conversations(session)
    token = conversations.verify(row, taxpayer, now, authority.to_json() if authority else None)
    _audit(line, session, row, authority.ground if authority else OWN)
    accepted = accept(line, session, row, *turn, "event", {"event": "verified"})
    return Proved(True, token=token, seq=accepted.seq)


def own_turn() -> tuple[str, str]:
    """The name of a turn that comes of a proof alone."""
    return "proof", new_id()


def _audit(line: Line, session: Session, row: Conversation, ground: str) -> None:
    contact = Conversations(session).get(row.id)
    AuditStore(session).disclosed(contact, ["identity"], ground, line.clock.now())


def _say(
    line: Line, session: Session, row: Conversation, words: str, *, form: bool = False
) -> dict[str, Any]:
    outcome = Outcome(
        says=(Say(words),),
        choices=("person",),
        secure_form="identity" if form and row.channel == "chat" else None,
    )
    return line.shown(keep(line, session, row, word(line, outcome, row), None, line.clock.now()))
