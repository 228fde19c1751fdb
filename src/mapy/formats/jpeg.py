"""JPEG (ITU-T T.81, annex B): a chain of segments, each a marker and its length, up to the scan.

Reads the segments in front of the picture's data, and nothing behind it.
"""

from __future__ import annotations

from functools import lru_cache
from struct import Struct
from typing import TYPE_CHECKING, Final

from mapy import blocks
from mapy.errors import Span
from mapy.model import Tag
from mapy.tags.file import FILE
from mapy.tiff_types import PLAIN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapy.buffer import ByteView
    from mapy.formats.jpeg_portions import Portion
    from mapy.reading import Reading

_END: Final = b"\xff\xd9"
_CANON: Final = b"CANON OPTIONAL DATA"
"""How the foot of a trailer begins that ends like a JPEG."""
_TAIL: Final = 64
SOI: Final = b"\xff\xd8\xff"
_COM: Final = 0xFE
_APP1: Final = 0xE1
_EXIF_SKIP: Final = 6
_LONG_EXIF: Final = 0x8000
"""From this length on a block of EXIF may fill more than one segment."""
_BYTE_ORDERS: Final = (b"II", b"MM")
_LAST: Final = frozenset({0xDA, 0xD9})
"""SOS and EOI: the first scan, or the end without one."""
_FILL: Final = 0xFF
_LENGTH_SIZE: Final = 2
_STANDALONE: Final = frozenset({0x01, *range(0xD0, 0xD9)})
"""TEM, RST0-7, SOI: markers without a length."""
_SOF: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Start of frame: all of C0-CF but DHT, JPG and DAC."""

_SEGMENT: Final = Struct(">BBH")
_HEAD: Final = _SEGMENT.size
_FRAME: Final = Struct(">BHHB")

_XMP: Final = b"http://ns.adobe.com/xap/1.0/"
SIGNATURES: Final[dict[int, tuple[tuple[bytes, int, str], ...]]] = {
    0xE0: (
        (b"JFIF\0", 5, "jfif"),
        (b"JFXX\0", 5, "jfxx"),
        (b"AVI1", 0, "jpeg-record"),
        (b"Ocad", 0, "jpeg-record"),
        (b"II\x1a\0\0\0HEAPJPGM", 0, "ciff"),
        (b"MM\0\0\0\x1aHEAPJPGM", 0, "ciff"),
    ),
    0xE1: (
        (b"Exif\0", 6, "exif"),
        (_XMP + b"\0", 29, "xmp"),
        (_XMP + b" \0", 30, "xmp"),  # some programs write a blank
        (b"http://ns.adobe.com/xmp/extension/\0", 35, "xmp-portion"),
        (b"FLIR\0", 5, "flir-portion"),
        (b"QVCI\0", 0, "casio-qvci"),
        (b"PARROT\0II\x2a\0", 0, "segment-value"),
        (b"PARROT\0MM\0\x2a", 0, "segment-value"),
        (b"http", 0, "loose-xmp"),
        (b"XMP\0", 0, "loose-xmp"),
        (b"<?xpacket", 0, "loose-xmp"),
        (b"<x:xmpmeta", 0, "loose-xmp"),
    ),
    0xE2: (
        (b"ICC_PROFILE\0", 12, "icc-portion"),
        (b"MPF\0", 4, "mpf"),
        (b"FPXR\0", 5, "flashpix-portion"),
        (b"urn:", 0, "segment-value"),
    ),
    0xE3: (
        (b"Meta\0\0", 6, "kodak-meta"),
        (b"META\0\0", 6, "kodak-meta"),
        (b"Exif\0\0", 6, "kodak-meta"),
        (b"Stim\0", 6, "stim"),
        (b"_JPSJPS_", 0, "jpeg-record"),
    ),
    0xE4: (
        (b"FPXR\0", 5, "flashpix-portion"),
        (b"SCALADO\0", 8, "scalado"),
        (b"Qualcomm Dual Camera Attributes", 31, "qualcomm-dual-camera"),
    ),
    0xE5: ((b"RMETA\0", 6, "ricoh-rmeta"), (b"ssuniqueid\0", 0, "segment-value")),
    0xE6: (
        (b"EPPIM\0", 6, "eppim"),
        (b"GoPro\0", 6, "gopro"),
        (b"NITF\0", 0, "jpeg-record"),
        (b"TDHD\1\0\0\0", 0, "hp-tdhd"),
        (b"DTAT\0\0", 0, "segment-value"),
    ),
    0xE7: (
        (b"\x1aQualcomm Camera Attributes", 27, "qualcomm"),
        (b"PENTAX \0", 0, "maker-segment"),
        (b"RICOH\0", 0, "maker-segment"),
        (b"DJI-DBG\0", 8, "maker-segment"),
    ),
    0xE8: ((b"SPIFF\0", 0, "jpeg-record"), (b"SEAL\0", 5, "seal")),
    0xE9: ((b"Media Jukebox\0", 0, "jpeg-text"), (b"SEAL\0", 5, "seal")),
    0xEA: ((b"AROT\0\0", 0, "segment-value"), (b"UNICODE\0", 0, "segment-value")),
    0xEB: ((b"JP", 2, "jumbf-portion"), (b"HDR_RI ", 0, "jpeg-text")),
    0xEC: ((b"Ducky", 5, "ducky"), (b"", 0, "picture-info")),
    0xED: (
        (b"Photoshop 3.0\0", 14, "photoshop-portion"),
        (b"Adobe_Photoshop2.5:", 19, "photoshop-portion"),
        (b"Adobe_CM", 0, "jpeg-record"),
    ),
    0xEE: ((b"Adobe", 5, "adobe"),),
    0xEF: ((b"Q ", 0, "jpeg-text"),),
}
"""By marker: how the payload of a known kind of block begins, and how long that signature is.

