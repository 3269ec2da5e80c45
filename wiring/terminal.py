"""What the commands share: how trouble is told, and the settings of this process."""

from __future__ import annotations

import typer
from pydantic import ValidationError
from rich.console import Console

from wiring.settings import Settings, settings

trouble = Console(stderr=True, style="red", soft_wrap=True)


def fail(message: str) -> typer.Exit:
    """Says what happened and the next step; the command ends with 2."""
    trouble.print(message, markup=False, highlight=False)
    return typer.Exit(2)


def chosen_settings() -> Settings:
    """The settings, or a plain word about the one that is not usable."""
    try:
        return settings()
    except ValidationError as wrong:
        lines = [f"  {'.'.join(map(str, one['loc'])).upper()}: {one['msg']}" for one in wrong.errors()]
        raise fail(
            "A setting is not usable. See .env.example for what each one means.\n" + "\n".join(lines)
        ) from None
