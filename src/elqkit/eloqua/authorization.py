"""OAuth 2's code grant: a person signs in at Eloqua once, and a refresh token comes of it.

RFC 6749 section 4.1. The code lives for a minute and is used once. What comes back with it is
believed only if it carries our own `state` (section 10.12).
"""

from __future__ import annotations

from hmac import compare_digest
from http import HTTPStatus
import secrets
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from elqkit.eloqua.answers import error_of, is_success
from elqkit.eloqua.credentials import basic
from elqkit.eloqua.hosts import Hosts
from elqkit.eloqua.session import LOGIN
from elqkit.eloqua.shapes import text
from elqkit.eloqua.wire import Wire
from elqkit.errors import NotSignedIn, Unsure

if TYPE_CHECKING:
    from elqkit.eloqua.wire import Answer

STATE_BYTES = 32
MAX_ADDRESS_CHARS = 8_192


class Authorization:
    """One sign-in of one person.

    Args:
        client_id: the app's.
        redirect_uri: the address that the app is registered with.
        login: where to sign in.
        state: what has to come back; a new one if there is none.
    """

    def __init__(
        self, client_id: str, redirect_uri: str, *, login: str = LOGIN, state: str = ""
    ) -> None:
        self.client_id, self.redirect_uri = client_id, redirect_uri
        self.state = state or secrets.token_urlsafe(STATE_BYTES)
        self._login = login.rstrip("/")

    def __repr__(self) -> str:
        return "Authorization(...)"

    @property
    def url(self) -> str:
        """Where the person signs in and agrees."""
        query = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uri,
            "scope": "full",
            "state": self.state,
        }
        return f"{self._login}/auth/oauth2/authorize?{urlencode(query, quote_via=quote)}"

    def code_of(self, address: str) -> str:
        """The code in the address that the browser was led to.

        Raises:
            NotSignedIn: the person did not agree, or it is not the answer to this sign-in.
        """
        try:
            query = parse_qs(urlsplit(address[:MAX_ADDRESS_CHARS].strip()).query)
        except ValueError:
            query = {}
        state, code = (query.get(name, [""])[0] for name in ("state", "code"))
        if not code or not compare_digest(state.encode(), self.state.encode()):
            raise NotSignedIn("eloqua.not-granted")
        return code

    def refresh_token(
        self, code: str, client_secret: str, *, hosts: Hosts | None = None, wire: Wire | None = None
    ) -> str:
        """The refresh token that a code is good for. The access token with it is not used.

        Raises:
            NotSignedIn: the code or the app is not taken.
            Unsure: no answer came; the code is used up.
        """
        url = f"{self._login}/auth/oauth2/token"
        (hosts or Hosts()).check_api(url)
        headers = {
            "Authorization": basic(f"{self.client_id}:{client_secret}"),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect_uri,
        }
        own = wire or Wire()
        try:
            answer = own.call(
                "POST", url, headers=headers, content=urlencode(body).encode(), only_reads=False
            )
        finally:
            if wire is None:
                own.close()
        return _token(answer)


def _token(answer: Answer) -> str:
    if answer.status in (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED):
        raise NotSignedIn("eloqua.not-granted", status=answer.status)
    if not is_success(answer):
        raise error_of(answer, only_reads=False)
    found = answer.json
    token = text(found, "refresh_token") if isinstance(found, dict) else ""
    if not token:
        raise Unsure("eloqua.not-understood", status=answer.status)
    return token
