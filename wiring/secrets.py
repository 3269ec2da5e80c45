"""The one secret of an installation, and the keys made from it."""

from __future__ import annotations

import hmac
import os
import secrets
from hashlib import sha256
from pathlib import Path

from wiring.settings import ROOT, Settings

KEPT = ROOT / "var" / "secret"


def the_secret(settings: Settings) -> str:
    """ACS_SECRET, or the one made at the first start and kept in var/secret (readable by its owner only)."""
    given = settings.acs_secret.get_secret_value()
    return given or _kept(KEPT)


def the_secrets(settings: Settings) -> tuple[str, ...]:
    """The secret, and the one before it while ACS_SECRET_OLD tells: what it sealed still opens and is found."""
    old = settings.acs_secret_old.get_secret_value()
    return (the_secret(settings), old) if old else (the_secret(settings),)


def _kept(file: Path) -> str:
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text().strip()
    with os.fdopen(handle, "w") as out:
        out.write(secrets.token_urlsafe(48))
    return file.read_text().strip()


def key_for(secret: str, purpose: str) -> str:
    """A key for one purpose; knowing it does not give the secret away."""
    return hmac.new(secret.encode(), f"acs-line {purpose}".encode(), sha256).hexdigest()
