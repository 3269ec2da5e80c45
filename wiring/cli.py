"""The `acs` command."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from wiring import upkeep
from wiring.terminal import chosen_settings as _settings
from wiring.terminal import fail

app = typer.Typer(
    help="ACS Line: the phone, text and web-chat line for people whose tax debt is in collection.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
users = typer.Typer(help="Console accounts.", no_args_is_help=True)
app.add_typer(users, name="user")
app.add_typer(upkeep.app)
app.add_typer(upkeep.keys, name="keys")


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise fail(f"'{value}' is not a date. Write it as YYYY-MM-DD, for example 2026-11-22.") from None


@app.command()
def run() -> None:
    """The whole line with demo cases, chat page, agent console and pretend phone."""
    from wiring.run import run as start

    chosen = _settings()
    start(chosen, demo=chosen.demo)


@app.command()
def serve() -> None:
    """The line alone, for a process manager: no demo cases and no pretend phone."""
    from wiring.run import run as start

    start(_settings(), demo=False)


@app.command()
def train(force: Annotated[bool, typer.Option(help="Train even if nothing changed.")] = False) -> None:
    """The dialogue model, with progress; skipped while nothing it depends on changed."""
    from wiring.run import train as teach

    teach(force)


@app.command()
def view(
    file: Path,
    taxpayer: Annotated[str, typer.Option(help="The id of the taxpayer in the file.")],
    as_of: Annotated[str, typer.Option(help="The day, YYYY-MM-DD.")],
) -> None:
    """The case view of a taxpayer in a case file, as JSON, without a database."""
    from acs.errors import AcsError
    from wiring.cases import view_of

    try:
        seen = view_of(file, taxpayer, _day(as_of))
    except KeyError:
        raise fail(
            f"{file} has no taxpayer '{taxpayer}'. Check the id: it is the `id:` line of the file."
        ) from None
    except OSError as reason:
        raise fail(f"{file} cannot be read: {reason.strerror}.") from None
    except AcsError as reason:
        raise fail(str(reason)) from None
    print(json.dumps(seen, indent=2, ensure_ascii=False))


@app.command("import")
def import_(file: Path) -> None:
    """Brings a case file into the database; nothing of a file with an error is imported."""
    from acs.errors import AcsError
    from wiring.cases import import_files
    from wiring.run import database

    try:
        count = import_files(database(_settings()), [file])
    except OSError as reason:
        raise fail(f"{file} cannot be read: {reason.strerror}.") from None
    except AcsError as reason:
        raise fail(str(reason)) from None
    print(f"{count} taxpayers of {file} are in the database.")


@app.command()
def day(
    on: Annotated[str, typer.Option(help="The day, YYYY-MM-DD; the business date when left out.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="The summary as JSON.")] = False,
    workers: Annotated[int, typer.Option(help="Processes on PostgreSQL; 0: one for each core.")] = 0,
) -> None:
    """The collection system's day over every case: issues, files, releases and refers what is due."""
    from store.errors import StoreError
    from wiring.day import print_summary, run_day
    from wiring.run import database

    chosen = _settings()
    when = _day(on) if on else chosen.today()
    database(chosen).engine.dispose()
    try:
        summary = run_day(chosen, when, workers or None)
    except StoreError as reason:
        raise fail(str(reason)) from None
    print_summary(summary, as_json)
    if summary["trouble"]:
        raise typer.Exit(1)


@app.command()
def generate(
    cases: Annotated[int, typer.Option(help="How many.")] = 1000,
    seed: Annotated[int, typer.Option(help="The same seed makes the same cases.")] = 1,
    on: Annotated[str, typer.Option(help="The day the inventory is of, YYYY-MM-DD.")] = "",
    out: Annotated[str, typer.Option(help="A case file to write; - for the screen.")] = "-",
    into_database: Annotated[bool, typer.Option(help="Straight into the database instead.")] = False,
) -> None:
    """Invented cases, believable as an inventory: nobody's, for tests, benchmarks and demonstrations."""
    from store.errors import StoreError
    from wiring.generate import load_generated, write_generated
    from wiring.run import database

    chosen = _settings()
    when = _day(on) if on else chosen.today()
    if cases < 1:
        raise fail("--cases must be 1 or more.")
    if into_database:
        database(chosen).engine.dispose()
        try:
            count = load_generated(chosen.database_url, cases, seed, when)
        except StoreError as reason:
            raise fail(str(reason)) from None
        print(f"{count} generated cases are in the database.")
        return
    try:
        write_generated(out, cases, seed, when)
    except OSError as reason:
        raise fail(f"{out} cannot be written: {reason.strerror}.") from None


