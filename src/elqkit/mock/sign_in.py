"""`login.eloqua.com`: discovery, and OAuth 2 with refresh tokens that change at every use."""

from __future__ import annotations

from base64 import b64decode, urlsafe_b64encode
from binascii import Error
from hashlib import sha256
import secrets
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from elqkit.mock.exchange import Response, as_json, as_page, as_text
from elqkit.mock.page import AGREED, consent_page
from elqkit.mock.site import SITE_ID

if TYPE_CHECKING:
    from elqkit.mock.exchange import Request
    from elqkit.mock.site import Site

ACCOUNT = ("Mock", "demo", "demo")
"""Company, user and password."""
APP = ("mock-client", "mock-secret", "mock-refresh-token")
"""Client id, client secret and the first refresh token."""
REDIRECT_URI = "http://127.0.0.1/callback"
"""Where the app is registered, unless the mock is told otherwise."""
TOKEN_LIFE_S, CODE_LIFE_S = 28_800, 60
USER = {"id": 9, "username": "demo", "displayName": "Demo", "emailAddress": "demo@example.com"}


class SignIn:
    """Who may call, and where the instance is."""

    def __init__(self, site: Site, redirect_uri: str = REDIRECT_URI) -> None:
        self._site = site
        self._redirect_uri = redirect_uri
        self._access: dict[str, float] = {}
        self._refresh = {APP[2]}
        self._codes: dict[str, _Code] = {}

    def is_signed_in(self, request: Request) -> bool:
        """Whether a call carries what signs it in."""
        kind, _, value = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            with self._site.lock:
                return self._access.get(value, 0.0) > self._site.clock()
        company, user, password = ACCOUNT
        return kind.lower() == "basic" and _decoded(value) == f"{company}\\{user}:{password}"

    def expire(self) -> None:
        """End every access token."""
        with self._site.lock:
            self._access.clear()

    def revoke(self) -> None:
        """End every sign-in of the app: its access tokens and its refresh tokens."""
        with self._site.lock:
            self._access.clear()
            self._refresh.clear()

    def unauthorized(self) -> Response:
        """A 401. What stands in it, no source says."""
        match self._site.faults.value("unauthorized", "text"):
            case "empty":
                return Response(401)
            case "html":
                return as_page("Login required", "Sign in first.", 401)
            case _:
                return as_text("Not authenticated.", 401)

    def identity(self, request: Request) -> Response:
        """`/id`: wrong credentials are answered with 200 and a bare string."""
        if self._site.faults.fires("id-throttled"):
            return Response(429)
        if not self.is_signed_in(request):
            return as_json("Not authenticated.")
        base = f"http://{self._home(request.host)}"
        kinds = {"standard": "REST", "bulk": "Bulk"}
        apis = {key: f"{base}/API/{kind}/{{version}}/" for key, kind in kinds.items()}
        return as_json(
            {
                "site": {"id": int(SITE_ID), "name": "Mock"},
                "user": USER,
                "urls": {"base": base, "apis": {"rest": apis}},
            }
        )

    def _home(self, host: str) -> str:
        """Where the instance is now: 127.0.0.1, or localhost once it has moved."""
        if host not in self._site.old_hosts:
            return host
        name, _, port = host.partition(":")
        other = "127.0.0.1" if name == "localhost" else "localhost"
        return f"{other}:{port}" if port else other

    def authorize(self, request: Request) -> Response:
        """The start of the code grant: a page that asks the user. Faults are pages with 200."""
        if request.asked("client_id") != APP[0]:
            return as_page("Invalid request", "The client_id is missing or unknown.")
        if request.asked("redirect_uri") != self._redirect_uri:
            return as_page("Invalid request", "The redirect_uri is missing or does not match.")
        if request.method != "POST":
            is_throttled = self._site.faults.fires("authorize-throttled")
            return Response(429) if is_throttled else consent_page()
        state = request.asked("state")
        if dict(request.form).get("answer") != AGREED:
            return self._led({"error": "access_denied", "state": state})
        code = secrets.token_urlsafe(16)
        life_s = self._site.faults.seconds("code-life", CODE_LIFE_S)
        challenge = request.asked("code_challenge")
        with self._site.lock:
            self._codes[code] = _Code(self._site.clock() + life_s, challenge)
        return self._led({"code": code, "state": state})

    def _led(self, query: dict[str, str]) -> Response:
        """Lead the browser to the app."""
        return Response(302, headers=(("Location", f"{self._redirect_uri}?{urlencode(query)}"),))

    def token(self, request: Request) -> Response:
        """An access token for a code, a refresh token or a password."""
        kind, _, value = request.headers.get("authorization", "").partition(" ")
        if kind.lower() != "basic" or _decoded(value) != f"{APP[0]}:{APP[1]}":
            return as_json({"error": "invalid_client"}, 401)
        body = request.json
        fields: dict[str, Any] = body if isinstance(body, dict) else dict(request.form)
        with self._site.lock:
            if not self._is_granted(fields):
                return as_json({"error": "invalid_grant"}, 400)
            access, refresh = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
            self._access[access] = self._site.clock() + TOKEN_LIFE_S
            self._refresh.add(refresh)
        return as_json(
            {
                "access_token": access,
                "token_type": "bearer",
                "expires_in": TOKEN_LIFE_S,
                "refresh_token": refresh,
            }
        )

    def _is_granted(self, fields: dict[str, Any]) -> bool:
        match fields.get("grant_type"):
            case "refresh_token":
                token = str(fields.get("refresh_token"))
                known = token in self._refresh
                self._refresh.discard(token)
                return known
            case "authorization_code":
                code = self._codes.pop(str(fields.get("code")), None)
                is_ours = fields.get("redirect_uri") == self._redirect_uri
                return code is not None and is_ours and self._is_good(code, fields)
            case "password":
                company, user, password = ACCOUNT
                wanted = (f"{company}\\{user}", password)
                return (fields.get("username"), fields.get("password")) == wanted
            case _:
                return False

    def _is_good(self, code: _Code, fields: dict[str, Any]) -> bool:
        """Whether a code is in time, and shown by who asked for it. Eloqua may know no PKCE."""
        if code.challenge and "no-pkce" not in self._site.faults:
            digest = sha256(str(fields.get("code_verifier")).encode()).digest()
            if urlsafe_b64encode(digest).decode().rstrip("=") != code.challenge:
                return False
        return code.ends > self._site.clock()


class _Code(NamedTuple):
    ends: float
    challenge: str
    """Of PKCE's method S256; empty where there was none."""


def _decoded(value: str) -> str:
    try:
        return b64decode(value, validate=True).decode()
    except (Error, UnicodeDecodeError, ValueError):
        return ""
