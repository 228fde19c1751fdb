"""Which addresses the client may call: Eloqua's own, and those that an administrator names.

An answer of Eloqua names the host of the next call (`urls.base`); whoever forged one must not get
the credentials. Credentials go to API hosts alone, rows of the public form to form hosts alone.
"""

from __future__ import annotations

from ipaddress import ip_address
import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from elqkit.errors import HostNotAllowed

if TYPE_CHECKING:
    from collections.abc import Iterable

API_HOST = re.compile(r"(?:login|secure(?:\.p\d{2})?|www\d{2}\.secure)\.eloqua\.com")
FORM_HOST = re.compile(r"s\d{1,12}\.t\.eloqua\.com")
HTTPS_PORT, HTTP_PORT = 443, 80


class _Origin(NamedTuple):
    scheme: str
    host: str
    port: int

    @property
    def is_loopback(self) -> bool:
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False


class Hosts:
    """The addresses that may be called.

    Args:
        named: origins that an administrator names besides Eloqua's, for API and forms alike:
            `https://go.example.com`, `http://127.0.0.1:8850`. Without TLS only loopback is taken.

    Raises:
        HostNotAllowed: a named one is no origin, or is neither TLS nor loopback.
    """

    __slots__ = ("_named",)

    def __init__(self, named: Iterable[str] = ()) -> None:
        self._named = frozenset(_origin(url) for url in named)
        if any(each.scheme != "https" and not each.is_loopback for each in self._named):
            raise HostNotAllowed("eloqua.not-tls")

    def check_api(self, url: str) -> None:
        """Let a call pass that carries credentials.

        Raises:
            HostNotAllowed: it goes elsewhere.
        """
        self._check(url, API_HOST)

    def check_form(self, url: str) -> None:
        """Let a submission pass, which carries a row and no credentials.

        Raises:
            HostNotAllowed: it goes elsewhere.
        """
        self._check(url, FORM_HOST)

    def _check(self, url: str, pattern: re.Pattern[str]) -> None:
        origin = _origin(url)
        is_eloqua = (
            origin.scheme == "https"
            and origin.port == HTTPS_PORT
            and pattern.fullmatch(origin.host) is not None
        )
        if not is_eloqua and origin not in self._named:
            raise HostNotAllowed("eloqua.host-not-allowed")


def _origin(url: str) -> _Origin:
    """Scheme, host and port of an address.

    Raises:
        HostNotAllowed: it has none, or holds a user's name.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise HostNotAllowed("eloqua.host-not-allowed") from None
    if parts.scheme not in ("https", "http") or not parts.hostname or "@" in parts.netloc:
        raise HostNotAllowed("eloqua.host-not-allowed")
    default = HTTPS_PORT if parts.scheme == "https" else HTTP_PORT
    return _Origin(parts.scheme, parts.hostname, port or default)
