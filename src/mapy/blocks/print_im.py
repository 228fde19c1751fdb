"""Print Image Matching (Epson; tag 0xC4A5): a signature, a version, and settings for a printer.

Only the version has a meaning that is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.records import record
from mapy.tags.definition import Definition

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

_SIGNATURE = b"PrintIM"
_HEADER = record("PrintIM", "<", (8, "4s", Definition("PrintIMVersion", "PrintIMVersion")))
_SHORTEST = 16


def parse(view: ByteView, reading: Reading) -> None:
    """Parse the value of the entry."""
    if len(view) >= _SHORTEST and view.take(0, len(_SIGNATURE)) == _SIGNATURE:
        reading.add("PrintIM", _HEADER.tags(view), view.span(0, len(view)))
