"""The copy of a PNG or APNG (third edition, section 5): the chunks that a decoder draws from.

A critical chunk that is not of the standard is refused, as the standard asks. Texts, times and
whatever stands behind the image's end go.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, NamedTuple
import zlib

from mapy.clean.fates import Fates
from mapy.clean.profile import trimmed
from mapy.clean.rewriting import Rewriting
from mapy.errors import CannotClean
from mapy.explain.png_stream import Picture, ending_of
from mapy.limits import DEFAULT_LIMITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mapy.clean.policy import Policy
    from mapy.model import Metadata
    from mapy.text import Text

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEAD, _CRC = Struct(">I4s"), Struct(">I")
_FRAME = 12
_IMAGE = frozenset((b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"acTL", b"fcTL", b"fdAT"))
_LOOKS = frozenset(
    (b"cHRM", b"cICP", b"gAMA", b"mDCV", b"cLLI", b"sBIT", b"sRGB", b"bKGD", b"pHYs", b"sTER")
)
"""Chunks that tell how the image is shown: numbers of fixed meaning."""
_PROFILE, _EXIF, _TIME, _END = b"iCCP", b"eXIf", b"tIME", b"IEND"
_TEXTS = frozenset((b"tEXt", b"zTXt", b"iTXt"))
_DATA = frozenset((b"IDAT", b"fdAT"))
_FRAME_CONTROL, _FRAME_DATA = b"fcTL", b"fdAT"
_SEQUENCE = 4
"""Bytes of the number in front of a frame's control and data."""
_SIZES, _SIZES_END = Struct(">II"), 12
"""Width and height of a frame."""
_ANCILLARY = 0x20
"""The bit of a type's first letter by which a decoder may pass over what it does not know."""
_PROFILE_NAME = b"ICC profile\0\0"
"""A name that tells nothing, and the only method of compression."""
_XMP = b"XML:com.adobe.xmp\0"
_EXIF_SIGNATURE = b"Exif\0\0"

STRUCTURE = frozenset(
    (
        *("File:ImageWidth", "File:ImageHeight"),
        *("PNG:ImageWidth", "PNG:ImageHeight", "PNG:BitDepth", "PNG:ColorType"),
        *("PNG:Compression", "PNG:Filter", "PNG:Interlace", "PNG:Palette", "PNG:Transparency"),
        *("PNG:SRGBRendering", "PNG:Gamma", "PNG:SignificantBits", "PNG:BackgroundColor"),
        *("PNG:WhitePointX", "PNG:WhitePointY", "PNG:RedX", "PNG:RedY", "PNG:GreenX"),
        *("PNG:GreenY", "PNG:BlueX", "PNG:BlueY", "PNG:AnimationFrames", "PNG:AnimationPlays"),
        *("PNG:StereoMode", "PNG:ProfileName", "PNG-pHYs:*", "PNG-cICP:*"),
    )
)
STUCK: Mapping[str, Text] = {}


class Chunk(NamedTuple):
    """A type, the data, and where they begin in the file."""

    kind: bytes
    data: bytes
    at: int
    packed: bytes
    """The chunk as it stands in the file, with its check sum, right or wrong."""


def write(content: bytes, metadata: Metadata, policy: Policy) -> bytes:
    """The clean copy of a PNG."""
    rewriting = Rewriting(metadata, policy)
    fates = Fates(metadata, rewriting.selection)
    new_exif = rewriting.new_exif()
    pieces = [_SIGNATURE]
    for chunk in _trimmed(content):
        if chunk.kind in _IMAGE or chunk.kind in _LOOKS:
            pieces.append(chunk.packed)
            if chunk.kind == b"IHDR" and new_exif is not None:
                pieces.append(_packed(_EXIF, new_exif))
        elif not chunk.kind[0] & _ANCILLARY:
            raise CannotClean(
                "png.unknown-critical", "The file needs a decoder for a chunk that is not of PNG."
            )
        else:
            data = _carried(chunk, rewriting, fates)
            if data is not None:
                pieces.append(_packed(chunk.kind, data))
    if not any(piece[4:8] == b"IDAT" for piece in pieces):
        raise CannotClean("png.no-image", "The file has no image data.")
    return b"".join((*pieces, _packed(_END, b"")))


def image(content: bytes) -> Iterable[bytes]:
    """The chunks that make the pixels of every frame."""
    return (chunk.kind + chunk.data for chunk in _trimmed(content) if chunk.kind in _IMAGE)


