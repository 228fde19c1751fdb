"""XMP (ISO 16684-1): RDF in XML, flattened to tags.

A property `ns:Name` is the tag `XMP-ns:Name`; a field of a structure has its parents' names in
front (`XMP-xmpMM:HistoryAction`); arrays give lists; alternatives by language give one tag each,
the language behind the name, but for `x-default`.

The XML is a stranger's: a document type is refused, and with it every entity; depth and number of
elements are bounded. Prefixes are looked up by name, so that one which is not declared is no
obstacle.
"""

from __future__ import annotations

from functools import lru_cache
import re
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias
from xml.parsers import expat

from mapy.blocks.set_aside import brought_back, set_aside
from mapy.blocks.xmp_blocks import read_blocks
from mapy.blocks.xmp_encoding import cleared, in_utf8
from mapy.errors import LimitExceeded, MapyError, Problem
from mapy.model import Tag
from mapy.tags.xmp import ABOUT, MANY_NAMES, XMPTOOLKIT, define, define_again, group_of, is_tabled
from mapy.tags.xmp_namespaces import NAMESPACES
from mapy.tiff_types import PLAIN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapy.buffer import ByteView
    from mapy.reading import Reading

_RDF_CONTAINERS: Final = frozenset({"rdf:Bag", "rdf:Seq", "rdf:Alt"})
_NOT_NAMED: Final = frozenset(
    {"rdf:Description", "rdf:li", "rdf:value", "rdf:RDF", *_RDF_CONTAINERS}
)
"""Elements that are structure of RDF, and no part of a tag's name."""
_OF_RDF: Final = frozenset(
    {
        *("rdf:about", "rdf:parseType", "rdf:ID", "rdf:nodeID", "rdf:datatype", "rdf:bagID"),
        *("rdf:type", "rdf:resource", "rdf:value", "about", "x:xmptk", "x:xaptk", "xml:lang"),
    }
)
"""Attributes that are no properties."""
_ITEM: Final = "rdf:li"
_LISTS: Final = frozenset({"rdf:Bag", "rdf:Seq"})
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_X: Final = "adobe:ns:meta/"
_TEMPORARY: Final = 100
"""Namespaces that may want a prefix which is taken."""
_NEAR: Final = 8
"""Places of a node that are compared, so that one is not noted twice."""
_LONGEST_NAME: Final = 128
"""Characters of a qualified name: the path of a deep property is made of many."""


class _Refused(MapyError):  # noqa: N818 - names what happened, as the public errors do
    """The packet does what none needs to do. Leaves the callbacks, never this module."""


Element: TypeAlias = "tuple[str, tuple[str, ...], str, bool, tuple[str, int] | None]"
"""An open element: its name; the names of properties that lead to it; its language; whether it
is, or is inside, an item of a list; the node that it belongs to, and how many names of its path
lead to that."""
_OUTSIDE: Final[Element] = ("", (), "", False, None)
"""What the outermost element lies in."""


class Node(NamedTuple):
    """A node of RDF with a name (`rdf:nodeID`): described in one place, meant in many."""

    places: list[tuple[str, ...]]
    """Paths of the properties that mean it."""
    values: list[tuple[tuple[str, ...], str, Element]]
    """What it has: path from the node on, value, the element that has it."""


