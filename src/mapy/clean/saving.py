"""Writing a copy to a folder: whole or not at all, and over nothing that is there."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

CLOCK = 315_532_800
"""The time of every file that is written, in seconds since 1970: the first day of 1980, as in many
archives. The real one would tell when the copy was made."""
_MOST = 1_000_000
"""Copies in one folder."""


def save(content: bytes, folder: Path, name: str) -> Path:
    """Write a file of this name, or of the name with the first free number: `picture-2.jpg`.

    Returns:
        Where it stands.

    Raises:
        OSError: it cannot be written; then nothing is left behind.
    """
    temporary = folder / f".{secrets.token_hex(8)}.part"
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.utime(temporary, (CLOCK, CLOCK))
        stem, dot, extension = name.partition(".")
        for number in range(1, _MOST):
            target = folder / (name if number == 1 else f"{stem}-{number}{dot}{extension}")
            if _take(temporary, target):
                return target
        raise FileExistsError(f"{folder} has too many copies")
    finally:
        temporary.unlink(missing_ok=True)


def _take(temporary: Path, target: Path) -> bool:
    """Give a finished file its name; whether the name was free."""
    try:
        target.hardlink_to(temporary)
    except FileExistsError:
        return False
    except OSError:  # a file system without links: the name is reserved first
        try:
            target.touch(exist_ok=False)
        except FileExistsError:
            return False
        temporary.replace(target)
    return True
