"""The way in, made from the settings; and the refusal to start where it would stand open."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from safelight.accounts.document import BadAccounts
from safelight.accounts.provider import Provider, ProviderSettings
from safelight.accounts.settings import account_source, grants_of_groups
from safelight.security.exposure import is_open, shortfalls
from safelight.security.guests import Guests
from safelight.security.identity import Doors
from safelight.security.lockout import Lockout
from safelight.security.password_check import Guard
from safelight.security.passwords import Passwords
from safelight.security.presence import Lives, Presence
from safelight.settings import BadSettings
from safelight.state.keys import derived_key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from safelight.accounts.source import AccountSource
    from safelight.api import SettingValue
    from safelight.state.interface import State


def accounts_of(values: Mapping[str, SettingValue]) -> AccountSource:
    """Where users and tokens are.

    Raises:
        BadSettings: others could reach the server and it lacks what that needs, or the accounts
            can't be read.
    """
    try:
        source = account_source(values)
        has_doors = bool(source.current() or values["oidc_issuer"])
    except BadAccounts as error:
        raise BadSettings([f"SAFELIGHT_USERS_FILE: {error}"]) from error
    lacks = shortfalls(values, has_doors=has_doors)
    if lacks:
        raise BadSettings(lacks)
    return source


def make_guard(
    values: Mapping[str, SettingValue],
    source: AccountSource,
    secret_key: str,
    state: State,
    clock: Callable[[], float],
) -> Guard:
    """What stands between a stranger and the tools.

    Args:
        values: of the workbench's settings.
        source: of users and tokens.
        secret_key: the one in use, made for this run if need be.
        state: what the processes share: failed attempts, and who is signed in.
        clock: seconds since the epoch.
    """
    secret = derived_key(secret_key, "sign-in")
    lives = Lives.of(values)
    presence = Presence(state, secret, lives, clock)
    doors = Doors(
        accounts=source,
        presence=presence,
        guests=Guests(state, presence, lives.absolute_s),
        is_open=is_open(values),
        clock=clock,
        issuer=str(values["oidc_issuer"]),
        groups=grants_of_groups(str(values["oidc_grants"])),
    )
    provider = make_provider(values, clock) if values["oidc_issuer"] else None
    lockout = Lockout(state, secret, clock)
    return Guard(doors, Passwords(), lockout, provider, str(values["oidc_name"]))


def make_provider(values: Mapping[str, SettingValue], clock: Callable[[], float]) -> Provider:
    """The organisation's own provider. It is not asked anything yet.

    Raises:
        BadSettings: what it needs is not installed or not set.
    """
    needed = {
        "SAFELIGHT_OIDC_CLIENT_ID is not set. The provider gives it when you register there.": (
            values["oidc_client_id"]
        ),
        "SAFELIGHT_OIDC_GRANTS is not set, so nobody could do anything. Write: desk=mapy": (
            values["oidc_grants"]
        ),
        "SAFELIGHT_OIDC_ISSUER needs a library. Install it: pip install 'safelight[oidc]'": (
            find_spec("authlib")
        ),
    }
    lacks = [sentence for sentence, is_there in needed.items() if not is_there]
    if lacks:
        raise BadSettings(lacks)
    try:
        return Provider(ProviderSettings.of(values), clock)
    except OSError as error:
        raise BadSettings(["SAFELIGHT_OIDC_CA can't be read as PEM. Check the path."]) from error
