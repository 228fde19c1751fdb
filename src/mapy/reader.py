"""`read`: from a file to its `Metadata`."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, BinaryIO, Final

from mapy.blocks import PIXELS
from mapy.buffer import ByteView
from mapy.errors import LimitExceeded, OutOfBounds, Span, UnknownFormat, UnreadableFile
from mapy.formats import FileKind, Format, recognise
from mapy.limits import DEFAULT_LIMITS, Budget, Limits
from mapy.model import Directory, Metadata, Tag
from mapy.reading import Reading
from mapy.source import open_source
from mapy.tags.file import FILE
from mapy.text import Text
from mapy.tiff_types import PLAIN

if TYPE_CHECKING:
    from collections.abc import Collection
    import os


def read(
    source: str | os.PathLike[str] | bytes | bytearray | memoryview | BinaryIO,
    *,
    only: Collection[str] | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Metadata:
    """Read the metadata of a picture.

    The format is known by the content, never by the name. A damaged file gives what could be read,
    and `Metadata.problems` tells what could not.

    Args:
        source: a path, the file's bytes, a binary file object that can seek, or an address that
            fsspec opens (`s3://bucket/photo.jpg`), if that is installed.
        only: kinds of blocks (`"xmp"`, `"iptc"`, `"maker-note"`), directories of EXIF (`"GPS"`,
            `"ExifIFD"`) and single tags of these (`"IFD0:Model"`); the others are passed over,
            which is quicker. All, unless given. `mapy.PLACE_AND_TIME` is what a position and a
            date need.
        limits: what may be spent on the file.

    Raises:
        UnreadableFile: there is nothing to read: no such file, an empty or a broken one.
        UnknownFormat: the content is of no format that MAPy reads.
        LimitExceeded: the picture is larger than `limits` allow.
    """
    opened = open_source(source)
    try:
        budget = Budget(limits)
        view = ByteView.over(opened, budget)
        reading = Reading(view, budget, None if only is None else frozenset(only))
        format_ = _format_of(view)
        _read_all(format_, view, reading)
        kind = reading.kind or FileKind(format_.name, format_.media_type, format_.extension)
        return Metadata(
            format=kind.name,
            media_type=kind.media_type,
            size=opened.size,
            directories=(_description(kind), *reading.directories),
            blocks=tuple(reading.blocks),
            problems=tuple(reading.problems),
            thumbnail=reading.thumbnail,
            joined=tuple(reading.joined),
        )
    finally:
        opened.close()


def _format_of(view: ByteView) -> Format:
    if not view.size:
        raise UnreadableFile("file.empty", "The file is empty.")
    format_ = recognise(view.take(0, min(view.size, HEAD)))
    if format_ is None:
        raise UnknownFormat(
            "file.unknown-format",
            "This is no picture of a kind that MAPy reads.",
            hint=Text("MAPy reads {formats}.", {"formats": READS}),
        )
    return format_


def _read_all(format_: Format, view: ByteView, reading: Reading) -> None:
    """Read the blocks of the file; what ends that early is a problem, unless nothing was read."""
    try:
        format_.read(view, reading)
    except OutOfBounds:
        reading.problem(
            "file.cut-short", "The file stops before its structure does.", view.span(0, 0)
        )
    except LimitExceeded as exceeded:
        if not reading.directories or exceeded.code == PIXELS:
            raise
        reading.problem(exceeded.code, exceeded.message, view.span(0, 0))
    if not reading.directories and reading.only is None:
        raise UnreadableFile(
            "file.broken",
            Text("The file begins like a {format} file, but is broken.", {"format": format_.name}),
            hint="It may not have been copied or downloaded to its end.",
        )


@lru_cache(maxsize=64)
def _description(kind: FileKind) -> Directory:
    """What is said of every file of a kind."""
    values = {
        "FileType": kind.name,
        "FileTypeExtension": kind.extension,
        "MIMEType": kind.media_type,
    }
    tags = [Tag("File", FILE[name], PLAIN, 1, value, 0, 0) for name, value in values.items()]
    return Directory("File", tuple(tags), Span(0, 0))


READS: Final = Text(
    "JPEG, TIFF, PNG, WebP, GIF, HEIF, AVIF, JPEG XL, JPEG 2000, BMP, PSD, SVG and camera raw"
    " files, and XMP sidecars"
)
HEAD: Final = 4096
"""Bytes of the start of a file that are enough to recognise its format."""
