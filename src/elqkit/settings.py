"""Every setting of ElqKit: its variable, what it is without one, and what it means. Data only."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from elqkit.errors import ElqError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PREFIX = "ELQKIT_"
MAX_FILE_BYTES = 64 * 1024


class Variable(NamedTuple):
    """One setting."""

    name: str
    """Of the environment."""
    default: str
    help: str
    secret: bool = False
    """Never shown; `<name>_FILE` may name a file that holds it."""


VARIABLES = (
    Variable("ELQKIT_COMPANY", "", "The company's name at Eloqua, to sign in by Basic."),
    Variable("ELQKIT_USER", "", "The user's name."),
    Variable("ELQKIT_PASSWORD", "", "The user's password.", secret=True),
    Variable("ELQKIT_CLIENT_ID", "", "The id of an app, to sign in by OAuth 2."),
    Variable("ELQKIT_CLIENT_SECRET", "", "The app's secret.", secret=True),
    Variable(
        "ELQKIT_REFRESH_TOKEN",
        "",
        "The user's refresh token. Each use changes it: name its file, which is then rewritten.",
        secret=True,
    ),
    Variable(
        "ELQKIT_REDIRECT_URI",
        "",
        "The address that the app is registered with: on a server, that of the page that takes a"
        " sign-in back, https://<server>/elqkit/autosubmit/sign-in/back/.",
    ),
    Variable("ELQKIT_SITE", "", "The number of the site, for forms sent to without a sign-in."),
    Variable("ELQKIT_LOGIN", "https://login.eloqua.com", "Where to sign in."),
    Variable("ELQKIT_HOSTS", "", "Addresses that may be called besides Eloqua's, with commas."),
    Variable(
        "ELQKIT_FORM_URL",
        "",
        "Where public forms are sent to, if not to https://s<site>.t.eloqua.com/e/f2.",
    ),
    Variable(
        "ELQKIT_ORIGIN", "", "The page that rows come from, for sites that take listed pages only."
    ),
    Variable("ELQKIT_STATE_FOLDER", "", "A folder where runs survive a crash. Without: in memory."),
    Variable("ELQKIT_MAX_CSV_BYTES", "5000000", "The most bytes of a file."),
)
"""In the order of the reference."""


class BadSettingsFile(ElqError):  # noqa: N818 - a state of the file, read as a claim
    """A file of settings cannot be read."""

    def __init__(self) -> None:
        super().__init__("settings.not-readable")


def values_of(
    environment: Mapping[str, str] | None = None, file: Path | None = None
) -> dict[str, str]:
    """The settings that are there, by variable: the environment's before those of the file.

    Secrets that stand in files of their own are left there: the credentials read them.

    Raises:
        BadSettingsFile: the file cannot be read.
    """
    found = _in_file(file) if file is not None else {}
    found |= {
        name: value
        for name, value in (os.environ if environment is None else environment).items()
        if name.startswith(PREFIX)
    }
    return {name: value for name, value in found.items() if name.startswith(PREFIX) and value}


def unknown(names: Mapping[str, str]) -> list[str]:
    """The variables that begin as ElqKit's and mean nothing."""
    known = {each.name for each in VARIABLES}
    known |= {f"{each.name}_FILE" for each in VARIABLES if each.secret}
    return sorted(name for name in names if name.startswith(PREFIX) and name not in known)


def _in_file(path: Path) -> dict[str, str]:
    try:
        with path.open("rb") as source:
            text = source.read(MAX_FILE_BYTES).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise BadSettingsFile from None
    pairs: dict[str, str] = {}
    for line in text.splitlines():
        name, equals, value = line.partition("=")
        if equals and not name.lstrip().startswith("#"):
            pairs[name.strip()] = value.strip()
    return pairs
