"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agents",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("queues", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("languages", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("presence", sa.String(length=12), nullable=False),
        sa.Column("presence_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_agents")),
    )
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("event", sa.String(length=32), nullable=False),
        sa.Column("conversation", sa.String(length=40), nullable=True),
        sa.Column("taxpayer", sa.String(length=64), nullable=True),
        sa.Column("what", sa.LargeBinary(), nullable=False),
        sa.Column("ground", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_conversation"), ["conversation"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_taxpayer"), ["taxpayer"], unique=False)

    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("taxpayer", sa.String(length=64), nullable=True),
        sa.Column("authority", sa.LargeBinary(), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("token_before", sa.String(length=64), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("phone_index", sa.String(length=64), nullable=True),
        sa.Column("call_sid", sa.String(length=64), nullable=True),
        sa.Column("call_status", sa.String(length=16), nullable=True),
        sa.Column("story", sa.LargeBinary(), nullable=True),
        sa.Column("pending", sa.LargeBinary(), nullable=True),
        sa.Column("asked", sa.String(length=64), nullable=True),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.Column("held", sa.LargeBinary(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversations")),
        sa.UniqueConstraint("call_sid", name=op.f("uq_conversations_call_sid")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_conversations_token_hash")),
    )
    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_conversations_phone_index_last_at"), ["phone_index", "last_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_conversations_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_conversations_taxpayer"), ["taxpayer"], unique=False)

    op.create_table(
        "day_runs",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("ended", sa.DateTime(timezone=True), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_day_runs")),
    )
    op.create_table(
        "drafts",
        sa.Column("conversation", sa.String(length=64), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("filled", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("conversation", "topic", name=op.f("pk_drafts")),
    )
    op.create_table(
        "login_failures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_failures")),
    )
    with op.batch_alter_table("login_failures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_login_failures_who_at"), ["who", "at"], unique=False)

    op.create_table(
        "opt_outs",
        sa.Column("phone_index", sa.String(length=64), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("own_words", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("phone_index", name=op.f("pk_opt_outs")),
    )
    op.create_table(
        "reminders",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("taxpayer", sa.String(length=64), nullable=False),
        sa.Column("conversation", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=False),
        sa.Column("phone_index", sa.String(length=64), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("about", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("why", sa.String(length=60), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sa.UniqueConstraint("key", name=op.f("uq_reminders_key")),
    )
    with op.batch_alter_table("reminders", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reminders_phone_index"), ["phone_index"], unique=False)
        batch_op.create_index(batch_op.f("ix_reminders_state_at"), ["state", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_reminders_taxpayer"), ["taxpayer"], unique=False)

    op.create_table(
        "requests",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("taxpayer", sa.String(length=64), nullable=False),
        sa.Column("conversation", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_requests")),
    )
    with op.batch_alter_table("requests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_requests_taxpayer"), ["taxpayer"], unique=False)

    op.create_table(
        "sheet_links",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("request", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sheet_links")),
    )
    with op.batch_alter_table("sheet_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sheet_links_request"), ["request"], unique=False)

    op.create_table(
        "taxpayers",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("tin", sa.LargeBinary(), nullable=False),
        sa.Column("tin_index", sa.String(length=64), nullable=False),
        sa.Column("date_of_birth", sa.LargeBinary(), nullable=True),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("caller_id", sa.LargeBinary(), nullable=True),
        sa.Column("agi", sa.LargeBinary(), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("filing_status", sa.String(length=20), nullable=True),
        sa.Column("household_size", sa.Integer(), nullable=True),
        sa.Column("spouse", sa.String(length=64), nullable=True),
        sa.Column("operating", sa.Boolean(), nullable=False),
        sa.Column("trust_fund", sa.Boolean(), nullable=False),
        sa.Column("passport_certified", sa.Date(), nullable=True),
        sa.Column("deceased", sa.LargeBinary(), nullable=True),
        sa.Column("sms_consent", sa.Boolean(), nullable=False),
        sa.Column("calls_consent", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taxpayers")),
    )
    with op.batch_alter_table("taxpayers", schema=None) as batch_op:
        batch_op.create_index("ix_taxpayers_spouse", ["spouse"], unique=False)
        batch_op.create_index("ix_taxpayers_tin_index", ["tin_index"], unique=False)

    op.create_table(
        "voice_turns",
        sa.Column("call_sid", sa.String(length=64), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("twiml", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("call_sid", "nonce", name=op.f("pk_voice_turns")),
    )
    op.create_table(
        "agent_sessions",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("agent", sa.String(length=64), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent"], ["agents.name"], name=op.f("fk_agent_sessions_agent_agents"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_agent_sessions")),
    )
    with op.batch_alter_table("agent_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agent_sessions_agent"), ["agent"], unique=False)

    op.create_table(
        "agreements",
        sa.Column("origin", sa.String(length=4), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("requested", sa.Date(), nullable=True),
        sa.Column("accepted", sa.Date(), nullable=True),
        sa.Column("ended", sa.Date(), nullable=True),
        sa.Column("monthly", sa.BigInteger(), nullable=True),
        sa.Column("day", sa.Integer(), nullable=True),
        sa.Column("direct_debit", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("taxpayer_id", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["taxpayer_id"],
            ["taxpayers.id"],
            name=op.f("fk_agreements_taxpayer_id_taxpayers"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreements")),
    )
    with op.batch_alter_table("agreements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreements_taxpayer_id"), ["taxpayer_id"], unique=False)

    op.create_table(
        "assignments",
        sa.Column("to", sa.String(length=20), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("office", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("taxpayer_id", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["taxpayer_id"],
            ["taxpayers.id"],
            name=op.f("fk_assignments_taxpayer_id_taxpayers"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignments")),
    )
    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignments_taxpayer_id"), ["taxpayer_id"], unique=False)

    op.create_table(
        "case_days",
        sa.Column("taxpayer_id", sa.String(length=64), nullable=False),
        sa.Column("look_on", sa.Date(), nullable=False),
        sa.Column("next_look", sa.Date(), nullable=True),
        sa.Column("worked_until", sa.Date(), nullable=True),
        sa.Column("figures", sa.String(length=24), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("claim", sa.String(length=32), nullable=True),
        sa.Column("trouble", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(
            ["taxpayer_id"],
            ["taxpayers.id"],
            name=op.f("fk_case_days_taxpayer_id_taxpayers"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("taxpayer_id", name=op.f("pk_case_days")),
    )
    with op.batch_alter_table("case_days", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_days_look_on"), ["look_on"], unique=False)

    op.create_table(
        "follow_ups",
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("opened", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("period", sa.String(length=20), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("taxpayer_id", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["taxpayer_id"],
            ["taxpayers.id"],
            name=op.f("fk_follow_ups_taxpayer_id_taxpayers"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_ups")),
    )
    with op.batch_alter_table("follow_ups", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_ups_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_ups_taxpayer_id"), ["taxpayer_id"], unique=False)

    op.create_table(
        "handoffs",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("handoff_key", sa.String(length=60), nullable=False),
        sa.Column("conversation", sa.String(length=40), nullable=False),
        sa.Column("open_conversation", sa.String(length=40), nullable=True),
        sa.Column("task_sid", sa.String(length=64), nullable=True),
        sa.Column("taxpayer", sa.String(length=64), nullable=True),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("queue", sa.String(length=20), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("head", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("card", sa.LargeBinary(), nullable=False),
        sa.Column("transfer_pin", sa.LargeBinary(), nullable=False),
        sa.Column("moves", sa.LargeBinary(), nullable=False),
        sa.Column("draft_note", sa.LargeBinary(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("callback_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reserved_for", sa.String(length=64), nullable=True),
        sa.Column("reserved_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("passed_by", sa.JSON(), nullable=False),
        sa.Column("timeouts", sa.Integer(), nullable=False),
        sa.Column("agent", sa.String(length=64), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_wait", sa.Integer(), nullable=True),
        sa.Column("unattended_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("caller_left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disposition", sa.String(length=40), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversations.id"], name=op.f("fk_handoffs_conversation_conversations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handoffs")),
        sa.UniqueConstraint("handoff_key", name=op.f("uq_handoffs_handoff_key")),
        sa.UniqueConstraint("open_conversation", name=op.f("uq_handoffs_open_conversation")),
        sa.UniqueConstraint("task_sid", name=op.f("uq_handoffs_task_sid")),
    )
    with op.batch_alter_table("handoffs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handoffs_agent_state"), ["agent", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_handoffs_conversation"), ["conversation"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_handoffs_state_queue_priority_waiting_since"),
            ["state", "queue", "priority", "waiting_since"],
            unique=False,
        )

    op.create_table(
        "holds",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("to", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("taxpayer_id", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["taxpayer_id"], ["taxpayers.id"], name=op.f("fk_holds_taxpayer_id_taxpayers"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holds")),
    )
    with op.batch_alter_table("holds", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_holds_taxpayer_id"), ["taxpayer_id"], unique=False)

    op.create_table(
        "inbound",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("external_id", sa.String(length=160), nullable=False),
        sa.Column("conversation", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversations.id"], name=op.f("fk_inbound_conversation_conversations")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_inbound")),
        sa.UniqueConstraint("source", "external_id", name=op.f("uq_inbound_source_external_id")),
    )
    with op.batch_alter_table("inbound", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inbound_conversation_done_at"), ["conversation", "done_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_inbound_done_at"), ["done_at"], unique=False)

    op.create_table(
        "levies",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("source", sa.LargeBinary(), nullable=True),
        sa.Column("served", sa.Date(), nullable=False),
        sa.Column("released", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("taxpayer_id", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["taxpayer_id"],
            ["taxpayers.id"],
            name=op.f("fk_levies_taxpayer_id_taxpayers"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_levies")),
    )
    with op.batch_alter_table("levies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_levies_taxpayer_id"), ["taxpayer_id"], unique=False)

    op.create_table(
        "levy_sources",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("taxpayer_id", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["taxpayer_id"],
            ["taxpayers.id"],
            name=op.f("fk_levy_sources_taxpayer_id_taxpayers"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_levy_sources")),
    )
    with op.batch_alter_table("levy_sources", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_levy_sources_taxpayer_id"), ["taxpayer_id"], unique=False)

    op.create_table(
        "liens",
        sa.Column("filed", sa.Date(), nullable=False),
        sa.Column("released", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("taxpayer_id", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["taxpayer_id"], ["taxpayers.id"], name=op.f("fk_liens_taxpayer_id_taxpayers"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_liens")),
    )
    with op.batch_alter_table("liens", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_liens_taxpayer_id"), ["taxpayer_id"], unique=False)

    op.create_table(
        "modules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("taxpayer_id", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=20), nullable=False),
        sa.Column("period", sa.String(length=20), nullable=False),
        sa.Column("joint", sa.Boolean(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("extended_to", sa.Date(), nullable=True),
        sa.Column("filed", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["taxpayer_id"],
            ["taxpayers.id"],
            name=op.f("fk_modules_taxpayer_id_taxpayers"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_modules")),
        sa.UniqueConstraint("taxpayer_id", "form", "period", name=op.f("uq_modules_taxpayer_id_form_period")),
    )
    with op.batch_alter_table("modules", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_modules_taxpayer_id"), ["taxpayer_id"], unique=False)

    op.create_table(
        "notes",
        sa.Column("origin", sa.String(length=4), nullable=False),
        sa.Column("at", sa.Date(), nullable=False),
        sa.Column("written", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by", sa.LargeBinary(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("taxpayer_id", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["taxpayer_id"], ["taxpayers.id"], name=op.f("fk_notes_taxpayer_id_taxpayers"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
    )
    with op.batch_alter_table("notes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notes_taxpayer_id"), ["taxpayer_id"], unique=False)

    op.create_table(
        "outbox",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("conversation", sa.String(length=40), nullable=True),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sid", sa.String(length=64), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=True),
        sa.Column("error", sa.String(length=120), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversations.id"], name=op.f("fk_outbox_conversation_conversations")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_sid"), ["sid"], unique=False)
        batch_op.create_index(batch_op.f("ix_outbox_state_next_at"), ["state", "next_at"], unique=False)

    op.create_table(
        "probes",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("conversation", sa.String(length=40), nullable=False),
        sa.Column("tin_index", sa.String(length=64), nullable=False),
        sa.Column("caller_index", sa.String(length=64), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ok", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversations.id"], name=op.f("fk_probes_conversation_conversations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_probes")),
    )
    with op.batch_alter_table("probes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_probes_caller_index_at"), ["caller_index", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_probes_conversation"), ["conversation"], unique=False)
        batch_op.create_index(batch_op.f("ix_probes_tin_index_at"), ["tin_index", "at"], unique=False)

    op.create_table(
        "representatives",
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("form", sa.String(length=4), nullable=False),
        sa.Column("caf", sa.LargeBinary(), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("periods", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("taxpayer_id", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["taxpayer_id"],
            ["taxpayers.id"],
            name=op.f("fk_representatives_taxpayer_id_taxpayers"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_representatives")),
    )
    with op.batch_alter_table("representatives", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_representatives_taxpayer_id"), ["taxpayer_id"], unique=False)

    op.create_table(
        "returns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("taxpayer_id", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=20), nullable=False),
        sa.Column("period", sa.String(length=20), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("filed", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["taxpayer_id"],
            ["taxpayers.id"],
            name=op.f("fk_returns_taxpayer_id_taxpayers"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returns")),
    )
    with op.batch_alter_table("returns", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_returns_taxpayer_id"), ["taxpayer_id"], unique=False)

    op.create_table(
        "verify_links",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("conversation", sa.String(length=40), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversations.id"], name=op.f("fk_verify_links_conversation_conversations")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_verify_links")),
    )
    op.create_table(
        "assessments",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["module_id"], ["modules.id"], name=op.f("fk_assessments_module_id_modules"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessments")),
    )
    with op.batch_alter_table("assessments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessments_module_id"), ["module_id"], unique=False)

    op.create_table(
        "call_backs",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("handoff", sa.String(length=40), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("promised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["handoff"], ["handoffs.id"], name=op.f("fk_call_backs_handoff_handoffs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_backs")),
        sa.UniqueConstraint("handoff", name=op.f("uq_call_backs_handoff")),
    )
    with op.batch_alter_table("call_backs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_backs_state_next_at"), ["state", "next_at"], unique=False)

    op.create_table(
        "hearings",
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("requested", sa.Date(), nullable=False),
        sa.Column("determined", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["module_id"], ["modules.id"], name=op.f("fk_hearings_module_id_modules"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearings")),
    )
    with op.batch_alter_table("hearings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hearings_module_id"), ["module_id"], unique=False)

    op.create_table(
        "messages",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("conversation", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sender", sa.String(length=10), nullable=False),
        sa.Column("author", sa.String(length=64), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("says", sa.LargeBinary(), nullable=True),
        sa.Column("choices", sa.LargeBinary(), nullable=True),
        sa.Column("secure_form", sa.String(length=16), nullable=True),
        sa.Column("listen", sa.String(length=16), nullable=True),
        sa.Column("sources", sa.LargeBinary(), nullable=True),
        sa.Column("rules", sa.String(length=40), nullable=True),
        sa.Column("inbound", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversations.id"], name=op.f("fk_messages_conversation_conversations")
        ),
        sa.ForeignKeyConstraint(["inbound"], ["inbound.seq"], name=op.f("fk_messages_inbound_inbound")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_messages")),
        sa.UniqueConstraint("id", name=op.f("uq_messages_id")),
    )
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_messages_conversation_seq"), ["conversation", "seq"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_messages_inbound"), ["inbound"], unique=False)

    op.create_table(
        "notices",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["module_id"], ["modules.id"], name=op.f("fk_notices_module_id_modules"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
    )
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notices_module_id"), ["module_id"], unique=False)

    op.create_table(
        "payments",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["module_id"], ["modules.id"], name=op.f("fk_payments_module_id_modules"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments")),
    )
    with op.batch_alter_table("payments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payments_module_id"), ["module_id"], unique=False)

    op.create_table(
        "return_penalties",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("removed", sa.String(length=24), nullable=True),
        sa.ForeignKeyConstraint(
            ["return_id"],
            ["returns.id"],
            name=op.f("fk_return_penalties_return_id_returns"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_penalties")),
    )
    with op.batch_alter_table("return_penalties", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_return_penalties_return_id"), ["return_id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("Go back by restoring the backup made before the upgrade.")
