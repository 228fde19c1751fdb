"""What a server must have before anyone but its own machine may reach it."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from safelight.accounts.settings import ALWAYS
from safelight.security.host_names import is_loopback
from safelight.security.proxies import is_local
from safelight.security.secret_key import ADVICE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from safelight.api import SettingValue

NO_KEY = (
    "SECRET_KEY is not set. Others can reach this server, so its forms and sessions need a key that"
    f" stays. {ADVICE}"
)
NOBODY = (
    "Nobody could sign in, so this server does not start: others can reach it, or"
    " SAFELIGHT_SIGN_IN=always asks for it. Add a user (safelight users add NAME --file users.json"
    " --grant ..., then SAFELIGHT_USERS_FILE=users.json), or name your own provider"
    " (SAFELIGHT_OIDC_ISSUER)."
)
NO_TLS = (
    "This server would send passwords and files over the network for anyone to read. Give it a"
    " certificate (-c and -k, or -a for a try), or name the proxy in front that has one"
    " (SAFELIGHT_TRUSTED_PROXIES). For yourself alone an SSH tunnel will do, with the server on"
    " 127.0.0.1: ssh -L 8847:127.0.0.1:8847 <this machine>."
)
NO_NAME = (
    "A server that listens on all addresses must know under which names people reach it"
    " (SAFELIGHT_HOSTNAMES=safelight.example.org), so that no other site can pass for it."
)
NO_DEBUG = (
    "The development server (-d) is for this machine alone. Serve other addresses without it."
)
NO_LIMITS = (
    "SAFELIGHT_RATE_LIMITS=off is for load tests on 127.0.0.1. Others can reach this server."
)


def is_open(values: Mapping[str, SettingValue]) -> bool:
    """Whether whoever reaches a server may use it without signing in."""
    return is_local(values) and values["sign_in"] != ALWAYS


def shortfalls(values: Mapping[str, SettingValue], *, has_doors: bool) -> tuple[str, ...]:
    """What an application lacks to be started, a sentence or two each.

    Args:
        values: of the workbench's settings.
        has_doors: whether anyone could sign in or has a token.
    """
    exposed = not is_local(values)
    lacks = {
        NO_KEY: exposed and not values["secret_key"],
        NOBODY: not is_open(values) and not has_doors,
        NO_LIMITS: exposed and not values["rate_limits"],
    }
    return tuple(sentence for sentence, is_so in lacks.items() if is_so)


def transport_shortfalls(
    values: Mapping[str, SettingValue], *, has_certificate: bool, is_debug: bool
) -> tuple[str, ...]:
    """What a server lacks besides: the protection of what is on its way."""
    has_proxy = bool(values["trusted_proxies"] or values["socket"])
    from_afar = not is_loopback(str(values["host"])) and not values["socket"]
    lacks = {
        NO_TLS: from_afar and not has_certificate and not has_proxy,
        NO_NAME: from_afar and is_any(str(values["host"])) and not values["hostnames"],
        NO_DEBUG: is_debug and not is_local(values),
    }
    return tuple(sentence for sentence, is_so in lacks.items() if is_so)


def is_any(host: str) -> bool:
    """Whether an address stands for all addresses of the machine: 0.0.0.0 or ::."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_unspecified
    except ValueError:
        return False
