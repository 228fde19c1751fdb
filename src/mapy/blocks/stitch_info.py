"""What Windows Live Photo Gallery keeps of a panorama it stitched, in EXIF (0x4748)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from mapy.tags.maker_tables import ValueMeanings, record

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading
    from mapy.records import Record

GROUP = "Microsoft"


def parse(view: ByteView, reading: Reading) -> None:
    """Parse the numbers of the panorama, whose byte order is always the little one."""
    reading.add(GROUP, _record().tags(view, "<"), view.span(0, len(view)))


@cache
def _record() -> Record:
    return record("microsoft", "Stitch", "float", ValueMeanings())
