"""Colour profiles (ICC.1:2022): a header, a table of tags, and elements of typed values."""

from __future__ import annotations

import re
from struct import Struct
from typing import TYPE_CHECKING

from mapy.explain.numbers import binary
from mapy.model import Tag
from mapy.tags import icc
from mapy.tags.definition import Definition
from mapy.tiff_types import PLAIN, UNDEFINED, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapy.buffer import ByteView
    from mapy.reading import Reading
    from mapy.tags.definition import Value

_HEADER = 128
"""Bytes in front of the table of tags."""
_ENTRY = Struct(">4sII")
"""Signature, place and length of an element."""
_NAME_RECORD = Struct(">4sII")
_DICT_RECORD = Struct(">4I")
_ELEMENT_HEAD = 8
"""The type of an element and four reserved bytes."""
_MOST_TAGS = 512
_MOST_TEXTS = 512
"""Languages of one text, and rows of a dictionary."""
_MOST_NUMBERS = 4096
"""More numbers than this are no value to show but a table."""


def parse(view: ByteView, reading: Reading) -> None:
    """Parse a profile: a directory of its header, one of its tags, and one of each record in it."""
    number = reading.number("icc")
    suffix = str(number) if number > 1 else ""
    reading.add(
        "ICC-header" + suffix,
        icc.HEADER.tags(view, group="ICC-header" + suffix),
        view.span(0, _HEADER),
    )
    tags: list[Tag] = []
    for at in _entries(view, reading):
        code, place, length = view.unpack(_ENTRY, at)
        if not view.has(place, length) or length < _ELEMENT_HEAD:
            reading.problem(
                "icc.outside", "An element lies outside the profile.", view.span(at, 12)
            )
            continue
        element = _whole(view, place, length, reading)
        _element(element, (code.decode("latin-1"), length), suffix, tags, reading)
    reading.add("ICC_Profile" + suffix, tags, view.span(_HEADER, len(view) - _HEADER))


def _entries(view: ByteView, reading: Reading) -> range:
    """Where the rows of the table of tags are."""
    if len(view) < _HEADER + 4:
        return range(0)
    count = view.u32be(_HEADER)
    fitting = (len(view) - _HEADER - 4) // _ENTRY.size
    if count > min(fitting, _MOST_TAGS):
        reading.problem(
            "icc.cut-short", "A colour profile lacks some of its tags.", view.span(0, 0)
        )
        count = min(fitting, _MOST_TAGS)
    return range(_HEADER + 4, _HEADER + 4 + count * _ENTRY.size, _ENTRY.size)


def _whole(view: ByteView, place: int, length: int, reading: Reading) -> ByteView:
    """An element, if its value is to be shown; else its head. Elements may share their bytes."""
    if view.take(place, 4) not in _SHOWN or length > reading.limits.value_bytes:
        return view.sub(place, _ELEMENT_HEAD)
    reading.spend_value(length)
    return view.sub(place, length)


def _element(
    view: ByteView, entry: tuple[str, int], suffix: str, tags: list[Tag], reading: Reading
) -> None:
    """The tags of one element: a record or a dictionary is a directory of its own."""
    code, length = entry
    record = icc.RECORDS.get(code)
    kind = view.take(0, 4)
    if record is not None and kind == code.encode("latin-1"):
        group = record.group + suffix
        reading.add(group, record.tags(view, group=group), view.span(0, len(view)))
    elif code == "meta" and kind == b"dict":
        group = "ICC-meta" + suffix
        reading.add(group, _dictionary(view, group, reading), view.span(0, len(view)))
    elif code in icc.TAGS:
        group, definition = "ICC_Profile" + suffix, icc.TAGS[code]
        if kind == b"mluc":
            tags += _texts(view, group, definition, reading)
        else:
            tags.append(_single(view, length, group, definition, kind))


def _single(view: ByteView, size: int, group: str, definition: Definition, kind: bytes) -> Tag:
    """The one tag of an element; what has no value to show stands for itself as a whole."""
    read = _VALUES.get(kind) if len(view) == size else None
    value = None if read is None else read(view)
    if value is None:
        whole = definition._replace(convert=binary)
        return Tag(group, whole, UNDEFINED, size, None, view.start, size)
    return Tag(group, definition, PLAIN, 1, value, view.start, size)


def _described(view: ByteView) -> Value | None:
    """The type textDescription (ICC.1:2001, section 6.5.17): its ASCII text."""
    at = _ELEMENT_HEAD + 4
    if not view.has(_ELEMENT_HEAD, 4):
        return None
    length = view.u32be(_ELEMENT_HEAD)
    return text(view.take(at, length)) if view.has(at, length) else None


def _plain(view: ByteView) -> Value:
    raw = view.take(_ELEMENT_HEAD, len(view) - _ELEMENT_HEAD)
    return text(raw.rstrip(b"\0").replace(b"\0", b""))


def _signature(view: ByteView) -> Value | None:
    at = _ELEMENT_HEAD
    return text(view.take(at, 4)) if view.has(at, 4) else None


