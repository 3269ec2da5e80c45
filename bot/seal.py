"""What people said rests sealed: the ledger's rows are encrypted with a key made from the bot's secret.

A sealed row is "1." and, in base 64, twelve bytes of nonce and AES-256-GCM's text with its tag. Rows of before, sealed
with Fernet, still open; Fernet took a third of what it costs to keep a turn.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from typing import Any, Optional

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

LAYOUT = "1."


class SealError(RuntimeError):
    """A row does not open: it was written under another secret, or changed."""


class Seal:
    """Seals JSON values. Without a secret (a developer's `rasa shell`) it leaves them readable.

    `old` is the secret before: what it sealed still opens, and `again` seals it with the new one.
    """

    def __init__(self, secret: Optional[str] = None, old: Optional[str] = None) -> None:
        secret = secret or os.environ.get("ACS_BOT_SECRET") or os.environ.get("ACS_SECRET")
        old = old or os.environ.get("ACS_BOT_SECRET_OLD")
        secrets = [one for one in (secret, old) if one]
        self._keys = [_key(one) for one in secrets]
        self._before = MultiFernet([_box(one) for one in secrets]) if secrets else None

    def close(self, value: Any) -> str:
        """The value as text nobody can read without the secret."""
        plain = json.dumps(value)
        if not self._keys:
            return plain
        nonce = os.urandom(12)
        return LAYOUT + base64.b64encode(nonce + self._keys[0].encrypt(nonce, plain.encode(), None)).decode()

    def again(self, sealed: str) -> str:
        """The same value under the newest secret. Raises SealError."""
        return self.close(self.open(sealed))

    def open(self, sealed: str) -> Any:
        """The value again. Raises SealError."""
        if not self._keys or sealed.startswith(("{", "[")):
            return json.loads(sealed)
        return json.loads(self._opened(sealed))

    def _opened(self, sealed: str) -> bytes:
        try:
            if not sealed.startswith(LAYOUT):
                assert self._before is not None
                return self._before.decrypt(sealed.encode())
            whole = base64.b64decode(sealed[len(LAYOUT) :], validate=True)
        except (InvalidToken, ValueError) as error:
            raise SealError(SHUT) from error
        for key in self._keys:
            try:
                return key.decrypt(whole[:12], whole[12:], None)
            except (InvalidTag, ValueError):
                continue
        raise SealError(SHUT)


SHUT = "a row of the bot's ledger does not open with this secret"


def _key(secret: str) -> AESGCM:
    return AESGCM(hashlib.sha256(f"acs-line bot ledger 1 {secret}".encode()).digest())


def _box(secret: str) -> Fernet:
    """The key of rows that were sealed before."""
    key = hashlib.sha256(f"acs-line bot ledger {secret}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
