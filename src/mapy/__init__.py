"""MAPy reads the metadata of pictures: what a file says about who, where, when and with what.

    >>> import mapy
    >>> metadata = mapy.read("photo.jpg")              # doctest: +SKIP
    >>> metadata["ExifIFD:DateTimeOriginal"].machine   # doctest: +SKIP
    '2024:05:01 10:11:12'

The core needs the standard library only.
"""

from mapy.errors import (
    LimitExceeded,
    MapyError,
    OutOfBounds,
    Problem,
    Severity,
    Span,
    UnknownFormat,
    UnreadableFile,
)
from mapy.limits import Limits
from mapy.model import Block, Directory, Metadata, Position, Rational, Tag
from mapy.reader import PLACE_AND_TIME, read

__all__ = [
    "PLACE_AND_TIME",
    "Block",
    "Directory",
    "LimitExceeded",
    "Limits",
    "MapyError",
    "Metadata",
    "OutOfBounds",
    "Position",
    "Problem",
    "Rational",
    "Severity",
    "Span",
    "Tag",
    "UnknownFormat",
    "UnreadableFile",
    "read",
]
