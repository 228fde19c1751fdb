"""Which proxies are believed, and what of their words."""

from __future__ import annotations

import re
from typing import Any

import pytest

from exposed_server import BEHIND_NGINX
from safelight.security.host_names import check_names
from safelight.security.proxies import (
    FORWARDED,
    PASSED_ON,
    ForwardedRequests,
    Told,
    TrustedProxies,
    check_networks,
    is_local,
    trusted_proxies,
)
from safelight_builders import app

CLAIMS = {
    "x-forwarded-for": "203.0.113.7",
    "x-forwarded-proto": "https",
    "x-forwarded-host": "work.example.org",
    "x-forwarded-prefix": "/safelight",
}
BELIEVED = Told("203.0.113.7", "https", "work.example.org", "/safelight")
LOCAL = {"host": "127.0.0.1", "socket": "", "trusted_proxies": "", "hostnames": ""}


def proxies(networks: str = "", socket: str = "") -> TrustedProxies:
    """The proxies of two settings."""
    return trusted_proxies({"trusted_proxies": networks, "socket": socket})


@pytest.mark.parametrize(
    ("networks", "socket", "peer", "expected"),
    [
        ("", "", "127.0.0.1", Told()),
        ("", "", "", Told()),
        ("10.1.0.0/24", "", "10.1.0.9", BELIEVED),
        ("10.1.0.0/24", "", "::ffff:10.1.0.9", BELIEVED),
        ("10.1.0.0/24", "", "10.1.1.9", Told()),
        ("10.1.0.0/24, fd00::7", "", "fd00::7", BELIEVED),
        ("10.1.0.0/24", "", "no address", Told()),
        ("10.1.0.0/24", "", "", Told()),
        ("", "/run/web.sock", "", BELIEVED),
        ("", "/run/web.sock", "127.0.0.1", Told()),
    ],
)
def test_only_named_proxies_are_believed(
    networks: str, socket: str, peer: str, expected: Told
) -> None:
    """By the address of the connection; over the socket, by who may open it."""
    assert proxies(networks, socket).told(peer, CLAIMS) == expected


@pytest.mark.parametrize(
    ("forwarded_for", "expected"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("1.2.3.4, 203.0.113.7", "203.0.113.7"),
        ("1.2.3.4, 203.0.113.7, 10.1.0.2", "203.0.113.7"),
        ("<script>, 203.0.113.7", "203.0.113.7"),
        ("203.0.113.7, <script>", ""),
        ("", ""),
        ("2001:db8::7", "2001:db8::7"),
        ("10.1.0.3, 10.1.0.2", "10.1.0.3"),
    ],
)
def test_the_client_is_the_last_address_that_is_no_proxy(forwarded_for: str, expected: str) -> None:
    """What stands before it, the client itself may have written."""
    told = proxies("10.1.0.0/24").told("10.1.0.1", {"x-forwarded-for": forwarded_for})
    assert told.client == expected


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("x-forwarded-proto", "javascript"),
        ("x-forwarded-prefix", "//evil.example"),
        ("x-forwarded-prefix", "/a/../b?c"),
        ("x-forwarded-prefix", "safelight"),
        ("x-forwarded-prefix", "/" + "a/" * 9),
    ],
)
def test_malformed_words_are_not_taken(header: str, value: str) -> None:
    """They end up in links and cookies."""
    assert proxies("10.1.0.1").told("10.1.0.1", {header: value}) == Told()


def environ_after(networks: str, **environ: str) -> dict[str, Any]:
    """What the application sees of a request."""
    seen: dict[str, Any] = {}

    def application(environ: Any, start_response: Any) -> list[bytes]:
        del start_response
        seen.update(environ)
        return []

    list(ForwardedRequests(application, proxies(networks))(environ, lambda *_: print))
    assert seen.pop(PASSED_ON) is True
    return seen


def test_nothing_behind_sees_what_a_client_claims() -> None:
    """Not even a library that would read one of the headers by itself."""
    keys = {f"HTTP_{name.upper().replace('-', '_')}": "203.0.113.7" for name in FORWARDED}
    assert environ_after("", REMOTE_ADDR="192.0.2.1", **keys) == {"REMOTE_ADDR": "192.0.2.1"}


def test_a_proxys_words_are_the_requests() -> None:
    """Client, scheme, name and path, where every part of the application looks for them."""
    keys = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in CLAIMS.items()}
    assert environ_after("10.1.0.1", REMOTE_ADDR="10.1.0.1", HTTP_HOST="web:8847", **keys) == {
        "REMOTE_ADDR": "203.0.113.7",
        "wsgi.url_scheme": "https",
        "HTTP_HOST": "work.example.org",
        "SCRIPT_NAME": "/safelight",
    }


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, True),
        ({"host": "::1"}, True),
        ({"host": "192.0.2.1"}, False),
        ({"socket": "/run/web.sock"}, False),
        ({"trusted_proxies": "127.0.0.1"}, False),
        ({"hostnames": "work.example.org"}, False),
    ],
)
def test_what_others_shall_reach_is_not_local(change: dict[str, str], expected: bool) -> None:
    """A server on loopback behind a proxy needs sign-in as any other."""
    assert is_local({**LOCAL, **change}) is expected


@pytest.mark.parametrize(
    ("networks", "is_fine"),
    [
        ("", True),
        ("127.0.0.1, 10.1.0.0/24,fd00::/48", True),
        ("0.0.0.0/0", False),
        ("::/0", False),
        ("10.1.0.1/24", False),
        ("nginx", False),
    ],
)
def test_a_list_of_proxies_is_checked(networks: str, is_fine: bool) -> None:
    """A network of everyone would let anyone choose the address that is counted."""
    assert (check_networks(networks) is None) is is_fine


@pytest.mark.parametrize(
    ("names", "is_fine"),
    [
        ("", True),
        ("work.example.org, Other.example.org", True),
        ("192.0.2.1, 2001:db8::1", True),
        ("https://work.example.org", False),
        ("work.example.org:8443", False),
        ("*.example.org", False),
    ],
)
def test_a_list_of_names_is_checked(names: str, is_fine: bool) -> None:
    """They are compared as they stand: a pattern would match nothing."""
    assert (check_names(names) is None) is is_fine


def test_pages_link_below_the_path_that_a_proxy_serves_them_at() -> None:
    """Style sheets, scripts and links, all of them."""
    client = app(BEHIND_NGINX).test_client()
    page = client.get("/", headers={"X-Forwarded-Prefix": "/work"}, follow_redirects=True).text
    links = re.findall(r'(?:href|src|action)="(/[^"]*)"', page)
    assert len(links) > 3
    assert [link for link in links if not link.startswith("/work/")] == []
