"""A block of IPTC's datasets (IIM 4.2) without those that a selection takes.

What stays moves together, and zeros fill the block to its length, as readers expect it.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from mapy.blocks.iptc import MARKER
from mapy.errors import LimitExceeded
from mapy.limits import DEFAULT_LIMITS
from mapy.tags.iptc import DATASETS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapy.clean.selection import Selection

_GROUP = "IPTC"
_HEAD = Struct(">BBBH")
_EXTENDED, _LONGEST_LENGTH = 0x8000, 4
"""Set in a length: the other bits tell how many bytes the real length has."""
_WORD = 4


def edit(block: bytes, selection: Selection) -> bytes:
    """The block without what `selection` takes, of the same length.

    Raises:
        LimitExceeded: there are more datasets than is allowed.
    """
    if not selection.drops_opaque:
        return block
    swapped = _is_swapped(block)
    whole = _swap(block) if swapped else block
    kept = bytearray()
    for key, at, end in _datasets(whole):
        dataset = DATASETS.get(key)
        if dataset is not None and not selection.takes(_GROUP, dataset.definition.name):
            kept += whole[at:end]
    edited = bytes(kept).ljust(len(block), b"\0")
    return _swap(edited) if swapped else edited


def _datasets(block: bytes) -> Iterator[tuple[tuple[int, int], int, int]]:
    """Record and number, start and end of each dataset, up to the first that is none."""
    at = 0
    for _ in range(DEFAULT_LIMITS.datasets):
        if at + _HEAD.size > len(block):
            return
        marker, record, number, size = _HEAD.unpack_from(block, at)
        if marker != MARKER:
            return
        body = at + _HEAD.size
        if size & _EXTENDED:
            digits = size & ~_EXTENDED
            if digits > _LONGEST_LENGTH:
                return
            size = int.from_bytes(block[body : body + digits], "big")
            body += digits
        if body + size > len(block):
            return
        yield (record, number), at, body + size
        at = body + size
    raise LimitExceeded("limit.datasets", "A block of IPTC has more datasets than is allowed.")


def _is_swapped(block: bytes) -> bool:
    """Whether its bytes are swapped by fours, as some writers of TIFF do."""
    return len(block) >= _WORD and block[0] != MARKER and block[_WORD - 1] == MARKER


def _swap(block: bytes) -> bytes:
    count, rest = divmod(len(block), _WORD)
    numbers = Struct(f">{count}I").unpack_from(block)
    return Struct(f"<{count}I").pack(*numbers) + bytes(rest)