def _moment(view: ByteView) -> Value | None:
    at = _ELEMENT_HEAD
    return icc.moment(view.unpack(_MOMENT, at)) if view.has(at, _MOMENT.size) else None


def _colours(view: ByteView) -> Value:
    """XYZType: colours parted by commas."""
    numbers = _numbers(view, "i", 4)
    return ", ".join(icc.fixed_text(numbers[at : at + 3]) for at in range(0, len(numbers), 3))


def _listed(code: str, size: int) -> Callable[[ByteView], Value | None]:
    def of_view(view: ByteView) -> Value | None:
        numbers = _numbers(view, code, size)
        if len(numbers) > _MOST_NUMBERS:
            return None
        return numbers[0] if len(numbers) == 1 else " ".join(map(str, numbers))

    return of_view


def _fixed(code: str) -> Callable[[ByteView], Value | None]:
    def of_view(view: ByteView) -> Value | None:
        numbers = _numbers(view, code, 4)
        return icc.fixed_text(numbers) if len(numbers) <= _MOST_NUMBERS else None

    return of_view


def _numbers(view: ByteView, code: str, size: int) -> tuple[int, ...]:
    """All numbers of an element; one more than `_MOST_NUMBERS` at most."""
    count = min((len(view) - _ELEMENT_HEAD) // size, _MOST_NUMBERS + 1)
    return view.unpack(Struct(f">{count}{code}"), _ELEMENT_HEAD)


_MOMENT = Struct(">6H")
_VALUES: dict[bytes, Callable[[ByteView], Value | None]] = {
    b"desc": _described,
    b"text": _plain,
    b"sig ": _signature,
    b"dtim": _moment,
    b"XYZ ": _colours,
    b"sf32": _fixed("i"),
    b"uf32": _fixed("I"),
    b"ui08": _listed("B", 1),
    b"ui16": _listed("H", 2),
    b"ui32": _listed("I", 4),
    b"ui64": _listed("Q", 8),
}
"""By type of element: what gives its value."""
_SHOWN = _VALUES.keys() | {b"mluc", b"dict"} | {code.encode() for code in icc.RECORDS}
"""Types of which more than the head is read."""


def _texts(view: ByteView, group: str, definition: Definition, reading: Reading) -> list[Tag]:
    """The type multiLocalizedUnicode (ICC.1:2022, section 10.15): a tag for each language."""
    tags: list[Tag] = []
    count, size = (
        (view.u32be(_ELEMENT_HEAD), view.u32be(_ELEMENT_HEAD + 4)) if view.has(8, 8) else (0, 0)
    )
    for number in range(min(count, _MOST_TEXTS)):
        at = _ELEMENT_HEAD + 8 + number * size
        if size < _NAME_RECORD.size or not view.has(at, _NAME_RECORD.size):
            break
        code, length, place = view.unpack(_NAME_RECORD, at)
        if not view.has(place, length):
            break
        reading.spend_value(length)
        named = _in_language(definition, code)
        value = _utf16(view, place, length)
        tags.append(Tag(group, named, PLAIN, 1, value, view.start + place, length))
    return tags


def _in_language(definition: Definition, code: bytes) -> Definition:
    """The definition for a language and its country; American English goes without."""
    match = _LANGUAGE.fullmatch(code)
    if match is None or code == b"enUS":
        return definition
    return definition._replace(name=f"{definition.name}-{match[1].decode()}-{match[2].decode()}")


_LANGUAGE = re.compile(rb"([A-Za-z]{2})([A-Za-z]{2})")


def _utf16(view: ByteView, place: int, length: int) -> str:
    return view.take(place, length & ~1).decode("utf-16-be", "replace").partition("\0")[0]


def _dictionary(view: ByteView, group: str, reading: Reading) -> list[Tag]:
    """The type dict (ICC.1:2022, section 10.8): names and their values."""
    tags: list[Tag] = []
    count, size = (
        (view.u32be(_ELEMENT_HEAD), view.u32be(_ELEMENT_HEAD + 4)) if view.has(8, 8) else (0, 0)
    )
    for number in range(min(count, _MOST_TEXTS)):
        at = _ELEMENT_HEAD + 8 + number * size
        if size < _DICT_RECORD.size or not view.has(at, _DICT_RECORD.size):
            break
        name_at, name_length, at, length = view.unpack(_DICT_RECORD, at)
        if not (view.has(name_at, name_length) and view.has(at, length)):
            break
        reading.spend_value(name_length + length)
        name = _utf16(view, name_at, name_length)
        words = re.sub(
            r"[^-\w]", "", re.sub(r"\s+(\S)", lambda match: match[1].upper(), name), flags=re.ASCII
        )
        if words:
            definition = Definition(name, words[:1].upper() + words[1:])
            tags.append(
                Tag(group, definition, PLAIN, 1, _utf16(view, at, length), view.start + at, length)
            )
    return tags
