"""Colour profiles (ICC.1:2022): a header, a table of tags, and elements of typed values."""

from __future__ import annotations

import re
from struct import Struct, unpack_from
from typing import TYPE_CHECKING, Any, Final

from mapy.buffer import ByteView
from mapy.errors import Span
from mapy.explain.numbers import binary
from mapy.model import Tag
from mapy.tags import icc
from mapy.tags.definition import Definition
from mapy.tiff_types import PLAIN, UNDEFINED, spaced, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mapy.reading import Reading
    from mapy.tags.definition import Value

_HEADER: Final = 128
"""Bytes in front of the table of tags."""
_TABLE: Final = _HEADER + 4
"""Where the table begins, behind the number of its rows."""
_ENTRY: Final = Struct(">4sII")
"""Signature, place and length of an element."""
_NAME_RECORD: Final = Struct(">4sII")
_DICT_RECORD: Final = Struct(">4I")
_ELEMENT_HEAD: Final = 8
"""The type of an element and four reserved bytes."""
_COUNT_AND_SIZE: Final = Struct(">II")
_ROWS: Final = _ELEMENT_HEAD + _COUNT_AND_SIZE.size
"""Where the rows of a table inside an element begin."""
_MOST_TAGS: Final = 512
_MOST_TEXTS: Final = 512
"""Languages of one text, and rows of a dictionary."""
_MOST_NUMBERS: Final = 4096
"""More numbers than this are no value to show but a table."""


def parse(view: ByteView, reading: Reading) -> None:
    """Parse a profile: a directory of its header, one of its tags, and one of each record in it."""
    number = reading.number("icc")
    suffix = str(number) if number > 1 else ""
    header = icc.HEADER.tags(view, group="ICC-header" + suffix)
    reading.add("ICC-header" + suffix, header, view.span(0, _HEADER))
    profile = _Profile(view, suffix, reading)
    for code, place, length in profile.entries():
        profile.read(code.decode("latin-1"), place, length)
    reading.add("ICC_Profile" + suffix, profile.tags, view.span(_HEADER, view.size - _HEADER))


