"""Passwords: Argon2id, and a check that takes as long for a name that nobody has.

A check takes a third of a second and 64 MiB on purpose. Only a few run at a time, and few may
wait, so that a flood of sign-ins takes neither the memory nor the threads of everybody else.
"""

from __future__ import annotations

import base64
import secrets
from threading import BoundedSemaphore
import unicodedata

from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import Argon2Error, InvalidHashError
from argon2.profiles import RFC_9106_LOW_MEMORY

from safelight.security.common_passwords import is_common
from safelight.sentences import sentence

MIN_LENGTH = 12
MAX_LENGTH = 1024
MIN_DIFFERENT = 5
"""Characters that differ: `aaaaaaaaaaaa` is long, and tried first."""
PRODUCT = "safelight"
RUNNING = 2
"""Checks at a time: 128 MiB of memory."""
WAITING = 2
LONGEST_WAIT_S = 5
_HASHER = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)


class Busy(Exception):  # noqa: N818 - reads as what it is
    """Too many passwords are being checked. Nothing was found out about this one."""


class Passwords:
    """Checks passwords, a few at a time."""

    def __init__(self, running: int = RUNNING, waiting: int = WAITING) -> None:
        self._running = BoundedSemaphore(running)
        self._room = BoundedSemaphore(running + waiting)

    def matches(self, encoded: str | None, typed: str, like: str = "") -> bool:
        """Whether a password is the one that was hashed; False, as slowly, if there is no hash.

        Args:
            encoded: the hash of the account, or None where there is no such account.
            typed: the password.
            like: a hash of another account, which the work for no account takes as its measure.

        Raises:
            Busy: there is no room for another check now.
        """
        if not self._room.acquire(blocking=False):
            raise Busy
        try:
            if not self._running.acquire(timeout=LONGEST_WAIT_S):
                raise Busy
            try:
                return _verify(encoded or _nobodys(like), typed) and encoded is not None
            finally:
                self._running.release()
        finally:
            self._room.release()


def hash_of(password: str) -> str:
    """The text to keep of a password."""
    return _HASHER.hash(_normal(password))


def wrong_with_password(password: str, name: str) -> str | None:
    """What is wrong with a new password, in a sentence, or None."""
    if not (MIN_LENGTH <= len(password) <= MAX_LENGTH):
        return sentence("A password has 12 to 1024 characters. A sentence is a good one.")
    if len(set(password)) < MIN_DIFFERENT:
        return sentence("This password repeats itself. Take another.")
    if len(_without(password, name, PRODUCT)) < MIN_LENGTH:
        return sentence("Without the name in it this password is too short. Take a longer one.")
    if is_common(password):
        return sentence("Many people have this password, so it is tried first. Take another.")
    return None


def _without(password: str, *words: str) -> str:
    """What is left of a password when words are taken out that anyone would think of."""
    left = password.casefold()
    for word in filter(None, words):
        left = left.replace(word, "")
    return left


def generated_password() -> str:
    """A password of 120 random bits, to be kept by a password manager."""
    return secrets.token_urlsafe(15)


def _verify(encoded: str, typed: str) -> bool:
    try:
        return _HASHER.verify(encoded, _normal(typed[:MAX_LENGTH]))
    except (Argon2Error, InvalidHashError):
        return False


def _normal(password: str) -> str:
    """One form for letters that keyboards send in two (NIST SP 800-63B, section 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)


def _nobodys(like: str) -> str:
    """A hash that no password has, with the cost of another one."""
    cost = extract_parameters(like) if like else RFC_9106_LOW_MEMORY
    salt, digest = (
        base64.b64encode(secrets.token_bytes(length)).decode().rstrip("=")
        for length in (cost.salt_len, cost.hash_len)
    )
    costs = f"m={cost.memory_cost},t={cost.time_cost},p={cost.parallelism}"
    return f"$argon2id$v={cost.version}${costs}${salt}${digest}"
