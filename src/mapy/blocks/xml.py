"""XML that is no XMP, as JPEG 2000 carries it: elements and attributes as tags.

The name of a tag is made of the elements that lead to it. A document type is refused, and with it
every entity; depth and number of elements are bounded.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from mapy.errors import LimitExceeded
from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tiff_types import PLAIN

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

GROUP: Final = "XML"
_LONGEST_NAME: Final = 256
"""Characters of a tag's name, which many elements can make together; the rest is cut."""
_LONGEST_PREFIX: Final = 64
_DATE_TIME: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d.*)", re.DOTALL)


class _Refused(Exception):  # noqa: N818 - names what happened; leaves the callbacks, never this module
    """The text declares a document type."""


class _Element:
    """An open element."""

    __slots__ = ("has_children", "name", "prefix", "text")

    def __init__(self, name: str, prefix: str) -> None:
        self.name = name
        self.prefix = prefix
        self.text: list[str] = []
        self.has_children = False


def parse(view: ByteView, reading: Reading) -> None:
    """Parse a text."""
    gatherer = _Gatherer(reading)
    try:
        gatherer.parse(view.take(0, len(view)).strip(b"\0"))
    except _Refused:
        reading.problem(
            "xml.doctype", "The XML declares a document type, which is refused.", view.span(0, 0)
        )
    except (expat.ExpatError, LookupError, ValueError):  # the latter of unknown encodings
        reading.problem(
            "xml.not-well-formed",
            "The XML is not well-formed; what stands in front of the fault was read.",
            view.span(0, len(view)),
        )
    except LimitExceeded as exceeded:
        reading.problem(exceeded.code, exceeded.message, view.span(0, len(view)))
    groups: dict[str, list[Tag]] = {}
    # Of several tags of one name the last counts; here the first has to, so it comes last.
    for prefix, name, value in reversed(gatherer.values):
        group = f"{GROUP}-{prefix}" if prefix else GROUP
        tag = Tag(group, Definition(name, name), PLAIN, 1, value, view.start, len(view))
        groups.setdefault(group, []).append(tag)
    for group, tags in groups.items():
        reading.add(group, tags, view.span(0, len(view)))


class _Gatherer:
    """Gathers values from the callbacks of the XML parser."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._open: list[_Element] = []
        self.values: list[tuple[str, str, str]] = []
        """Prefix of the namespace, name, value."""

    def parse(self, content: bytes) -> None:
        """Parse a text.

        Raises:
            _Refused, LimitExceeded, expat.ExpatError: what was read until then is kept.
        """
        # An element's attributes come from expat all at once: count them before it makes them.
        if content.count(b"=") > self._reading.limits.xml_nodes:
            raise _too_many()
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(content, True)  # noqa: FBT003 - expat's own signature

    def _refuse(self, *_: object) -> None:
        raise _Refused

    def _start(self, qualified: str, attributes: dict[str, str]) -> None:
        reading = self._reading
        reading.xml_nodes_left -= 1 + len(attributes)
        if reading.xml_nodes_left < 0:
            raise _too_many()
        if len(self._open) >= reading.limits.xml_depth:
            raise LimitExceeded("limit.xml-depth", "XML elements lie too deep inside each other.")
        parent = self._open[-1] if self._open else _Element("", "")
        parent.has_children = True
        prefix, name = _parts(qualified)
        element = _Element((parent.name + name)[:_LONGEST_NAME], prefix or parent.prefix)
        self._open.append(element)
        for key, value in attributes.items():
            if key.startswith("xmlns:"):
                continue
            prefix, name = _parts(key)
            self._add(prefix or element.prefix, element.name + name, value)

    def _text(self, text: str) -> None:
        if self._open:
            self._open[-1].text.append(text)

    def _end(self, _: str) -> None:
        element = self._open.pop()
        if not element.has_children:
            self._add(element.prefix, element.name, "".join(element.text))

    def _add(self, prefix: str, name: str, value: str) -> None:
        date = _DATE_TIME.fullmatch(value)
        if date is not None:
            value = f"{date[1]}:{date[2]}:{date[3]} {date[4]}"
        self.values.append((prefix, name[:_LONGEST_NAME], value.strip("\0")))


def _parts(qualified: str) -> tuple[str, str]:
    """Prefix and name of an element, as a tag has them: of `GENERAL_INFO` it is `GeneralInfo`."""
    prefix, colon, name = qualified.partition(":")
    if not colon:
        prefix, name = "", qualified
    if name.upper() == name:
        return prefix[:_LONGEST_PREFIX], "".join(
            word[:1] + word[1:].lower() for word in name.split("_")
        )
    return prefix[:_LONGEST_PREFIX], name[:1].upper() + name[1:]


def _too_many() -> LimitExceeded:
    return LimitExceeded("limit.xml-nodes", "The XML has more elements than is allowed.")
