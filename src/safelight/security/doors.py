"""The way in, made from the settings; and the refusal to start where it would stand open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safelight.accounts.document import BadAccounts
from safelight.accounts.settings import account_source
from safelight.security.exposure import is_open, shortfalls
from safelight.security.identity import Doors
from safelight.security.lockout import Lockout
from safelight.security.password_check import Guard
from safelight.security.passwords import Passwords
from safelight.security.presence import Lives, Presence
from safelight.settings import BadSettings
from safelight.state.sealing import derived_key

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
    doors = Doors(
        accounts=source,
        presence=Presence(state, secret, Lives.of(values), clock),
        is_open=is_open(values),
        clock=clock,
        issuer=str(values["oidc_issuer"]),
    )
    provider = str(values["oidc_name"]) if values["oidc_issuer"] else ""
    return Guard(doors, Passwords(), Lockout(state, secret, clock), provider)
