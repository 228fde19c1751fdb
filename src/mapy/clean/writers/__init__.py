"""The writers: each knows how to copy the image of one kind of container, and nothing else of it.

A writer is a module, a row of `WRITERS` by the name of the format (`Metadata.format`), imported
when the first such file is cleaned. It offers what `Writer` says.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from mapy.errors import CannotClean
from mapy.text import Text

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from mapy.clean.policy import Policy
    from mapy.model import Metadata


class Writer(Protocol):
    """What the module of a writer offers."""

    STRUCTURE: Container[str]
    """Tags that tell how the image is stored, and stay: `Group:Name`, or `Group:*` for all."""
    STUCK: Mapping[str, Text]
    """Tags that this writer cannot take away, in the same spelling, and why."""

    def write(self, content: bytes, metadata: Metadata, policy: Policy) -> bytes:
        """The clean copy of a file whose reading gave `metadata`.

        Raises:
            CannotClean: the copy would have to guess, or is not made for such files.
        """

    def image(self, content: bytes) -> Iterable[bytes]:
        """The data of the image as they are stored, in their order: equal before and after.

        Raises:
            CannotClean: they cannot be found.
        """


WRITERS = {
    "JPEG": "jpeg",
    "PNG": "png",
    "WEBP": "webp",
    "GIF": "gif",
    "JXL": "jxl",
    "JXL Codestream": "jxl",
    "SVG": "svg",
    "BMP": "bmp",
    "TIFF": "tiff",
    "BTF": "tiff",
    **dict.fromkeys(("HEIC", "HEIF", "HEICS", "HEIFS", "AVIF"), "heif"),
    **dict.fromkeys(("JP2", "JPX", "JPM"), "jp2"),
    "J2C": "j2c",
    "PSD": "psd",
    "PSB": "psd",
}
"""Module of each format's writer."""

_ALL_METADATA = Text("The file is nothing but metadata: there is no picture to keep.")
_RAW = Text(
    "A raw file is not cleaned: what develops it is mixed with what tells of you, and taking"
    " anything out could spoil the picture."
)
REFUSED = {
    "XMP": (_ALL_METADATA, Text("Do not pass the sidecar on.")),
    "EXV": (_ALL_METADATA, Text("Do not pass the file on.")),
}
"""Formats without a writer, why, and what to do instead; all others are raw."""


def check_format(format_: str) -> None:
    """See that a format has a writer, without loading it.

    Raises:
        CannotClean: it has none, for the reason that it names.
    """
    if format_ not in WRITERS:
        reason, hint = REFUSED.get(
            format_, (_RAW, Text("Export a JPEG or a TIFF from it, and clean that."))
        )
        raise CannotClean("clean.refused-format", reason, hint=hint)


def writer_of(format_: str) -> Writer:
    """The writer of a format.

    Raises:
        CannotClean: there is none, for the reason that it names.
    """
    check_format(format_)
    return cast("Writer", import_module(f"{__name__}.{WRITERS[format_]}"))
