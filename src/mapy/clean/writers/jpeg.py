"""The copy of a JPEG (ITU-T T.81, annex B): tables, frames and scans, up to the first end of image.

Of the application segments it has a bare JFIF, Adobe's transform and the colour profile, which say
how the samples become colours, and the EXIF that the policy asks for. Where only some metadata
goes, the edited EXIF, XMP, Photoshop and comment stay too; what cannot be edited never does.
"""

from __future__ import annotations

from hashlib import md5
import re
import struct
from typing import TYPE_CHECKING, NamedTuple

from mapy.clean.profile import trimmed
from mapy.clean.rewriting import Rewriting
from mapy.errors import CannotClean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mapy.clean.policy import Policy
    from mapy.model import Metadata
    from mapy.text import Text

STRUCTURE = frozenset(
    (
        *("File:ImageWidth", "File:ImageHeight", "File:EncodingProcess", "File:BitsPerSample"),
        *("File:ColorComponents", "File:YCbCrSubSampling"),
        *("JFIF:*", "Adobe:*"),
    )
)
STUCK: Mapping[str, Text] = {}

_SOI, _EOI = b"\xff\xd8", b"\xff\xd9"
_SOS, _COM, _END = 0xDA, 0xFE, 0xD9
_APP0, _APP1, _APP2, _APP13, _APP14 = 0xE0, 0xE1, 0xE2, 0xED, 0xEE
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC8}
"""Start of frame, and among them the tables of Huffman and arithmetic coding."""
_TABLES = frozenset((0xDB, 0xDC, 0xDD, 0xDE, 0xDF))
"""Quantisation, number of lines, restart interval, hierarchical progression, expansion."""
_IMAGE = _FRAMES | _TABLES | {_SOS}
_STANDALONE = frozenset((0x01, *range(0xD0, 0xD9)))
_MARKER = re.compile(rb"\xff[^\0\xff]")
_SCAN_END = re.compile(rb"\xff[^\0\xd0-\xd7\xff]")
"""Within a scan, FF is followed by 0, and restarts by their numbers."""

_JFIF = b"JFIF\0"
_JFIF_FIELDS = slice(5, 12)
"""Version, unit and densities; a thumbnail's size and the thumbnail follow."""
_ADOBE, _ADOBE_SIZE = b"Adobe", 12
_EXIF = b"Exif\0\0"
_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_XMP_EXTENSION = b"http://ns.adobe.com/xmp/extension/\0"
_EXTENSION_HEAD = struct.Struct(">32sII")
_PROFILE = b"ICC_PROFILE\0"
_PHOTOSHOP = b"Photoshop 3.0\0"
_MOST = 0xFFFF - 2
"""Bytes of a segment's payload."""


class Segment(NamedTuple):
    """A marker, its payload, and the coded data behind a start of scan."""

    marker: int
    payload: bytes
    scan: bytes = b""

    def packed(self) -> bytes:
        """The segment as it is written."""
        return _packed(self.marker, self.payload) + self.scan


def write(content: bytes, metadata: Metadata, policy: Policy) -> bytes:
    """The clean copy of a JPEG."""
    segments = list(_segments(content))
    if not any(segment.marker == _SOS for segment in segments):
        raise CannotClean("jpeg.no-image", "The file has no image data.")
    rewriting = Rewriting(metadata, policy)
    carried = _Carried(rewriting, [each for each in segments if each.marker not in _IMAGE])
    image = b"".join(each.packed() for each in segments if each.marker in _IMAGE)
    return b"".join((_SOI, *carried.segments(), image, _EOI))


def image(content: bytes) -> Iterable[bytes]:
    """Tables, frames and scans in their order."""
    return (each.packed() for each in _segments(content) if each.marker in _IMAGE)


def _segments(content: bytes) -> Iterator[Segment]:
    """The segments up to the end of the first image; bytes that belong to none are passed over."""
    at = len(_SOI)
    while found := _MARKER.search(content, at):
        marker, at = content[found.start() + 1], found.end()
        if marker == _END:
            return
        if marker in _STANDALONE:
            continue
        size = int.from_bytes(content[at : at + 2], "big")
        if size < 2 or at + size > len(content):  # noqa: PLR2004 - the length counts itself
            return  # it is cut short, and so is the file
        payload = content[at + 2 : at + size]
        at += size
        if marker != _SOS:
            yield Segment(marker, payload)
            continue
        end = _SCAN_END.search(content, at)
        start, at = at, end.start() if end else len(content)
        # What is left of FF at the end are fill bytes, or half of a stuffed one that was cut off.
        yield Segment(marker, payload, content[start:at].rstrip(b"\xff"))


