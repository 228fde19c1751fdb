"""What the page shows of one picture: sentences, facts and rows made from its `Metadata`."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
import re
from typing import TYPE_CHECKING

from mapy.explain.place import as_degrees
from mapy.output.json import selected
from mapy.output.table import shown
from mapy.web.actions import read_upload
from safelight.api import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapy import Metadata, Position, Tag
    from safelight.api import OptionValue, Request, Upload

PREVIEW_BYTES = 512 * 1024
"""The largest file that the page carries along as its own preview."""
DRAWN_BY_BROWSERS = ("image/jpeg", "image/png", "image/webp")
JPEG_START = b"\xff\xd8\xff"


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the summary."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """The position in the ways that people write it, and a link for those who click it."""

    decimal: str
    degrees: str
    altitude: str
    map_link: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A picture inside the page."""

    uri: str
    caption: str


@dataclass(frozen=True, slots=True)
class Row:
    """One tag."""

    name: str
    readable: str
    stored: str
    where: str


@dataclass(frozen=True, slots=True)
class Group:
    """The tags of one directory."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that was wrong in a file, and where."""

    message: str
    where: str


@dataclass(frozen=True, slots=True)
class Picture:
    """All that the page shows of one upload."""

    index: int
    name: str
    error: Refusal | None = None
    position: Place | None = None
    facts: tuple[Fact, ...] = ()
    preview: Preview | None = None
    problems: tuple[Trouble, ...] = ()
    groups: tuple[Group, ...] = ()

    @property
    def count(self) -> int:
        """How many tags there are."""
        return sum(len(group.rows) for group in self.groups)


TAKEN = ("ExifIFD:DateTimeOriginal", "XMP-exif:DateTimeOriginal", "XMP-photoshop:DateCreated")
TIME_ZONE = ("ExifIFD:OffsetTimeOriginal", "ExifIFD:OffsetTime")
MAKE = ("IFD0:Make", "XMP-tiff:Make")
MODEL = ("IFD0:Model", "XMP-tiff:Model")
FACTS = (
    ("Lens", ("ExifIFD:LensModel", "XMP-aux:Lens")),
    ("Serial number", ("ExifIFD:SerialNumber", "XMP-aux:SerialNumber")),
    ("Owner", ("ExifIFD:OwnerName", "XMP-aux:OwnerName")),
    ("Author", ("IFD0:Artist", "XMP-dc:Creator", "PNG:Author")),
    ("Copyright", ("IFD0:Copyright", "XMP-dc:Rights", "PNG:Copyright")),
    ("Software", ("IFD0:Software", "XMP-xmp:CreatorTool", "PNG:Software")),
    ("Description", ("IFD0:ImageDescription", "XMP-dc:Description", "PNG:Description")),
)
"""More lines of the summary: their names, and the tags of which the first one there counts."""


def pictures_of(request: Request) -> tuple[Picture, ...]:
    """What the page shows of the files of a request, in their order."""
    return tuple(
        _picture(index, upload, request.options) for index, upload in enumerate(request.files)
    )


def heading_of(pictures: Sequence[Picture]) -> str:
    """The sentence above the pictures."""
    if len(pictures) == 1:
        picture = pictures[0]
        if picture.error:
            return "This file could not be read"
        where = "says where it was taken" if picture.position else "does not say where it was taken"
        return f"This picture {where}"
    placed = sum(picture.position is not None for picture in pictures)
    broken = sum(picture.error is not None for picture in pictures)
    say = "says where it was taken" if placed == 1 else "say where they were taken"
    heading = f"{placed} of {len(pictures)} pictures {say}"
    return f"{heading}; {broken} could not be read" if broken else heading


def _picture(index: int, upload: Upload, options: Mapping[str, OptionValue]) -> Picture:
    try:
        metadata = read_upload(upload)
    except Refusal as refusal:
        return Picture(index, upload.name, refusal)
    return Picture(
        index=index,
        name=upload.name,
        position=_place(metadata.position) if metadata.position else None,
        facts=_facts(metadata),
        preview=_preview(metadata, upload.content),
        problems=tuple(Trouble(p.message, _where(*p.span)) for p in metadata.problems),
        groups=_groups(metadata, options),
    )


