"""Where others can reach the server, it starts with all that needs, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from account_builders import SIGN_IN
from safelight.configuration import WORKBENCH
from safelight.security import exposure
from safelight.security.exposure import is_open, shortfalls, transport_shortfalls
from safelight.settings import BadSettings, Settings
from safelight_builders import app

if TYPE_CHECKING:
    from safelight.api import SettingValue

USERS = {"SAFELIGHT_USERS": SIGN_IN["SAFELIGHT_USERS"]}
KEY = {"SECRET_KEY": "kP3-zV9_qL7xT1wB5nM8rC2yH6dJ4fGa"}
AFAR = {"SAFELIGHT_HOST": "192.0.2.1"}
EVERYWHERE = [
    AFAR,
    {"SAFELIGHT_HOST": "0.0.0.0"},  # noqa: S104 - what is tested
    {"SAFELIGHT_HOST": "::"},
    {"SAFELIGHT_TRUSTED_PROXIES": "127.0.0.1"},
    {"SAFELIGHT_SOCKET": "/run/safelight/web.sock"},
    {"SAFELIGHT_HOSTNAMES": "safelight.example.org"},
]


def values(*variables: dict[str, str]) -> dict[str, SettingValue]:
    """The workbench's settings under some variables."""
    merged = {name: value for each in variables for name, value in each.items()}
    return Settings(merged).values(WORKBENCH)


def test_at_its_own_machine_nothing_is_needed() -> None:
    """One command, and nobody signs in."""
    assert is_open(values())
    assert shortfalls(values(), has_doors=False) == ()
    assert transport_shortfalls(values(), has_certificate=False, is_debug=True) == ()


@pytest.mark.parametrize("variables", EVERYWHERE, ids=str)
def test_elsewhere_nobody_comes_in_without_signing_in(variables: dict[str, str]) -> None:
    """By its address, through a proxy, over a socket, under a name."""
    assert not is_open(values(variables))
    assert shortfalls(values(variables), has_doors=False) == (exposure.NO_KEY, exposure.NOBODY)
    assert shortfalls(values(variables, KEY), has_doors=True) == ()


@pytest.mark.parametrize("variables", EVERYWHERE, ids=str)
def test_the_application_itself_refuses(variables: dict[str, str]) -> None:
    """Whichever server runs it."""
    for given in ({}, KEY, USERS):
        with pytest.raises(BadSettings):
            app({**variables, **given})
    app({**variables, **KEY, **USERS})


@pytest.mark.parametrize("key", ["", "changeme", "x" * 32, "short"])
def test_a_key_that_anyone_can_guess_is_none(key: str) -> None:
    """The same rules as everywhere, and none at all is none."""
    with pytest.raises(BadSettings, match="SECRET_KEY"):
        app({**AFAR, **USERS, "SECRET_KEY": key})


def test_sign_in_always_needs_somebody() -> None:
    """At its own machine too."""
    with pytest.raises(BadSettings, match="safelight users add"):
        app({"SAFELIGHT_SIGN_IN": "always"})


def test_plain_http_is_refused() -> None:
    """Unless it is TLS, or a proxy that is named has it."""
    plain = transport_shortfalls(values(AFAR), has_certificate=False, is_debug=False)
    assert plain == (exposure.NO_TLS,)
    assert transport_shortfalls(values(AFAR), has_certificate=True, is_debug=False) == ()
    proxy = {"SAFELIGHT_TRUSTED_PROXIES": "192.0.2.9"}
    assert transport_shortfalls(values(AFAR, proxy), has_certificate=False, is_debug=False) == ()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "[::]"])  # noqa: S104 - what is tested
def test_all_addresses_need_a_name(host: str) -> None:
    """Else any site could pass for this one."""
    bound = {**values(), "host": host}
    lacks = transport_shortfalls(bound, has_certificate=True, is_debug=False)
    assert lacks == (exposure.NO_NAME,)
    named = {**bound, "hostnames": "safelight.example.org"}
    assert transport_shortfalls(named, has_certificate=True, is_debug=False) == ()


def test_no_debug_and_no_endless_requests_elsewhere() -> None:
    """Both are for this machine alone."""
    debug = transport_shortfalls(values(AFAR), has_certificate=True, is_debug=True)
    assert debug == (exposure.NO_DEBUG,)
    unlimited = values(AFAR, KEY, {"SAFELIGHT_RATE_LIMITS": "off"})
    assert shortfalls(unlimited, has_doors=True) == (exposure.NO_LIMITS,)


@pytest.mark.parametrize(
    "variables",
    [
        {"SAFELIGHT_OIDC_ISSUER": "https://id.example.org"},
        {"SAFELIGHT_OIDC_ISSUER": "https://id.example.org", "SAFELIGHT_OIDC_CLIENT_ID": "a"},
        {
            "SAFELIGHT_OIDC_ISSUER": "https://id.example.org",
            "SAFELIGHT_OIDC_CLIENT_ID": "a",
            "SAFELIGHT_OIDC_GRANTS": "*=toy",
            "SAFELIGHT_OIDC_CA": "/nothing/here.pem",
        },
        {"SAFELIGHT_USERS_FILE": "/nothing/here.json"},
        {"SAFELIGHT_USERS": "{"},
    ],
    ids=" ".join,
)
def test_a_door_that_can_not_open_is_said_at_the_start(variables: dict[str, str]) -> None:
    """Not at the first sign-in."""
    with pytest.raises(BadSettings, match="SAFELIGHT_"):
        app(variables)
