"""Photoshop's image resources without those that a selection takes.

A resource that goes stays as an empty number of the range that plug-ins use, so that nothing moves.
Blocks in them (IPTC, EXIF, XMP) are edited where they stand. The check sum of IPTC goes with the
first change, because it would be wrong.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from mapy.blocks.iptc import MARKER
from mapy.clean.edit import iptc_datasets, xmp_packets
from mapy.errors import LimitExceeded
from mapy.limits import DEFAULT_LIMITS
from mapy.tags import photoshop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapy.clean.selection import Selection

IPTC, EXIF, XMP, ICC = 0x0404, 0x0422, 0x0424, 0x040F
STRUCTURAL = frozenset(
    {
        *(0x03E8, 0x03EB, 0x03ED, 0x03EF),  # raster, colour table, resolution, channels
        *range(0x03F1, 0x03FC),  # border, background, print flags, halftones, transfer, duotone
        *(0x03FE, 0x0400, 0x0402, 0x0408),  # quick mask, target layer, groups of layers, guides
        *(0x040D, 0x0410, 0x0411, 0x0412),  # angle of light, watermark, untagged, effects shown
        *(0x0414, 0x0416, 0x0417, 0x0419),  # seed of numbers, indexed colours, height of light
        *(0x041D, 0x0426, 0x0428, 0x042D),  # alpha channels, print scale, pixels, selected layers
        *(0x0430, 0x0435, 0x2710),  # enabled groups, channels, print flags
    }
)
"""Resources that tell how the picture is laid out, shown or printed, by numbers alone."""

_HEAD = Struct(">4sHB")
_SIZE = Struct(">I")
_SIGNATURES = frozenset({b"8BIM", b"PHUT", b"DCSR", b"AgHg", b"MeSa"})
_OWN = b"8BIM"
_EMPTY = 4000
"""A number of the range of plug-ins, whose resources readers pass over."""
_DIGEST = 0x0425
_GROUP = "Photoshop"


class Resource(NamedTuple):
    """One resource."""

    signature: bytes
    number: int
    at: int
    body: int
    """Where its data begin."""
    size: int

    @property
    def end(self) -> int:
        """Where the next one begins."""
        return self.body + self.size + self.size % 2


def resources(block: bytes) -> Iterator[Resource]:
    """The resources, up to the first that is none.

    Raises:
        LimitExceeded: there are more than is allowed.
    """
    at = 0
    for _ in range(DEFAULT_LIMITS.datasets):
        if at + _HEAD.size > len(block):
            return
        signature, number, letters = _HEAD.unpack_from(block, at)
        size_at = at + _HEAD.size + letters + (letters + 1) % 2
        if signature not in _SIGNATURES or size_at + _SIZE.size > len(block):
            return
        (size,) = _SIZE.unpack_from(block, size_at)
        found = Resource(signature, number, at, size_at + _SIZE.size, size)
        if found.body + size > len(block):
            return
        yield found
        at = found.end
    raise LimitExceeded("limit.datasets", "There are more image resources than is allowed.")


def edit(block: bytes, selection: Selection) -> bytes:
    """The resources without what `selection` takes, of the same length.

    Raises:
        LimitExceeded: there are more than is allowed.
    """
    if not selection.drops_opaque:
        return block
    if block[:1] == bytes([MARKER]):  # programs write plain IPTC in their place
        return iptc_datasets.edit(block, selection)
    out = bytearray(len(block))
    for resource in resources(block):
        body = _edited(block[resource.body : resource.body + resource.size], resource, selection)
        end = min(resource.end, len(block))
        if body is None:
            head = _HEAD.pack(_OWN, _EMPTY, 0) + b"\0"
            size = resource.end - resource.at - len(head) - _SIZE.size
            out[resource.at : end] = (head + _SIZE.pack(size)).ljust(end - resource.at, b"\0")
        else:
            out[resource.at : resource.body] = block[resource.at : resource.body]
            out[resource.body : resource.body + resource.size] = body
    return bytes(out)


def _edited(body: bytes, resource: Resource, selection: Selection) -> bytes | None:
    """The data of a resource that stays, of the same length; None: it goes."""
    number = resource.number
    if resource.signature != _OWN or number == _DIGEST:
        return None
    if number == IPTC:
        edited = iptc_datasets.edit(body, selection)
        return edited if edited.strip(b"\0") else None
    if number == XMP:
        return xmp_packets.edit(body, selection)
    if number == EXIF:
        from mapy.clean.edit import tiff_blocks  # noqa: PLC0415 - it edits resources in turn

        return tiff_blocks.edit(body, selection)
    if number == ICC:
        return body
    names = _names(number)
    is_known = names or number in STRUCTURAL
    is_taken = any(selection.takes(_GROUP, name) for name in names)
    return body if is_known and not is_taken else None


def _names(number: int) -> list[str]:
    """What the reader calls the tags that a resource gives; thumbnails have none, and go."""
    record = photoshop.RECORDS.get(number)
    if record is not None:
        return [field.definition.name for field in record.fields]
    text = photoshop.TEXTS.get(number)
    return [text.name] if text is not None else []
