"""OAuth 2's code grant: a person signs in at Eloqua once, and a refresh token comes of it.

RFC 6749 section 4.1. The code lives for a minute and is used once. What comes back with it is
believed only if it carries our own `state` (section 10.12). The code is bound to whoever asked for
it by PKCE (RFC 7636); an Eloqua that does not know that takes no notice, as RFC 6749 section 3.1
has it.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256
from hmac import compare_digest
from http import HTTPStatus
import secrets
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from elqkit.eloqua.answers import error_of, is_success
from elqkit.eloqua.credentials import basic
from elqkit.eloqua.hosts import Hosts
from elqkit.eloqua.session import LOGIN, tokens_of
from elqkit.eloqua.wire import Wire
from elqkit.errors import NotSignedIn

if TYPE_CHECKING:
    from elqkit.eloqua.tokens import Tokens
    from elqkit.eloqua.wire import Answer

STATE_BYTES = 32
VERIFIER_BYTES = 48
"""As 64 letters: RFC 7636 section 4.1 asks for 43 to 128."""
MAX_ADDRESS_CHARS = 8_192


class Authorization:
    """One sign-in of one person.

    Args:
        client_id: the app's.
        redirect_uri: the address that the app is registered with.
        login: where to sign in.
        state: what has to come back; a new one if there is none.
        verifier: what is shown for the code; a new one if there is none.
    """

    def __init__(
        self,
        client_id: str,
        redirect_uri: str,
        *,
        login: str = LOGIN,
        state: str = "",
        verifier: str = "",
    ) -> None:
        self.client_id, self.redirect_uri = client_id, redirect_uri
        self.state = state or secrets.token_urlsafe(STATE_BYTES)
        self.verifier = verifier or secrets.token_urlsafe(VERIFIER_BYTES)
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
            "code_challenge": challenge_of(self.verifier),
            "code_challenge_method": "S256",
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
        state, code, error = (query.get(name, [""])[0] for name in ("state", "code", "error"))
        if not compare_digest(state.encode(), self.state.encode()):
            raise NotSignedIn("eloqua.other-sign-in")
        if error == "access_denied":
            raise NotSignedIn("eloqua.not-agreed")
        if not code:
            raise NotSignedIn("eloqua.not-granted")
        return code

    def tokens(
        self, code: str, client_secret: str, *, hosts: Hosts | None = None, wire: Wire | None = None
    ) -> Tokens:
        """The tokens that a code is good for.

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
            "code_verifier": self.verifier,
        }
        own = wire or Wire()
        try:
            answer = own.call(
                "POST", url, headers=headers, content=urlencode(body).encode(), only_reads=False
            )
        finally:
            if wire is None:
                own.close()
        return _tokens(answer)


def challenge_of(verifier: str) -> str:
    """What tells Eloqua who may use a code, without telling how: RFC 7636 section 4.2."""
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")


def _tokens(answer: Answer) -> Tokens:
    if answer.status in (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED):
        raise NotSignedIn("eloqua.not-granted", status=answer.status)
    if not is_success(answer):
        raise error_of(answer, only_reads=False)
    return tokens_of(answer)