class _Profile:
    """Reads the elements of one profile."""

    __slots__ = ("_content", "_group", "_reading", "_start", "_suffix", "tags")

    def __init__(self, view: ByteView, suffix: str, reading: Reading) -> None:
        self._content = view.take(0, view.size)
        self._start = view.start
        self._reading = reading
        self._suffix = suffix
        """Behind the names of the groups: the number of the profile, if it is not the first."""
        self._group = "ICC_Profile" + suffix
        self.tags: list[Tag] = []
        """Of the elements that are no directory of their own."""

    def entries(self) -> Iterator[tuple[bytes, int, int]]:
        """Signature, place and length of each element."""
        content, size = self._content, len(self._content)
        if size < _TABLE:
            return
        count = int.from_bytes(content[_HEADER:_TABLE], "big")
        fitting = min((size - _TABLE) // _ENTRY.size, _MOST_TAGS)
        if count > fitting:
            self._problem("icc.cut-short", "A colour profile lacks some of its tags.", 0, 0)
            count = fitting
        table = content[_TABLE : _TABLE + count * _ENTRY.size]
        for number, entry in enumerate(_ENTRY.iter_unpack(table)):
            if entry[1] + entry[2] > size or entry[2] < _ELEMENT_HEAD:
                at = _TABLE + number * _ENTRY.size
                self._problem("icc.outside", "An element lies outside the profile.", at, 12)
            else:
                yield entry

    def _problem(self, code: str, message: str, at: int, length: int) -> None:
        self._reading.problem(code, message, Span(self._start + at, length))

    def read(self, code: str, place: int, length: int) -> None:
        """Read one element: a record or a dictionary is a directory of its own."""
        kind = self._content[place : place + 4]
        start = self._start + place
        element = b""
        if kind in _SHOWN and length <= self._reading.limits.value_bytes:
            self._reading.spend_value(length)  # elements may share their bytes
            element = self._content[place : place + length]
        record = icc.RECORDS.get(code)
        if record is not None and kind == code.encode("latin-1"):
            group = record.group + self._suffix
            tags = record.tags(ByteView(element, start), group=group)
            self._reading.add(group, tags, Span(start, length))
        elif code == "meta" and kind == b"dict":
            group = "ICC-meta" + self._suffix
            tags = list(_dictionary(element, start, group, self._reading))
            self._reading.add(group, tags, Span(start, length))
        elif code in icc.TAGS:
            group, definition = self._group, icc.TAGS[code]
            if kind == b"mluc":
                self.tags += _texts(element, start, group, definition, self._reading)
                return
            value = _VALUES[kind](element) if element and kind in _VALUES else None
            if value is None:  # what has no value to show stands for itself as a whole
                definition = _WHOLE[code]
                tag = Tag(group, definition, UNDEFINED, length, None, start, length)
            else:
                tag = Tag(group, definition, PLAIN, 1, value, start, length)
            self.tags.append(tag)


_WHOLE: Final = {code: each._replace(convert=binary) for code, each in icc.TAGS.items()}


def _described(element: bytes) -> Value | None:
    """The type textDescription (ICC.1:2001, section 6.5.17): its ASCII text."""
    at = _ELEMENT_HEAD + 4
    if len(element) < at:
        return None
    end = at + int.from_bytes(element[_ELEMENT_HEAD:at], "big")
    return text(element[at:end]) if end <= len(element) else None


def _plain(element: bytes) -> Value:
    return text(element[_ELEMENT_HEAD:].rstrip(b"\0").replace(b"\0", b""))


def _signature(element: bytes) -> Value | None:
    at = _ELEMENT_HEAD
    return text(element[at : at + 4]) if len(element) >= at + 4 else None


def _moment(element: bytes) -> Value | None:
    end = _ELEMENT_HEAD + _MOMENT.size
    return icc.moment(_MOMENT.unpack(element[_ELEMENT_HEAD:end])) if len(element) >= end else None


def _colours(element: bytes) -> Value:
    """XYZType: colours parted by commas."""
    numbers = _numbers(element, "i", 4)
    return ", ".join([icc.colour(numbers[at : at + 3]) for at in range(0, len(numbers), 3)])


def _listed(code: str, size: int) -> Callable[[bytes], Value | None]:
    def of_element(element: bytes) -> Value | None:
        numbers = _numbers(element, code, size)
        if len(numbers) > _MOST_NUMBERS:
            return None
        return numbers[0] if len(numbers) == 1 else spaced(numbers)

    return of_element


def _fixed(code: str) -> Callable[[bytes], Value | None]:
    def of_element(element: bytes) -> Value | None:
        numbers = _numbers(element, code, 4)
        return icc.fixed_text(numbers) if len(numbers) <= _MOST_NUMBERS else None

    return of_element


def _numbers(element: bytes, code: str, size: int) -> tuple[int, ...]:
    """All numbers of an element; one more than `_MOST_NUMBERS` at most."""
    count = min((len(element) - _ELEMENT_HEAD) // size, _MOST_NUMBERS + 1)
    return unpack_from(f">{count}{code}", element, _ELEMENT_HEAD)


_MOMENT: Final = Struct(">6H")
_VALUES: Final[dict[bytes, Callable[[bytes], Value | None]]] = {
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
_SHOWN: Final = _VALUES.keys() | {b"mluc", b"dict"} | {code.encode() for code in icc.RECORDS}
"""Types of which more than the head is read."""


def _rows(element: bytes, layout: Struct) -> Iterator[tuple[Any, ...]]:
    """The rows of a table inside an element: their number and size stand in front of them."""
    if len(element) < _ROWS:
        return
    count, size = _COUNT_AND_SIZE.unpack_from(element, _ELEMENT_HEAD)
    if size < layout.size:
        return
    for number in range(min(count, _MOST_TEXTS)):
        at = _ROWS + number * size
        if at + layout.size > len(element):
            return
        yield layout.unpack_from(element, at)


def _texts(
    element: bytes, start: int, group: str, definition: Definition, reading: Reading
) -> Iterator[Tag]:
    """The type multiLocalizedUnicode (ICC.1:2022, section 10.15): a tag for each language."""
    for code, length, place in _rows(element, _NAME_RECORD):
        if place + length > len(element):
            return
        reading.spend_value(length)
        named = _in_language(definition, code)
        value = _utf16(element, place, length)
        yield Tag(group, named, PLAIN, 1, value, start + place, length)


def _in_language(definition: Definition, code: bytes) -> Definition:
    """The definition for a language and its country; American English goes without."""
    match = _LANGUAGE.fullmatch(code)
    if match is None or code == b"enUS":
        return definition
    return definition._replace(name=f"{definition.name}-{match[1].decode()}-{match[2].decode()}")


_LANGUAGE: Final = re.compile(rb"([A-Za-z]{2})([A-Za-z]{2})")


def _utf16(element: bytes, place: int, length: int) -> str:
    whole = element[place : place + (length & ~1)]
    return whole.decode("utf-16-be", "replace").partition("\0")[0]


def _dictionary(element: bytes, start: int, group: str, reading: Reading) -> Iterator[Tag]:
    """The type dict (ICC.1:2022, section 10.8): names and their values."""
    for name_at, name_length, at, length in _rows(element, _DICT_RECORD):
        if max(name_at + name_length, at + length) > len(element):
            return
        reading.spend_value(name_length + length)
        name = _utf16(element, name_at, name_length)
        words = re.sub(
            r"[^-\w]", "", re.sub(r"\s+(\S)", lambda match: match[1].upper(), name), flags=re.ASCII
        )
        if words:
            definition = Definition(name, words[:1].upper() + words[1:])
            value = _utf16(element, at, length)
            yield Tag(group, definition, PLAIN, 1, value, start + at, length)
