"""An OpenID Connect provider as a process of its own, over TLS with a test authority.

    python oidc_provider.py FOLDER

It writes `ca.pem` into the folder, prints its port, and signs everyone in as the same person.
`POST /control` with `{"fault": ..., "claims": ...}` makes it misbehave in one of `FAULTS`.
"""

from __future__ import annotations

import base64
from contextlib import contextmanager
from dataclasses import dataclass, field
import gzip
import hashlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
import json
from pathlib import Path
import secrets
import ssl
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import parse_qs, urlencode, urlsplit

from authlib.oauth2.rfc7636 import create_s256_code_challenge
import httpx2
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from tls_authority import AUTHORITY, issue

if TYPE_CHECKING:
    from collections.abc import Iterator

CLIENT_ID, CLIENT_SECRET = "safelight", "s3cret of the client"
SUBJECT = "248289761001"
FAULTS = (
    "access-denied",
    "another-issuer-replies",
    "bad-signature",
    "expired",
    "from-the-future",
    "no-id-token",
    "no-nonce",
    "no-subject",
    "not-json",
    "packed",
    "redirects",
    "signed-by-none",
    "signed-with-a-published-secret",
    "signed-with-the-public-key",
    "signed-with-the-secret",
    "too-long",
    "wrong-access-token-hash",
    "wrong-audience",
    "wrong-issuer",
    "wrong-nonce",
    "wrong-party",
)


PUBLISHED = OctKey.import_key("not a secret any more, all can read it", {"kid": "oct"})


@dataclass
class State:
    """What the provider remembers."""

    issuer: str = ""
    fault: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    number: int = 1
    key: RSAKey = field(default_factory=lambda: new_key(1))


def new_key(number: int) -> RSAKey:
    """A key to sign with."""
    return RSAKey.generate_key(2048, {"kid": f"key-{number}", "use": "sig"}, private=True)


def id_token(state: State, asked: dict[str, str], access_token: str) -> str:
    """The token for a person who came back, wrong in the way of the fault."""
    now = int(time.time())
    half = hashlib.sha256(access_token.encode()).digest()[:16]
    claims: dict[str, Any] = {
        "iss": state.issuer,
        "sub": SUBJECT,
        "aud": CLIENT_ID,
        "iat": now,
        "exp": now + 300,
        "nonce": asked["nonce"],
        "at_hash": base64.urlsafe_b64encode(half).decode().rstrip("="),
        "preferred_username": "grace",
        "groups": ["desk"],
        **state.claims,
    }
    changes: dict[str, dict[str, Any]] = {
        "expired": {"iat": now - 900, "exp": now - 600},
        "from-the-future": {"iat": now + 900, "exp": now + 1200},
        "wrong-access-token-hash": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
        "wrong-audience": {"aud": "another-client", "azp": CLIENT_ID},
        "wrong-issuer": {"iss": "https://evil.example"},
        "wrong-nonce": {"nonce": "replayed"},
        "wrong-party": {"aud": [CLIENT_ID, "other"], "azp": "other"},
    }
    claims |= changes.get(state.fault, {})
    for fault, name in (("no-nonce", "nonce"), ("no-subject", "sub")):
        if state.fault == fault:
            del claims[name]
    return signed(state, claims)


def signed(state: State, claims: dict[str, Any]) -> str:
    """A token, signed as it should be or as the fault says."""
    header = {"alg": "RS256", "kid": str(state.key.kid)}
    if state.fault == "signed-by-none":
        head = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
        body = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
        return f"{head}.{body}."
    if state.fault == "signed-with-a-published-secret":
        return jwt.encode({"alg": "HS256", "kid": "oct"}, claims, PUBLISHED, algorithms=["HS256"])
    if state.fault == "signed-with-the-secret":
        key = OctKey.import_key(CLIENT_SECRET.encode())
        return jwt.encode({"alg": "HS256"}, claims, key, algorithms=["HS256"])
    if state.fault == "signed-with-the-public-key":
        # What an attacker has: the verifier must not take it for a secret of HS256. Some libraries
        # refuse to make such a key, so it goes in as hexadecimal digits.
        public = state.key.as_pem(private=False).hex().encode()
        return jwt.encode(
            {**header, "alg": "HS256"}, claims, OctKey.import_key(public), algorithms=["HS256"]
        )
    if state.fault == "bad-signature":
        stranger = RSAKey.generate_key(2048, {"kid": str(state.key.kid)}, private=True)
        return jwt.encode(header, claims, stranger)
    return jwt.encode(header, claims, state.key)


