"""The guards of privacy and of the doors, each of which can be taken out to see that its slice falls.

`SECURITY_WITHOUT=signature pytest tests/security`. A check that stays green without its guard proves nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


def take_out(name: str, patch: pytest.MonkeyPatch) -> None:
    """Removes a guard for one test. KeyError names those there are."""
    if name not in GUARDS:
        raise KeyError(f"no guard {name!r}; there are: {', '.join(sorted(GUARDS))}")
    GUARDS[name](patch)


def _signature(patch: pytest.MonkeyPatch) -> None:
    """Whoever posts is Twilio."""
    from channels import signature

    patch.setattr(signature, "genuine", lambda *a, **k: True)


def _proof(patch: pytest.MonkeyPatch) -> None:
    """Every conversation is the canary's."""
    from store.conversations import Conversations
    from tests.security.canary import ID

    get = Conversations.get

    def known(self: Conversations, conversation: str) -> Any:
        contact = get(self, conversation)
        contact.taxpayer = contact.taxpayer or ID
        return contact

    patch.setattr(Conversations, "get", known)


def _own_conversation(patch: pytest.MonkeyPatch) -> None:
    """A telephone number that was proved once is proved for ever."""
    from store.conversations import Conversations
    from store.tables.conversations import Conversation

    make = Conversations.open

    def inherit(self: Conversations, *args: Any, **more: Any) -> Any:
        row = make(self, *args, **more)
        for other in self.session.query(Conversation).filter(Conversation.phone_index == row.phone_index):
            row.taxpayer = row.taxpayer or other.taxpayer
        return row

    patch.setattr(Conversations, "open", inherit)


def _limits(patch: pytest.MonkeyPatch) -> None:
    """Who guesses may guess on."""
    from api import identify

    patch.setattr(identify, "may_try", lambda **_: True)


def _same_steps(patch: pytest.MonkeyPatch) -> None:
    """An unknown number is told at once, and in its own words."""
    from api import identify

    check, say = identify._check, identify._say

    def quick(session: Any, claimed: Any) -> tuple[str, bool]:
        found = identify.CaseStore(session).find_by_tin(claimed.tin)
        return check(session, claimed) if found else ("", False)

    patch.setattr(identify, "_check", quick)
    patch.setattr(identify, "_say", say)


def _mask(patch: pytest.MonkeyPatch) -> None:
    """Words go on as they came."""
    from desk import masking

    for module in _users_of("mask"):
        patch.setattr(module, "mask", lambda text: masking.Masked(text, False))


def _users_of(name: str) -> list[Any]:
    import sys

    from desk import masking

    real = getattr(masking, name)
    return [one for one in list(sys.modules.values()) if getattr(one, name, None) is real]


def _spoken(patch: pytest.MonkeyPatch) -> None:
    """Numbers said in words are words."""
    from desk import masking

    for table in ("_ONES", "_TEENS", "_TENS", "_HUNDREDS"):
        patch.setattr(masking, table, {})


def _audit(patch: pytest.MonkeyPatch) -> None:
    """What is told leaves no row."""
    from store.audit import AuditStore

    patch.setattr(AuditStore, "record", lambda *a, **k: None)


def _seal(patch: pytest.MonkeyPatch) -> None:
    """Columns keep what they are given."""
    from store import crypto

    patch.setattr(
        crypto,
        "seal",
        lambda column, text: crypto.LAYOUT + crypto.newest_key_id() + b"0" * 12 + text.encode(),
    )
    patch.setattr(crypto, "unseal", lambda column, sealed: bytes(sealed)[17:].decode())


def _rotation(patch: pytest.MonkeyPatch) -> None:
    """The token of a chat stays when identity is proved."""
    from api import identify

    verify = identify.Conversations.verify

    def same(self: Any, row: Any, *args: Any) -> None:
        kept = row.token_hash
        verify(self, row, *args)
        row.token_hash = kept

    patch.setattr(identify.Conversations, "verify", same)


GUARDS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "signature": _signature,
    "proof": _proof,
    "own-conversation": _own_conversation,
    "limits": _limits,
    "same-steps": _same_steps,
    "mask": _mask,
    "spoken": _spoken,
    "audit": _audit,
    "seal": _seal,
    "token-rotation": _rotation,
}
