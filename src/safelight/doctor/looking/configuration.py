"""The settings, the accounts and the files that a server here would run with."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from safelight.accounts.document import BadAccounts
from safelight.accounts.model import Accounts
from safelight.accounts.settings import account_source
from safelight.configuration import WORKBENCH
from safelight.doctor.patient import Configuration, SecretFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from safelight.api import Setting, SettingValue
    from safelight.settings import Settings

PERMISSION_BITS = 0o777
FILES = ("SAFELIGHT_USERS_FILE", "SAFELIGHT_CERT_KEY")
"""Settings that name a file with a secret in it, besides those that end in _FILE."""


def look(
    settings: Settings, rows: Iterable[Setting], prefixes: Iterable[str], env_file: Path | None
) -> Configuration:
    """What the settings say.

    Args:
        settings: where values come from.
        rows: every setting, those of the tools too.
        prefixes: what their variables begin with.
        env_file: the file that some of them come from.

    Raises:
        BadSettings: a server could not start with them.
    """
    rows = tuple(rows)
    readings = settings.read(WORKBENCH)
    values = {name: reading.value for name, reading in readings.items()}
    accounts, problem = _accounts(values)
    return Configuration(
        readings=readings,
        environment=settings.variables,
        unknown=tuple(settings.unknown(rows, prefixes)),
        accounts=accounts,
        accounts_problem=problem,
        files=tuple(_files(settings.variables, rows, env_file)),
    )


def _accounts(values: Mapping[str, SettingValue]) -> tuple[Accounts, str]:
    try:
        return account_source(values).current(), ""
    except BadAccounts as error:
        return Accounts(), str(error)


def _files(
    variables: Mapping[str, str], rows: Iterable[Setting], env_file: Path | None
) -> Iterator[SecretFile]:
    named = {f"{row.variable}_FILE" for row in rows if row.secret} | set(FILES)
    for variable in sorted(named & set(variables)):
        yield from _file(variable, Path(variables[variable]))
    if env_file is not None:
        yield from _file("--env-file", env_file)


def _file(what: str, path: Path) -> Iterator[SecretFile]:
    """The permissions of a file that is there. Windows has others."""
    if path.is_file():
        bits = path.stat().st_mode & PERMISSION_BITS if os.name == "posix" else 0
        yield SecretFile(what, bits)
