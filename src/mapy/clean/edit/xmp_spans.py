"""Where the properties of an XMP packet stand: expat tells names, and this the bytes.

Built on the packet that the reader parses (`mapy.blocks.xmp.Packet`), so that a property has the
group and name that the reader gives it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from mapy.blocks.xmp import Packet
from mapy.buffer import ByteView
from mapy.errors import Span
from mapy.limits import DEFAULT_LIMITS, Budget
from mapy.reading import Reading
from mapy.tags.xmp import define

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.parsers import expat

    from mapy.blocks.xmp import Element

_TAG_NAME: Final = re.compile(rb"<[^\s/>]+")
_ATTRIBUTE: Final = re.compile(rb"""\s+([^\s=/>]+)\s*=\s*("[^"]*"|'[^']*')""")
_TAG_END: Final = re.compile(rb"\s*(/?)>")
_CLOSING: Final = re.compile(rb"</[^>]*>")
_NOT_PROPERTIES = ("xmlns", "xml:", "rdf:", "x:")


class Property(NamedTuple):
    """A property, or an item of one, as it is written."""

    group: str
    name: str
    span: Span
    """All of it: an attribute with the blanks in front of it, or an element."""
    value: Span
    """What it says, between quotation marks or tags."""
    is_simple: bool
    """Whether it says a text, and holds no other elements."""


class _Open(NamedTuple):
    """An element that was begun."""

    start: int
    body: int
    is_empty: bool
    names: frozenset[tuple[str, str]]
    """Group and name, with and without its language."""


class Locator(Packet):
    """Parses a packet, and tells of each property where it stands."""

    def __init__(self, content: bytes, found: Callable[[Property], None]) -> None:
        super().__init__(Reading(ByteView(content), Budget(DEFAULT_LIMITS)))
        self._content = content
        self._found = found
        self._starts: list[tuple[_Open, int]] = []
        self._elements = 0

    def parser(self, packet: bytes) -> expat.XMLParserType:
        """A parser that calls back here."""
        self._parser = super().parser(packet)
        return self._parser

    def _start(self, name: str, attributes: list[str]) -> None:
        super()._start(name, attributes)
        self._elements += 1
        element = self._open[-1]
        start = self._parser.CurrentByteIndex
        at = self._match(_TAG_NAME, start).end()
        for _ in range(len(attributes) // 2):
            match = self._match(_ATTRIBUTE, at)
            self._attribute(element, match)
            at = match.end()
        end = self._match(_TAG_END, at)
        begun = _Open(start, end.end(), bool(end[1]), _names(element))
        self._starts.append((begun, self._elements))

    def _end(self, name: str) -> None:
        begun, number = self._starts.pop()
        super()._end(name)
        if begun.is_empty:
            span, value = Span(begun.start, begun.body - begun.start), Span(begun.body, 0)
        else:
            at = self._parser.CurrentByteIndex
            end = self._match(_CLOSING, at).end()
            span, value = Span(begun.start, end - begun.start), Span(begun.body, at - begun.body)
        is_simple = number == self._elements and not begun.is_empty
        for group, tag in begun.names:
            self._found(Property(group, tag, span, value, is_simple))

    def _attribute(self, element: Element, match: re.Match[bytes]) -> None:
        name = self._known(match[1].decode())
        span, value = Span(match.start(), match.end() - match.start()), match.span(2)
        inner = Span(value[0] + 1, value[1] - value[0] - 2)
        if name in ("x:xmptk", "x:xaptk"):
            self._found(Property("XMP-x", "XMPToolkit", span, inner, is_simple=True))
        elif name == "rdf:about" and inner.length:
            self._found(Property("XMP-rdf", "About", inner, inner, is_simple=True))
        elif ":" in name and not name.startswith(_NOT_PROPERTIES):
            group, definition = define((*element[1], name), "")
            self._found(Property(group, definition.name, span, inner, is_simple=True))

    def _match(self, pattern: re.Pattern[bytes], at: int) -> re.Match[bytes]:
        """What stands at a place.

        Raises:
            ValueError: it is written in a way that expat takes, and this does not.
        """
        match = pattern.match(self._content, at)
        if match is None:
            raise ValueError
        return match


def _names(element: Element) -> frozenset[tuple[str, str]]:
    """Group and name of what an element says, with and without its language."""
    _, path, language, *_ = element
    if not path:
        return frozenset()
    names = set()
    for each in {"", language}:
        group, definition = define(path, each)
        names.add((group, definition.name))
    return frozenset(names)
