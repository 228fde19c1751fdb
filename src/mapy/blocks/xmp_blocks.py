"""What properties of XMP lead to: blocks that they hold in base64, pictures behind the file's."""

from __future__ import annotations

from binascii import Error as NotBase64
from binascii import a2b_base64
from typing import TYPE_CHECKING, Final

from mapy import blocks
from mapy.blocks.google_container import SEMANTIC, read_items
from mapy.buffer import ByteView

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapy.reading import Reading

_HELD: Final = {
    ("GCamera:HdrPlusMakernote",): "hdr-plus",
    ("GCamera:hdrp_makernote",): "hdr-plus",
}
"""By the path of a property: the kind of block."""
_NO_LANGUAGE: Final = ""


def read_blocks(
    values: Mapping[tuple[tuple[str, ...], str], Sequence[str]], view: ByteView, reading: Reading
) -> None:
    """Hand on what the properties of a packet hold; `values` has them by path and language."""
    if SEMANTIC in values:
        read_items(values, reading)
    for path, kind in _HELD.items():
        for value in values.get((path, _NO_LANGUAGE), ()):
            try:
                content = a2b_base64(value.encode() + b"==")
            except (NotBase64, ValueError):
                continue
            if content:
                blocks.parse(kind, ByteView(content, view.start), reading, path[-1])
