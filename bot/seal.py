"""What people said rests sealed: the ledger's rows are encrypted with a key made from the bot's secret."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from typing import Any, Optional

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class SealError(RuntimeError):
    """A row does not open: it was written under another secret, or changed."""


class Seal:
    """Seals JSON values. Without a secret (a developer's `rasa shell`) it leaves them readable.

    `old` is the secret before: what it sealed still opens, and `again` seals it with the new one.
    """

    def __init__(self, secret: Optional[str] = None, old: Optional[str] = None) -> None:
        secret = secret or os.environ.get("ACS_BOT_SECRET") or os.environ.get("ACS_SECRET")
        old = old or os.environ.get("ACS_BOT_SECRET_OLD")
        self._box = MultiFernet([_box(one) for one in (secret, old) if one]) if secret else None

    def close(self, value: Any) -> str:
        """The value as text nobody can read without the secret."""
        plain = json.dumps(value)
        return self._box.encrypt(plain.encode()).decode() if self._box else plain

    def again(self, sealed: str) -> str:
        """The same value under the newest secret. Raises SealError."""
        if self._box is None or sealed[:1] in "{[":
            return self.close(json.loads(sealed))
        try:
            return self._box.rotate(sealed.encode()).decode()
        except InvalidToken as error:
            raise SealError("a row of the bot's ledger does not open with this secret") from error

    def open(self, sealed: str) -> Any:
        """The value again. Raises SealError."""
        if self._box is None or sealed[:1] in "{[":
            return json.loads(sealed)
        try:
            return json.loads(self._box.decrypt(sealed.encode()))
        except InvalidToken as error:
            raise SealError("a row of the bot's ledger does not open with this secret") from error


def _box(secret: str) -> Fernet:
    key = hashlib.sha256(f"acs-line bot ledger {secret}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
