"""IPTC IIM (version 4.2): datasets, each a marker, a record, a number, a length and a value."""

from __future__ import annotations

from struct import Struct, pack, unpack_from
from typing import TYPE_CHECKING, Final

from mapy.model import Tag
from mapy.tags.iptc import DATASETS, OTHER_CODE
from mapy.tiff_types import PLAIN, UNDEFINED

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading
    from mapy.tags.definition import Value
    from mapy.tags.iptc import Dataset

MARKER: Final = 0x1C
_HEAD: Final = Struct(">BBBH")
_EXTENDED: Final = 0x8000
"""Set in a length: the other bits tell how many bytes the real length has."""
_LONGEST_LENGTH: Final = 4
_LONGEST_NUMBER: Final = 8
_CHARACTER_SET = (1, 90)
_FIRST_DECODED: Final = 2
"""The records from this on have texts in the character set that the first one tells."""
STANDARD: Final = "IPTC"
"""What a block is called that stands where the standards put it; others are numbered from 2."""
_IN_IFD, _TIFF = "0x83BB", "TIFF"
"""The entry of an IFD that holds IPTC: standard in a file that is a TIFF, not in an EXIF block."""
_SWAPPED_WORD: Final = 4


def parse(name: str, view: ByteView, reading: Reading) -> None:
    """Parse a block of datasets: one directory."""
    group = _group(name, reading)
    content = _unswapped(view.take(0, view.size))
    start = view.start
    found: list[Tag] = []
    lists: dict[tuple[int, int], int] = {}
    is_utf8 = False
    for key, at, size in _datasets(content, view, reading):
        dataset = DATASETS.get(key)
        if dataset is None:
            continue
        raw = content[at : at + size]
        value = _value(dataset, raw, is_utf8=is_utf8 and key[0] >= _FIRST_DECODED)
        if key == _CHARACTER_SET:
            is_utf8 = str(value).startswith(OTHER_CODE)
        kind = UNDEFINED if value is None else PLAIN
        earlier = lists.get(key) if dataset.repeats else None
        if earlier is not None:
            found[earlier] = _longer(found[earlier], value)
        else:
            lists[key] = len(found)
            found.append(Tag(group, dataset.definition, kind, 1, value, start + at, size))
    reading.add(group, found, view.span(0, view.size))


def _group(name: str, reading: Reading) -> str:
    """`IPTC` for the first block at its standard place, else a number behind it."""
    number = reading.number("iptc")
    is_standard = name == STANDARD or (name == _IN_IFD and reading.blocks[0].name == _TIFF)
    if is_standard and reading.number("standard iptc") == 1:
        return STANDARD
    return f"{STANDARD}{max(number, 2)}"


def _unswapped(content: bytes) -> bytes:
    """The block as it should be: some writers of TIFF declare numbers, and swap the bytes."""
    size = len(content)
    if size < _SWAPPED_WORD or content[0] == MARKER or content[_SWAPPED_WORD - 1] != MARKER:
        return content
    count = size // _SWAPPED_WORD
    words = unpack_from(f">{count}I", content)
    return pack(f"<{count}I", *words)


def _datasets(
    content: bytes, view: ByteView, reading: Reading
) -> list[tuple[tuple[int, int], int, int]]:
    """Record and number, place and length of the value of each dataset."""
    found: list[tuple[tuple[int, int], int, int]] = []
    end, spend = len(content), reading.budget.spend
    at = 0
    while at + _HEAD.size <= end:
        marker, record, number, size = _HEAD.unpack_from(content, at)
        if marker != MARKER:
            if content[at:].strip(b"\0"):  # zeros may fill the block
                reading.problem("iptc.lost", "A dataset begins without a marker.", view.span(at, 0))
            break
        spend("datasets")
        at += _HEAD.size
        if size & _EXTENDED:
            digits = size & ~_EXTENDED
            if digits > _LONGEST_LENGTH or at + digits > end:
                reading.problem("iptc.bad-length", "A dataset is too long.", view.span(at, 0))
                break
            size = int.from_bytes(content[at : at + digits], "big")
            at += digits
        if at + size > end:
            reading.problem("iptc.cut-short", "A dataset is cut short.", view.span(at, 0))
            break
        found.append(((record, number), at, size))
        at += size
    return found


def _value(dataset: Dataset, raw: bytes, *, is_utf8: bool) -> Value | None:
    """The value of a dataset; None where it is neither text nor number."""
    if dataset.kind == "binary":
        return None
    if dataset.kind == "number" and len(raw) <= _LONGEST_NUMBER:
        return int.from_bytes(raw, "big")
    raw = raw.rstrip(b"\0")
    if raw.isascii():
        return raw.decode("ascii")
    return raw.decode("utf-8", "replace") if is_utf8 else raw.decode("cp1252", "ignore")


def _longer(tag: Tag, more: Value | None) -> Tag:
    """A tag with one value more."""
    if tag.type == UNDEFINED:
        return tag
    values = tag.raw if isinstance(tag.raw, list) else [tag.raw]
    values.append(more)
    return tag._replace(raw=values, count=len(values))
