"""The `acs` command."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console

from wiring.settings import Settings, settings

app = typer.Typer(
    help="ACS Line: the phone, text and web-chat line for people whose tax debt is in collection.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
users = typer.Typer(help="Console accounts.", no_args_is_help=True)
app.add_typer(users, name="user")
trouble = Console(stderr=True, style="red", soft_wrap=True)


def fail(message: str) -> typer.Exit:
    """Says what happened and the next step; the command ends with 2."""
    trouble.print(message, markup=False, highlight=False)
    return typer.Exit(2)


def _settings() -> Settings:
    try:
        return settings()
    except ValidationError as wrong:
        lines = [f"  {'.'.join(map(str, one['loc'])).upper()}: {one['msg']}" for one in wrong.errors()]
        raise fail(
            "A setting is not usable. See .env.example for what each one means.\n" + "\n".join(lines)
        ) from None


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
def law(on: Annotated[str, typer.Option(help="The day, YYYY-MM-DD; today when left out.")] = "") -> None:
    """The figures in force on a day, each with its source."""
    from wiring.law import print_law

    print_law(_day(on) if on else _settings().today())


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
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)] = "",
) -> None:
    """A console account for a person who answers."""
    from wiring.run import database
    from wiring.users import ensure_user

    if role not in ("agent", "supervisor"):
        raise fail(f"There is no role '{role}'. Use agent or supervisor.")
    if not ensure_user(database(_settings()), name, password, role):
        raise fail(f"There is an account '{name}' already. Choose another name.")
    print(f"{name} can sign in at {_settings().public_url}/console as {role}.")


def main() -> None:
    """The entry point."""
    app()


if __name__ == "__main__":
    main()
