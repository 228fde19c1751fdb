"""The settings of accounts and of an organisation's own provider."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from safelight.accounts.changes import record_changes
from safelight.accounts.document import BadAccounts, accounts_from
from safelight.accounts.grants import wrong_with_grant
from safelight.accounts.source import AccountFile, AccountSource, FixedAccounts
from safelight.api import Setting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from safelight.api import SettingValue

AUTO, ALWAYS = "auto", "always"
EVERYONE = "*"
"""In the place of a group: whoever the provider lets in."""


def account_source(values: Mapping[str, SettingValue]) -> AccountSource:
    """Where the settings say that users and tokens are.

    Raises:
        BadAccounts: they can't be read.
    """
    if not values["users_file"]:
        return FixedAccounts(str(values["users"]))
    found = AccountFile(Path(str(values["users_file"])), record_changes)
    found.current()
    return found


def grants_of_groups(text: str) -> dict[str, frozenset[str]]:
    """What each group of the provider may do, from `desk=mapy; ops=elqkit.send,admin`.

    Raises:
        ValueError: it is not written like that; the text says how.
    """
    found = {}
    for rule in filter(None, map(str.strip, text.split(";"))):
        group, equals, grants = rule.partition("=")
        words = frozenset(filter(None, map(str.strip, grants.split(","))))
        wrong = next(filter(None, map(wrong_with_grant, words)), None)
        if not equals or not group.strip() or not words or wrong:
            raise ValueError(f"Write it like: desk=mapy; ops=elqkit.send,admin. {wrong or ''}")
        found[group.strip()] = words
    return found


def _check_users(value: SettingValue) -> str | None:
    try:
        accounts_from(str(value))
    except BadAccounts as error:
        return str(error)
    return None


def _check_sign_in(value: SettingValue) -> str | None:
    return None if value in {AUTO, ALWAYS} else f"Choose {AUTO} or {ALWAYS}."


def _check_issuer(value: SettingValue) -> str | None:
    parts = urlsplit(str(value))
    if not value:
        return None
    if parts.scheme == "https" and parts.hostname and not (parts.query or parts.fragment):
        return None
    return "Write the provider's address as it names itself, beginning with https://."


def _check_groups(value: SettingValue) -> str | None:
    try:
        grants_of_groups(str(value))
    except ValueError as error:
        return str(error)
    return None


ACCOUNTS: tuple[Setting, ...] = (
    Setting(
        "sign_in",
        "SAFELIGHT_SIGN_IN",
        AUTO,
        "Who must sign in: auto, all but the one at this machine; or always, everybody.",
        check=_check_sign_in,
    ),
    Setting(
        "users",
        "SAFELIGHT_USERS",
        "",
        "The users and tokens themselves, as `safelight users` writes them into a file.",
        check=_check_users,
        secret=True,
    ),
    Setting(
        "users_file",
        "SAFELIGHT_USERS_FILE",
        "",
        "The file of users and tokens. It is read again when it changes.",
    ),
    Setting(
        "oidc_issuer",
        "SAFELIGHT_OIDC_ISSUER",
        "",
        "The address of your own OpenID Connect provider. People then sign in there.",
        check=_check_issuer,
    ),
    Setting("oidc_name", "SAFELIGHT_OIDC_NAME", "your organisation", "What its button says."),
    Setting(
        "oidc_client_id", "SAFELIGHT_OIDC_CLIENT_ID", "", "What the provider calls this server."
    ),
    Setting(
        "oidc_client_secret",
        "SAFELIGHT_OIDC_CLIENT_SECRET",
        "",
        "What proves it to the provider. A public client has none.",
        secret=True,
    ),
    Setting(
        "oidc_scopes", "SAFELIGHT_OIDC_SCOPES", "openid profile", "What to ask the provider for."
    ),
    Setting(
        "oidc_groups_claim",
        "SAFELIGHT_OIDC_GROUPS_CLAIM",
        "groups",
        "The claim of the ID token that lists a person's groups.",
    ),
    Setting(
        "oidc_grants",
        "SAFELIGHT_OIDC_GRANTS",
        "",
        "What each group may do: desk=mapy; ops=elqkit.send,admin. The group * is everyone.",
        check=_check_groups,
    ),
    Setting(
        "oidc_ca",
        "SAFELIGHT_OIDC_CA",
        "",
        "Path of the certificate authority (PEM) of a provider that has one of its own.",
    ),
)
