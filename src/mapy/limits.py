"""How much one file may cost. Every loop of a reader spends from a budget made of these numbers."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from mapy.errors import LimitExceeded

KIB: Final = 1024
MIB: Final = 1024 * KIB


class Limits(NamedTuple):
    """The bounds of one reading. The defaults suit a server that reads files of strangers."""

    pixels: int = 1_000_000_000
    """Pixels of the picture, as its header declares them; nothing is decoded."""
    segments: int = 5_000
    """JPEG segments in front of the picture's data."""
    chunks: int = 200_000
    """PNG or RIFF chunks."""
    boxes: int = 50_000
    """Boxes of HEIF, JPEG 2000, JPEG XL and C2PA."""
    box_depth: int = 24
    """Boxes inside boxes, values of CBOR or JSON inside values."""
    items: int = 200_000
    """Items of a HEIF file, their extents, references and properties together."""
    nodes: int = 100_000
    """Values of CBOR and JSON, those inside others included."""
    sub_blocks: int = 1_000_000
    """Sub-blocks of a GIF, each of up to 255 bytes; most hold the picture and are passed over."""
    datasets: int = 20_000
    """Datasets of IPTC, resources of Photoshop and other small pieces of blocks."""
    ifds: int = 1_000
    """Image file directories, pages and thumbnails included."""
    entries: int = 70_000
    """Entries of all IFDs together; one IFD can declare 65,535."""
    ifd_depth: int = 8
    """IFDs inside IFDs."""
    block_bytes: int = 8 * MIB
    """Bytes of one block held in memory."""
    value_bytes: int = 256 * KIB
    """Bytes of one tag's value; a longer one is reported with its length only."""
    total_value_bytes: int = 8 * MIB
    """Bytes of all values together: entries may overlap, so the file does not bound their sum."""
    read_bytes: int = 128 * MIB
    """Bytes read from the file."""
    inflated_bytes: int = 4 * MIB
    """Bytes that one compressed text may grow to."""
    total_inflated_bytes: int = 16 * MIB
    """Bytes that all compressed texts of a file may grow to."""
    unpacking_steps: int = 2_000_000
    """Literals and commands of Brotli, and what its tables cost: work that bytes do not bound."""
    xml_depth: int = 64
    """Elements inside elements."""
    xml_nodes: int = 100_000
    """Elements and attributes of one XML packet."""
    problems: int = 200
    """Problems kept; what follows is only counted as one more."""


DEFAULT_LIMITS: Final = Limits()


class Budget:
    """What is left of the limits while one file is read."""

    __slots__ = ("_left", "limits")

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._left = _by_name(limits).copy()

    def spend(self, name: str, amount: int = 1) -> None:
        """Take `amount` from the limit called `name`.

        Raises:
            LimitExceeded: the limit is used up.
        """
        left = self._left[name] - amount
        self._left[name] = left
        if left < 0:
            raise LimitExceeded(
                f"limit.{name.replace('_', '-')}",
                "The file asks for more than the reader's limits allow.",
                hint="This guards against files made to exhaust a reader.",
            )


@lru_cache(maxsize=8)
def _by_name(limits: Limits) -> dict[str, int]:
    return limits._asdict()
