"""Accounts of the console: made, signed in to, signed out of, and who is at their desk."""

from __future__ import annotations

import hmac
import secrets
import threading
from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from hashlib import sha256

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from desk.ports import Clock
from desk.queue import PRESENCES
from store.crypto import blind_index
from store.errors import NotPossible, PasswordTooShort, TooBusy
from store.handoff_work import HandoffWork
from store.tables.agents import AgentRow, AgentSession, LoginFailure

ROLES = ("agent", "supervisor")
SHORTEST_PASSWORD = 12
IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=12)
OFTEN = timedelta(seconds=3)
"""That a screen is there is not written down more often than this."""
WINDOW = timedelta(minutes=15)
TRIES_A_NAME_FROM_ONE_ADDRESS, TRIES = 5, 20

# One check takes 64 MiB and a quarter of a second on purpose; many at once would stop the line.
_two_at_a_time = threading.BoundedSemaphore(2)
_passwords = PasswordHash((Argon2Hasher(),))


@cache
def _nobodys_hash() -> str:
    """Checked for names that do not exist, so that they take as long as those that do."""
    return _passwords.hash(secrets.token_hex())


def add_user(
    session: Session,
    name: str,
    password: str,
    role: str = "agent",
    queues: Sequence[str] | None = None,
    languages: Sequence[str] | None = None,
) -> None:
    """Makes an account, or gives an existing one a new password and role. Skills of None mean all.

    Raises PasswordTooShort below 12 characters and NotPossible for a role that is not there.
    """
    if role not in ROLES:
        raise NotPossible(f"There is no role {role}; there are {', '.join(ROLES)}.")
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooShort(f"The password has {len(password)} characters.")
    row = session.get(AgentRow, name) or AgentRow(name=name, presence="offline")
    with _two_at_a_time:
        row.password_hash = _passwords.hash(password)
    row.role = role
    row.queues = list(queues) if queues is not None else None
    row.languages = list(languages) if languages is not None else None
    session.add(row)
    session.execute(delete(AgentSession).where(AgentSession.agent == name))
    session.flush()


def has_user(session: Session, name: str) -> bool:
    """Whether there is an account of this name."""
    return session.get(AgentRow, name) is not None


def password_fits(password: str, kept: str | None) -> bool:
    """Whether the password is the one; takes as long when there is no account. Raises TooBusy after 5 seconds."""
    if not _two_at_a_time.acquire(timeout=5):
        raise TooBusy("Many are signing in at this moment.")
    try:
        fits = _passwords.verify(password, kept or _nobodys_hash())
    finally:
        _two_at_a_time.release()
    return fits and kept is not None


class AgentStore:
    """Accounts and sessions of one unit of work."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self.session = session
        self.clock = clock

    def kept_hash(self, name: str) -> str | None:
        """What the password of this account is checked against."""
        row = self.session.get(AgentRow, name)
        return row.password_hash if row else None

    def may_try(self, name: str, address: str) -> bool:
        """Counts one more sign-in and tells whether it may be tried.

        In 15 minutes: five for a name from one address, twenty for a name, twenty from an address. It counts
        as failed until `sign_in` says otherwise, so that many at once gain nothing.
        """
        now, both = self.clock.now(), f"{name}|{address}"
        self.session.execute(delete(LoginFailure).where(LoginFailure.at < now - WINDOW))
        limits = {both: TRIES_A_NAME_FROM_ONE_ADDRESS, f"name {name}": TRIES, f"address {address}": TRIES}
        allowed = all(self._failures(who) < most for who, most in limits.items())
        if allowed:
            self.session.add_all(LoginFailure(who=_who(who), at=now) for who in limits)
        self.session.flush()
        return allowed

    def sign_in(self, name: str, address: str) -> str:
        """A new session; returns its token, of which only a hash is kept."""
        now, token = self.clock.now(), secrets.token_urlsafe(32)
        for who in (f"{name}|{address}", f"name {name}", f"address {address}"):
            last = select(func.max(LoginFailure.id)).where(LoginFailure.who == _who(who)).scalar_subquery()
            self.session.execute(delete(LoginFailure).where(LoginFailure.id == last))
        self.session.execute(delete(AgentSession).where(AgentSession.opened_at < now - LONGEST))
        self.session.add(AgentSession(token_hash=_hash(token), agent=name, opened_at=now, last_at=now))
        self.session.get_one(AgentRow, name).last_seen = now
        self.session.flush()
        return token

    def signed_in(self, token: str) -> AgentRow | None:
        """The agent of a session, unless it was idle for 15 minutes or is 12 hours old. Only reads."""
        row, now = self.session.get(AgentSession, _hash(token)), self.clock.now()
        if row is None or now - row.last_at > IDLE or now - row.opened_at > LONGEST:
            return None
        return self.session.get_one(AgentRow, row.agent)

    def forget(self, token: str) -> None:
        """Ends a session that is over for good: a clock set back does not bring it to life again."""
        row = self.session.get(AgentSession, _hash(token))
        if row is not None:
            self.session.delete(row)
            self.session.flush()

    def touch(self, token: str, *, active: bool) -> None:
        """The screen is there; only an `active` one counts against being idle."""
        row, now = self.session.get(AgentSession, _hash(token)), self.clock.now()
        if row is None:
            return
        if active:
            row.last_at = now
        self.session.get_one(AgentRow, row.agent).last_seen = now
        self.session.flush()

    def sign_out(self, token: str) -> None:
        """Ends a session; callers with this agent go back to the head of the line."""
        row = self.session.get(AgentSession, _hash(token))
        if row is None:
            return
        self.presence(row.agent, "offline")
        self.session.delete(row)
        self.session.flush()

    def presence(self, name: str, state: str) -> None:
        """available, wrap_up, break or offline. Who leaves gives back what rings; offline also whom they have."""
        if state not in PRESENCES:
            raise NotPossible(f"There is no presence {state}; there are {', '.join(PRESENCES)}.")
        row = self.session.get_one(AgentRow, name)
        if row.presence != state:
            row.presence, row.presence_since = state, self.clock.now()
        if state in ("break", "offline"):
            HandoffWork(self.session, self.clock).give_back(name, active=state == "offline")
        self.session.flush()

    def _failures(self, who: str) -> int:
        since = self.clock.now() - WINDOW
        query = select(func.count()).where(LoginFailure.who == _who(who), LoginFailure.at >= since)
        return self.session.scalar(query) or 0


def csrf_token(token: str) -> str:
    """The token a page must send along with every change; it follows from the session's."""
    return blind_index("csrf", token)


def csrf_fits(token: str, given: str | None) -> bool:
    """Whether the page that sends this is ours."""
    return hmac.compare_digest(csrf_token(token).encode(), (given or "").encode())


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _who(who: str) -> str:
    return blind_index("login", who.casefold())
