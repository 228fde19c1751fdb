"""X3F: Sigma's raw files (X3F specification 2.3). A header, sections, a directory at the end."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from mapy.blocks import sigma_raw
from mapy.errors import OutOfBounds
from mapy.formats.embedded_jpeg import read_embedded_jpeg
from mapy.model import Tag
from mapy.tiff_types import UNDEFINED

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

_DIRECTORY = Struct("<4s2I")
_ENTRY = Struct("<2I4s")
_ENTRIES = 100
"""Sections that are looked at; cameras write half a dozen."""
_IMAGES = (b"IMAG", b"IMA2")
_IMAGE_HEAD = 28
_FORMAT_AT, _JPEG_FORMAT = 12, 18
_EXIF = b"\xff\xd8\xff\xe1"


class X3f:
    """X3F and its sections."""

    name = "X3F"
    media_type = "image/x-sigma-x3f"
    extension = "X3F"

    def recognises(self, head: bytes) -> bool:
        """Whether it begins with Foveon's mark."""
        return head.startswith(b"FOVb")

    def read(self, view: ByteView, reading: Reading) -> None:
        """Read the header, then the sections that the directory tells of."""
        sigma_raw.read_header(view, reading)
        at = view.u32le(view.size - 4)
        signature, _, count = view.unpack(_DIRECTORY, at)
        if signature != b"SECd":
            reading.problem(
                "x3f.no-directory", "The directory is not where it is said to be.", view.span(at, 0)
            )
            return
        at += _DIRECTORY.size
        for number in range(min(count, _ENTRIES)):
            offset, length, kind = view.unpack(_ENTRY, at + number * _ENTRY.size)
            try:
                _read_section(view, reading, kind, offset, length)
            except OutOfBounds:
                reading.problem("x3f.cut-short", "A section is cut short.", view.span(offset, 0))


def _read_section(view: ByteView, reading: Reading, kind: bytes, offset: int, length: int) -> None:
    if kind == b"PROP" and length <= reading.limits.value_bytes:
        sigma_raw.read_properties(view.sub(offset, length), reading)
    elif kind in _IMAGES and length > _IMAGE_HEAD:
        at, size = offset + _IMAGE_HEAD, length - _IMAGE_HEAD
        if view.u32le(offset + _FORMAT_AT) != _JPEG_FORMAT:
            return
        holds_exif = size > len(_EXIF) and view.take(at, len(_EXIF)) == _EXIF
        definition = sigma_raw.JPEG if holds_exif else sigma_raw.PREVIEW
        tag = Tag("SigmaRaw", definition, UNDEFINED, size, None, view.start + at, size)
        reading.add("SigmaRaw", [tag], view.span(at, size))
        if holds_exif:
            read_embedded_jpeg(view, reading, at, size)
