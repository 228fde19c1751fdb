"""Where in a file something stands, in words: "EXIF", "XMP", "the maker's own notes"."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from mapy.text import Text, listed, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapy.model import Tag

EXIF = Text("EXIF")
CREDENTIALS = Text("Content Credentials (C2PA)")
MAKER_NOTES = Text("the camera maker's own notes")
_BY_GROUP = (
    (("GPS", "IFD", "ExifIFD", "SubIFD", "InteropIFD", "MetaIFD", "PreviewIFD", "KodakIFD"), EXIF),
    (("XMP", "Xmp"), Text("XMP")),
    (("IPTC", "FotoStation", "PhotoMechanic"), Text("IPTC")),
    (("CBOR", "JSON", "JUMBF", "Jpeg2000"), CREDENTIALS),
    (("Photoshop", "Ducky", "AdobeCM"), Text("Photoshop's own data")),
    (("PNG",), Text("PNG texts")),
    (("GIF", "SVG", "RIFF"), Text("the file's own texts")),
    (("File",), Text("a comment of the file")),
    (("GeoTiff",), Text("GeoTIFF")),
    (("QuickTime", "Track", "Keys", "UserData"), Text("the film's header")),
    (("MPF", "MPImage"), Text("the index of further pictures")),
    (("ICC",), Text("the colour profile")),
    (("FlashPix",), Text("FlashPix")),
    (
        (
            *("Apple", "Canon", "CIFF", "Casio", "DJI", "FLIR", "FujiFilm", "GE", "GoPro", "HP"),
            *("JVC", "Kodak", "Kyocera", "Leica", "Minolta", "Motorola", "Nikon", "Olympus"),
            *("Panasonic", "Pentax", "PhaseOne", "PictureInfo", "Qualcomm", "RAF", "Reconyx"),
            *("Ricoh", "RMETA", "Samsung", "Sanyo", "Sigma", "Sony", "SR2", "Vivo", "Google"),
            *("Hasselblad", "MakerNotes", "Xiaomi", "Huawei"),
        ),
        MAKER_NOTES,
    ),
)
"""How the groups of a block begin, and what people call it."""

_MOST_GROUPS = 512
"""Groups whose blocks are remembered: a file may have any number of them, of any name."""


def block_of(tag: Tag) -> Text:
    """The block that a tag stands in."""
    return _block_of(tag.group)


@lru_cache(_MOST_GROUPS)
def _block_of(group: str) -> Text:
    for starts, name in _BY_GROUP:
        if group.startswith(starts):
            return name
    return plain(group)


def blocks_of(tags: Iterable[Tag]) -> Text:
    """The blocks that tags stand in, each once: `EXIF, XMP and IPTC`."""
    return listed(list({str(name): name for name in map(block_of, tags)}.values()))


def count_blocks(tags: Iterable[Tag]) -> int:
    """In how many blocks tags stand."""
    return len({str(block_of(tag)) for tag in tags})
