"""Blocks that fill several segments of a JPEG: joined when all segments were seen.

Extended XMP (ISO 16684-3, section 3.3.1), colour profiles (ICC.1, annex B.4), Photoshop resources,
FLIR's thermal files, FlashPix streams. A portion is the payload of a segment behind its signature.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, Final, TypeAlias

from mapy import blocks
from mapy.buffer import ByteView
from mapy.formats import flashpix_streams, unsigned_segments

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapy.reading import Reading

Portion: TypeAlias = tuple[int, int]
"""Where the payload behind a signature begins, and its length."""

_XMP_HEAD: Final = Struct(">32sII")
"""A digest that names the packet, its full length, the place of this portion in it."""
_NUMBERED: Final = Struct("BB")
"""The number of a portion, and how many there are."""
_FLIR_HEAD: Final = Struct("BBB")
"""Always 1, the number of the portion from 0, the number of the last."""


def join(kind: str, portions: list[Portion], view: ByteView, reading: Reading) -> None:
    """Join the portions of one kind of block, and parse what they make."""
    if reading.wants(kind.removesuffix("-portion")):
        _JOINERS[kind](portions, view, reading)


def _extended_xmp(portions: list[Portion], view: ByteView, reading: Reading) -> None:
    """Packets by their digests, each of portions that tell their place in it."""
    lengths: dict[bytes, int] = {}
    packets: dict[bytes, list[tuple[int, int, int]]] = {}
    head = _XMP_HEAD.size
    for at, size in portions:
        if size < head:
            continue
        name, length, offset = view.unpack(_XMP_HEAD, at)
        lengths[name] = length
        packets.setdefault(name, []).append((offset, at + head, size - head))
    for name, found in packets.items():
        length, start = lengths[name], found[0][1]
        found.sort()
        ends = [offset + size for offset, _, size in found]
        if [0, *ends] != [*(offset for offset, _, _ in found), length]:
            _incomplete("xmp.extension-incomplete", start, view, reading)
            continue
        _parse("xmp", "APP1", [(at, size) for _, at, size in found], view, reading)


def _numbered(
    kind: str, name: str, head: Struct, first: int
) -> Callable[[list[Portion], ByteView, Reading], None]:
    """A joiner of portions that tell their number, counted from `first`, and that of the last."""

    def joiner(portions: list[Portion], view: ByteView, reading: Reading) -> None:
        skip = head.size
        found: list[tuple[int, Portion]] = []
        for at, size in portions:
            if size < skip:
                continue
            *_, number, last = view.unpack(head, at)
            portion = (at + skip, size - skip)
            if number == first == last:
                _parse(kind, name, [portion], view, reading)
            else:
                found.append((number, portion))
                if len(found) == last - first + 1:
                    found.sort()
                    _parse(kind, name, [each for _, each in found], view, reading)
                    found = []
        if found:
            _incomplete(f"{kind}.incomplete", found[0][1][0], view, reading)

    return joiner


def _in_order(kind: str, name: str) -> Callable[[list[Portion], ByteView, Reading], None]:
    """A joiner of portions that follow each other."""

    def joiner(portions: list[Portion], view: ByteView, reading: Reading) -> None:
        _parse(kind, name, portions, view, reading)

    return joiner


def _parse(kind: str, name: str, portions: list[Portion], view: ByteView, reading: Reading) -> None:
    """Parse a block; one of several portions gets the place of the first."""
    if len(portions) == 1:
        blocks.parse(kind, view.sub(*portions[0]), reading, name)
        return
    start = portions[0][0]
    if sum(size for _, size in portions) > reading.limits.block_bytes:
        reading.problem("limit.block-bytes", "A block is too long to be read.", view.span(start, 0))
        return
    reading.joined.append(tuple(view.span(at, size) for at, size in portions))
    joined = b"".join([view.take(at, size) for at, size in portions])
    blocks.parse(kind, ByteView(joined, view.start + start), reading, name)


def _incomplete(code: str, at: int, view: ByteView, reading: Reading) -> None:
    reading.problem(
        code, "A part of a block that fills several segments is missing.", view.span(at, 0)
    )


def _jumbf(portions: list[Portion], view: ByteView, reading: Reading) -> None:
    """Boxes, each of portions that tell its number and theirs (ISO/IEC 19566-5, annex D).

    Every portion begins with the head of the box, which only the first one keeps.
    """
    found: dict[int, list[tuple[int, int, Portion]]] = {}
    for at, size in portions:
        if size < _BOX_HEAD.size:
            continue
        box, number, length = view.unpack(_BOX_HEAD, at)
        head = _LONG_HEAD if length == 1 else _SHORT_HEAD
        if size >= _NUMBERS + head:
            portion = (at + _NUMBERS, size - _NUMBERS)
            found.setdefault(box, []).append((number, head, portion))
    for numbered in found.values():
        numbered.sort()
        first, _, (start, _) = numbered[0]
        if [number - first for number, _, _ in numbered] != list(range(len(numbered))):
            _incomplete("jumbf.incomplete", start, view, reading)
        parts = [numbered[0][2]]
        parts += [(at + head, size - head) for _, head, (at, size) in numbered[1:]]
        _parse("jumbf", "APP11", parts, view, reading)


_BOX_HEAD: Final = Struct(">HII")
"""The number of a box, the number of a portion of it, the length of the box."""
_NUMBERS: Final = 6
_SHORT_HEAD: Final = 8
_LONG_HEAD: Final = 16
_JOINERS: Final[dict[str, Callable[[list[Portion], ByteView, Reading], None]]] = {
    "xmp-portion": _extended_xmp,
    "unsigned-portion": unsigned_segments.join,
    "icc-portion": _numbered("icc", "APP2", _NUMBERED, 1),
    "flashpix-portion": flashpix_streams.join,
    "flir-portion": _numbered("flir", "APP1", _FLIR_HEAD, 0),
    "jumbf-portion": _jumbf,
    "exif-portion": _in_order("exif", "APP1"),
    "photoshop-portion": _in_order("photoshop", "APP13"),
}