Kinds that end in `-portion` may fill several segments; `mapy.formats.jpeg_portions` joins them.
"""
for _marker in range(0xE2, 0xEA):
    SIGNATURES[_marker] += ((b"", 0, "unsigned-portion"),)  # what stands around them tells
_READ: Final = frozenset({*_SOF, *SIGNATURES, _COM})
_LONGEST_SIGNATURE: Final = max(len(row[0]) for rows in SIGNATURES.values() for row in rows)


class Jpeg:
    """JPEG and its segments."""

    name = "JPEG"
    media_type = "image/jpeg"
    extension = "JPG"

    def recognises(self, head: bytes) -> bool:
        """Whether it begins with SOI and another marker."""
        return head.startswith(SOI)

    def read(self, view: ByteView, reading: Reading) -> None:
        """Walk the segments up to the first scan."""
        read_segments(view, reading, len(SOI) - 1)
        if reading.only is not None:
            return
        tail = view.take(max(0, view.size - _TAIL), min(_TAIL, view.size))
        if not tail.endswith(_END) or tail.startswith(_CANON):  # something follows the picture
            from mapy.formats import trailers  # noqa: PLC0415 - few files have one

            trailers.read(view, reading)


def read_segments(view: ByteView, reading: Reading, first: int) -> None:
    """Read the segments from the one at `first` up to the first scan."""
    portions: dict[str, list[Portion]] = {}
    for segment in _segments(view, reading, first):
        marker, at, length = segment
        if marker in SIGNATURES:
            is_exif = _read_segment(view, reading, segment, portions) == "exif"
            if is_exif and reading.only is not None and reading.only.is_exif_alone:
                return
        elif marker in _SOF:
            _read_frame(view, reading, marker, at)
        elif marker == _COM:
            _read_comment(view, reading, at, length)
    if portions:
        from mapy.formats.jpeg_portions import join  # noqa: PLC0415 - most files need no joining

        for kind, found in portions.items():
            join(kind, found, view, reading)


def _segments(view: ByteView, reading: Reading, at: int) -> Iterator[tuple[int, int, int]]:
    """Those up to the first scan that are read: marker, place and length of the payload."""
    size = view.size
    lead: int  # as numbers: what `unpack` gives is anything to compiled code
    marker: int
    length: int
    while at + _HEAD <= size:
        reading.budget.spend("segments")
        lead, marker, length = view.unpack(_SEGMENT, at)
        if lead != _FILL:
            reading.problem("jpeg.lost", "A segment begins without a marker.", view.span(at, 0))
            return
        if marker == _FILL:  # fill bytes may stand in front of a marker
            at += 1
        elif marker in _STANDALONE:
            at += 2
        elif marker in _LAST:
            return
        elif length < _LENGTH_SIZE or at + 2 + length > size:
            reading.problem("jpeg.truncated", "A segment is cut short.", view.span(at, size - at))
            payload = at + _HEAD
            yield marker, payload, size - payload if length >= _LENGTH_SIZE else 0
            return
        else:
            if marker in _READ:
                yield marker, at + _HEAD, length - _LENGTH_SIZE
            at += 2 + length


def _read_segment(
    view: ByteView,
    reading: Reading,
    segment: tuple[int, int, int],
    portions: dict[str, list[Portion]],
) -> str:
    """Read a segment, or keep it to be joined with others; returns its kind, if that is known."""
    marker, at, size = segment
    head = view.take(at, min(size, _LONGEST_SIGNATURE))
    for signature, skip, kind in SIGNATURES[marker]:
        if size >= skip and head.startswith(signature):
            if kind == "exif" and (size >= _LONG_EXIF or "exif-portion" in portions):
                kind = _exif_or_portion(view, at, size, portions)  # noqa: PLW2901 - it is another
            if kind.endswith("-portion"):
                portions.setdefault(kind, []).append((at + skip, size - skip))
            else:
                blocks.parse(kind, view.sub(at + skip, size - skip), reading, f"APP{marker - 0xE0}")
            return kind
    return ""


def _exif_or_portion(view: ByteView, at: int, size: int, portions: dict[str, list[Portion]]) -> str:
    """The kind of a segment of EXIF, a block of which may be too long for one.

    The segments behind the first go on where it ends, and have no header of TIFF.
    """
    body, behind = at + _EXIF_SKIP, at + size
    if "exif-portion" in portions and view.take(body, 2) not in _BYTE_ORDERS:
        return "exif-portion"
    following = behind + _HEAD
    if "exif-portion" in portions or not view.has(following, _EXIF_SKIP + 2):
        return "exif"
    lead, marker, _ = view.unpack(_SEGMENT, behind)
    goes_on = (lead, marker) == (_FILL, _APP1) and view.take(following, 5) == b"Exif\0"
    if goes_on and view.take(following + _EXIF_SKIP, 2) not in _BYTE_ORDERS:
        return "exif-portion"
    return "exif"


def _read_frame(view: ByteView, reading: Reading, marker: int, at: int) -> None:
    bits, height, width, components = view.unpack(_FRAME, at)
    reading.check_pixels(width, height)
    values: list[int | str] = [width, height, marker - 0xC0, bits, components]
    if components == _YCBCR_COMPONENTS:
        values.append(_subsampling(view.take(at + _FRAME.size, 3 * components)[1::3]))
    place, length = view.start + at, _FRAME.size
    tags = [
        Tag("File", definition, PLAIN, 1, value, place, length)
        for definition, value in zip(_FRAME_TAGS, values, strict=False)
    ]
    reading.add("File", tags, view.span(at, length))


@lru_cache(maxsize=64)
def _subsampling(samplings: bytes) -> str:
    """How many times as many samples the luminance has, across and down."""
    across, down = [s >> 4 for s in samplings], [s & 15 for s in samplings]
    return f"{max(across) // (min(across) or 1)} {max(down) // (min(down) or 1)}"


def _read_comment(view: ByteView, reading: Reading, at: int, size: int) -> None:
    comment = view.take(at, size)
    tag = Tag("File", FILE["Comment"], 2, size, comment, view.start + at, size)
    reading.add("File", [tag], Span(view.start + at, size))


_YCBCR_COMPONENTS: Final = 3
_FRAME_TAGS: Final = tuple(
    FILE[name]
    for name in (
        *("ImageWidth", "ImageHeight", "EncodingProcess", "BitsPerSample", "ColorComponents"),
        "YCbCrSubSampling",  # of three components alone
    )
)
