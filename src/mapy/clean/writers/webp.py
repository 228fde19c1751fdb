"""The copy of a WebP (RFC 9649): the chunks of the image, and a header that tells what is left."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from mapy.clean.profile import trimmed
from mapy.clean.rewriting import Rewriting
from mapy.errors import CannotClean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mapy.clean.policy import Policy
    from mapy.model import Metadata
    from mapy.text import Text

_HEAD = Struct("<4sI")
_START = 12
_HEADER, _PROFILE, _EXIF, _XMP, _FRAME = b"VP8X", b"ICCP", b"EXIF", b"XMP ", b"ANMF"
_FRAME_HEAD = 16
_BITMAPS = frozenset((b"VP8 ", b"VP8L", b"ALPH"))
_IMAGE = _BITMAPS | {b"ANIM", _FRAME}
_HAS_PROFILE, _HAS_EXIF, _HAS_XMP = 0x20, 0x08, 0x04
_SHOWS = 0x12
"""The flags of the header for alpha and animation."""
_HEADER_SIZE, _CANVAS_AT = 10, 4
_EXIF_SIGNATURE = b"Exif\0\0"

STRUCTURE = frozenset(("File:ImageWidth", "File:ImageHeight", "RIFF:*"))
STUCK: Mapping[str, Text] = {}


class Chunk(NamedTuple):
    """A type and the data."""

    kind: bytes
    data: bytes


def write(content: bytes, metadata: Metadata, policy: Policy) -> bytes:
    """The clean copy of a WebP."""
    rewriting = Rewriting(metadata, policy)
    chunks = list(_chunks(content))
    bitmap = [_bare(chunk) for chunk in chunks if chunk.kind in _IMAGE]
    if not any(chunk.kind in _BITMAPS or chunk.kind == _FRAME for chunk in bitmap):
        raise CannotClean("webp.no-image", "The file has no image data.")
    headers = [chunk.data for chunk in chunks if chunk.kind == _HEADER]
    if headers and len(headers[0]) >= _HEADER_SIZE:
        profile = _profile(chunks) if rewriting.keeps_profile else None
        exif, xmp = _exif(chunks, rewriting), _xmp(chunks, rewriting)
        flags = headers[0][0] & _SHOWS
        flags |= _HAS_PROFILE * (profile is not None)
        flags |= _HAS_EXIF * (exif is not None) | _HAS_XMP * (xmp is not None)
        header = bytes((flags, 0, 0, 0)) + headers[0][_CANVAS_AT:_HEADER_SIZE]
        kept: list[tuple[bytes, bytes | None]] = [
            (_HEADER, header),
            (_PROFILE, profile),
            *bitmap,
            (_EXIF, exif),
            (_XMP, xmp),
        ]
    else:
        kept = [*bitmap]  # a simple file has no place for anything else
    body = b"".join(_packed(kind, data) for kind, data in kept if data is not None)
    return _HEAD.pack(b"RIFF", len(body) + 4) + b"WEBP" + body


def image(content: bytes) -> Iterable[bytes]:
    """The chunks that make the pixels of every frame."""
    return (_packed(*_bare(chunk)) for chunk in _chunks(content) if chunk.kind in _IMAGE)


def _chunks(content: bytes, at: int = _START) -> Iterator[Chunk]:
    """The chunks of a file or a frame; the last one as far as it goes."""
    while at + _HEAD.size <= len(content):
        kind, length = _HEAD.unpack_from(content, at)
        at += _HEAD.size
        yield Chunk(kind, content[at : at + length])
        at += length + (length & 1)


def _bare(chunk: Chunk) -> Chunk:
    """A chunk of the image; a frame without the chunks in it that are none."""
    if chunk.kind != _FRAME:
        return chunk
    inner = [each for each in _chunks(chunk.data, _FRAME_HEAD) if each.kind in _BITMAPS]
    bitmap = b"".join(_packed(*each) for each in inner)
    return Chunk(_FRAME, chunk.data[:_FRAME_HEAD] + bitmap)


def _packed(kind: bytes, data: bytes) -> bytes:
    return _HEAD.pack(kind, len(data)) + data + b"\0" * (len(data) & 1)


def _profile(chunks: list[Chunk]) -> bytes | None:
    found = [chunk.data for chunk in chunks if chunk.kind == _PROFILE]
    return trimmed(found[0]) if found else None


def _exif(chunks: list[Chunk], rewriting: Rewriting) -> bytes | None:
    """The new EXIF, or the old one as edited."""
    new = rewriting.new_exif()
    found = [chunk.data for chunk in chunks if chunk.kind == _EXIF]
    if new is not None or not found:
        return new
    return rewriting.exif(found[0].removeprefix(_EXIF_SIGNATURE))


def _xmp(chunks: list[Chunk], rewriting: Rewriting) -> bytes | None:
    found = [chunk.data for chunk in chunks if chunk.kind == _XMP]
    return rewriting.xmp(found[0]) if found else None
