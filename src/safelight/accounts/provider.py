"""An organisation's own OpenID Connect provider: where its people sign in.

The code flow with PKCE, state and nonce (OpenID Connect Core 1.0, section 3.1; RFC 7636; RFC 9700).
Authlib speaks it; this module decides what is believed: the provider that was named, over TLS that
holds, and an ID token with its signature, issuer, audience, times and nonce as they must be.

All the provider is asked for is listed on the page of outbound connections, as every connection.
"""

from __future__ import annotations

from dataclasses import dataclass, field
import hashlib
import hmac
import secrets
import ssl
from threading import Lock
from typing import TYPE_CHECKING, Any, TypedDict, cast
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from authlib.integrations.httpx_client import OAuth2Client

    from safelight.api import SettingValue

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
"""Signatures with a public key. Never `none`, nor HS256: its key would be the client's secret."""
TIMEOUT_S = 10
LEEWAY_S = 60
"""How far the clocks of the two may be apart."""
METADATA_S = 60 * 60
"""How long the provider's metadata and keys are taken to be as they were."""
KEYS_S = 60
"""How often its keys may be fetched again, for a token that none of them has signed."""
TRIP_S = 10 * 60
"""How long a person may stay at the provider."""
MAX_REPLY_BYTES = 512 * 1024
MAX_SHOWN = 120
DISCOVERY = "/.well-known/openid-configuration"
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
SHOWN = ("preferred_username", "name", "email", "sub")
"""Claims that a person is called by on their own pages; the first that is there."""


class ProviderFailed(Exception):  # noqa: N818 - reads as what it is
    """Nobody was signed in. `reason` is one of a few words, and none of the provider's."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


UNREACHABLE, DENIED, STATE, UNBELIEVED = "unreachable", "denied", "state", "unbelieved"


class Trip(TypedDict):
    """What a session remembers while its person is at the provider. It serves once."""

    state: str
    nonce: str
    verifier: str
    began: float


@dataclass(frozen=True, slots=True)
class Person:
    """Who came back from the provider."""

    name: str
    """The same person has the same one, and it tells nothing of them."""
    shown: str
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """Which provider, and what it calls this server."""

    issuer: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    scopes: str = "openid profile"
    groups_claim: str = "groups"
    ca: str = ""

    @classmethod
    def of(cls, values: Mapping[str, SettingValue]) -> ProviderSettings:
        """As the workbench's settings say."""
        names = ("issuer", "client_id", "client_secret", "scopes", "groups_claim", "ca")
        return cls(*(str(values[f"oidc_{name}"] or "") for name in names))


@dataclass(frozen=True, slots=True)
class _Kept:
    value: dict[str, Any]
    fetched: float


