"""The entries that a decoder of TIFF needs: the only ones that a copy has."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
import re
from typing import TYPE_CHECKING

from mapy.tags import exif
from mapy.tiff_types import ASCII, TIFF_TYPES, UNDEFINED, UTF8

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mapy.text import Text

ORIENTATION, ICC = 0x0112, 0x8773
OPAQUE = frozenset({0x015B})
"""Entries of bytes that are no numbers: the tables that streams of JPEG share."""
NUMERIC = frozenset(TIFF_TYPES) - {ASCII, UNDEFINED, UTF8}
"""Types that cannot hold a text; an entry of a decoder with another one is no such entry."""

DECODING = frozenset(
    {
        *(0x00FE, 0x00FF),  # which kind of page
        *(0x0100, 0x0101, 0x0102, 0x0103, 0x0106, 0x010A),  # size, depth, compression, colours
        *(0x0111, 0x0115, 0x0116, 0x0117, 0x0118, 0x0119, 0x011C),  # strips, samples, planes
        *(0x011A, 0x011B, 0x0128),  # resolution, which the standard demands
        *(0x0122, 0x0123, 0x0124, 0x0125),  # grey response; options of fax compression
        *(0x012D, 0x013D, 0x013E, 0x013F, 0x0140),  # transfer, predictor, white, primaries, palette
        *(0x0142, 0x0143, 0x0144, 0x0145, 0x014A),  # tiles; pictures below a page
        *(0x014C, 0x014E, 0x0150, 0x0152, 0x0153, 0x0154, 0x0155, 0x015A, 0x015B),  # inks, samples
        *(0x01B1, 0x01B2, 0x01B3),  # decoding of indexed and of binary pictures
        *range(0x0200, 0x020A),  # JPEG of TIFF 6.0
        *(0x0211, 0x0212, 0x0213, 0x0214, 0x022F),  # brightness and colour apart; rows of strips
        *(0x80E3, 0x80E4, 0x80E5, 0x80E6),  # alpha, type and depth of samples as SGI has them
        *(0x84E3, 0x84E4, 0x84E5, 0x84E6),  # runs and colours of IT8
        *(0x923F, 0xC5F2),  # scale of LogLuv; parameters of LERC
    }
)
"""By number. Private entries, texts and places of other blocks are not among them."""

_PAGES = re.compile(r"(IFD|SubIFD)\d*")
_PICTURES = frozenset(
    f"{name}{part}"
    for name in ("OtherImage", "PreviewImage", "JpgFromRaw", "Thumbnail")
    for part in ("", "Start", "Offset", "Length")
)
"""What the reader calls the JPEG stream of a page."""


class _OfPages(AbstractSet[str]):
    """Keys of these names, in the directory of any page."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names

    def __contains__(self, key: object) -> bool:
        group, _, name = str(key).partition(":")
        if _PAGES.fullmatch(group):
            return name in self._names or (name == "Orientation" and group != "IFD0")
        return key in _FILE

    def __iter__(self) -> Iterator[str]:
        yield from sorted(_FILE)
        for name in sorted(self._names):
            yield f"IFD0:{name}"

    def __len__(self) -> int:
        return len(self._names) + len(_FILE)


_FILE = frozenset(
    f"File:{name}" for name in ("FileType", "FileTypeExtension", "MIMEType", "ExifByteOrder")
)
STRUCTURE = _OfPages(
    _PICTURES
    | {"ThumbnailTIFF"}
    | {(exif.EXIF.get(tag) or exif.unknown(tag)).name for tag in DECODING}
)
STUCK: Mapping[str, Text] = {}