def _packed(marker: int, payload: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


class _Carried:
    """The application segments of the copy."""

    def __init__(self, rewriting: Rewriting, segments: list[Segment]) -> None:
        self._rewriting = rewriting
        self._segments = segments

    def segments(self) -> Iterator[bytes]:
        """The segments in the order that the standards ask for: JFIF, EXIF, the others."""
        yield from self._jfif()
        yield from self._exif()
        yield from self._xmp()
        yield from self._photoshop()
        if self._rewriting.keeps_profile:
            yield from self._profile()
        for payload in self._payloads(_APP14, _ADOBE):
            if len(payload) >= _ADOBE_SIZE:  # version 100, no flags; the transform is its last byte
                transform = payload[_ADOBE_SIZE - 1 : _ADOBE_SIZE]
                yield _packed(_APP14, _ADOBE + b"\0\x64\0\0\0\0" + transform)
        selection = self._rewriting.selection
        if selection is not None and not selection.takes("File", "Comment"):
            yield from (_packed(_COM, payload) for payload in self._payloads(_COM, b""))

    def _payloads(self, marker: int, signature: bytes) -> list[bytes]:
        return [
            each.payload
            for each in self._segments
            if each.marker == marker and each.payload.startswith(signature)
        ]

    def _jfif(self) -> Iterator[bytes]:
        """A JFIF segment without a thumbnail, where there is one: it tells how colours are kept."""
        for payload in self._payloads(_APP0, _JFIF)[:1]:
            fields = payload[_JFIF_FIELDS]
            if len(fields) == _JFIF_FIELDS.stop - _JFIF_FIELDS.start:
                yield _packed(_APP0, _JFIF + fields + b"\0\0")

    def _exif(self) -> Iterator[bytes]:
        """The new EXIF, or each of the old ones as edited."""
        new = self._rewriting.new_exif()
        if new is not None:
            yield _packed(_APP1, _EXIF + new)
        for payload in self._payloads(_APP1, _EXIF):
            edited = self._rewriting.exif(payload[len(_EXIF) :])
            if edited is not None:
                yield _packed(_APP1, _EXIF + edited)

    def _xmp(self) -> Iterator[bytes]:
        """The packets as edited; of an extended one the digest that names it is made anew."""
        packets = [payload[len(_XMP) :] for payload in self._payloads(_APP1, _XMP)]
        edited = [self._rewriting.xmp(packet) for packet in packets]
        extensions: list[bytes] = []
        for digest, packet in self._extensions():
            changed = self._rewriting.xmp(packet)
            if changed is None:
                continue
            # XMP part 3, section 1.1.3.1: the digest names the packet, it guards nothing.
            name = md5(changed, usedforsecurity=False).hexdigest().upper().encode()
            edited = [each and each.replace(digest, name) for each in edited]
            extensions += _extension(name, changed)
        yield from (_packed(_APP1, _XMP + each) for each in edited if each is not None)
        yield from extensions

    def _extensions(self) -> Iterator[tuple[bytes, bytes]]:
        """Extended packets that are complete, by their digests."""
        portions: dict[bytes, list[tuple[int, int, bytes]]] = {}
        for payload in self._payloads(_APP1, _XMP_EXTENSION):
            body = payload[len(_XMP_EXTENSION) :]
            if len(body) >= _EXTENSION_HEAD.size:
                digest, length, offset = _EXTENSION_HEAD.unpack_from(body)
                portions.setdefault(digest, []).append(
                    (offset, length, body[_EXTENSION_HEAD.size :])
                )
        for digest, found in portions.items():
            packet = b"".join(portion for _, _, portion in sorted(found))
            if len(packet) == found[0][1]:
                yield digest, packet

    def _photoshop(self) -> Iterator[bytes]:
        """Photoshop's resources as edited: the segments' payloads follow each other."""
        found = self._payloads(_APP13, _PHOTOSHOP)
        if found:
            edited = self._rewriting.photoshop(b"".join(each[len(_PHOTOSHOP) :] for each in found))
            yield from _split(_APP13, _PHOTOSHOP, edited or b"")

    def _profile(self) -> Iterator[bytes]:
        """The colour profile, if all its portions are there (ICC.1, annex B.4)."""
        head = len(_PROFILE) + 2
        found = [each for each in self._payloads(_APP2, _PROFILE) if len(each) >= head]
        if not found or {each[head - 1] for each in found} != {len(found)}:
            return
        numbered = sorted((each[head - 2], each[head:]) for each in found)
        profile = trimmed(b"".join(portion for _, portion in numbered))
        if profile is None:
            return
        portions = list(_portions(profile, _MOST - head))
        for number, portion in enumerate(portions, 1):
            yield _packed(_APP2, _PROFILE + bytes((number, len(portions))) + portion)


def _portions(content: bytes, size: int) -> Iterator[bytes]:
    return (content[at : at + size] for at in range(0, len(content), size))


def _split(marker: int, signature: bytes, content: bytes) -> Iterator[bytes]:
    """Content in as many segments as it needs, each behind the signature."""
    for portion in _portions(content, _MOST - len(signature)):
        yield _packed(marker, signature + portion)


def _extension(digest: bytes, packet: bytes) -> list[bytes]:
    """The segments of an extended packet."""
    size = _MOST - len(_XMP_EXTENSION) - _EXTENSION_HEAD.size
    return [
        _packed(
            _APP1,
            _XMP_EXTENSION + _EXTENSION_HEAD.pack(digest, len(packet), number * size) + portion,
        )
        for number, portion in enumerate(_portions(packet, size))
    ]