@app.command()
def law(on: Annotated[str, typer.Option(help="The day, YYYY-MM-DD; today when left out.")] = "") -> None:
    """The figures in force on a day, each with its source."""
    from wiring.law import print_law

    print_law(_day(on) if on else _settings().today())


@app.command("notice")
def notice_(
    taxpayer: Annotated[str, typer.Argument(metavar="ID", help="The taxpayer's id, such as T-1005.")],
    code: Annotated[str, typer.Option(help="The name printed on the letter, such as LT11.")],
    pdf: Annotated[Path | None, typer.Option(help="Writes a PDF to this file.")] = None,
    html: Annotated[Path | None, typer.Option(help="Writes a web page to this file.")] = None,
    language: Annotated[str, typer.Option(help="en or es; the taxpayer's own when left out.")] = "",
    on: Annotated[str, typer.Option(help="The newest one up to this day, YYYY-MM-DD; else today.")] = "",
) -> None:
    """A letter of a case in the database, with its own figures: as text, or as a PDF or HTML file."""
    from letters.letter import NoLetter
    from wiring.notice import deliver, notice
    from wiring.run import database

    if language not in ("", "en", "es"):
        raise fail(f"There is no language '{language}' here. Use en or es.")
    chosen = _settings()
    day = _day(on) if on else chosen.today()
    spoken: Any = language or None
    try:
        said = deliver(notice(database(chosen), taxpayer, code, day, spoken, demo=chosen.demo), pdf, html)
    except NoLetter as reason:
        raise fail(str(reason)) from None
    except OSError as reason:
        raise fail(f"{reason.filename} cannot be written: {reason.strerror}.") from None
    print(said)


@app.command()
def talk(
    url: Annotated[str, typer.Option(help="The line; the one of the settings when left out.")] = "",
    language: Annotated[str, typer.Option(help="en or es")] = "en",
) -> None:
    """Chat in the terminal with the running line."""
    from wiring.talk import talk as chat

    chat(url or f"http://127.0.0.1:{_settings().port}", language)


@app.command()
def phone(
    number: Annotated[str, typer.Option("--from", help="The number you call from.")] = "+15125550143",
) -> None:
    """A pretend phone in the terminal: type what you say, press keys."""
    from wiring.phone import run_phone

    run_phone(f"http://127.0.0.1:{_settings().pretend_port}", number)


@app.command()
def text(
    body: str,
    number: Annotated[str, typer.Option("--from", help="The number you text from.")] = "+15125550143",
) -> None:
    """A pretend text message to the line; prints what comes back."""
    from wiring.phone import run_text

    run_text(f"http://127.0.0.1:{_settings().pretend_port}", body, number)


@users.command("add")
def add(
    name: str,
    role: Annotated[str, typer.Option(help="agent or supervisor")] = "agent",
    password: Annotated[str, typer.Option(help="12 characters or more; asked for when left out.")] = "",
) -> None:
    """A console account for a person who answers."""
    from store.errors import PasswordTooShort
    from wiring.run import database
    from wiring.users import ensure_user, password_asked

    if role not in ("agent", "supervisor"):
        raise fail(f"There is no role '{role}'. Use agent or supervisor.")
    chosen, made = (password, False) if password else password_asked()
    try:
        fresh = ensure_user(database(_settings()), name, chosen, role)
    except PasswordTooShort as reason:
        raise fail(str(reason)) from None
    if not fresh:
        raise fail(f"There is an account '{name}' already. Choose another name.")
    print(f"{name} can sign in at {_settings().public_url}/console as {role}.")
    if made:
        print(f"The password, shown this once: {chosen}")


def main() -> None:
    """The entry point."""
    app()


if __name__ == "__main__":
    main()