class Packet:
    """Gathers the values of one packet from the callbacks of the XML parser."""

    def __init__(self, reading: Reading, aside: Mapping[str, str] | None = None) -> None:
        self._reading = reading
        self._deepest = reading.limits.xml_depth
        self._aside = aside or {}  # long values that the parser does not see, by their tokens
        self._open = [_OUTSIDE]
        self._is_leaf = False  # whether the innermost open element has nothing inside but text
        self._text: list[str] = []  # since the last tag, whether it opened or closed an element
        self._renamed: dict[str, str] = {}  # prefixes of the packet that are known as others
        self._known_names: dict[str, str] = {}  # names with such prefixes as they are known
        self.values: dict[tuple[tuple[str, ...], str], list[str]] = {}
        """By path of names and language, in the order of the packet."""
        self.lists: set[tuple[tuple[str, ...], str]] = set()
        self.items: set[tuple[tuple[str, ...], str]] = set()
        """Of the lists those whose items are texts, not structures with the text in them."""
        self._bound: dict[str, str] = {}  # prefixes of namespaces that nobody knows, with these
        self._nodes: dict[str, Node] = {}
        self.toolkit: str | None = None
        self.about: str | None = None

    def parse(self, packet: bytes) -> None:
        """Parse a packet.

        Raises:
            _Refused, LimitExceeded, expat.ExpatError: what was read until then is kept.
        """
        self.parser(packet).Parse(packet, True)  # noqa: FBT003 - expat's own signature

    def parser(self, _: bytes) -> expat.XMLParserType:
        """A parser that calls back here."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.ordered_attributes = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text.append
        return parser

    def _refuse(self, *_: object) -> None:
        raise _Refused("xmp.doctype", "The XMP declares a document type, which is refused.")

    def _start(self, name: str, attributes: list[str]) -> None:
        self._text.clear()
        reading = self._reading
        left = reading.xml_nodes_left = reading.xml_nodes_left - 1 - (len(attributes) >> 1)
        if left < 0:
            raise _too_many_nodes()
        stack = self._open
        if len(stack) > self._deepest:
            raise LimitExceeded("limit.xml-depth", "XML elements lie too deep inside each other.")
        given = self._declared(attributes) if attributes else None
        if self._renamed:
            name = self._known_names.get(name) or self._known(name)
        parent, path, language, is_list, node = stack[-1]
        if _is_named(name):
            path = (*path, name)
        elif name == _ITEM and parent in _LISTS:
            is_list = True
        stack.append((name, path, language, is_list, node))
        self._is_leaf = True
        if given:
            self._attributes(given)

    def _spend(self, nodes: int) -> None:
        self._reading.xml_nodes_left -= nodes
        if self._reading.xml_nodes_left < 0:
            raise _too_many_nodes()

    def _declared(self, attributes: list[str]) -> dict[str, str]:
        """The attributes of an element but for prefixes of namespaces, which are noted."""
        pairs = iter(attributes)
        given: dict[str, str] = {}
        for key, value in zip(pairs, pairs, strict=True):
            if key[:6] != "xmlns:":
                given[key] = value
                continue
            prefix = key[6:]
            known = NAMESPACES.get(value) or self._known_as(prefix, value)
            if known != self._renamed.get(prefix, prefix):
                self._known_names.clear()
                if known != prefix:
                    self._renamed[prefix] = known
                else:
                    del self._renamed[prefix]
        return given

    def _known_as(self, prefix: str, uri: str) -> str:
        """The prefix for a namespace without one of its own: none that means another already."""
        known = group_of(prefix, uri)
        if self._bound.setdefault(known, uri) == uri:
            return known
        for number in range(_TEMPORARY):
            if self._bound.setdefault(f"tmp{number}", uri) == uri:
                return f"tmp{number}"
        return known

    def _known(self, name: str) -> str:
        """A qualified name with the prefix by which its namespace is known."""
        known = self._known_names.get(name)
        if known is None:
            prefix, colon, local = name.partition(":")
            known = f"{self._renamed.get(prefix, prefix)}:{local}" if colon else name
            self._known_names[name] = known
        return known

    def _attributes(self, given: dict[str, str]) -> None:
        """Take the attributes of the element that was just opened."""
        if "rdf:nodeID" in given:
            self._note_node(given["rdf:nodeID"])
        renamed, aside, known = self._renamed, self._aside, self._known_names
        element = self._open[-1]
        for key, value in given.items():
            if aside:
                value = aside.get(value, value)  # noqa: PLW2901 - the value itself
            name = (known.get(key) or self._known(key)) if renamed else key
            if name in _OF_RDF:
                element = self._attribute_of_rdf(element, name, value)
            elif _is_named(name):
                self._is_leaf = False
                self._add(element, (*element[1], name), value)
        self._open[-1] = element

    def _note_node(self, name: str) -> None:
        """Note that the innermost element is a node with a name of its own, or means one."""
        if len(name) > _LONGEST_NAME:
            return
        own, path, language, is_list, _node = self._open[-1]
        node = self._nodes.setdefault(name, Node([], []))
        if path and path not in node.places[-_NEAR:]:
            node.places.append(path)
        self._open[-1] = own, path, language, is_list, (name, len(path))
        if own not in _NOT_NAMED:
            self._is_leaf = False

    def _attribute_of_rdf(self, element: Element, name: str, value: str) -> Element:
        """Take an attribute that is no property; returns the element as it is with that."""
        if name == "xml:lang":
            own, path, _language, is_list, node = element
            language = "" if value.lower() == _DEFAULT else _standard_case(value[:_LONGEST_NAME])
            return own, path, language, is_list, node
        if name in ("x:xmptk", "x:xaptk"):
            self.toolkit = value
        elif name in ("rdf:about", "about"):
            self.about = self.about or value
        elif name in ("rdf:resource", "rdf:value"):
            self._is_leaf = False
            self._add(element, element[1], value)
        return element

    def _end(self, _: str) -> None:
        element = self._open.pop()
        if self._is_leaf:
            self._is_leaf = False  # of what holds it
            _name, path, _language, _is_list, node = element
            if path or node:
                text = "".join(self._text)
                if self._aside:
                    text = brought_back(text, self._aside)
                self._add(element, path, text)
        self._text.clear()

    def _add(self, element: Element, path: tuple[str, ...], value: str) -> None:
        name, own, language, is_list, node = element
        if node is not None:
            self._nodes[node[0]].values.append((path[node[1] :], value, element))
            return
        if not path:
            return
        key = (path, language)
        values = self.values.get(key)
        if values is None:
            self.values[key] = [value]
        else:
            values.append(value)
        if is_list:
            self.lists.add(key)
            if name == _ITEM and path[-1:] == (own or path)[-1:]:
                self.items.add(key)

    def resolve(self) -> None:
        """Give each property that means a node what the node has; what none means stands alone.

        Raises:
            LimitExceeded: nodes are meant so often that they would grow without end.
        """
        for places, values in self._nodes.values():
            self._spend(len(values) * len(places))
            for place in places or [()]:
                for path, value, (name, own, language, is_list, _node) in values:
                    self._add((name, own, language, is_list, None), (*place, *path), value)


_DEFAULT: Final = "x-default"
_WITH_REGION: Final = re.compile(r"([a-z]{2,3}|[xi])(-[a-z]{2})\b(.*)", re.IGNORECASE | re.DOTALL)


def _standard_case(language: str) -> str:
    """A language as RFC 4646 writes it: capitals for a region, small letters for all else."""
    match = _WITH_REGION.match(language)
    if match is None:
        return language.lower().replace("_", "-")
    return match[1].lower() + match[2].upper() + match[3].lower().replace("_", "-")


@lru_cache(maxsize=4096)
def _is_named(known: str) -> bool:
    """Whether an element or an attribute is part of a tag's name.

    Raises:
        _Refused: it is longer than any name.
    """
    if len(known) > _LONGEST_NAME:
        raise _Refused("xmp.refused", "The XMP has names of no known kind.")
    return ":" in known and known not in _NOT_NAMED and not known.startswith(("x:", "xap:xmpmeta"))


def _too_many_nodes() -> LimitExceeded:
    return LimitExceeded("limit.xml-nodes", "The XMP has more elements than is allowed.")


_END: Final = b"</x:xmpmeta>"
"""Behind it writers leave kilobytes of blanks, to have room for changes."""


def parse(view: ByteView, reading: Reading) -> None:
    """Parse a packet: the tags of each namespace are a directory."""
    content, aside = set_aside(in_utf8(view.take(0, view.size)))
    content = content.strip(b"\0 \t\r\n")
    end = content.rfind(_END)
    if end > 0:
        content = content[: end + len(_END)]
    # An element's attributes come from expat all at once: count them before it makes them.
    if content.count(b"=") > reading.limits.xml_nodes:
        stopped = _too_many_nodes()
        reading.problem(stopped.code, stopped.message, view.span(0, view.size))
        return
    packet = Packet(reading, aside)
    problem = read_packet(packet, content, view)
    if problem is not None and problem.code == NOT_WELL_FORMED:
        clear = cleared(content)
        if clear != content:
            packet = Packet(reading, aside)
            problem = read_packet(packet, clear, view)
    if problem is not None:
        reading.problem(*problem)
    add_directories(packet, view, reading)
    read_blocks(packet.values, view, reading)


NOT_WELL_FORMED: Final = "xmp.not-well-formed"


def read_packet(packet: Packet, content: bytes, view: ByteView) -> Problem | None:
    """Let a packet read a content; returns what is wrong with it."""
    try:
        try:
            packet.parse(content)
        finally:
            packet.resolve()
    except (_Refused, LimitExceeded) as stopped:
        return Problem(stopped.code, stopped.message, view.span(0, view.size))
    except (expat.ExpatError, LookupError, ValueError):  # the latter of unknown encodings
        return Problem(
            NOT_WELL_FORMED,
            "The XMP is no well-formed XML; what stands in front of the fault was read.",
            view.span(0, view.size),
        )
    return None


def add_directories(packet: Packet, view: ByteView, reading: Reading) -> None:
    """Add what a packet says: a directory for each namespace."""
    start, size = view.start, view.size
    groups: dict[str, list[Tag]] = {}
    if packet.toolkit:
        groups["XMP-x"] = [Tag("XMP-x", XMPTOOLKIT, PLAIN, 1, packet.toolkit, start, size)]
    if packet.about:
        groups["XMP-rdf"] = [Tag("XMP-rdf", ABOUT, PLAIN, 1, packet.about, start, size)]
    for key, values in packet.values.items():
        path, language = key
        found = define_again if len(path) <= MANY_NAMES else define
        group, definition = found(path, language)
        tags = groups.get(group)
        if tags is None:
            tags = groups[group] = []
        if len(values) == 1:
            tags.append(Tag(group, definition, PLAIN, 1, values[0], start, size))
        # A property that is repeated outside of an array is no list, but as many tags.
        # Nor is a text in an array of structures, unless its tag is known to be one.
        elif key in packet.lists and (key in packet.items or is_tabled(path)):
            tags.append(Tag(group, definition, PLAIN, 1, values, start, size))
        else:
            tags += [Tag(group, definition, PLAIN, 1, each, start, size) for each in values]
    span = view.span(0, size)
    for group, tags in groups.items():
        reading.add(group, tags, span)
