"""Hashes and checks passwords (argon2id), a few at a time, and as long for an account that does not exist."""

from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from woo.domain.account import MAX_WACHTWOORD, normal_wachtwoord

_KIB = 1024
_AT_ONCE = 4
"""Hashes worked on at the same time, so that many log-ins do not fill the memory."""


class Wachtwoorden:
    """Passwords, hashed with argon2id (RFC 9106); the parameters stand in each hash, so that they can be changed."""

    def __init__(self, *, mb: int, rondes: int) -> None:
        self._hasher = PasswordHasher(time_cost=rondes, memory_cost=mb * _KIB, parallelism=4)
        self._room = BoundedSemaphore(_AT_ONCE)
        self._nobody: str | None = None

    def hash(self, wachtwoord: str) -> str:
        with self._room:
            return self._hasher.hash(normal_wachtwoord(wachtwoord))

    def is_right(self, stored: str | None, wachtwoord: str) -> bool:
        """Whether this is the password of this hash; without one it takes as long and is always wrong."""
        text = normal_wachtwoord(wachtwoord)[: MAX_WACHTWOORD + 1]
        with self._room:
            try:
                self._hasher.verify(self._of_nobody() if stored is None else stored, text)
            except (VerificationError, InvalidHashError):
                return False
        return stored is not None

    def is_old(self, stored: str) -> bool:
        """Whether it was hashed with other parameters than those of now."""
        return self._hasher.check_needs_rehash(stored)

    def _of_nobody(self) -> str:
        """A hash to check against where there is none, made at the first log-in."""
        if self._nobody is None:
            self._nobody = self._hasher.hash("nobody has this password")
        return self._nobody
