"""ElqKit's settings as rows of the workbench's own table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from elqkit.settings import PREFIX, VARIABLES, Variable
from safelight.api import Setting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from safelight.api import SettingValue

ROTATING = "ELQKIT_REFRESH_TOKEN"
"""Changes at each use and is written back: a server takes it by its file alone."""
NUMBERS = frozenset({"ELQKIT_MAX_CSV_BYTES"})


def _name(variable: str) -> str:
    return variable.removeprefix(PREFIX).lower()


def _at_least_one(value: SettingValue) -> str | None:
    return None if isinstance(value, int) and value > 0 else "It must be 1 or more."


def _row(variable: Variable) -> Setting:
    if variable.name in NUMBERS:
        default = int(variable.default)
        name = _name(variable.name)
        return Setting(name, variable.name, default, variable.help, int, _at_least_one)
    if variable.name == ROTATING:
        name = f"{variable.name}_FILE"
        return Setting(_name(name), name, "", "Path of the file that holds the refresh token.")
    return Setting(
        _name(variable.name),
        variable.name,
        variable.default,
        variable.help,
        secret=variable.secret,
    )


SETTINGS = tuple(map(_row, VARIABLES))


def by_variable(settings: Mapping[str, SettingValue]) -> dict[str, str]:
    """The values that are set, by their variables: as `elqkit.autosubmit.access` takes them."""
    found = {f"{PREFIX}{name.upper()}": value for name, value in settings.items()}
    return {name: str(value) for name, value in found.items() if value not in (None, "")}
