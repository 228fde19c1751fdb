"""How many requests a client may make."""

from __future__ import annotations

from dataclasses import dataclass, field
import ipaddress
import secrets
import time
from typing import TYPE_CHECKING, cast

from flask import current_app, request
from flask_limiter import ApplicationLimit, Limiter
from limits.errors import StorageError

from safelight.security import identity
from safelight.security.body_limits import received_action
from safelight.state.keys import pseudonym

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from flask import Flask

DEFAULT_RATE = "6000/minute"
"""Of all requests. On one machine all programs share an address: one that goes wild, at 20 requests
a second, must not lock the person out. Actions, which cost more, have lower rates of their own."""
STRANGERS_RATE = "600/minute"
"""Of a client that nobody is known at: each sign-in form begins a session."""
LONGEST_WAIT_S = 60
"""Of all rates, which are by the minute."""
IPV6_NETWORK = 64
"""Bits. One customer has a whole such network, and could use a new address for each request."""


@dataclass(frozen=True, slots=True)
class Counters:
    """Where the requests of all processes are counted, and how callers are named there."""

    storage: str = "memory://"
    """As `limits` names it."""
    options: Mapping[str, object] = field(default_factory=dict)
    """Of the storage."""
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    """A caller is counted under a name that tells nobody without this key who it is."""


def client_key(address: str) -> str:
    """The name under which a client's requests are counted."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if parsed.version == 4:  # noqa: PLR2004
        return address
    mapped = parsed.ipv4_mapped
    return str(mapped or ipaddress.ip_network((parsed, IPV6_NETWORK), strict=False))


def caller_key() -> str:
    """The name under which the current request is counted: its user's, else its client's.

    An office behind one address is many users, and a user with many addresses is one.
    """
    found = identity.current()
    if found is None or found.how == identity.LOOPBACK:
        return client_key(request.remote_addr or "")
    return f"user {found.name}"


def seconds_to_wait() -> int:
    """When the client that was just refused may come again."""
    (limiter,) = cast("set[Limiter]", current_app.extensions["limiter"])
    limit = limiter.current_limit
    try:
        return max(1, limit.reset_at - int(time.time())) if limit else LONGEST_WAIT_S
    except StorageError:
        return LONGEST_WAIT_S


def set_up(app: Flask, counters: Counters, *, enabled: bool, exempt: Collection[str]) -> None:
    """Count the requests of each client, but for the `exempt` endpoints.

    Both limits are checked before a form token or a file is read. An action's own rate holds for
    its API route and its pages together. While what is shared can't be reached, each process counts
    for itself.
    """

    def rate() -> str:
        return DEFAULT_RATE if identity.current() else STRANGERS_RATE

    def action_rate() -> str:
        action = received_action(app, request.endpoint)
        return action.rate if action else DEFAULT_RATE

    limiter = Limiter(
        lambda: pseudonym(counters.key, caller_key()),
        application_limits=[
            rate,
            ApplicationLimit(
                action_rate,
                scope=_action_scope,
                methods=["POST"],
                exempt_when=lambda: received_action(app, request.endpoint) is None,
            ),
        ],
        storage_uri=counters.storage,
        storage_options=cast("dict[str, str | int]", dict(counters.options)),
        in_memory_fallback_enabled=True,
        strategy="moving-window",
        enabled=enabled,
        # An address that leads nowhere costs as much as one that leads somewhere.
        request_identifier=lambda: request.endpoint or "nowhere",
    )
    limiter.request_filter(lambda: request.endpoint in exempt)
    limiter.init_app(app)


def _action_scope(endpoint: str) -> str:
    """`toy.count` for both the endpoints `api.toy.count` and, by what it receives, `toy.result`."""
    action = received_action(current_app, endpoint)
    return f"{endpoint.split('.')[-2]}.{action.name}" if action else endpoint
