"""Kyocera's raw files (Contax N Digital): a record in front of the data, its texts reversed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.tags import maker_tables
from mapy.tags.maker_tables import ValueMeanings

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.model import Tag
    from mapy.reading import Reading
    from mapy.tags.definition import Value

SIGNATURE = b"ARECOYK"
SIGNATURE_AT = 25
_SIZE = 156
_LIMIT = 1000
"""No exponent is greater."""


def _reversed(tag: Tag) -> Value:
    raw = tag.raw.strip(b"\0")[::-1]
    return str(raw.decode("latin-1")).strip()


def _exposure(tag: Tag) -> Value:
    return 2 ** (min(int(tag.raw), _LIMIT) / 8) / 16000


def _aperture(tag: Tag) -> Value:
    return 2 ** (min(int(tag.raw), _LIMIT) / 16)


def _two_digits(value: Value) -> Value:
    return f"{value:.2g}" if isinstance(value, (int, float)) else value


def _seconds(value: Value) -> Value:
    if not isinstance(value, float) or value >= 0.25001:  # noqa: PLR2004 - as photographers write
        return value
    return f"1/{int(0.5 + 1 / value)}"


_RECORD = maker_tables.record(
    "kyocera",
    "Raw.Main",
    "int8u",
    ValueMeanings(
        convert={
            **dict.fromkeys(("FirmwareVersion", "Model", "Make", "DateTimeOriginal"), _reversed),
            "ExposureTime": _exposure,
            "FNumber": _aperture,
            "MaxAperture": _aperture,
        },
        say={
            "ExposureTime": _seconds,
            "FNumber": _two_digits,
            "MaxAperture": _two_digits,
            "FocalLength": lambda value: f"{value} mm",
        },
    ),
)


class Kyocera:
    """A raw file of Kyocera."""

    name = "RAW"
    media_type = "image/x-raw"
    extension = "RAW"

    def recognises(self, head: bytes) -> bool:
        """Whether the maker's name stands, reversed, in its place."""
        return head.startswith(SIGNATURE, SIGNATURE_AT)

    def read(self, view: ByteView, reading: Reading) -> None:
        """Read the record."""
        block = view.sub(0, min(view.size, _SIZE))
        reading.add(_RECORD.group, _RECORD.tags(block, ">"), view.span(0, _SIZE))
