"""DER (ITU-T X.690): elements of a tag, a length and a content, as certificates are written.

Walks what it is asked for and no deeper, so that nothing in the bytes decides how deep it goes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mapy.buffer import ByteView
from mapy.errors import OutOfBounds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapy.errors import Span
    from mapy.limits import Budget

OCTETS, OID = 0x04, 0x06
SEQUENCE, SET = 0x30, 0x31
UTC_TIME, GENERALIZED_TIME = 0x17, 0x18
_CONTEXT = 0xA0
"""A tag whose meaning the place tells: constructed, of context-specific class."""
_LONG_TAG = 0x1F
_LONG_LENGTH = 0x80
_LONGEST_HEAD = 6
"""A tag, and a length of up to four bytes behind the byte that counts them."""
_ENCODINGS = {
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
_DIGITS = re.compile(r"[0-9]{14}(\.[0-9]+)?")
_MORE = 0x80
"""The bit of a byte that says that the number goes on."""
_ARCS = 40
_LONGEST_OID = 64


def context(number: int) -> int:
    """The tag `[number]` around other elements."""
    return _CONTEXT | number


class Element(NamedTuple):
    """One element: its tag, and its content."""

    tag: int
    content: ByteView

    @property
    def span(self) -> Span:
        """Where its content stands in the file."""
        return self.content.span(0, len(self.content))


def elements(view: ByteView, budget: Budget) -> Iterator[Element]:
    """The elements of a view, one behind the other.

    Raises:
        OutOfBounds: one is longer than the view, or of a form that DER does not have.
        LimitExceeded: there are more than `Limits.nodes`.
    """
    content, size, start = view.take(0, view.size), view.size, view.start
    at = 0
    while at < size:
        budget.spend("nodes")
        tag, *lengths = content[at : at + _LONGEST_HEAD]
        if not lengths or tag & _LONG_TAG == _LONG_TAG:
            raise _malformed()
        at += 2
        length = lengths[0]
        if length & _LONG_LENGTH:
            count = length & ~_LONG_LENGTH
            if not 0 < count < len(lengths):
                raise _malformed()
            length = int.from_bytes(lengths[1 : count + 1], "big")
            at += count
        end = at + length
        if end > size:
            raise OutOfBounds("der.cut-short", "A certificate is cut short.")
        yield Element(tag, ByteView(content[at:end], start + at))
        at = end


def first(view: ByteView, budget: Budget, tag: int = SEQUENCE) -> Element:
    """The element that a view begins with. Raises as `parts`."""
    return whole(next(elements(view, budget), None), tag)


def parts(element: Element, budget: Budget, least: int = 0) -> list[Element]:
    """What an element holds, at least so many others.

    Raises:
        OutOfBounds: they are fewer, or not as DER has them.
        LimitExceeded: there are more than `Limits.nodes`.
    """
    found = list(elements(element.content, budget))
    if len(found) < least:
        raise _malformed()
    return found


def whole(element: Element | None, tag: int) -> Element:
    """The element itself.

    Raises:
        OutOfBounds: there is none, or it has another tag.
    """
    if element is None or element.tag != tag:
        raise _malformed()
    return element


def oid(element: Element) -> str:
    """An OBJECT IDENTIFIER as its numbers with dots.

    Raises:
        OutOfBounds: it is none.
    """
    size = len(whole(element, OID).content)
    if size > _LONGEST_OID:
        raise _malformed()
    numbers: list[int] = []
    value = 0
    for byte in element.content.take(0, size):
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
    content = element.content.take(0, len(element.content))
    return content.decode(_ENCODINGS[element.tag], "replace") if element.tag in _ENCODINGS else ""


def moment(element: Element) -> str:
    """A UTCTime or GeneralizedTime as EXIF writes a date and time, with its zone.

    Raises:
        OutOfBounds: it is none.
    """
    written = element.content.take(0, min(len(element.content), _LONGEST_OID)).decode("latin-1")
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
