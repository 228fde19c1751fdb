"""Where calls may go."""

from __future__ import annotations

import pytest

from elqkit.eloqua import Hosts
from elqkit.errors import HostNotAllowed


@pytest.mark.parametrize(
    "url",
    [
        "https://login.eloqua.com/id",
        "https://secure.p01.eloqua.com",
        "https://secure.eloqua.com",
        "https://www05.secure.eloqua.com",
    ],
)
def test_eloquas_hosts_may_be_called(url: str) -> None:
    """Without being named."""
    Hosts().check_api(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://login.eloqua.com/id",
        "https://login.eloqua.com:8443/id",
        "https://login.eloqua.com.example.com",
        "https://user@login.eloqua.com",
        "https://xlogin.eloqua.com",
        "https://s1.t.eloqua.com",
        "https://example.com",
        "https://login.eloqua.com@example.com",
        "https://[::1",
        "file:///etc/passwd",
        "",
    ],
)
def test_no_other_host_gets_the_credentials(url: str) -> None:
    """However much it looks like one."""
    with pytest.raises(HostNotAllowed):
        Hosts().check_api(url)


def test_rows_go_to_form_hosts() -> None:
    """And to none that only the API has."""
    Hosts().check_form("https://s1234567.t.eloqua.com/e/f2")
    with pytest.raises(HostNotAllowed):
        Hosts().check_form("https://login.eloqua.com/e/f2")


def test_an_administrator_may_name_more() -> None:
    """By scheme, host and port."""
    hosts = Hosts(["https://go.example.com"])
    hosts.check_form("https://go.example.com/e/f2")
    for url in ("http://go.example.com/e/f2", "https://go.example.com:444/e/f2"):
        with pytest.raises(HostNotAllowed):
            hosts.check_form(url)


def test_without_tls_only_loopback_may_be_named() -> None:
    """Passwords are not sent in the clear."""
    Hosts(["http://127.0.0.1:8850", "http://localhost:8850", "http://[::1]:8850"])
    with pytest.raises(HostNotAllowed, match="not-tls"):
        Hosts(["http://go.example.com"])
