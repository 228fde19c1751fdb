"""The text that Olympus, Agfa, Epson and others wrote into APP12: sections of `name=value`."""

from __future__ import annotations

from datetime import UTC, datetime
import re
from typing import TYPE_CHECKING

from mapy.explain import words
from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tiff_types import PLAIN

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading
    from mapy.tags.definition import Value

_ENTRY = re.compile(r"([\w#-]{1,40})=([\x20-\x7e]{1,500})")
_MICROSECOND = 1e-6
_LONGEST_MOMENT = 10
_OFF_ON: dict[int | str, str] = {0: "Off", 1: "On"}


def _seconds(tag: Tag) -> Value:
    return tag.raw * _MICROSECOND if isinstance(tag.raw, int) else str(tag.raw)


def _aperture(tag: Tag) -> Value:
    return _number(str(tag.raw).lstrip("Ff"))


def _moment(tag: Tag) -> Value:
    """Seconds since 1970."""
    if not isinstance(tag.raw, int) or len(str(tag.raw)) > _LONGEST_MOMENT:
        return str(tag.raw)
    return datetime.fromtimestamp(tag.raw, UTC).strftime("%Y:%m:%d %H:%M:%S")


def _size(value: Value) -> Value:
    return str(value).replace("-", "x")


_EXPOSURE = Definition("Shutter", "ExposureTime", None, _seconds, words.exposure_time)
_DEFINITIONS = {
    "ExpBias": Definition("ExpBias", "ExposureCompensation"),
    "FNumber": Definition("FNumber", "FNumber", None, _aperture, words.f_number),
    "Aperture": Definition("Aperture", "Aperture", None, _aperture, words.f_number),
    "FWare": Definition("FWare", "FirmwareVersion"),
    "Flash": Definition("Flash", "Flash", _OFF_ON),
    "ImageSize": Definition("ImageSize", "ImageSize", say=_size),
    "Macro": Definition("Macro", "Macro", _OFF_ON),
    "Serial#": Definition("Serial#", "SerialNumber"),
    "Shutter": _EXPOSURE,
    "shtr": _EXPOSURE,
    "TimeDate": Definition("TimeDate", "DateTimeOriginal", convert=_moment),
    "Type": Definition("Type", "CameraType"),
    "Ytarget": Definition("Ytarget", "YTarget"),
    "ylevel": Definition("ylevel", "YLevel"),
}


def parse(view: ByteView, reading: Reading) -> None:
    """Parse the text of a segment: one directory."""
    reading.add("PictureInfo", tags_of(view, reading, "PictureInfo"), view.span(0, len(view)))


def tags_of(view: ByteView, reading: Reading, group: str) -> list[Tag]:
    """The tags of such a text, which Olympus has in its notes too."""
    text = view.take(0, len(view)).decode("latin-1")
    tags: list[Tag] = []
    for match in _ENTRY.finditer(text):
        reading.budget.spend("datasets")
        name, value = match.groups()
        tags.append(
            Tag(
                group,
                _DEFINITIONS.get(name) or _define(name),
                PLAIN,
                1,
                _number(value),
                view.start + match.start(2),
                len(value),
            )
        )
    return tags


def _define(name: str) -> Definition:
    words = re.sub(r"[^-\w]", "", name, flags=re.ASCII)
    shown = words[:1].upper() + words[1:]
    return Definition(name, shown if len(shown) > 1 else f"Tag{shown}")


def _number(text: str) -> Value:
    if re.fullmatch(r"\d{1,10}", text):
        return int(text)
    return float(text) if re.fullmatch(r"\d{1,5}\.\d{1,10}", text) else text
