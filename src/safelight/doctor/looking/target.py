"""Where the running server is: an address, or a Unix socket."""

from __future__ import annotations

from dataclasses import dataclass, replace
import http.client
import socket
import ssl
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from safelight.security.host_names import is_loopback, words
from safelight.serving.addresses import SocketAddress, address_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from safelight.api import SettingValue

PORTS = {"http": 80, "https": 443}
UNIX = "unix:"


class BadTarget(ValueError):  # noqa: N818 - reads as what it is
    """No address that can be asked."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where to ask."""

    url: str
    name: str
    """Of the host, as its certificate has it."""
    port: int
    host: str
    """What the Host header says."""
    is_secure: bool = False
    path: str = ""
    """The path that the workbench is served under, without a slash at its end."""
    socket: str = ""
    """The path of a Unix socket, which is asked instead."""

    @classmethod
    def of(cls, url: str) -> Target:
        """The target of an address.

        Raises:
            BadTarget: it is none of http or https.
        """
        parts = urlsplit(url)
        try:
            port = parts.port or PORTS[parts.scheme]
        except (KeyError, ValueError) as error:
            raise BadTarget("Write an address that starts with http:// or https://.") from error
        if not parts.hostname:
            raise BadTarget("The address has no host.")
        is_secure = parts.scheme == "https"
        host = parts.netloc.rpartition("@")[2]
        return cls(url, parts.hostname, port, host, is_secure, parts.path.rstrip("/"))

    @classmethod
    def of_settings(cls, values: Mapping[str, SettingValue]) -> Target:
        """Where a server with these settings listens."""
        address = address_of(values)
        if isinstance(address, SocketAddress):
            (name, *_) = [*words(values["hostnames"]), "localhost"]
            return cls(address.url(secure=False), name, 0, name, socket=str(address.path))
        return cls.of(address.url(secure=bool(values["certificate"])))

    def without_tls(self, port: int) -> Target:
        """The same host without TLS."""
        return replace(
            self, url=f"http://{self.name}", port=port, host=self.name, is_secure=False, path=""
        )

    def with_tls(self) -> Target:
        """The same port with TLS."""
        return replace(self, url=self.url.replace("http://", "https://", 1), is_secure=True)

    @property
    def may_be_adhoc(self) -> bool:
        """Whether a server on this machine may speak TLS though no setting says so (serve -a)."""
        return not self.is_secure and not self.socket and is_loopback(self.name)

    def connect(self, longest_s: float) -> http.client.HTTPConnection:
        """A connection that is not open yet. What certificate there is, is looked at elsewhere."""
        if self.socket:
            return _SocketConnection(self.socket, longest_s)
        if self.is_secure:
            return http.client.HTTPSConnection(
                self.name, self.port, timeout=longest_s, context=anything()
            )
        return http.client.HTTPConnection(self.name, self.port, timeout=longest_s)


def anything() -> ssl.SSLContext:
    """TLS with whoever answers: nothing is told to it but what a stranger may ask."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


class _SocketConnection(http.client.HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path: str, longest_s: float) -> None:
        super().__init__("localhost", timeout=longest_s)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)