def _place(position: Position) -> Place:
    latitude, longitude = f"{position.latitude:.6f}", f"{position.longitude:.6f}"
    altitude = position.altitude
    side = "above" if altitude is None or altitude >= 0 else "below"
    return Place(
        decimal=f"{latitude}, {longitude}",
        degrees=as_degrees(position),
        altitude="" if altitude is None else f"{abs(altitude):.0f} m {side} sea level",
        map_link=(
            f"https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}"
            f"#map=15/{latitude}/{longitude}"
        ),
    )


def _facts(metadata: Metadata) -> tuple[Fact, ...]:
    found = [("Taken", _taken(metadata)), ("Camera", _camera(metadata))]
    found += [(label, _first(metadata, keys)) for label, keys in FACTS]
    found.append(("File", _file_line(metadata)))
    return tuple(Fact(label, text) for label, text in found if text)


def _taken(metadata: Metadata) -> str:
    """Date and time as the camera wrote them, and whether it said of which zone."""
    taken = _first(metadata, TAKEN)
    if not taken:
        return ""
    day, _, time = taken.partition(" ")
    zone = _first(metadata, TIME_ZONE)
    said = f"(zone {zone})" if zone else "" if _ZONED.search(time) else "(no time zone is given)"
    return f"{day.replace(':', '-')} {time} {said}".rstrip()


_ZONED = re.compile(r"(Z|[-+]\d\d:\d\d)$")


def _camera(metadata: Metadata) -> str:
    """Maker and model; many models already begin with their maker's name."""
    make, model = _first(metadata, MAKE), _first(metadata, MODEL)
    if make and model.casefold().startswith(make.casefold().split()[0]):
        return model
    return f"{make} {model}".strip()


def _first(metadata: Metadata, keys: Sequence[str]) -> str:
    for key in keys:
        tag = metadata.get(key)
        text = shown(tag.readable).strip() if tag else ""
        if text:
            return text
    return ""


def _file_line(metadata: Metadata) -> str:
    width, height = metadata.get("File:ImageWidth"), metadata.get("File:ImageHeight")
    pixels = f"{width.machine} × {height.machine} pixels, " if width and height else ""
    return f"{metadata.format}, {pixels}{_size(metadata.size)}"


def _size(size_bytes: int) -> str:
    for unit, name in ((1_000_000, "MB"), (1_000, "kB")):
        if size_bytes >= unit:
            return f"{size_bytes / unit:.1f} {name}"
    return f"{size_bytes} bytes"


def _preview(metadata: Metadata, content: bytes) -> Preview | None:
    """The picture as the page can carry it: itself when small, else the one inside it."""
    if metadata.media_type in DRAWN_BY_BROWSERS and len(content) <= PREVIEW_BYTES:
        return Preview(_data_uri(metadata.media_type, content), "")
    thumbnail = metadata.thumbnail
    if (
        thumbnail is not None
        and thumbnail.startswith(JPEG_START)
        and len(thumbnail) <= PREVIEW_BYTES
    ):
        return Preview(_data_uri("image/jpeg", thumbnail), "The small picture inside the file")
    return None


def _data_uri(media_type: str, content: bytes) -> str:
    return f"data:{media_type};base64,{b64encode(content).decode()}"


def _groups(metadata: Metadata, options: Mapping[str, OptionValue]) -> tuple[Group, ...]:
    group, name = options.get("group"), options.get("tag")
    rows: dict[str, list[Row]] = {}
    for tag in selected(
        metadata,
        group if isinstance(group, str) else None,
        name if isinstance(name, str) else None,
    ):
        rows.setdefault(tag.group, []).append(_row(tag, is_numeric=bool(options.get("numeric"))))
    return tuple(Group(name, tuple(found)) for name, found in rows.items())


def _row(tag: Tag, *, is_numeric: bool) -> Row:
    stored = shown(tag.machine)
    readable = stored if is_numeric else shown(tag.readable)
    return Row(tag.name, readable, stored if stored != readable else "", _where(*tag.span))


def _where(offset: int, length: int) -> str:
    return f"{offset:#x}–{offset + length:#x}" if length else ""
