"""The datasets of IPTC IIM: rows of the generated table, joined with how values are worded."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mapy.explain.numbers import binary
from mapy.tags import iptc_rows
from mapy.tags.definition import Definition

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapy.tags.definition import Converter, Formatter, Names, Value


class Dataset(NamedTuple):
    """One dataset: its definition, the kind of its value, whether it may be repeated."""

    definition: Definition
    kind: str
    """`number`, `string` or `binary`."""
    repeats: bool


_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)")
_TIME = re.compile(r"(\d\d)(\d\d)(\d\d)")
_ZONE = re.compile(r"([-+]\d\d)(\d\d)\s*$")


def date(text: str) -> str:
    """`YYYYMMDD` with colons (IIM 4.2, section 1.5); another text with colons for its dashes."""
    match = _DATE.fullmatch(text)
    if match:
        return ":".join(match.groups())
    return text.replace("-", ":")


def time(text: str) -> str:
    """`HHMMSS` and what is behind it, with colons."""
    match = _TIME.match(text)
    if match:
        text = ":".join(match.groups()) + text[match.end() :]
    return _ZONE.sub(r"\1:\2", text)


def _each(convert: Callable[[str], str]) -> Converter:
    """A converter of a text, or of a list of them."""
    return lambda tag: (
        [convert(each) for each in tag.raw] if isinstance(tag.raw, list) else convert(str(tag.raw))
    )


_PREFERENCES = re.compile(r"(-?\d*):(-?\d*):(-?\d*):(-?\d*)\s*")


def preferences(value: Value) -> Value:
    """What Photo Mechanic notes in dataset 2:221."""
    match = _PREFERENCES.fullmatch(str(value))
    if not match:
        return value
    tagged, colour, rating, frame = match.groups()
    return f"Tagged:{tagged}, ColorClass:{colour}, Rating:{rating}, FrameNum:{frame}"


def _character_set(value: Value) -> Value:
    """The escape sequence of ISO 2022, in letters; UTF-8 by its name."""
    text = str(value)
    if text.startswith(UTF8_MARK):
        return "UTF8"
    return ", ".join(
        " ".join(("ESC", *part)) if number else " ".join(part)
        for number, part in enumerate(text.split("\x1b"))
        if part or number
    )


_PICTURE_NUMBER = 16


def _picture_number(value: Value) -> Value:
    """Maker, equipment, date and number of a picture (IIM, dataset 3:10), in one field."""
    raw = str(value).encode("latin-1", "replace")
    if len(raw) != _PICTURE_NUMBER:
        return "<format error>"
    maker, equipment = int.from_bytes(raw[:2], "big"), int.from_bytes(raw[2:6], "big")
    moment = raw[6:14].decode("latin-1")
    return f"{maker}, equip {equipment}, {moment}, no. {int.from_bytes(raw[14:], 'big')}"


def _hexadecimal(value: Value) -> Value:
    return f"0x{value:08x}" if isinstance(value, int) else value


UTF8_MARK = "\x1b%G"
"""The escape sequence in dataset 1:90 that announces UTF-8."""
OTHER_CODE = "\x1b%"
"""How those begin that announce a code other than ISO 2022: each is a level or a form of UTF-8."""
_CONVERT: dict[str, Converter] = {
    **dict.fromkeys(
        (
            *("DateSent", "ReleaseDate", "ExpirationDate", "ReferenceDate", "DateCreated"),
            "DigitalCreationDate",
        ),
        _each(date),
    ),
    **dict.fromkeys(
        (
            *("TimeSent", "ReleaseTime", "ExpirationTime", "TimeCreated"),
            "DigitalCreationTime",
        ),
        _each(time),
    ),
}
_SAY: dict[str, Formatter] = {
    "CodedCharacterSet": _character_set,
    "DataCompressionMethod": _hexadecimal,
    "IPTCPictureNumber": _picture_number,
    "Prefs": preferences,
}
_SAME_MEANINGS = {"ObjectPreviewFileFormat": "FileFormat"}


def _dataset(number: int, name: str, kind: str, *, repeats: bool) -> Dataset:
    words: Names | None = iptc_rows.MEANINGS.get(_SAME_MEANINGS.get(name, name))
    convert = binary if kind == "binary" else _CONVERT.get(name)
    return Dataset(Definition(number, name, words, convert, _SAY.get(name)), kind, repeats)


DATASETS = {
    (record, number): _dataset(number, name, kind, repeats=repeats)
    for record, number, name, kind, repeats in iptc_rows.ROWS
}
"""By record and number."""
