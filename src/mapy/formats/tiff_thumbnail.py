"""Thumbnails that are pages of a TIFF file: small pictures in plain RGB."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mapy.explain.numbers import binary
from mapy.model import Directory, Tag
from mapy.tags.definition import Definition
from mapy.tiff_types import UNDEFINED

if TYPE_CHECKING:
    from mapy.reading import Reading

_THUMBNAIL: Final = Definition("ThumbnailTIFF", "ThumbnailTIFF", None, binary)
_CONDITIONS: Final[dict[int, object]] = {
    0x00FE: 1,  # SubfileType: reduced resolution
    0x0102: (8, 8, 8),  # BitsPerSample
    0x0103: 1,  # Compression: none
    0x0106: 2,  # PhotometricInterpretation: RGB
    0x0115: 3,  # SamplesPerPixel
    0x011C: 1,  # PlanarConfiguration: chunky
}
_STRIPS, _LENGTHS, _WIDTH, _HEIGHT = 0x0111, 0x0117, 0x0100, 0x0101
_SUBFILE_TYPE: Final = 0x00FE
_HEADER: Final = 216
"""Bytes of a header that makes the strip a TIFF file of its own."""


def add_thumbnails(reading: Reading) -> None:
    """Add the picture of each page that is a thumbnail in one strip."""
    for number, directory in enumerate(reading.directories):
        if not directory.name.startswith("IFD"):
            continue
        values = {tag.id: tag.raw for tag in directory}
        if any(values.get(tag_id, wanted) != wanted for tag_id, wanted in _CONDITIONS.items()):
            continue
        offset, length = values.get(_STRIPS), values.get(_LENGTHS)
        width, height = values.get(_WIDTH), values.get(_HEIGHT)
        if (
            _SUBFILE_TYPE in values
            and isinstance(offset, int)
            and isinstance(width, int)
            and isinstance(height, int)
            and isinstance(length, int)
            and 0 < length == width * height * 3
        ):
            tag = Tag(
                directory.name,
                _THUMBNAIL,
                UNDEFINED,
                1,
                None,
                offset,
                length + _HEADER,
            )
            reading.directories[number] = Directory(
                directory.name, (*directory.tags, tag), directory.span
            )
