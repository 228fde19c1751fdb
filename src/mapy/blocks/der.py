"""DER (ITU-T X.690): elements of a tag, a length and a content, as certificates are written.

Walks what it is asked for and no deeper, so that nothing in the bytes decides how deep it goes.
"""

from __future__ import annotations

from functools import lru_cache
import re
from typing import TYPE_CHECKING, Final

from mapy.errors import OutOfBounds, Span

if TYPE_CHECKING:
    from mapy.limits import Budget

OCTETS, OID = 0x04, 0x06
SEQUENCE, SET = 0x30, 0x31
UTC_TIME, GENERALIZED_TIME = 0x17, 0x18
_CONTEXT: Final = 0xA0
"""A tag whose meaning the place tells: constructed, of context-specific class."""
_LONG_TAG: Final = 0x1F
_LONG_LENGTH: Final = 0x80
_HEAD: Final = 2
"""Bytes of a tag and its length, or of the number of bytes that the length takes instead."""
_LONGEST_LENGTH: Final = 4
_ENCODINGS: Final = {
    0x0C: "utf-8",
    0x12: "ascii",
    0x13: "ascii",
    0x14: "latin-1",
    0x16: "ascii",
    0x1A: "ascii",
    0x1C: "utf-32-be",
    0x1E: "utf-16-be",
}
"""Of each type of text: how its characters are written."""
_DIGITS: Final = re.compile(r"[0-9]{14}(\.[0-9]+)?")
_MORE: Final = 0x80
"""The bit of a byte that says that the number goes on."""
_ARCS: Final = 40
_LONGEST_OID: Final = 64


def context(number: int) -> int:
    """The tag `[number]` around other elements."""
    return _CONTEXT | number


class Element:
    """One element: its tag, its content, and where that stands in the file."""

    __slots__ = ("at", "content", "tag")

    def __init__(self, tag: int, content: bytes, at: int) -> None:
        self.tag = tag
        self.content = content
        self.at = at

    @property
    def span(self) -> Span:
        """Where its content stands in the file."""
        return Span(self.at, len(self.content))


def elements(content: bytes, start: int, budget: Budget, most: int = 0) -> list[Element]:
    """The elements of bytes that stand at `start` in the file; only the first ones, if so wished.

    Raises:
        OutOfBounds: one is longer than the bytes, or of a form that DER does not have.
        LimitExceeded: there are more than `Limits.nodes`.
    """
    found: list[Element] = []
    at, size = 0, len(content)
    most = most or budget.limits.nodes + 1  # of which the budget does not allow the last
    while at < size and len(found) < most:
        body = at + _HEAD
        if body > size:
            raise _malformed()
        tag, length = content[at], content[at + 1]
        if tag & _LONG_TAG == _LONG_TAG:
            raise _malformed()
        if length & _LONG_LENGTH:
            count = length & ~_LONG_LENGTH
            if not 0 < count <= _LONGEST_LENGTH or body + count > size:
                raise _malformed()
            length = int.from_bytes(content[body : body + count], "big")
            body += count
        at = body + length
        if at > size:
            raise OutOfBounds("der.cut-short", "A certificate is cut short.")
        found.append(Element(tag, content[body:at], start + body))
    budget.spend("nodes", len(found))
    return found


def first(content: bytes, start: int, budget: Budget, tag: int = SEQUENCE) -> Element:
    """The element that some bytes begin with. Raises as `parts`."""
    found = elements(content, start, budget, 1)
    if not found:
        raise _malformed()
    return whole(found[0], tag)


def inside(element: Element, budget: Budget, tag: int = SEQUENCE) -> Element:
    """The first element that another holds. Raises as `parts`."""
    return first(element.content, element.at, budget, tag)


def parts(element: Element, budget: Budget, least: int = 0) -> list[Element]:
    """What an element holds, at least so many others.

    Raises:
        OutOfBounds: they are fewer, or not as DER has them.
        LimitExceeded: there are more than `Limits.nodes`.
    """
    found = elements(element.content, element.at, budget)
    if len(found) < least:
        raise _malformed()
    return found


def whole(element: Element, tag: int) -> Element:
    """The element itself.

    Raises:
        OutOfBounds: it has another tag.
    """
    if element.tag != tag:
        raise _malformed()
    return element


def oid(element: Element) -> str:
    """An OBJECT IDENTIFIER as its numbers with dots.

    Raises:
        OutOfBounds: it is none.
    """
    content = whole(element, OID).content
    if len(content) > _LONGEST_OID:
        raise _malformed()
    return _dotted(content)


@lru_cache(maxsize=256)
def _dotted(content: bytes) -> str:
    """The numbers of an OBJECT IDENTIFIER, of which a few come again and again."""
    numbers: list[int] = []
    value = 0
    for byte in content:
        value = value << 7 | byte & ~_MORE
        if not byte & _MORE:
            numbers.append(value)
            value = 0
    if not numbers:
        raise _malformed()
    first = min(numbers[0] // _ARCS, 2)
    return ".".join(map(str, (first, numbers[0] - first * _ARCS, *numbers[1:])))


def text(element: Element) -> str:
    """A text, of whichever type; an empty one where the element is none."""
    encoding = _ENCODINGS.get(element.tag)
    return "" if encoding is None else element.content.decode(encoding, "replace")


def moment(element: Element) -> str:
    """A UTCTime or GeneralizedTime as EXIF writes a date and time, with its zone.

    Raises:
        OutOfBounds: it is none.
    """
    written = element.content[:_LONGEST_OID].decode("latin-1")
    if element.tag == UTC_TIME:  # RFC 5280, section 4.1.2.5.1: 50 and later is the last century
        written = ("19" if written[:1] >= "5" else "20") + written
    elif element.tag != GENERALIZED_TIME:
        raise _malformed()
    digits, zone, _ = written.partition("Z")
    if not zone or not _DIGITS.fullmatch(digits):
        raise _malformed()
    pairs = [digits[at : at + 2] for at in range(4, 14, 2)]
    return f"{digits[:4]}:{pairs[0]}:{pairs[1]} {':'.join(pairs[2:])}{digits[14:]}+00:00"


def _malformed() -> OutOfBounds:
    return OutOfBounds("der.malformed", "A certificate is not written as it should be.")
