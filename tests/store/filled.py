"""A database with a little of everything that matters to backups, keys and retention."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from sqlalchemy import func, select

from acs.casefile import loads
from desk.contact import Contact
from store.audit import AuditStore
from store.cases import import_cases
from store.conversations import Conversations
from store.opt_outs import OptOuts
from store.probes import Probes
from store.raw import resting_tables
from store.tables.conversations import Inbound, VoiceTurn
from store.tables.drafts import DraftRow
from store.tables.requests import RequestRow

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
CASE = """
version: 1
taxpayers:
  - id: {id}
    kind: individual
    name: {{first: Zephyrine, last: Quillfeather}}
    tin: "{tin}"
    date_of_birth: 1957-08-23
    address: {{street: "4711 Marzipan Ct", city: Austin, state: TX, zip: "78701"}}
    phone: "+15125550177"
    modules:
      - form: "1040"
        period: "2023"
        assessments: [{{kind: tax, date: 2024-06-03, amount: 48913.27}}]
        notices: [{{code: CP14, date: 2024-06-10}}]
"""


def fill(database, *, id="T-Z", tin="900-81-7263", phone="+15125550177", at=NOW, digits="a"):
    """One taxpayer with a conversation, a request, a draft, a call, an attempt and an opt-out; the conversation's id."""
    with database.work() as session:
        import_cases(session, loads(CASE.format(id=id, tin=tin)))
    with database.work() as session:
        conversations = Conversations(session)
        row = conversations.open("sms", "en", at, phone=phone, call_sid=f"CA{digits}")
        inbound = Inbound(
            source="sms",
            external_id=f"SM{digits}",
            conversation=row.id,
            kind="text",
            body={"text": "hi"},
            at=at,
        )
        session.add(inbound)
        session.flush()
        conversations.say(row, "you", "I owe too much", at, inbound=inbound.seq)
        conversations.say(row, "assistant", "You owe $48,913.27.", at, sources=["26 USC 6601"])
        conversations.verify(row, id, at)
        session.add(DraftRow(conversation=row.id, topic="plan", filled={"monthly": "200.00"}))
        session.add(VoiceTurn(call_sid=f"CA{digits}", nonce="n1", twiml="<Response/>", at=at))
        session.add(
            RequestRow(
                key=f"plan:{id}", taxpayer=id, conversation=row.id, kind="payment_plan", status="open",
                asked_at=at, facts={"monthly": {"kind": "money", "value": str(Decimal("200.00"))}},
            )
        )  # fmt: skip
        Probes(session).add(row.id, tin, phone, False, at)
        OptOuts(session).add("+15125550" + ("100" if digits == "a" else "101"), at)
        contact = Contact(id=row.id, channel="sms", language="en", taxpayer=id)
        AuditStore(session).disclosed(contact, ["balance"], "identity proved", at + timedelta(seconds=1))
        return row.id


def counts(database):
    """table -> rows."""
    with database.read() as session:
        return {t.name: session.scalar(select(func.count()).select_from(t)) for t in resting_tables()}


def whole(database):
    """Whether the audit trail is as it was written."""
    with database.read() as session:
        return AuditStore(session).first_broken() is None
