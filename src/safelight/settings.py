"""Settings: rows, where their values come from, and what is wrong with them.

Values come from, the first that has one: an option of the command line, the environment, the file
of `--env-file`, the row's default. A secret may be given as `<variable>_FILE`, the path of a file
that holds it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
import difflib
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from safelight.api import Setting, SettingValue

ENVIRONMENT = "environment"
DEFAULT = "default"
MAX_FILE_BYTES = 1024 * 1024
"""Of an env-file and of a secret's file; one of five thousand users has this size."""
MASK = "********"
_TRUE = frozenset({"1", "on", "true", "yes"})
_FALSE = frozenset({"0", "off", "false", "no"})


class BadSettings(Exception):  # noqa: N818 - reads as what it is
    """Settings that can't be used. One sentence each: the variable, what is wrong, what to do."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True, slots=True)
class Reading:
    """The value of one row and where it came from."""

    setting: Setting
    value: SettingValue
    origin: str

    def shown(self) -> str:
        """The value for an operator's eyes: a secret is masked."""
        if self.setting.secret:
            return MASK if self.value else "(not set)"
        return _text(self.value)


@dataclass(frozen=True, slots=True)
class Settings:
    """Variables with their origins, from which rows are read."""

    variables: Mapping[str, str] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_environment(
        cls,
        environment: Mapping[str, str] | None = None,
        env_file: Path | None = None,
        options: Mapping[str, tuple[str, str]] | None = None,
    ) -> Settings:
        """Collect variables from all places.

        Args:
            environment: the process's own, unless given.
            env_file: lines of `NAME=value`.
            options: variable to (value, the option that gave it).

        Raises:
            BadSettings: the file can't be read or understood.
        """
        variables: dict[str, str] = {}
        origins: dict[str, str] = {}
        if env_file is not None:
            variables.update(read_env_file(env_file))
            origins.update(dict.fromkeys(variables, str(env_file)))
        environment = os.environ if environment is None else environment
        variables.update(environment)
        origins.update(dict.fromkeys(environment, ENVIRONMENT))
        for variable, (value, option) in (options or {}).items():
            variables[variable] = value
            origins[variable] = option
        return cls(variables, origins)

    def read(self, rows: Iterable[Setting]) -> dict[str, Reading]:
        """The value of each row, by its name.

        Raises:
            BadSettings: names every value that can't be used.
        """
        readings: dict[str, Reading] = {}
        problems: list[str] = []
        for row in rows:
            try:
                readings[row.name] = self._read(row)
            except ValueError as error:
                problems.append(f"{self._place(row)}: {error}")
        if problems:
            raise BadSettings(problems)
        return readings

    def values(self, rows: Iterable[Setting]) -> dict[str, SettingValue]:
        """As `read`, values alone."""
        return {name: reading.value for name, reading in self.read(rows).items()}

    def unknown(self, rows: Iterable[Setting], prefixes: Iterable[str]) -> Iterator[str]:
        """A sentence for each variable that looks like a setting and is none."""
        known = {name for row in rows for name in _names(row)}
        starts = tuple(prefixes)
        for variable in sorted(self.variables):
            if variable.startswith(starts) and variable not in known:
                near = difflib.get_close_matches(variable, known, n=1)
                hint = f" Did you mean {near[0]}?" if near else ""
                yield f"{variable} is not a setting and has no effect.{hint}"

    def _place(self, row: Setting) -> str:
        origin = self.origins.get(row.variable, ENVIRONMENT)
        return row.variable if origin == ENVIRONMENT else f"{row.variable} ({origin})"

    def _read(self, row: Setting) -> Reading:
        text, origin = self._find(row)
        if text is None:
            return Reading(row, row.default, DEFAULT)
        value = _typed(row, text)
        wrong = row.check(value) if row.check else None
        if wrong:
            raise ValueError(wrong)
        return Reading(row, value, origin)

    def _find(self, row: Setting) -> tuple[str | None, str]:
        text = self.variables.get(row.variable)
        file_variable = f"{row.variable}_FILE"
        path = self.variables.get(file_variable) if row.secret else None
        if path and text:
            raise ValueError(f"Both it and {file_variable} are set. Set one of them.")
        if path:
            return _read_text(Path(path), f"The file named by {file_variable}").strip(), f"{path}"
        return text or None, self.origins.get(row.variable, ENVIRONMENT)


def read_env_file(path: Path) -> dict[str, str]:
    """The variables of a file of `NAME=value` lines; `#` starts a comment line.

    Values are taken as they stand, without expansion; one pair of quotes around one is removed.

    Raises:
        BadSettings: no such file, too large, not UTF-8, or a line that is none of these.
    """
    try:
        text = _read_text(path, f"The file {path}")
    except ValueError as error:
        raise BadSettings([str(error)]) from error
    variables: dict[str, str] = {}
    problems: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip().removeprefix("export ")
        if not stripped or stripped.startswith("#"):
            continue
        name, equals, value = stripped.partition("=")
        if not equals or not name.strip().isidentifier():
            # The line is not quoted: it may hold half of a secret.
            problems.append(f"{path}, line {number}: write NAME=value, or # before a comment.")
            continue
        variables[name.strip()] = _unquoted(value.strip())
    if problems:
        raise BadSettings(problems)
    return variables


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value


def _read_text(path: Path, what: str) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
        if len(content) > MAX_FILE_BYTES:
            raise ValueError(
                f"{what} is over {MAX_FILE_BYTES // 1024 // 1024} MiB. Name the right file."
            )
        return content.decode()
    except OSError as error:
        reason = error.strerror or "it can't be opened"
        raise ValueError(f"{what} can't be read ({reason}). Check the path.") from error
    except UnicodeDecodeError as error:
        raise ValueError(f"{what} is not UTF-8 text. Save it as UTF-8.") from error


def _typed(row: Setting, text: str) -> SettingValue:
    """Raises ValueError with what is wrong; never with the value, which may be a secret."""
    if row.kind is bool:
        if text.lower() in _TRUE | _FALSE:
            return text.lower() in _TRUE
        raise ValueError("This is a switch. Write on or off.")
    if row.kind is int:
        try:
            return int(text)
        except ValueError as error:
            raise ValueError("This is a number. Write digits only.") from error
    return text


def _text(value: SettingValue) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return "(not set)" if value in ("", None) else str(value)


def _names(row: Setting) -> tuple[str, ...]:
    return (row.variable, f"{row.variable}_FILE") if row.secret else (row.variable,)
