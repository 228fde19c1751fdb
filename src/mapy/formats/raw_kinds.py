"""Camera raw files that are shaped like TIFF: which they are, by what their directories say.

A file of one shape has as many names as there are makers. What tells them apart is the maker and
the picture: a colour filter array, or a compression that only raw files use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple

from mapy.explain.numbers import binary
from mapy.formats import FileKind
from mapy.model import Directory, Tag
from mapy.tags.definition import Definition
from mapy.tiff_types import UNDEFINED, text

if TYPE_CHECKING:
    from mapy.reading import Reading

_MAKE, _MODEL, _DNG_VERSION, _DNG_PRIVATE = 0x010F, 0x0110, 0xC612, 0xC634
_COMPRESSION, _PHOTOMETRIC, _SUBFILE_TYPE = 0x0103, 0x0106, 0x00FE
_RAW_PHOTOMETRIC: Final = frozenset({32803, 34892})
"""A colour filter array, and the linear raw of DNG."""
_RAW_COMPRESSIONS: Final = frozenset(
    {262, 32767, 32769, 32770, 32772, 32867, 34316, 34713, 34892, 65000, 65535}
)
_JPEG_OLD, _JPEG = 6, 7


class Maker(NamedTuple):
    """Files of one maker."""

    make: str
    """How Make begins, in lower case."""
    model: str
    """What Model has in it, in lower case."""
    kind: FileKind


def _kind(name: str, media_type: str) -> FileKind:
    return FileKind(name, f"image/{media_type}", name)


DNG: Final = _kind("DNG", "x-adobe-dng")
CR2: Final = _kind("CR2", "x-canon-cr2")
ORF: Final = _kind("ORF", "x-olympus-orf")
IIQ: Final = _kind("IIQ", "x-raw")
BIGTIFF: Final = FileKind("BTF", "image/x-tiff-big", "BTF")
NRW: Final = _kind("NRW", "x-nikon-nrw")
MARKS = (
    (8, b"CR", CR2),
    (8, b"IIII", IIQ),
    (8, b"MMMM", IIQ),
    *((0, mark, ORF) for mark in (b"IIRO", b"IIRS", b"MMOR")),
    *((2, mark, BIGTIFF) for mark in (b"+\0", b"\0+")),
)
"""Files that tell their kind in their first bytes: where, and what stands there."""
MAKERS = (
    Maker("nikon", "", _kind("NEF", "x-nikon-nef")),
    Maker("sony", "dsc-r1", _kind("SR2", "x-sony-sr2")),
    Maker("sony", "dsc-f828", _kind("SRF", "x-sony-srf")),
    Maker("sony", "dsc-v3", _kind("SRF", "x-sony-srf")),
    Maker("sony", "", _kind("ARW", "x-sony-arw")),
    Maker("pentax", "", _kind("PEF", "x-pentax-pef")),
    Maker("asahi", "", _kind("PEF", "x-pentax-pef")),
    Maker("ricoh", "pentax", _kind("PEF", "x-pentax-pef")),
    Maker("samsung", "", _kind("SRW", "x-samsung-srw")),
    Maker("hasselblad", "", _kind("3FR", "x-hasselblad-3fr")),
    Maker("imacon", "", _kind("FFF", "x-hasselblad-fff")),
    Maker("seiko epson", "", _kind("ERF", "x-epson-erf")),
    Maker("kodak", "dcs", _kind("DCR", "x-kodak-dcr")),
    Maker("eastman kodak", "", _kind("KDC", "x-kodak-kdc")),
    Maker("kodak", "", _kind("KDC", "x-kodak-kdc")),
    Maker("mamiya", "", _kind("MEF", "x-mamiya-mef")),
    Maker("leaf", "", _kind("MOS", "x-raw")),
    Maker("phase one", "", IIQ),
    Maker("leica", "", _kind("RWL", "x-leica-rwl")),
)


class Picture(NamedTuple):
    """What a directory's picture is called in files of a kind."""

    group: str
    start: int
    """The entry that tells where it lies."""
    length: int
    name: str
    suffix: str = "Start"
    image: str = ""
    """Behind the name of the picture itself."""