def _trimmed(content: bytes) -> Iterator[Chunk]:
    """The chunks, without what is hidden behind the end of each frame's compressed data.

    Raises:
        CannotClean: the data hold more than the picture, inside of what is compressed.
    """
    chunks = list(_chunks(content))
    room = _room(chunks)
    for number, chunk in enumerate(chunks):
        size = room.get(number, len(chunk.data))
        if size == len(chunk.data):
            yield chunk
        elif size or chunk.kind == _FRAME_DATA:
            data = chunk.data[:size]
            yield chunk._replace(data=data, packed=_packed(chunk.kind, data))


def _room(chunks: list[Chunk]) -> dict[int, int]:
    """How much of each chunk of data belongs to the picture, by the chunk's number."""
    streams: dict[int, list[int]] = {}
    pictures: dict[int, Picture] = {}
    frame = 0
    for number, chunk in enumerate(chunks):
        if chunk.kind == b"IHDR" and (found := Picture.of(chunk.data)) is not None:
            pictures[0] = found
        elif chunk.kind == _FRAME_CONTROL and 0 in pictures and len(chunk.data) >= _SIZES_END:
            frame += 1
            width, height = _SIZES.unpack_from(chunk.data, _SEQUENCE)
            pictures[frame] = pictures[0]._replace(width=width, height=height)
        elif chunk.kind in _DATA:
            streams.setdefault(0 if chunk.kind == b"IDAT" else frame, []).append(number)
    room: dict[int, int] = {}
    for frame, numbers in streams.items():
        picture = pictures.get(frame)
        if picture is None:
            continue
        skipped = _SEQUENCE if chunks[numbers[0]].kind == _FRAME_DATA else 0
        ending = ending_of((chunks[number].data[skipped:] for number in numbers), picture.size)
        if ending.has_more:
            raise CannotClean(
                "png.more-data",
                "The compressed data hold more than the picture, and it cannot be taken out.",
                hint="Open the picture in an image editor, save it anew, and clean that.",
            )
        left = ending.length
        for number in numbers if left is not None else ():
            size = len(chunks[number].data)
            room[number] = min(size, skipped + max(0, left or 0))
            left = (left or 0) - (size - skipped)
    return room


def _chunks(content: bytes) -> Iterator[Chunk]:
    """The chunks up to the end of the image; data that are cut short as far as they go."""
    at = len(_SIGNATURE)
    while at + _HEAD.size <= len(content):
        length, kind = _HEAD.unpack_from(content, at)
        start, end = at + _HEAD.size, at + length + _FRAME
        if kind == _END:
            return
        if end > len(content):
            if kind in _DATA:
                data = content[start : start + length]
                yield Chunk(kind, data, start, _packed(kind, data))
            return
        yield Chunk(kind, content[start : end - _CRC.size], start, content[at:end])
        at = end


def _packed(kind: bytes, data: bytes) -> bytes:
    return _HEAD.pack(len(data), kind) + data + _CRC.pack(zlib.crc32(data, zlib.crc32(kind)))


def _carried(chunk: Chunk, rewriting: Rewriting, fates: Fates) -> bytes | None:
    """What a chunk of metadata holds in the copy; None: it goes."""
    if chunk.kind == _PROFILE:
        return _profile(chunk.data) if rewriting.keeps_profile else None
    if chunk.kind == _EXIF:
        return rewriting.exif(chunk.data.removeprefix(_EXIF_SIGNATURE))
    if chunk.kind == b"iTXt" and chunk.data.startswith(_XMP):
        return _xmp(chunk.data, rewriting)
    if chunk.kind in _TEXTS or chunk.kind == _TIME:
        return chunk.data if fates.keeps(chunk.at, "PNG") else None
    return None


def _profile(data: bytes) -> bytes | None:
    """The colour profile under another name, without what may stand behind it."""
    _, _, packed = data.partition(b"\0")
    profile = trimmed(_inflated(packed[1:]) or b"")
    return None if profile is None else _PROFILE_NAME + zlib.compress(profile, 9)


def _xmp(data: bytes, rewriting: Rewriting) -> bytes | None:
    """A text that is XMP, as edited: compression flag and method, two empty texts, the packet."""
    is_compressed = data[len(_XMP)] == 1 if len(data) > len(_XMP) else False
    _, _, rest = data[len(_XMP) + 2 :].partition(b"\0")
    _, _, packet = rest.partition(b"\0")
    plain = _inflated(packet) if is_compressed else packet
    edited = None if plain is None else rewriting.xmp(plain)
    return None if edited is None else _XMP + b"\0" * 4 + edited


def _inflated(packed: bytes) -> bytes | None:
    """Compressed data; None where they are broken, or grow beyond the reader's limits."""
    stream = zlib.decompressobj()
    try:
        plain = stream.decompress(packed, DEFAULT_LIMITS.inflated_bytes)
    except zlib.error:
        return None
    return plain if stream.eof else None
