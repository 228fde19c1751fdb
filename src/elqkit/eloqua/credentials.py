"""What signs a person in: HTTP Basic, or OAuth 2 with a refresh token that changes at every use.

Taken from the environment, a file, or a call's arguments. Never shown: no `repr`, error or log
holds a secret.
"""

from __future__ import annotations

from base64 import b64encode
import os
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from elqkit.eloqua.tokens import TokenFile, TokensInMemory, text_in
from elqkit.errors import NotSignedIn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from elqkit.eloqua.tokens import TokenPlace

PREFIX = "ELQKIT_"
SECRET_NAMES = ("PASSWORD", "CLIENT_SECRET", "REFRESH_TOKEN")


class Basic:
    r"""A company's name, a user's name and the password: `Company\User:password` in UTF-8."""

    __slots__ = ("_triple",)

    def __init__(self, company: str, user: str, password: str) -> None:
        self._triple = f"{company}\\{user}:{password}"

    @property
    def authorization(self) -> str:
        """The header's value."""
        return basic(self._triple)

    def __repr__(self) -> str:
        return "Basic(...)"

    def __reduce__(self) -> str:
        raise TypeError("Credentials are not stored.")


class OAuth:
    """An app's id and secret, and the tokens of one person's sign-in.

    Args:
        client_id: the app's, from Settings > AppCloud Developer.
        client_secret: the same.
        refresh_token: each refresh gives a new one and ends this; or the place where it lies, if
            others renew it, too.
        redirect_uri: the address that the app is registered with; Eloqua wants it at a refresh.
        keep: called with each new refresh token before it is used: whoever loses it has to sign in
            again.
    """

    __slots__ = ("_client_secret", "client_id", "redirect_uri", "tokens")

    def __init__(
        self,
        client_id: str,
        client_secret: str,
        refresh_token: str | TokenPlace,
        *,
        redirect_uri: str = "",
        keep: Callable[[str], None] | None = None,
    ) -> None:
        self.client_id = client_id
        self.redirect_uri = redirect_uri
        self._client_secret = client_secret
        self.tokens: TokenPlace
        if isinstance(refresh_token, str):
            self.tokens = TokensInMemory(refresh_token, keep)
        else:
            self.tokens = refresh_token

    @property
    def authorization(self) -> str:
        """The header's value of a call for a token: the app's, not the user's."""
        return basic(f"{self.client_id}:{self._client_secret}")

    def grant(self, refresh_token: str) -> dict[str, str]:
        """The body of a call for a token."""
        return {
            "grant_type": "refresh_token",
            "refresh_token": refresh_token,
            "redirect_uri": self.redirect_uri,
            "scope": "full",
        }

    def __repr__(self) -> str:
        return "OAuth(...)"

    def __reduce__(self) -> str:
        raise TypeError("Credentials are not stored.")


Credentials: TypeAlias = Basic | OAuth


def basic(triple: str) -> str:
    """The value of a Basic `Authorization` header."""
    return "Basic " + b64encode(triple.encode()).decode("ascii")


def from_environment(environment: Mapping[str, str] | None = None) -> Credentials:
    """The credentials that the environment names.

    `ELQKIT_COMPANY`, `ELQKIT_USER`, `ELQKIT_PASSWORD`; or `ELQKIT_CLIENT_ID`,
    `ELQKIT_CLIENT_SECRET`, `ELQKIT_REFRESH_TOKEN`, `ELQKIT_REDIRECT_URI`. Each secret may be the
    path of a file instead, by `_FILE` at the end; a refresh token's file is written at each
    rotation.

    Raises:
        NotSignedIn: some are missing, or a file cannot be read.
    """
    names = os.environ if environment is None else environment
    found = {key.removeprefix(PREFIX): names[key] for key in names if key.startswith(PREFIX)}
    place: TokenPlace | None = None
    for name in SECRET_NAMES:
        path = found.get(f"{name}_FILE")
        if path is not None and name not in found:
            found[name] = text_in(Path(path)).strip()
            if name == "REFRESH_TOKEN":
                place = TokenFile(Path(path))
    return _made(found, place)


def from_file(path: Path) -> Credentials:
    """The credentials of a file of `NAME=value` lines, named as in the environment.

    Raises:
        NotSignedIn: some are missing, or the file cannot be read.
    """
    pairs = {}
    for line in text_in(path).splitlines():
        name, equals, value = line.partition("=")
        if equals and not name.lstrip().startswith("#"):
            pairs[name.strip()] = value.strip()
    return from_environment(pairs)


def _made(found: Mapping[str, str], place: TokenPlace | None) -> Credentials:
    match found:
        case {"CLIENT_ID": client_id, "CLIENT_SECRET": secret, "REFRESH_TOKEN": token}:
            uri = found.get("REDIRECT_URI", "")
            return OAuth(client_id, secret, place or token, redirect_uri=uri)
        case {"COMPANY": company, "USER": user, "PASSWORD": password}:
            return Basic(company, user, password)
        case _:
            raise NotSignedIn("eloqua.no-credentials")