class Provider:
    """The provider, as this server asks it. Thread-safe."""

    def __init__(self, settings: ProviderSettings, clock: Callable[[], float]) -> None:
        self._settings = settings
        self._clock = clock
        self._lock = Lock()
        self._kept: dict[str, _Kept] = {}
        # Raises an OSError now if the file of a certificate authority can't be used.
        self._tls = ssl.create_default_context(cafile=settings.ca or None)

    @property
    def issuer(self) -> str:
        """What the provider calls itself."""
        return self._settings.issuer

    def leave(self, back: str) -> tuple[str, Trip]:
        """The address to send a person to, and what to remember until they are back.

        Args:
            back: the address that the provider sends them back to.

        Raises:
            ProviderFailed: it can't be reached, or is not the one that was named.
        """
        metadata = self._metadata()
        trip = Trip(
            state=secrets.token_urlsafe(32),
            nonce=secrets.token_urlsafe(32),
            verifier=secrets.token_urlsafe(48),
            began=self._clock(),
        )
        with self._client(metadata, back) as client:
            address, _ = client.create_authorization_url(
                metadata["authorization_endpoint"],
                state=trip["state"],
                code_verifier=trip["verifier"],
                nonce=trip["nonce"],
            )
        return str(address), trip

    def arrive(self, trip: Trip | None, reply: Mapping[str, str], back: str) -> Person:
        """Who came back, from what the provider added to the address.

        Raises:
            ProviderFailed: there is no trip that ends so, or it proves nobody.
        """
        if trip is None or self._clock() > trip["began"] + TRIP_S:
            raise ProviderFailed(STATE)
        if not hmac.compare_digest(trip["state"].encode(), reply.get("state", "").encode()):
            raise ProviderFailed(STATE)
        metadata = self._metadata()
        # Another provider's reply must not pass for this one's (RFC 9207).
        told = reply.get("iss")
        if told != self.issuer and (
            told or metadata.get("authorization_response_iss_parameter_supported")
        ):
            raise ProviderFailed(UNBELIEVED)
        if "error" in reply or not reply.get("code"):
            raise ProviderFailed(DENIED)
        token = self._fetch_token(metadata, trip, reply["code"], back)
        return self._person(self._claims(metadata, trip, token))

    def _fetch_token(
        self, metadata: dict[str, Any], trip: Trip, code: str, back: str
    ) -> dict[str, Any]:
        from authlib.common.errors import AuthlibBaseError  # noqa: PLC0415 - an optional library
        import httpx2  # noqa: PLC0415 - only where a provider is asked

        try:
            with self._client(metadata, back) as client:
                found = client.fetch_token(
                    metadata["token_endpoint"],
                    grant_type="authorization_code",
                    code=code,
                    redirect_uri=back,
                    code_verifier=trip["verifier"],
                )
        except httpx2.HTTPError as error:
            raise ProviderFailed(UNREACHABLE) from error
        except (AuthlibBaseError, ValueError) as error:
            raise ProviderFailed(UNBELIEVED) from error
        return cast("dict[str, Any]", found)

    def _claims(
        self, metadata: dict[str, Any], trip: Trip, token: dict[str, Any]
    ) -> dict[str, Any]:
        """The claims of the ID token, when all about it is as it must be."""
        from authlib.oidc.core import CodeIDToken  # noqa: PLC0415 - an optional library
        from joserfc.errors import JoseError  # noqa: PLC0415 - the same

        settings = self._settings
        must_be = {
            "iss": {"essential": True, "value": settings.issuer},
            "aud": {"essential": True, "value": settings.client_id},
        }
        checked_against = {
            "nonce": trip["nonce"],
            "client_id": settings.client_id,
            "access_token": token.get("access_token"),
        }
        try:
            header, found = self._decoded(metadata, str(token.get("id_token", "")))
            claims = CodeIDToken(found, header, must_be, checked_against)
            claims.validate(now=int(self._clock()), leeway=LEEWAY_S)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise ProviderFailed(UNBELIEVED) from error
        return dict(claims)

    def _decoded(
        self, metadata: dict[str, Any], text: str
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Header and claims of a token whose signature is the provider's."""
        from joserfc import jwt  # noqa: PLC0415 - an optional library
        from joserfc.errors import BadSignatureError, InvalidKeyIdError  # noqa: PLC0415
        from joserfc.jwk import KeySet  # noqa: PLC0415

        try:
            keys = KeySet.import_key_set(cast("Any", self._fetched(metadata["jwks_uri"])))
            decoded = jwt.decode(text, keys, algorithms=ALGORITHMS)
        except (BadSignatureError, InvalidKeyIdError):  # it may have new keys
            newest = self._fetched(metadata["jwks_uri"], life_s=KEYS_S)
            keys = KeySet.import_key_set(cast("Any", newest))
            decoded = jwt.decode(text, keys, algorithms=ALGORITHMS)
        return dict(decoded.header), dict(decoded.claims)

    def _person(self, claims: dict[str, Any]) -> Person:
        subject = f"{self.issuer}\0{claims['sub']}"
        shown = next(str(claims[name]) for name in SHOWN if claims.get(name))
        groups = claims.get(self._settings.groups_claim)
        listed = [groups] if isinstance(groups, str) else groups
        return Person(
            f"oidc:{hashlib.sha256(subject.encode()).hexdigest()[:32]}",
            shown[:MAX_SHOWN],
            tuple(map(str, listed)) if isinstance(listed, list) else (),
        )

    def _metadata(self) -> dict[str, Any]:
        """What the provider says of itself (OpenID Connect Discovery 1.0, section 4)."""
        found = self._fetched(self.issuer.rstrip("/") + DISCOVERY)
        secure = all(urlsplit(str(found.get(name))).scheme == "https" for name in ENDPOINTS)
        if found.get("issuer") != self.issuer or not secure:
            raise ProviderFailed(UNBELIEVED)
        return found

    def _fetched(self, url: str, life_s: float = METADATA_S) -> dict[str, Any]:
        """A JSON object of the provider, at most so old."""
        import httpx2  # noqa: PLC0415 - only where a provider is asked

        with self._lock:
            kept = self._kept.get(url)
            if kept and self._clock() < kept.fetched + life_s:
                return kept.value
            try:
                with httpx2.Client(**self._connection()) as client:
                    reply = client.get(url).raise_for_status()
                found = reply.json()
            except httpx2.HTTPError as error:
                raise ProviderFailed(UNREACHABLE) from error
            except ValueError as error:
                raise ProviderFailed(UNBELIEVED) from error
            if not isinstance(found, dict):
                raise ProviderFailed(UNBELIEVED)
            self._kept[url] = _Kept(found, self._clock())
            return found

    def _client(self, metadata: dict[str, Any], back: str) -> OAuth2Client:
        from authlib.integrations.httpx_client import OAuth2Client  # noqa: PLC0415 - optional

        settings = self._settings
        methods = metadata.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        method = "client_secret_post" if "client_secret_basic" not in methods else None
        return OAuth2Client(
            settings.client_id,
            settings.client_secret or None,
            token_endpoint_auth_method=method if settings.client_secret else "none",
            scope=settings.scopes,
            redirect_uri=back,
            code_challenge_method="S256",
            **self._connection(),
        )

    def _connection(self) -> dict[str, Any]:
        """How the provider is called: over TLS that holds, by no proxy of the environment."""
        from safelight.accounts.bounded_transport import BoundedTransport  # noqa: PLC0415

        return {
            "transport": BoundedTransport(self._tls, MAX_REPLY_BYTES),
            "timeout": TIMEOUT_S,
            "trust_env": False,
            "follow_redirects": False,
        }
