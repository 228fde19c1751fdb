"""The copy of a JP2 or JPX file: the boxes that describe the picture, and its codestreams.

By allow list (ISO/IEC 15444-1, annex I; 15444-2, annex M): XML, UUID, label, association and
content-credential boxes are left out. Files that tell places by their distance from the start
(fragment tables, pages of JPM) are refused, because bytes move.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from mapy.boxes import Box, walk
from mapy.buffer import ByteView
from mapy.clean.profile import trimmed
from mapy.clean.rewriting import Rewriting
from mapy.clean.writers.j2c import without_comments
from mapy.errors import CannotClean, LimitExceeded, OutOfBounds
from mapy.limits import DEFAULT_LIMITS, Budget
from mapy.reading import Reading
from mapy.tags.jpeg2000 import DEFINITIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mapy.clean.policy import Policy
    from mapy.model import Metadata
    from mapy.text import Text

STRUCTURE = frozenset(
    {
        *(f"File:{name}" for name in ("FileType", "FileTypeExtension", "MIMEType")),
        *(f"Jpeg2000:{name}" for name in DEFINITIONS if name not in ("Label", "URL")),
        "File:ExifByteOrder",
    }
)
STUCK: Mapping[str, Text] = {}

_CODESTREAM = b"jp2c"
_HEADERS: Mapping[bytes, frozenset[bytes]] = {
    b"jp2h": frozenset({b"ihdr", b"bpcc", b"colr", b"pclr", b"cmap", b"cdef", b"res "}),
    b"jpch": frozenset({b"ihdr", b"bpcc", b"pclr", b"cmap", b"res "}),
    b"jplh": frozenset({b"cgrp", b"opct", b"creg", b"cdef"}),
    b"cgrp": frozenset({b"colr"}),
    b"res ": frozenset({b"resc", b"resd"}),
    b"comp": frozenset({b"copt", b"inst"}),
}
"""Boxes of boxes, and what each may hold."""
_TOP = frozenset({b"jP  ", b"jP\x1a\x1a", b"ftyp", b"rreq", b"jp2h", b"jpch", b"jplh", b"comp"})
_PLACES = frozenset({b"ftbl", b"flst", b"cref", b"mdat", b"moov", b"pcol", b"page", b"mhdr"})
"""Boxes that tell places, or hold what others tell the place of."""
_EXIF = b"JpgTiffExif->JP2"
_EXIFS = frozenset({_EXIF, bytes.fromhex("0537cdab9d0c4431a72afa561f2a113e")})
_XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_IPTCS = frozenset(
    map(bytes.fromhex, ("33c7a4d2b81d4723a0baf1a3e097ad38", "09a14e97c0b442e0bebf36df6f0ce36f"))
)
_PHOTOSHOP = bytes.fromhex("2c4c0100850440b9a03e562148d6dfeb")
_HEAD = Struct(">I4s")
_ICC_METHODS, _ENUMERATED = (2, 3), 1
_COLOUR_HEAD = 3
"""Bytes of `colr` in front of the profile."""
_COUNT_AT = 8
"""Where `ihdr` tells the number of components."""
_SRGB, _GREY, _COLOURS = 16, 17, 3


def write(content: bytes, metadata: Metadata, policy: Policy) -> bytes:
    """The clean copy.

    Raises:
        CannotClean: the file tells places by their distance from the start, or is broken.
    """
    rewriting = Rewriting(metadata, policy)
    if rewriting.keeps_opaque:
        return content
    pieces = []
    new = rewriting.new_exif()
    view = ByteView(content)
    for box in _boxes(content):
        if box.kind == _CODESTREAM:
            pieces.append(_box(_CODESTREAM, without_comments(content[box.at : box.end])))
        elif box.kind in _TOP:
            pieces.append(_described(view, box, rewriting))
        else:
            edited = _edited(content, box, rewriting)
            if edited is not None:
                pieces.append(content[box.start : box.at] + edited)
    if new is not None:
        pieces.append(_box(b"uuid", _EXIF + new))
    return b"".join(pieces)


def image(content: bytes) -> Iterator[bytes]:
    """The codestreams, without their comments."""
    for box in _boxes(content):
        if box.kind == _CODESTREAM:
            yield without_comments(content[box.at : box.end])


def _boxes(content: bytes) -> list[Box]:
    """The boxes of a file.

    Raises:
        CannotClean: one of them tells places, or there is no picture.
    """
    reading = Reading(ByteView(content), Budget(DEFAULT_LIMITS))
    try:
        boxes = list(walk(reading.file, reading))
    except (LimitExceeded, OutOfBounds):
        raise _refused() from None
    kinds = {box.kind for box in boxes}
    if kinds & _PLACES or _CODESTREAM not in kinds:
        raise _refused()
    return boxes


def _refused() -> CannotClean:
    return CannotClean(
        "clean.jp2-places",
        "The file is stored in pieces that refer to each other by their places.",
        hint="Open it in a program that edits pictures, save it anew, and clean that.",
    )


def _described(view: ByteView, box: Box, rewriting: Rewriting) -> bytes:
    """A box that describes the picture, without what it must not hold."""
    if box.kind not in _HEADERS:
        return view.take(box.start, box.end - box.start)
    reading = Reading(view, Budget(DEFAULT_LIMITS))
    inner = [
        each for each in walk(view, reading, box.at, box.end, 1) if each.kind in _HEADERS[box.kind]
    ]
    colours = [each for each in inner if each.kind == b"colr"]
    pieces = []
    for each in inner:
        if each.kind == b"colr" and each.size and view.u8(each.at) in _ICC_METHODS:
            profile = view.take(each.at + _COLOUR_HEAD, max(0, each.size - _COLOUR_HEAD))
            whole = trimmed(profile) if rewriting.keeps_profile else None
            if whole is not None:
                pieces.append(_box(b"colr", view.take(each.at, _COLOUR_HEAD) + whole))
            elif len(colours) == 1:
                pieces.append(_plain_colour(view, inner))
        else:
            pieces.append(_described(view, each, rewriting))
    return _box(box.kind, b"".join(pieces))


def _plain_colour(view: ByteView, inner: list[Box]) -> bytes:
    """A specification of colour by number, of which a file must have one."""
    header = next((each for each in inner if each.kind == b"ihdr"), None)
    has_count = header is not None and header.size >= _COUNT_AT + 2
    components = view.u16be(header.at + _COUNT_AT) if header is not None and has_count else _COLOURS
    space = _SRGB if components >= _COLOURS else _GREY
    return _box(b"colr", bytes([_ENUMERATED, 0, 0]) + space.to_bytes(4, "big"))


def _edited(content: bytes, box: Box, rewriting: Rewriting) -> bytes | None:
    """What stands in a box of metadata; None: the box goes."""
    payload = content[box.at : box.end]
    if box.kind in _EXIFS:
        return rewriting.exif(payload)
    if box.kind == _XMP or (box.kind == b"xml " and b"rdf:RDF" in payload):
        return rewriting.xmp(payload)
    if box.kind in _IPTCS:
        return rewriting.iptc(payload)
    if box.kind == _PHOTOSHOP:
        return rewriting.photoshop(payload)
    return None


def _box(kind: bytes, payload: bytes) -> bytes:
    return _HEAD.pack(_HEAD.size + len(payload), kind) + payload
