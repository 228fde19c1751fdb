"""MAPy reads the metadata of pictures: what a file says about who, where, when and with what.

    >>> import mapy
    >>> metadata = mapy.read("photo.jpg")              # doctest: +SKIP
    >>> metadata["ExifIFD:DateTimeOriginal"].machine   # doctest: +SKIP
    '2024:05:01 10:11:12'

The core needs the standard library only.
"""

from __future__ import annotations

from importlib import import_module as _import_module
from typing import TYPE_CHECKING

from mapy.errors import (
    CannotClean,
    LimitExceeded,
    MapyError,
    OutOfBounds,
    Problem,
    Severity,
    Span,
    UnknownFormat,
    UnreadableFile,
    VerificationFailed,
)
from mapy.limits import Limits
from mapy.model import Block, Directory, Metadata, Position, Rational, Tag
from mapy.reader import read
from mapy.wanted import PLACE_AND_TIME

if TYPE_CHECKING:
    from mapy.clean import Cleaned, Policy, clean
    from mapy.explain import explain
    from mapy.explain.finding import Finding, Subject, Weight

__all__ = [
    "PLACE_AND_TIME",
    "Block",
    "CannotClean",
    "Cleaned",
    "Directory",
    "Finding",
    "LimitExceeded",
    "Limits",
    "MapyError",
    "Metadata",
    "OutOfBounds",
    "Policy",
    "Position",
    "Problem",
    "Rational",
    "Severity",
    "Span",
    "Subject",
    "Tag",
    "UnknownFormat",
    "UnreadableFile",
    "VerificationFailed",
    "Weight",
    "clean",
    "explain",
    "read",
]

_LATER = {
    **dict.fromkeys(("Cleaned", "Policy", "clean"), "mapy.clean"),
    **dict.fromkeys(("Finding", "Subject", "Weight"), "mapy.explain.finding"),
    "explain": "mapy.explain",
}
"""Names that are loaded when they are first asked for: who only reads does not pay for them."""


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = _import_module(_LATER[name])
    return module if module.__name__ == f"{__name__}.{name}" else getattr(module, name)
