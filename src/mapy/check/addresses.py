"""Paths as reports name them: relative references of RFC 3986, with slashes on every system."""

from __future__ import annotations

import os
from pathlib import Path, PurePath

_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")


def reference(name: str) -> str:
    """The path from the working folder; one outside it as a `file:` address."""
    path = PurePath(os.path.normpath(name))
    if path.is_absolute():
        here = Path.cwd()
        if not path.is_relative_to(here):
            return path.as_uri()
        path = path.relative_to(here)
    return quoted(path.as_posix())


def quoted(text: str) -> str:
    """A path with every other byte than those that need no `%` written so."""
    try:
        content = os.fsencode(text)
    except UnicodeEncodeError:  # no name of a file of this system
        content = text.encode(errors="replace")
    return "".join(chr(byte) if byte in _UNRESERVED else f"%{byte:02X}" for byte in content)
