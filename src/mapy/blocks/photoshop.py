"""Photoshop's image resources (Adobe Photoshop File Formats Specification, "Image Resources").

A chain of resources, each a signature, a number, a name, a length and its data; IPTC, EXIF, XMP and
a colour profile may be among them.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, Final

from mapy import blocks
from mapy.blocks import iptc
from mapy.model import Tag
from mapy.tags import photoshop
from mapy.tags.photoshop import GROUP
from mapy.tiff_types import PLAIN, UNDEFINED, spaced, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mapy.buffer import ByteView
    from mapy.reading import Reading
    from mapy.tags.definition import Definition, Value

_HEAD: Final = Struct(">4sHB")
"""Signature, number, length of the name."""
_SIGNATURES: Final = frozenset({b"8BIM", b"PHUT", b"DCSR", b"AgHg", b"MeSa"})
_OWN: Final = b"8BIM"
"""The signature of what Adobe's list of numbers is about."""
_STANDARD_PLACES: Final = frozenset({"APP13", "image resources"})
"""Where a container keeps the resources of the picture itself: in JPEG, in PSD."""
_CHANNELS: Final = 0x0435
_CHANNEL: Final = Struct(">H4HHB")
"""Colour space, the colour in it, opacity in percent, what the colour shows."""
_THUMBNAIL_HEAD: Final = 28
_SLICES, _VERSION, _QUALITY, _PROGRESSIVE = 0x041A, 0x0421, 0x0406, 257
_OLD_SLICES: Final = 6
"""The version of slices that is a record; later ones are descriptors."""
_MOST_ADDRESSES: Final = 1_000


def parse(name: str, view: ByteView, reading: Reading) -> None:
    """Parse resources: one directory of their own values, and what the blocks in them give."""
    if view.size and view.u8(0) == iptc.MARKER:  # programs write plain IPTC in their place
        blocks.parse("iptc", view, reading, name)
        return
    tags: list[Tag] = []
    inner: list[tuple[str, ByteView]] = []
    for number, at, size in _resources(view, reading):
        kind = photoshop.BLOCKS.get(number)
        if kind is not None:
            inner.append((kind, view.sub(at, size)))
        elif number == _CHANNELS:
            _read_channels(view.sub(at, size), reading)
        elif number in _TOLD:
            tags += _tags(number, view.sub(at, size))
    reading.add(GROUP, tags, view.span(0, view.size))
    place = iptc.STANDARD if name in _STANDARD_PLACES else name
    for kind, body in inner:
        blocks.parse(kind, body, reading, place if kind == "iptc" else "8BIM")


def _resources(view: ByteView, reading: Reading) -> Iterator[tuple[int, int, int]]:
    """Number, place and length of the data of each resource."""
    content, end, spend = view.take(0, view.size), view.size, reading.budget.spend
    at = 0
    while at + _HEAD.size <= end:
        signature, number, name_length = _HEAD.unpack_from(content, at)
        if signature not in _SIGNATURES:
            if content[at:].strip(b"\0"):
                reading.problem(
                    "photoshop.lost", "A resource begins without its signature.", view.span(at, 0)
                )
            return
        spend("datasets")
        at += _HEAD.size + name_length + (name_length + 1) % 2 + 4
        if at > end:
            break
        size = int.from_bytes(content[at - 4 : at], "big")
        if at + size > end:
            reading.problem("photoshop.cut-short", "A resource is cut short.", view.span(at, 0))
            return
        if signature == _OWN:
            yield number, at, size
        at += size + size % 2


def _read_channels(body: ByteView, reading: Reading) -> None:
    """A directory for each channel beyond the colours: how it is shown over them."""
    for number, at in enumerate(range(4, len(body) - _CHANNEL.size + 1, _CHANNEL.size)):
        reading.budget.spend("datasets")
        space, *colour, opacity, shown = body.unpack(_CHANNEL, at)
        channel, part = f"Channel{number}", body.sub(at, _CHANNEL.size)
        values: tuple[Value, ...] = (space, spaced(tuple(colour)), opacity, shown)
        tags = [
            Tag(channel, definition, PLAIN, 1, value, part.start, part.size)
            for definition, value in zip(photoshop.CHANNEL, values, strict=True)
        ]
        reading.add(channel, tags, part.span(0, part.size))


