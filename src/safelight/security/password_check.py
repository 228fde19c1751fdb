"""A name and a password against the accounts: slowed down, and the same answer for no such user."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import request

from safelight.observe import audit
from safelight.security.admission import CHALLENGE
from safelight.security.identity import PASSWORD, accounts_of
from safelight.security.passwords import Busy, Passwords
from safelight.security.rate_limits import client_key
from safelight.state.interface import StateFull

if TYPE_CHECKING:
    from safelight.accounts.model import User
    from safelight.accounts.provider import Provider
    from safelight.security.identity import Doors
    from safelight.security.lockout import Lockout

RETRY_WHEN_BUSY_S = 5


class NotSignedIn(Exception):  # noqa: N818 - reads as what it is
    """A name and a password that did not open anything; what the reply says of it."""

    def __init__(self, status: int, message: str, headers: dict[str, str]) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = headers


@dataclass(frozen=True, slots=True)
class Guard:
    """What stands between a sign-in form and a session."""

    doors: Doors
    passwords: Passwords
    lockout: Lockout
    provider: Provider | None = None
    """The organisation's own, if there is one."""
    provider_name: str = ""
    """What its button says."""

    @property
    def has_passwords(self) -> bool:
        """Whether the form asks for a name and a password at all."""
        return bool(accounts_of(self.doors).users) or self.provider is None

    def check(self, name: str, password: str) -> User:
        """The user of a name and a password.

        Raises:
            NotSignedIn: they don't belong together, too many attempts failed, or it is too busy.
        """
        client = client_key(request.remote_addr or "")
        try:
            wait_s = self.lockout.begin(name, client)
        except StateFull as error:  # an attempt that can't be counted is not looked at
            raise _busy() from error
        if wait_s:
            audit.record("sign-in.locked")
            raise NotSignedIn(
                429,
                "Too many attempts failed. Wait a few minutes and try again.",
                {"Retry-After": str(wait_s)},
            )
        users = accounts_of(self.doors).users
        user = users.get(name)
        like = next(iter(users.values())).password if users else ""
        try:
            is_right = self.passwords.matches(user.password if user else None, password, like)
        except Busy as error:
            self.lockout.take_back(name, client)
            raise _busy() from error
        if user is None or not is_right:
            audit.record("sign-in.refused", how=PASSWORD, reason="credentials")
            raise NotSignedIn(
                401, "The name or the password is wrong.", {"WWW-Authenticate": CHALLENGE}
            )
        self.lockout.succeeded(name, client)
        return user


def _busy() -> NotSignedIn:
    return NotSignedIn(
        503,
        "Too many people are signing in at the moment. Try again in a few seconds.",
        {"Retry-After": str(RETRY_WHEN_BUSY_S)},
    )
