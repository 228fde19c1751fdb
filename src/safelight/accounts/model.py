"""Users and API tokens as values."""

from __future__ import annotations

from dataclasses import dataclass, field
import re
from typing import TYPE_CHECKING
import unicodedata

from safelight.accounts.grants import allows

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME = re.compile(r"[a-z0-9][a-z0-9._@+-]{0,63}", re.ASCII)
NAME_RULE = (
    "A name has 1 to 64 small letters, digits and . _ @ + -, and begins with one of the first."
)


@dataclass(frozen=True, slots=True)
class User:
    """A person with a password."""

    name: str
    password: str = field(repr=False)
    """The Argon2id hash in its usual text form."""
    grants: frozenset[str]


@dataclass(frozen=True, slots=True)
class Token:
    """What is kept of an API token. The token itself is not."""

    id: str
    """Its public part, by which it is found and named."""
    name: str
    """What it is for, as its maker called it."""
    sha256: str = field(repr=False)
    """Of the whole token, in hex."""
    grants: frozenset[str]
    created: float
    """Seconds since the epoch, as `expires`."""
    expires: float
    user: str = ""
    """Whose it is: it can never do more than this user, and ends with them. Empty: a program's."""


@dataclass(frozen=True, slots=True)
class Accounts:
    """All users and tokens at one moment."""

    users: Mapping[str, User] = field(default_factory=dict)
    tokens: Mapping[str, Token] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether anyone can come in by these."""
        return bool(self.users or self.tokens)

    def with_user(self, user: User) -> Accounts:
        """These and one more, or one changed."""
        return Accounts({**self.users, user.name: user}, self.tokens)

    def without_user(self, name: str) -> Accounts:
        """These without a user and without the tokens of that user."""
        users = {each.name: each for each in self.users.values() if each.name != name}
        return Accounts(users, {id_: t for id_, t in self.tokens.items() if t.user != name})

    def with_token(self, token: Token) -> Accounts:
        """These and one more token."""
        return Accounts(self.users, {**self.tokens, token.id: token})

    def without_token(self, id_: str) -> Accounts:
        """These without a token."""
        return Accounts(self.users, {k: t for k, t in self.tokens.items() if k != id_})

    def grants_of(self, token: Token) -> frozenset[str]:
        """What a token may do today: no more than the user whose it is."""
        if not token.user:
            return token.grants
        owner = self.users.get(token.user)
        has = owner.grants if owner else frozenset()
        return frozenset(grant for grant in token.grants if allows(has, grant))


def plain_name(typed: str) -> str:
    """A name as it is kept, from what was typed: people write it with capitals or a space after."""
    return unicodedata.normalize("NFKC", typed).strip().casefold()