_STRIPS, _STRIP_LENGTHS, _JPEG_START, _JPEG_LENGTH = 0x0111, 0x0117, 0x0201, 0x0202
_PREVIEW_0: Final = Picture("IFD0", _JPEG_START, _JPEG_LENGTH, "PreviewImage")
PICTURES: Final = {
    "CR2": (Picture("IFD0", _STRIPS, _STRIP_LENGTHS, "PreviewImage"),),
    "ARW": (_PREVIEW_0,),
    "SR2": (_PREVIEW_0,),
    "PEF": (Picture("IFD2", _JPEG_START, _JPEG_LENGTH, "JpgFromRaw"),),
    "NRW": (Picture("IFD0", _JPEG_START, _JPEG_LENGTH, "Thumbnail", "Offset", "Image"),),
    "SRW": (Picture("SubIFD", _JPEG_START, _JPEG_LENGTH, "Thumbnail", "Offset", "Image"),),
}
_JPEG_IN_SUBIFD: Final = frozenset({"NEF", "NRW", "SRW"})
"""Kinds whose SubIFD holds a JPEG that has another name than in the rest."""
_SUBIFD_PICTURE: Final = Picture("SubIFD", _JPEG_START, _JPEG_LENGTH, "OtherImage")
_DNG_PICTURE: Final = Picture("SubIFD2", _STRIPS, _STRIP_LENGTHS, "JpgFromRaw")


def name_kind(reading: Reading, head: bytes) -> None:
    """Name the kind of a file whose directories have been read, and its pictures as it does."""
    values = _values(reading.directories)
    kind = _known_kind(values, head)
    if kind is None:
        return
    reading.kind = kind
    for picture in PICTURES.get(kind.name, ()):
        _rename(reading, picture)
    if kind.name not in _JPEG_IN_SUBIFD:
        _rename(reading, _SUBIFD_PICTURE)
    if kind is DNG and values["SubIFD2"].get(_COMPRESSION) == _JPEG:
        _rename(reading, _DNG_PICTURE)
    if kind.name in ("ARW", "SR2", "SRF"):
        sony = import_module("mapy.makernotes.sony.sr2")
        sony.follow(reading, _DNG_PRIVATE)
        _drop(reading, _DNG_PRIVATE)


def _values(directories: list[Directory]) -> dict[str, dict[int | str, object]]:
    """The raw values of the directories of TIFF, by group and number."""
    values: dict[str, dict[int | str, object]] = {"IFD0": {}, "SubIFD2": {}}
    for directory in directories:
        if directory.name.startswith(("IFD", "SubIFD")):
            values.setdefault(directory.name, {}).update({tag.id: tag.raw for tag in directory})
    return values


def _known_kind(values: dict[str, dict[int | str, object]], head: bytes) -> FileKind | None:
    first = values["IFD0"]
    for at, mark, kind in MARKS:
        if head.startswith(mark, at):
            return kind
    if _DNG_VERSION in first:
        return DNG
    make, model = (_words(first.get(number)) for number in (_MAKE, _MODEL))
    if (make or model).startswith("nikon") and first.get(_COMPRESSION) == _JPEG_OLD:
        return NRW
    is_raw = (make.startswith("sony") and _DNG_PRIVATE in first) or any(
        page.get(_PHOTOMETRIC) in _RAW_PHOTOMETRIC or page.get(_COMPRESSION) in _RAW_COMPRESSIONS
        for page in values.values()
    )
    for maker in MAKERS if is_raw else ():
        if make.startswith(maker.make) and maker.model in model:
            return maker.kind
    return None


def _words(raw: object) -> str:
    return text(raw).strip().lower() if isinstance(raw, bytes) else ""


def _rename(reading: Reading, picture: Picture) -> None:
    """Call the picture of a directory, and the tags that tell where it lies, by another name."""
    for number, directory in enumerate(reading.directories):
        if directory.name != picture.group:
            continue
        found = {tag.id: tag for tag in directory}
        start, length = found.get(picture.start), found.get(picture.length)
        if start is None or length is None or not isinstance(length.raw, int):
            return
        tags = [tag for tag in directory if not _is_picture(tag)]
        names = {
            picture.start: picture.name + picture.suffix,
            picture.length: picture.name + "Length",
        }
        tags = [
            tag._replace(definition=tag.definition._replace(name=names[int(tag.id)], convert=None))
            if tag.id in names
            else tag
            for tag in tags
        ]
        if isinstance(start.raw, int) and length.raw and not picture.image:
            definition = Definition(picture.name, picture.name, None, binary)
            tags.append(
                Tag(directory.name, definition, UNDEFINED, length.raw, None, start.raw, length.raw)
            )
        reading.directories[number] = Directory(directory.name, tuple(tags), directory.span)
        return


def _is_picture(tag: Tag) -> bool:
    return tag.raw is None and tag.id in ("OtherImage", "PreviewImage", "JpgFromRaw")


def _drop(reading: Reading, number: int) -> None:
    for place, directory in enumerate(reading.directories):
        if directory.name == "IFD0":
            tags = tuple(tag for tag in directory if tag.id != number)
            reading.directories[place] = Directory(directory.name, tags, directory.span)
