"""Paths as policies and reports name them: from the working folder, with slashes everywhere."""

from __future__ import annotations

import os
from pathlib import Path, PurePath

_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")


def from_here(name: str) -> PurePath:
    """The path from the working folder; one outside it as it is."""
    path = PurePath(os.path.normpath(name))
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def reference(name: str) -> str:
    """The path from the working folder; an absolute one outside it as a `file:` address."""
    path = from_here(name)
    return path.as_uri() if path.is_absolute() else quoted(path.as_posix())


def quoted(text: str) -> str:
    """A path as a relative reference of RFC 3986: most signs but letters and digits as `%`."""
    try:
        content = os.fsencode(text)
    except UnicodeEncodeError:  # no name of a file of this system
        content = text.encode(errors="replace")
    return "".join(chr(byte) if byte in _UNRESERVED else f"%{byte:02X}" for byte in content)