class Handler(BaseHTTPRequestHandler):
    """The provider's addresses."""

    state: ClassVar[State] = State()

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Metadata, keys, and the page where a person would sign in."""
        address = urlsplit(self.path)
        if address.path == "/.well-known/openid-configuration":
            self._send(self._metadata())
        elif address.path == "/keys":
            keys = [self.state.key.as_dict(private=False)]
            if self.state.fault == "signed-with-a-published-secret":
                keys.append(PUBLISHED.as_dict(private=True))
            self._send({"keys": keys})
        elif address.path == "/authorize":
            asked = {name: values[0] for name, values in parse_qs(address.query).items()}
            self._redirect(f"{asked['redirect_uri']}?{urlencode(self._reply(asked))}")
        else:
            self._send({}, 404)

    def do_POST(self) -> None:
        """The token endpoint, and the tests' own."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path == "/control":
            told = json.loads(body)
            self.state.fault = told.get("fault", "")
            self.state.claims = told.get("claims", {})
            if told.get("new_key"):
                self.state.number += 1
                self.state.key = new_key(self.state.number)
            self._send({})
        else:
            self._token({name: values[0] for name, values in parse_qs(body).items()})

    def _metadata(self) -> dict[str, Any]:
        issuer = self.state.issuer
        return {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/keys",
            "authorization_response_iss_parameter_supported": True,
        }

    def _reply(self, asked: dict[str, str]) -> dict[str, str]:
        reply = {"state": asked["state"], "iss": self.state.issuer}
        if self.state.fault == "access-denied":
            return {**reply, "error": "access_denied", "error_description": "<b>canary</b>"}
        if self.state.fault == "another-issuer-replies":
            reply["iss"] = "https://evil.example"
        code = secrets.token_urlsafe(16)
        self.state.codes[code] = asked
        return {**reply, "code": code}

    def _token(self, sent: dict[str, str]) -> None:
        fault = self.state.fault
        asked = self.state.codes.pop(sent.get("code", ""), {})
        expected = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        proves = asked and asked["code_challenge"] == create_s256_code_challenge(
            sent.get("code_verifier", "")
        )
        same = sent.get("redirect_uri") == asked.get("redirect_uri")
        if not (proves and same and self.headers["Authorization"] == f"Basic {expected}"):
            self._send({"error": "invalid_grant"}, 400)
            return
        if fault == "redirects":
            self._redirect(f"{self.state.issuer}/elsewhere")
            return
        access_token = secrets.token_urlsafe(16)
        answer = {"access_token": access_token, "token_type": "Bearer", "expires_in": 300}
        if fault != "no-id-token":
            answer["id_token"] = id_token(self.state, asked, access_token)
        if fault == "too-long":
            answer["padding"] = "x" * 1_000_000
        self._send(answer)

    def _redirect(self, address: str) -> None:
        self.send_response(302)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, found: object, status: int = 200) -> None:
        content = json.dumps(found).encode()
        is_token = self.path == "/token"
        if is_token and self.state.fault == "not-json":
            content = b"<html>busy"
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        if is_token and self.state.fault == "packed":
            content = gzip.compress(content)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def main(folder: Path) -> None:
    """Serve until killed."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    issued = issue(folder, ["localhost"])
    context.load_cert_chain(issued.chain, issued.key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    Handler.state.issuer = f"https://localhost:{server.server_port}"
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()


@dataclass
class RunningProvider:
    """A provider that answers."""

    issuer: str
    ca: Path
    browser: httpx2.Client

    def control(self, **told: object) -> None:
        """Choose a fault, claims or a new key."""
        self.browser.post(f"{self.issuer}/control", json=told).raise_for_status()

    @property
    def settings(self) -> dict[str, str]:
        """The settings of a workbench whose people sign in there."""
        return {
            "SAFELIGHT_SIGN_IN": "always",
            "SAFELIGHT_OIDC_ISSUER": self.issuer,
            "SAFELIGHT_OIDC_CLIENT_ID": CLIENT_ID,
            "SAFELIGHT_OIDC_CLIENT_SECRET": CLIENT_SECRET,
            "SAFELIGHT_OIDC_GRANTS": "desk=toy; ops=toy.delete,admin",
            "SAFELIGHT_OIDC_CA": str(self.ca),
            "SAFELIGHT_OIDC_NAME": "Example Org",
        }


@contextmanager
def running_provider(folder: Path) -> Iterator[RunningProvider]:
    """A provider in a process of its own."""
    with subprocess.Popen(
        [sys.executable, __file__, str(folder)], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            issuer = f"https://localhost:{int(process.stdout.readline())}"
            authority = folder / AUTHORITY
            context = ssl.create_default_context(cafile=authority)
            with httpx2.Client(verify=context, trust_env=False) as browser:
                yield RunningProvider(issuer, authority, browser)
        finally:
            process.kill()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
