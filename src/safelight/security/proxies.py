"""Whom to believe about a client.

A proxy tells in X-Forwarded-* headers who asks it, by which scheme and name, and below which path
it serves the workbench. Anyone can send such headers, so they count from named proxies alone, and
are taken away from every request before anything else could read them.

Who may open the Unix socket is decided by its permissions: what comes over it is a proxy's.
"""

from __future__ import annotations

from dataclasses import dataclass
import ipaddress
import re
from typing import TYPE_CHECKING, TypeAlias

from safelight.security.host_names import is_loopback, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from safelight.api import SettingValue

Network: TypeAlias = "ipaddress.IPv4Network | ipaddress.IPv6Network"

FOR, PROTO = "x-forwarded-for", "x-forwarded-proto"
HOST, PREFIX = "x-forwarded-host", "x-forwarded-prefix"
FORWARDED = frozenset({FOR, PROTO, HOST, PREFIX, "x-forwarded-port", "x-real-ip", "forwarded"})
"""Nothing behind this module sees any of these."""
PASSED_ON = "safelight.passed_on"
"""Key of the WSGI environment: set if the request came with such headers, believed or not."""
SOCKET = ""
"""The address of a peer on the Unix socket: it has none."""
SCHEMES = frozenset({"http", "https"})
WIDEST = {4: 8, 6: 32}
"""Bits of the widest network that may be called a proxy: more would be everyone."""
_PREFIX = re.compile(r"(?:/[A-Za-z0-9._~-]+){1,8}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Told:
    """What a proxy told of a request; empty where it told nothing."""

    client: str = ""
    scheme: str = ""
    host: str = ""
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class TrustedProxies:
    """The proxies in front of this server."""

    networks: tuple[Network, ...] = ()
    socket: bool = False
    """Whether the server listens on a Unix socket."""

    def trusts(self, peer: str) -> bool:
        """Whether the other end of a connection is a proxy."""
        if peer == SOCKET:
            return self.socket
        try:
            address = ipaddress.ip_address(peer)
        except ValueError:
            return False
        address = getattr(address, "ipv4_mapped", None) or address
        return any(address in network for network in self.networks)

    def told(self, peer: str, headers: Mapping[str, str]) -> Told:
        """What is believed of a request's headers, given by lower-case names.

        Of a list the last counts, which the nearest proxy wrote; what is malformed counts as not
        told.
        """
        if not self.trusts(peer):
            return Told()
        scheme = _last(headers.get(PROTO, "")).lower()
        prefix = _last(headers.get(PREFIX, "")).rstrip("/")
        return Told(
            client=self._client(headers.get(FOR, "")),
            scheme=scheme if scheme in SCHEMES else "",
            host=_last(headers.get(HOST, "")),
            prefix=prefix if _PREFIX.fullmatch(prefix) else "",
        )

    def _client(self, forwarded_for: str) -> str:
        """The last address that is no proxy's: those before it may be the client's invention."""
        client = ""
        for text in reversed(forwarded_for.split(",")):
            try:
                client = str(ipaddress.ip_address(text.strip()))
            except ValueError:
                return client
            if not self.trusts(client):
                return client
        return client


class ForwardedRequests:
    """A WSGI application that sees each request as its client sent it to the proxy."""

    def __init__(self, app: WSGIApplication, proxies: TrustedProxies) -> None:
        self._app = app
        self._proxies = proxies

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Take the headers of proxies out of the environment, and what they told into it."""
        headers = {
            name: str(environ.pop(key))
            for name in FORWARDED
            if (key := f"HTTP_{name.upper().replace('-', '_')}") in environ
        }
        if headers:
            environ[PASSED_ON] = True
        told = self._proxies.told(str(environ.get("REMOTE_ADDR", "")), headers)
        if told.client:
            environ["REMOTE_ADDR"] = told.client
        if told.scheme:
            environ["wsgi.url_scheme"] = told.scheme
        if told.host:
            environ["HTTP_HOST"] = told.host
        if told.prefix:
            environ["SCRIPT_NAME"] = told.prefix
        return self._app(environ, start_response)


def trusted_proxies(values: Mapping[str, SettingValue]) -> TrustedProxies:
    """The proxies that the workbench's settings name."""
    networks = tuple(ipaddress.ip_network(name) for name in words(values["trusted_proxies"]))
    return TrustedProxies(networks, socket=bool(values["socket"]))


def is_local(values: Mapping[str, SettingValue]) -> bool:
    """Whether only this machine can reach a server with these settings.

    A proxy in front, a socket for one, or a name of its own mean that others shall.
    """
    opened = any(values[name] for name in ("socket", "trusted_proxies", "hostnames"))
    return is_loopback(str(values["host"])) and not opened


def check_networks(value: SettingValue) -> str | None:
    """What is wrong with a list of proxies and what to do; None if it will do."""
    for word in words(value):
        try:
            network = ipaddress.ip_network(word)
        except ValueError:
            return f"Write addresses and networks such as 10.1.0.0/24: {word!r} is none."
        if network.prefixlen < WIDEST[network.version]:
            return f"{word} holds nearly everyone, who could then pretend to be anyone. Name less."
    return None


def _last(text: str) -> str:
    return text.rpartition(",")[2].strip()
