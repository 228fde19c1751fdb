"""SVG (second edition, sections 5.4 and 21): a drawing in XML, and what it says about itself.

Read are the attributes of the root, the title, the description and the metadata in front of the
drawing; RDF in the metadata is XMP. The names of elements on the way to a value make its tag:
`SVG:DescTitle`; other namespaces give groups of their own: `SVG-inkscape:Version`.

A document type is no fault of a drawing, but no entity of it is ever expanded: a reference to one
stays in the text as it is written.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING, Final

from mapy import blocks
from mapy.blocks.xmp import Packet, add_directories, read_packet
from mapy.buffer import ByteView
from mapy.errors import Severity
from mapy.model import Tag
from mapy.tags.svg import define
from mapy.text import Text
from mapy.tiff_types import PLAIN

if TYPE_CHECKING:
    from xml.parsers import expat

    from mapy.reading import Reading

_SVG: Final = "http://www.w3.org/2000/svg"
_TOLD: Final = frozenset({"title", "desc", "metadata"})
"""Elements below the root that are not drawn."""
_PACKETS: Final = frozenset({"rdf:RDF", "x:xmpmeta", "x:xapmeta"})
_ENTITY: Final = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);|#)")
_ASSIGNMENT: Final = re.compile(rb"=")
_METADATA = ("metadata",)
_MANIFEST = ("c2pa:manifest",)
_LONGEST_PATH: Final = 16


class Drawing(Packet):
    """Gathers what a drawing tells; the RDF in it as any packet of XMP."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(reading)
        self.told: dict[tuple[str, ...], list[str]] = {}
        """By path of names, in the order of the file."""
        self._skipped = 0
        """Open elements of what is drawn."""
        self._in_rdf = 0
        self.has_program = False
        """Whether a browser that opens it would run something of it (section 15)."""

    def parser(self, packet: bytes) -> expat.XMLParserType:
        """A parser that passes over a document type, if none of its entities can be referred to."""
        parser = super().parser(packet)
        if b"\0" not in packet:  # else it is UTF-16, where references were not looked for
            parser.StartDoctypeDeclHandler = None
            parser.EntityDeclHandler = None
        return parser

    def _start(self, name: str, attributes: list[str]) -> None:
        self.has_program = self.has_program or _runs(name, attributes)
        self._text.clear()
        if self._in_rdf:
            self._in_rdf += 1
            super()._start(name, attributes)
            return
        if self._skipped:
            self._skipped += 1
            self._spend(1)
            return
        self._spend(1 + (len(attributes) >> 1))
        given = self._declared(attributes)
        known = self._named(name)
        if known in _PACKETS:
            self._in_rdf = 1
            super()._start(name, attributes)
            return
        level = len(self._open) - 1
        if (level == 1 and known not in _TOLD) or level > _LONGEST_PATH:
            self._skipped = 1
            return
        above = self._open[-1][1]
        path = (*above, known) if level else ()
        # Nothing is named after the metadata but their own attributes.
        self._open.append((known, path if path != _METADATA else (), "", False, None))
        self._is_leaf = True
        for key, value in given.items():
            if key == "xmlns":
                if not level:
                    self._tell(("xmlns",), value)
            elif not key.startswith("xml:"):
                self._tell((*path, self._named(key)), value)

    def _end(self, name: str) -> None:
        if self._in_rdf:
            self._in_rdf -= 1
            super()._end(name)
            return
        if self._skipped:
            self._skipped -= 1
        else:
            path = self._open.pop()[1]
            if path and self._is_leaf:
                self._tell(path, "".join(self._text))
            self._is_leaf = False
        self._text.clear()

    def _named(self, name: str) -> str:
        """A name with its namespace's prefix; without one where it is SVG's."""
        known = self._known(name)
        return known.removeprefix("svg:")

    def _tell(self, path: tuple[str, ...], value: str) -> None:
        self.told.setdefault(path, []).append(value)


def parse(view: ByteView, reading: Reading) -> None:
    """Parse a drawing."""
    content = view.take(0, len(view)).strip(b"\0 \t\r\n")
    content = content[: _end_of_attributes(content, reading.limits.xml_nodes)]
    if b"\0" not in content:
        content = _ENTITY.sub(b"&amp;", content)
    drawing = Drawing(reading)
    problem = read_packet(drawing, content, view)
    if problem is not None:
        reading.problem(*problem)
    if drawing.has_program:
        message = Text("The drawing holds a program, which runs where a browser opens it.")
        reading.problem("svg.program", message, view.span(0, len(view)), Severity.NOTE)
    groups: dict[str, list[Tag]] = {}
    for path, values in drawing.told.items():
        if path == _MANIFEST:
            _read_manifest(values[0], view, reading, groups)
            continue
        group, definition = define(path)
        tags = groups.setdefault(group, [])
        for value in values:
            tags.append(Tag(group, definition, PLAIN, 1, value, view.start, len(view)))
    for group, tags in groups.items():
        reading.add(group, tags, view.span(0, len(view)))
    add_directories(drawing, view, reading)


def _runs(name: str, attributes: list[str]) -> bool:
    """Whether a browser runs something of an element: a script, or what an event sets off."""
    return name.endswith("script") or any(key.startswith("on") for key in attributes[::2])


def _end_of_attributes(content: bytes, most: int) -> int:
    """Where the content has to be cut, so that no element has more than `most` attributes.

    Attributes come from expat all at once: they are bounded before it makes them.
    """
    if content.count(b"=") <= most:
        return len(content)
    for number, found in enumerate(_ASSIGNMENT.finditer(content)):
        if number == most:
            return found.start()
    return len(content)


def _read_manifest(
    value: str, view: ByteView, reading: Reading, groups: dict[str, list[Tag]]
) -> None:
    """Read a manifest of C2PA, which is written in base 64."""
    group, definition = define((*_MANIFEST, "JUMBF"))
    try:
        content = base64.b64decode("".join(value.split()), validate=True)
    except (binascii.Error, ValueError):
        reading.problem("svg.bad-manifest", "The manifest is no base 64.", view.span(0, len(view)))
        return
    tag = Tag(group, definition, PLAIN, 1, None, view.start, len(content))
    groups.setdefault(group, []).append(tag)
    blocks.parse("jumbf", ByteView(content, view.start), reading, "c2pa:manifest")
