"""Signing in at Eloqua's own page: the app, the trip there and back, and where the tokens lie."""

from __future__ import annotations

from contextlib import contextmanager
import json
import time
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from elqkit.eloqua import Authorization, Hosts, Tokens
from elqkit.errors import NotSignedIn, Unreachable
from safelight.api import SlotInUse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from safelight.api import Json, SettingValue, Slot

TRIP_S = 15 * 60
"""How long somebody may be at Eloqua's page."""


class App(NamedTuple):
    """The app that the administrator registered at Eloqua."""

    client_id: str
    client_secret: str
    redirect_uri: str
    login: str
    hosts: tuple[str, ...]

    def __repr__(self) -> str:
        return "App(...)"

    @property
    def host(self) -> str:
        """Where people sign in."""
        return urlsplit(self.login).netloc

    @property
    def origin(self) -> str:
        """Where people come back to."""
        parts = urlsplit(self.redirect_uri)
        return f"{parts.scheme}://{parts.netloc}"

    def authorization(self, state: str = "", verifier: str = "") -> Authorization:
        """One sign-in; a new one without state and verifier."""
        return Authorization(
            self.client_id, self.redirect_uri, login=self.login, state=state, verifier=verifier
        )

    def tokens(self, sign_in: Authorization, code: str) -> Tokens:
        """The tokens that a code is good for.

        Raises:
            EloquaError: it is not taken, or nobody answers.
        """
        return sign_in.tokens(code, self.client_secret, hosts=Hosts(self.hosts))


def app_of(settings: Mapping[str, SettingValue]) -> App | None:
    """The app, if the administrator set all of it."""
    client_id, secret, redirect_uri = (
        str(settings[name] or "") for name in ("client_id", "client_secret", "redirect_uri")
    )
    if not (client_id and secret and redirect_uri):
        return None
    hosts = tuple(str(settings["hosts"] or "").replace(",", " ").split())
    return App(client_id, secret, redirect_uri, str(settings["login"]), hosts)


class Trip(NamedTuple):
    """What a session remembers of somebody who is at Eloqua's page."""

    state: str
    verifier: str
    draft: str
    begun: float
    """Seconds since 1970."""

    def __repr__(self) -> str:
        return "Trip(...)"

    def stored(self) -> list[Json]:
        """As a session keeps it."""
        return list(self)

    @classmethod
    def of(cls, stored: Json) -> Trip | None:
        """From a session; None where nobody left, or too long ago."""
        if not isinstance(stored, list):
            return None
        state, verifier, draft, begun = stored
        trip = cls(str(state), str(verifier), str(draft), float(str(begun)))
        return trip if time.time() < trip.begun + TRIP_S else None


class TokensInSlot:
    """The tokens of a sign-in, for the pages of a session and the runs that it starts."""

    def __init__(self, slot: Slot) -> None:
        self._slot = slot

    @contextmanager
    def alone(self) -> Iterator[None]:
        """See `elqkit.eloqua.TokenPlace.alone`.

        Raises:
            Unreachable: another one renews them, and does not end.
        """
        try:
            with self._slot.alone():
                yield
        except SlotInUse:
            raise Unreachable("eloqua.not-reached") from None

    def read(self) -> Tokens:
        """See `TokenPlace.read`."""
        content = self._slot.read()
        if content is None:
            raise NotSignedIn("eloqua.sign-in-ended")
        return Tokens(*json.loads(content))

    def write(self, tokens: Tokens) -> None:
        """See `TokenPlace.write`."""
        self._slot.write(json.dumps(tokens).encode())
