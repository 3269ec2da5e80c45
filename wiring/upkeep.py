"""The commands that look after a line: backup and restore, keys, what is let go, and the audit trail."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from wiring.settings import Settings
from wiring.terminal import chosen_settings, fail

app = typer.Typer()
keys = typer.Typer(help="The secret everything personal is encrypted with.", no_args_is_help=True)


@app.command()
def backup(file: Path) -> None:
    """The database and the bot's book, consistent, while the line works. What is encrypted stays encrypted."""
    from store.errors import StoreError
    from wiring.backup import save
    from wiring.run import database

    chosen = chosen_settings()
    try:
        counts = save(chosen, database(chosen), file)
    except StoreError as reason:
        raise fail(str(reason)) from None
    except OSError as reason:
        raise fail(f"{file} cannot be written: {reason.strerror}.") from None
    print(
        f"{sum(counts.values())} rows are in {file}. It opens with this ACS_SECRET alone; keep the two apart."
    )


@app.command()
def restore(
    file: Path,
    replace: Annotated[bool, typer.Option("--replace", help="Do not keep what is there now.")] = False,
) -> None:
    """Brings a backup back, all of it or nothing. What is there now is kept in a file of its own beside it."""
    from sqlalchemy.exc import SQLAlchemyError

    from store.crypto import use_secret
    from store.errors import StoreError
    from wiring.backup import put_back
    from wiring.secrets import the_secrets

    chosen = chosen_settings()
    try:
        use_secret(*the_secrets(chosen))
        counts, kept = put_back(chosen, file, keep=not replace)
    except StoreError as reason:
        raise fail(str(reason)) from None
    except OSError as reason:
        raise fail(f"{file} cannot be read: {reason.strerror}.") from None
    except SQLAlchemyError as reason:
        raise fail(f"Nothing was changed: the database refused ({type(reason).__name__}).") from None
    if kept:
        print(f"What was there before is in {kept}.")
    print(f"{sum(counts.values())} rows of {file} are restored, and the audit trail is whole.")


@keys.command("rotate")
def rotate() -> None:
    """Everything sealed with ACS_SECRET_OLD is sealed with ACS_SECRET. Stopped half-way, run it again."""
    from store.errors import StoreError
    from wiring.keys import rotate as turn
    from wiring.run import database

    chosen = chosen_settings()
    if not chosen.acs_secret_old.get_secret_value():
        raise fail(
            "Set ACS_SECRET to the new secret and ACS_SECRET_OLD to the one before; then run this again."
        )
    try:
        counts = turn(chosen, database(chosen), lambda name, count: print(f"  {name}: {count}"))
    except StoreError as reason:
        raise fail(str(reason)) from None
    print(
        f"{sum(counts.values())} rows are sealed with the new secret. Leave ACS_SECRET_OLD for a day, until the "
        "counts of failed proofs made under it have run out, then take it out and start the line again."
    )


@app.command()
def forget(
    days: Annotated[
        int, typer.Option(help="Silent for more days than this; RETENTION_DAYS when left out.")
    ] = 0,
    look: Annotated[bool, typer.Option("--look", help="Only count what would go.")] = False,
) -> None:
    """Lets old conversations go, with everything said in them. Cases and the audit trail stay."""
    from store.retention import forget as let_go
    from store.retention import old_conversations
    from wiring.run import database

    chosen = chosen_settings()
    keep, now = days or chosen.retention_days, datetime.now(UTC)
    opened = database(chosen)
    with opened.read() as session:
        old = old_conversations(session, now - timedelta(days=keep))
    if look:
        print(f"{len(old)} conversations were silent for more than {keep} days.")
        return
    count = 0
    for at in range(0, len(old), 200):
        with opened.work() as session:
            gone = let_go(session, old[at : at + 200], now, f"older than {keep} days")
        count += sum(gone.rows.values())
        _drop_from_book(chosen, gone.conversations)
    _scrub(chosen)
    print(f"{len(old)} conversations are gone ({count} rows). The audit trail stays.")


@app.command()
def erase(
    taxpayer: Annotated[str, typer.Option(help="Everything of this taxpayer.")] = "",
    conversation: Annotated[str, typer.Option(help="One conversation.")] = "",
    ground: Annotated[str, typer.Option(help="Why; it stands in the audit trail.")] = "asked for",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask again.")] = False,
) -> None:
    """Erases all of one person, or of one conversation, and says what stays and why."""
    from store.errors import StoreError
    from store.retention import STAYS, erase_conversation, erase_taxpayer
    from wiring.run import database

    if bool(taxpayer) == bool(conversation):
        raise fail("Say either --taxpayer ID or --conversation ID.")
    if not (yes or typer.confirm("This cannot be undone. Erase?")):
        raise fail("Nothing was erased.")
    chosen, now = chosen_settings(), datetime.now(UTC)
    try:
        with database(chosen).work() as session:
            gone = (
                erase_taxpayer(session, taxpayer, now, ground)
                if taxpayer
                else erase_conversation(session, conversation, now, ground)
            )
    except StoreError as reason:
        raise fail(str(reason)) from None
    except KeyError:
        raise fail(f"There is no conversation '{conversation}'.") from None
    _drop_from_book(chosen, gone.conversations)
    _scrub(chosen)
    for table, count in sorted(gone.rows.items()):
        print(f"  {table}: {count} gone")
    for table in ("audit", "opt_outs") if taxpayer else STAYS:
        print(f"  {table} stays: {STAYS[table]}")
    print("Backups and logs of earlier days are not touched: backups still hold it until they are deleted.")


@app.command()
def audit() -> None:
    """Whether the audit trail is as it was written; ends with 1 if a row was changed, put in or taken out."""
    from sqlalchemy import func, select

    from store.audit import AuditStore
    from store.tables.audit import AuditRow
    from wiring.run import database

    with database(chosen_settings()).read() as session:
        broken = AuditStore(session).first_broken()
        count = session.scalar(select(func.count()).select_from(AuditRow))
    if broken is not None:
        print(f"The audit trail does not fit from row {broken} on.")
        raise typer.Exit(1)
    print(f"The audit trail is whole: {count} rows.")


def _drop_from_book(chosen: Settings, conversations: list[str]) -> None:
    from bot.ledger import Ledger

    if chosen.bot_store.exists() and conversations:
        book = Ledger(str(chosen.bot_store))
        for one in conversations:
            book.drop(one)
        book.close()


def _scrub(chosen: Settings) -> None:
    from store.db import Database
    from store.rekey import scrub

    scrub(Database(chosen.database_url))
