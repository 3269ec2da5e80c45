"""Personal data rests encrypted: keys from one secret, a sealed value per column, an index to look up by.

A sealed value is: one byte for the layout, four for the key, twelve for the nonce, then AES-256-GCM.
The name of the column is authenticated with it, so a value moved to another column does not open.
"""

from __future__ import annotations

import hmac
import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Dialect, LargeBinary
from sqlalchemy.types import TypeDecorator

from store.errors import CannotDecrypt, SecretMissing, SecretTooShort

LAYOUT = b"\x01"
SHORTEST = 16


@dataclass(frozen=True, repr=False)
class Key:
    """The keys that follow from one secret, each for one purpose."""

    id: bytes
    seal: bytes
    index: bytes

    @classmethod
    def of(cls, secret: str) -> Key:
        if len(secret) < SHORTEST:
            raise SecretTooShort(f"ACS_SECRET has {len(secret)} characters; it needs {SHORTEST}.")
        return cls(
            *(_derive(secret, purpose, size) for purpose, size in (("id", 4), ("seal", 32), ("index", 32)))
        )


def _derive(secret: str, purpose: str, size: int) -> bytes:
    info = f"acs-line/1/{purpose}".encode()
    return HKDF(algorithm=SHA256(), length=size, salt=None, info=info).derive(secret.encode())


_ring: list[Key] = []


def use_secret(*secrets: str) -> None:
    """Sets the secrets of this process, the newest first: it seals; all of them open and find."""
    if not secrets or not secrets[0]:
        raise SecretMissing("There is no secret to encrypt with.")
    _ring[:] = [Key.of(secret) for secret in secrets]


def newest_key_id() -> bytes:
    """The four bytes by which values sealed from now on are known."""
    return _keys()[0].id


def key_ids() -> list[bytes]:
    """The ids of all keys of this process, the newest first."""
    return [key.id for key in _keys()]


def key_id_of(sealed: bytes) -> bytes:
    """Which key a sealed value was made with."""
    return sealed[1:5]


def _keys() -> Sequence[Key]:
    if not _ring:
        raise SecretMissing("There is no secret to encrypt with.")
    return _ring


def seal(column: str, text: str) -> bytes:
    """`text` encrypted for `column` ("table.column"); sealing twice gives two different values."""
    key, nonce = _keys()[0], os.urandom(12)
    return LAYOUT + key.id + nonce + AESGCM(key.seal).encrypt(nonce, text.encode(), column.encode())


def unseal(column: str, sealed: bytes) -> str:
    """The text again. Raises CannotDecrypt if the key, the column or a single bit is not the same."""
    layout, key_id, nonce, body = sealed[:1], sealed[1:5], sealed[5:17], sealed[17:]
    key = next((one for one in _keys() if one.id == key_id and layout == LAYOUT), None)
    if key is None:
        raise CannotDecrypt(f"A value of {column} was kept under another secret.")
    try:
        return AESGCM(key.seal).decrypt(nonce, body, column.encode()).decode()
    except InvalidTag as error:
        raise CannotDecrypt(f"A value of {column} was changed or belongs elsewhere.") from error


def blind_index(purpose: str, value: str) -> str:
    """What stands beside a sealed value to find it by: equal values, equal index; no way back. 64 hex."""
    return _index(_keys()[0], purpose, value)


def blind_indexes(purpose: str, value: str) -> list[str]:
    """The index under every key of the ring, newest first, so that old rows are found while keys rotate."""
    return [_index(key, purpose, value) for key in _keys()]


def _index(key: Key, purpose: str, value: str) -> str:
    return hmac.new(key.index, f"{purpose}\0{_plainest(purpose, value)}".encode(), "sha256").hexdigest()


def _plainest(purpose: str, value: str) -> str:
    """One spelling for what people write in many ways."""
    if purpose == "tin":
        return re.sub(r"\D", "", value)
    if purpose == "phone":
        digits = re.sub(r"\D", "", value)
        return f"+1{digits}" if len(digits) == 10 else f"+{digits}"
    return value.strip()


class Sealed(TypeDecorator[Any]):
    """A column whose value never reaches the disk in clear. Its argument is its own name, "table.column"."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, column: str) -> None:
        super().__init__()
        self.column = column

    def process_bind_param(self, value: Any | None, dialect: Dialect) -> bytes | None:
        return None if value is None else seal(self.column, self.write(value))

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Any | None:
        return None if value is None else self.read(unseal(self.column, bytes(value)))

    def write(self, value: Any) -> str:
        return str(value)

    def read(self, text: str) -> Any:
        return text


class EncryptedText(Sealed):
    """Sealed text."""

    cache_ok = True


class EncryptedDate(Sealed):
    """A sealed calendar day."""

    cache_ok = True

    def write(self, value: Any) -> str:
        return value.isoformat()  # type: ignore[no-any-return]

    def read(self, text: str) -> Any:
        return date.fromisoformat(text)


class EncryptedDollars(Sealed):
    """A sealed amount, US dollars, exact."""

    cache_ok = True

    def read(self, text: str) -> Any:
        return Decimal(text)


class EncryptedJson(Sealed):
    """Sealed JSON. Days and amounts become text, as they are written in facts."""

    cache_ok = True

    def write(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)

    def read(self, text: str) -> Any:
        return json.loads(text)