def _tags(number: int, body: ByteView) -> list[Tag]:
    """What one resource of `_TOLD` tells."""
    record = photoshop.RECORDS.get(number)
    if record is not None:
        found = record.tags(body)
        is_progressive = number != _QUALITY or any(tag.raw == _PROGRESSIVE for tag in found[1:2])
        return found if is_progressive else found[:2]
    definition = photoshop.THUMBNAILS.get(number)
    if definition is not None:
        length = max(0, body.size - _THUMBNAIL_HEAD)
        at = body.start + _THUMBNAIL_HEAD
        return [Tag(GROUP, definition, UNDEFINED, length, None, at, length)]
    if number in _TEXTS:
        value = _TEXTS[number](body)
        return [_tag(photoshop.TEXTS[number], value, body)]
    return _slices(body) if number == _SLICES else _version(body)


def _tag(definition: Definition, value: Value, body: ByteView) -> Tag:
    return Tag(GROUP, definition, PLAIN, 1, value, body.start, body.size)


def _plain(body: ByteView) -> Value:
    return text(body.take(0, body.size))


def _pascal_texts(body: ByteView) -> Value:
    """Texts with their length in front."""
    found: list[str] = []
    at = 0
    while body.has(at, 1) and body.has(at + 1, length := body.u8(at)):
        found.append(text(body.take(at + 1, length)))
        at += 1 + length
    return ", ".join(found)


def _pascal_text(body: ByteView) -> Value:
    """The first text with its length in front."""
    if not body.has(0, 1) or not body.has(1, length := body.u8(0)):
        return ""
    return text(body.take(1, length))


def _unicode(body: ByteView, at: int) -> tuple[str, int]:
    """A text with the number of its characters in front, and where it ends.

    Raises:
        OutOfBounds: it is longer than the block.
    """
    length = 2 * body.u32be(at)
    raw = body.take(at + 4, length)
    return raw.decode("utf-16-be", "replace").partition("\0")[0], at + 4 + length


def _workflow(body: ByteView) -> Value:
    return _unicode(body, 0)[0]


def _addresses(body: ByteView) -> Value:
    """The addresses of slices: of each four letters, a number, and the address."""
    found: list[Value] = []
    at = 4
    for _ in range(min(body.u32be(0), _MOST_ADDRESSES)):
        if not body.has(at, 12):
            break
        address, at = _unicode(body, at + 8)
        found.append(address)
    return found


_TEXTS: Final[dict[int, Callable[[ByteView], Value]]] = {
    0x03EE: _pascal_texts,
    0x040B: _plain,
    0x041B: _workflow,
    0x041E: _addresses,
    0x0BB7: _pascal_text,
}


_TOLD = photoshop.RECORDS.keys() | photoshop.THUMBNAILS.keys() | _TEXTS.keys()
_TOLD |= {_SLICES, _VERSION}
"""The resources that tell something; the others are of Photoshop's own use."""


def _slices(body: ByteView) -> list[Tag]:
    if not body.has(0, 4) or body.u32be(0) != _OLD_SLICES:
        return []
    name, end = _unicode(body, 20)
    definitions = photoshop.SLICES
    return [_tag(definitions[0], name, body), _tag(definitions[1], body.u32be(end), body)]


def _version(body: ByteView) -> list[Tag]:
    writer, end = _unicode(body, 5)
    reader, _ = _unicode(body, end)
    values: tuple[Value, ...] = (body.u8(4), writer, reader)
    return [_tag(*each, body) for each in zip(photoshop.VERSION, values, strict=True)]
