"""What can go wrong in the store.

StoreError
├── SecretMissing      no ACS_SECRET was given, so nothing personal can be read or written
├── SecretTooShort     the secret is too easy to guess
├── CannotDecrypt      a value was kept under another secret, or was changed or moved on the disk
├── PasswordTooShort   a console password of fewer than 12 characters
├── TooBusy            too many sign-ins at this moment; trying again helps
├── NewerSchema        the database was made by a newer version of the line
├── NotWhole           the audit trail was changed outside of the line
├── BadBackup          a backup file cannot be used: cut off, changed, or not ours
├── NotEmpty           there is something where a backup was to be restored
├── StillNeeded        a person is in a conversation that was to be erased
├── NoSuchTaxpayer     there is no case under this id
├── NoSuchHandoff      there is no hand-off under this id
├── NotPossible        the hand-off is not in a state where this can be done
└── TakenByAnother     another agent was faster
"""

from __future__ import annotations


class StoreError(Exception):
    """Root of everything the store raises on purpose. `next_step` may be shown to whoever runs the line."""

    retryable = False
    next_step = "Look at the message above."

    def __str__(self) -> str:
        return f"{super().__str__()} {self.next_step}"


class SecretMissing(StoreError):
    """Nothing was set up to encrypt with."""

    next_step = "Set ACS_SECRET (make run makes and keeps one)."


class SecretTooShort(StoreError):
    """A secret below 16 characters."""

    next_step = (
        "Use at least 16 characters; `python -c 'import secrets; print(secrets.token_hex(32))'` makes one."
    )


class PasswordTooShort(StoreError):
    """A console password anyone could guess."""

    next_step = "Use at least 12 characters; three or four words do well."


class TooBusy(StoreError):
    """More sign-ins than are looked at together."""

    retryable = True
    next_step = "Try again in a few seconds."


class CannotDecrypt(StoreError):
    """The value does not open with any of the keys."""

    next_step = "Start with the ACS_SECRET this database was made with, or restore a backup."


class NewerSchema(StoreError):
    """The database knows a migration that this version does not."""

    next_step = (
        "Start the version that wrote it, or a newer one; or restore a backup made before the upgrade."
    )


class NotWhole(StoreError):
    """A row of the audit trail was changed, put in or taken out."""

    next_step = (
        "Keep a copy of the database, restore the last backup elsewhere and compare the rows around it."
    )


class BadBackup(StoreError):
    """The file is not a whole backup of ours, or not one this line can open."""

    next_step = "Nothing was changed. Use another backup."


class NotEmpty(StoreError):
    """Restoring would have overwritten something."""

    next_step = "Restore into an empty database (DATABASE_URL, BOT_STORE), or say --replace."


class StillNeeded(StoreError):
    """The conversation is not over."""

    next_step = "Let it end first, then erase."


class NoSuchTaxpayer(StoreError):
    """No case under this id."""

    next_step = "Bring the case in with `acs import FILE`."


class NoSuchHandoff(StoreError):
    """No hand-off under this id."""

    next_step = "Go back to the list; it shows what is open now."


class NotPossible(StoreError):
    """The state of the hand-off does not allow it, or what was given does not fit."""

    next_step = "Reload the card to see where it stands."

    def __init__(self, title: str, next_step: str = "") -> None:
        super().__init__(title)
        self.next_step = next_step or self.next_step


class TakenByAnother(StoreError):
    """Someone else accepted first."""

    next_step = "Take the next one from the list."
