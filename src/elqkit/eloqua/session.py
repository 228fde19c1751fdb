"""Who is signed in, and where: discovery, access tokens, and an instance that moves.

The contract of a 401: get a new access token if there is one to get, ask `/id` once more, make the
call once more if that worked, and else stop. Nothing loops: wrong passwords lock a user.
"""

from __future__ import annotations

from http import HTTPStatus
from threading import RLock
import time
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from elqkit.eloqua.answers import error_of, is_signed_out, is_success
from elqkit.eloqua.credentials import Basic, OAuth
from elqkit.eloqua.models import Site
from elqkit.eloqua.shapes import number, text
from elqkit.eloqua.tokens import Tokens
from elqkit.errors import NotSignedIn, Unreachable, Unsure

if TYPE_CHECKING:
    from elqkit.eloqua.credentials import Credentials
    from elqkit.eloqua.hosts import Hosts
    from elqkit.eloqua.wire import Answer, Wire

LOGIN = "https://login.eloqua.com"
EARLY_S = 60.0
"""An access token is renewed that long before its end."""
DEFAULT_LIFE_S = 8 * 3600


class Session:
    """The signed-in state that all threads of a client share."""

    def __init__(self, wire: Wire, hosts: Hosts, credentials: Credentials, login: str) -> None:
        self._wire, self._hosts, self._credentials = wire, hosts, credentials
        self._login = login.rstrip("/")
        self._site: Site | None = None
        self._tokens = Tokens("")
        self._ended = ""
        """An access token that Eloqua no longer takes, whenever it was to end."""
        self._refusal = ""
        """Why the credentials are not tried again, as a code."""
        self._lock = RLock()

    @property
    def site(self) -> Site:
        """The site, asked for once.

        Raises:
            NotSignedIn: the credentials are not taken.
        """
        with self._lock:
            if self._site is None:
                self._site = self._identified()
            return self._site

    def call(
        self, method: str, path: str, content: bytes | None = None, *, only_reads: bool = True
    ) -> Answer:
        """The answer of an API call, signed in; a 401 is followed up once.

        Raises:
            NotSignedIn: the credentials are not taken, or no longer.
            Unreachable: nothing was sent, or the call only reads.
            Unsure: it was sent, but no answer came.
        """
        before = self.site
        answer = self._sent(method, before.base + path, content, only_reads=only_reads)
        if not is_signed_out(answer):
            return answer
        again = self._renewed(before)
        answer = self._sent(method, again.base + path, content, only_reads=only_reads)
        if is_signed_out(answer):
            raise self._refused(answer)
        return answer

    def _sent(self, method: str, url: str, content: bytes | None, *, only_reads: bool) -> Answer:
        self._hosts.check_api(url)
        headers = {"Authorization": self._authorization()}
        if content is not None:
            headers["Content-Type"] = "application/json"
        return self._wire.call(method, url, headers=headers, content=content, only_reads=only_reads)

    def _authorization(self) -> str:
        with self._lock:
            if self._refusal:
                raise NotSignedIn(self._refusal)
            if isinstance(self._credentials, Basic):
                return self._credentials.authorization
            if not self._is_usable(self._tokens):
                self._tokens = self._renewed_tokens(self._credentials)
            return f"Bearer {self._tokens.access}"

    def _renewed(self, before: Site) -> Site:
        """The site after a 401; another thread may have asked meanwhile.

        Raises:
            NotSignedIn: `/id` does not take the credentials, either.
        """
        with self._lock:
            if self._refusal:
                raise NotSignedIn(self._refusal)
            if self._site is before:
                self._site = self._identified()
            return self.site

    def _identified(self) -> Site:
        """The site; an access token that ended early is renewed, once.

        Raises:
            NotSignedIn: `/id` does not take the credentials.
        """
        if self._refusal:
            raise NotSignedIn(self._refusal)
        try:
            return self._discovered()
        except NotSignedIn as error:
            if not isinstance(self._credentials, OAuth) or error.code != "eloqua.not-signed-in":
                raise
            self._refusal, self._ended = "", self._tokens.access
            return self._discovered()

    def _discovered(self) -> Site:
        """The answer of `/id`. Eloqua throttles it: once a session, and after a 401."""
        answer = self._sent("GET", f"{self._login}/id", None, only_reads=True)
        if is_signed_out(answer) or answer.status in (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND):
            raise self._refused(answer)
        if not is_success(answer):
            raise error_of(answer, only_reads=True)
        body = answer.json
        if isinstance(body, str):
            raise self._refused(answer)
        site = Site.of(body) if isinstance(body, dict) else None
        if site is None or not site.base or not site.id.isdecimal():
            raise Unreachable("eloqua.not-understood", status=answer.status)
        self._hosts.check_api(site.base)
        parts = urlsplit(site.base)
        return site._replace(base=f"{parts.scheme}://{parts.netloc}")

    def _refused(self, answer: Answer) -> NotSignedIn:
        """Remember that the credentials are refused: they are not tried again."""
        with self._lock:
            self._refusal = "eloqua.not-signed-in"
        return NotSignedIn(self._refusal, status=answer.status, request_id=answer.request_id)

    def _is_usable(self, tokens: Tokens) -> bool:
        is_known = bool(tokens.access) and tokens.access != self._ended
        return is_known and time.time() < tokens.ends - EARLY_S

    def _renewed_tokens(self, credentials: OAuth) -> Tokens:
        """Tokens that can be used: those that another one has got meanwhile, or new ones.

        Raises:
            NotSignedIn: the sign-in has ended, or the answer that renews it was lost.
        """
        place = credentials.tokens
        with place.alone():
            tokens = place.read()
            if not self._is_usable(tokens):
                try:
                    tokens = self._refreshed(credentials, tokens.refresh)
                except Unsure as error:
                    raise NotSignedIn("eloqua.sign-in-lost", status=error.status) from None
                place.write(tokens)  # before they are used: whoever loses them signs in again
            return tokens

    def _refreshed(self, credentials: OAuth, refresh_token: str) -> Tokens:
        """Use a refresh token up.

        Raises:
            NotSignedIn: it is not taken.
            Unsure: the answer was lost, and with it perhaps the new refresh token.
        """
        url = f"{self._login}/auth/oauth2/token"
        self._hosts.check_api(url)
        headers = {
            "Authorization": credentials.authorization,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        content = urlencode(credentials.grant(refresh_token)).encode()
        answer = self._wire.call("POST", url, headers=headers, content=content, only_reads=False)
        if answer.status in (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED):
            self._refusal = "eloqua.sign-in-ended"
            raise NotSignedIn(self._refusal, status=answer.status)
        if not is_success(answer):
            raise error_of(answer, only_reads=False)
        return tokens_of(answer, refresh_token)


def tokens_of(answer: Answer, refresh_token: str = "") -> Tokens:
    """The tokens of an answer; the refresh token is the one before if there is no new one.

    Raises:
        Unsure: there are none in it.
    """
    body = answer.json
    found = body if isinstance(body, dict) else {}
    access, life_s = text(found, "access_token"), number(found, "expires_in")
    refresh = text(found, "refresh_token") or refresh_token
    if not (access and refresh):
        raise Unsure("eloqua.not-understood", status=answer.status)
    return Tokens(refresh, access, time.time() + (life_s or DEFAULT_LIFE_S))
