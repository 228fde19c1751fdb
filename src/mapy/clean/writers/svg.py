"""The copy of an SVG (second edition): the drawing as it is written, without what is not drawn.

Cut out are metadata, comments, processing instructions, the document type, and elements and
attributes of namespaces that no browser draws, which are those of editors. Titles and descriptions
go too, unless the policy keeps them. Pictures in the drawing are cleaned like files. What stays is
not written anew. A drawing that holds a program is refused: nobody can tell what it knows.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING
from xml.parsers import expat

from mapy.clean.selection import selection_of
from mapy.errors import CannotClean
from mapy.tags.svg import define

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mapy.clean.policy import Policy
    from mapy.model import Metadata
    from mapy.text import Text

_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_DRAWN = frozenset(
    ("", _SVG, _XLINK, _XML, "http://www.w3.org/1999/xhtml", "http://www.w3.org/1998/Math/MathML")
)
"""Namespaces that browsers draw."""
ROOT_ATTRIBUTES = frozenset(
    (
        *("baseProfile", "class", "clip", "clip-path", "clip-rule", "color", "color-interpolation"),
        *("color-interpolation-filters", "color-rendering", "cursor", "direction", "display"),
        *("dominant-baseline", "enable-background", "externalResourcesRequired", "fill"),
        *("fill-opacity", "fill-rule", "filter", "flood-color", "flood-opacity", "focusable"),
        *("font", "font-family", "font-size", "font-size-adjust", "font-stretch", "font-style"),
        *("font-variant", "font-weight", "height", "id", "image-rendering", "letter-spacing"),
        *("lighting-color", "marker-end", "marker-mid", "marker-start", "mask", "opacity"),
        *("overflow", "paint-order", "pointer-events", "preserveAspectRatio", "role"),
        *("shape-rendering", "stop-color", "stop-opacity", "stroke", "stroke-dasharray"),
        *("stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit"),
        *("stroke-opacity", "stroke-width", "style", "text-anchor", "text-decoration"),
        *("text-rendering", "transform", "transform-origin", "unicode-bidi", "vector-effect"),
        *("version", "viewBox", "visibility", "width", "word-spacing", "writing-mode", "x", "y"),
        *("zoomAndPan",),
    )
)
"""Attributes of the root that say how the drawing is drawn (SVG 2, appendix H)."""
_TOLD = {"title": "Title", "desc": "Desc", "metadata": "Metadata"}
"""Elements that are not drawn, and the tags that our reader makes of them."""
_FIRST_SCOPE = {"": "", "xml": _XML, "xlink": _XLINK}
_TAG = re.compile(rb"""<[^\s/>]+((?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*/?>""")
_ATTRIBUTE = re.compile(rb"""\s+[^\s=]+\s*=\s*("[^"]*"|'[^']*')""")
_ENTITY = re.compile(rb"&([A-Za-z_:][\w:.-]*);")
_DOCTYPE = b"<!DOCTYPE"
_PREDEFINED = frozenset((b"amp", b"lt", b"gt", b"quot", b"apos"))
_PICTURE = re.compile(r"\s*data:image/[\w.+-]+((?:;[\w=.+-]+)*),(.*)", re.DOTALL)
_PROGRAM = re.compile(r"\s*(java|vb)script:", re.IGNORECASE)
_ROOT_DEPTH = 2
"""Scopes of names while the root's attributes are looked at: the first one, and the root's."""
_ESCAPE = re.compile(rb"%([0-9A-Fa-f]{2})")
"""A byte as addresses write it (RFC 3986, section 2.1)."""
_LONGEST_ENTITY = 1024
_MOST_ENTITIES = 1000
"""References in one drawing."""

STRUCTURE = frozenset("SVG:" + define((name,))[1].name for name in ("xmlns", *ROOT_ATTRIBUTES))
STUCK: Mapping[str, Text] = {}


def write(content: bytes, metadata: Metadata, policy: Policy) -> bytes:
    """The clean copy of an SVG."""
    del metadata  # what goes is known by where it stands
    plain = _without_entities(content)
    drawing = _Drawing(plain, policy)
    pieces: list[bytes] = []
    at = 0
    for start, end, replacement in sorted(drawing.cuts):
        pieces += (plain[at:start], replacement)
        at = max(at, end)
    return b"".join((*pieces, plain[at:]))


def image(content: bytes) -> Iterable[bytes]:
    """The elements that are drawn, their attributes and texts; of pictures only that they are."""
    return _Drawing(_without_entities(content), None).drawn


class _Drawing:
    """What of a drawing is drawn, and what is cut out of it."""

    def __init__(self, content: bytes, policy: Policy | None) -> None:
        self._content = content
        self._policy = policy
        self.cuts: list[tuple[int, int, bytes]] = []
        """Start, end, and what stands there instead."""
        self.drawn: list[bytes] = []
        self._scopes = [_FIRST_SCOPE]
        self._cut_from: int | None = None
        """Where the outermost element begins that is being cut out."""
        self._depth = 0
        """Of open elements inside of it, itself included."""
        self._doctype_at = 0
        self._tag_ends: list[int | None] = []
        """Of open elements: where an empty one ends."""
        self._selection = selection_of(policy, None) if policy and policy.is_selective else None
        self._parse()

    def _parse(self) -> None:
        parser = self._parser = expat.ParserCreate()
        parser.ordered_attributes = True
        parser.specified_attributes = True
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.CommentHandler = self._comment
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EndDoctypeDeclHandler = self._doctype_end
        try:
            parser.Parse(self._content, True)  # noqa: FBT003 - expat's own signature
        except (expat.ExpatError, LookupError, ValueError):
            raise CannotClean(
                "svg.not-well-formed", "The drawing is not well-formed XML, so nothing is sure."
            ) from None

    def _at(self) -> int:
        return self._parser.CurrentByteIndex

    def _cut(self, start: int, end: int, replacement: bytes = b"") -> None:
        if self._cut_from is None:
            self.cuts.append((start, end, replacement))

    def _start(self, name: str, attributes: list[str]) -> None:
        at = self._at()
        tag = _TAG.match(self._content, at)
        if tag is None:
            raise _unsure()
        pairs = list(zip(attributes[::2], attributes[1::2], strict=True))
        declared = {
            key.removeprefix("xmlns").removeprefix(":"): value
            for key, value in pairs
            if key == "xmlns" or key.startswith("xmlns:")
        }
        self._scopes.append(self._scopes[-1] | declared if declared else self._scopes[-1])
        self._tag_ends.append(tag.end() if tag[0].endswith(b"/>") else None)
        if self._cut_from is not None:
            self._depth += 1
        elif self._is_cut(name):
            if len(self._scopes) == _ROOT_DEPTH:
                raise CannotClean("svg.not-drawn", "The drawing is of a kind that is not drawn.")
            self._cut_from, self._depth = at, 1
        else:
            self._keep(name, pairs, tag)

    def _end(self, _: str) -> None:
        self._scopes.pop()
        tag_end = self._tag_ends.pop()
        if self._cut_from is None:
            self.drawn.append(b"/")
            return
        self._depth -= 1
        if self._depth:
            return
        end = tag_end if tag_end is not None else self._content.index(b">", self._at()) + 1
        start, self._cut_from = self._cut_from, None
        self._cut(start, end)

    def _text(self, text: str) -> None:
        if self._cut_from is None:
            self.drawn.append(text.encode())

    def _comment(self, _: str) -> None:
        at = self._at()
        self._cut(at, self._content.index(b"-->", at) + 3)

    def _instruction(self, target: str, _: str) -> None:
        if target == "xml-stylesheet":
            raise CannotClean("svg.style-elsewhere", "The drawing takes its style from elsewhere.")
        at = self._at()
        self._cut(at, self._content.index(b"?>", at) + 2)

    def _doctype(self, *_: object) -> None:
        # With declarations of its own, expat calls only when it comes to these.
        self._doctype_at = self._content.rindex(_DOCTYPE, 0, self._at() + len(_DOCTYPE))

    def _doctype_end(self) -> None:
        end = self._content.index(b">", self._at()) + 1
        self._cut(self._doctype_at, end)

    def _resolved(self, name: str, default: str | None = None) -> tuple[str | None, str]:
        """Namespace and name; the namespace is None where its prefix is not declared."""
        prefix, colon, local = name.rpartition(":")
        if not colon and default is not None:
            return default, local
        return self._scopes[-1].get(prefix), local

    def _is_cut(self, name: str) -> bool:
        """Whether an element goes."""
        namespace, local = self._resolved(name)
        if namespace not in _DRAWN:
            return True
        if local.lower() == "script":
            raise _program()
        if local == "metadata":
            return True
        if local not in _TOLD:
            return False
        return self._selection is None or self._selection.takes("SVG", _TOLD[local])

    def _keep(self, name: str, pairs: list[tuple[str, str]], tag: re.Match[bytes]) -> None:
        """Keep an element, and those of its attributes that are drawn."""
        spans = list(_ATTRIBUTE.finditer(self._content, *tag.span(1)))
        if len(spans) != len(pairs):
            raise _unsure()
        self.drawn.append(f"<{name}".encode())
        for (key, value), span in zip(pairs, spans, strict=True):
            if self._attribute_goes(key, value):
                self._cut(*span.span())
                continue
            picture = _PICTURE.fullmatch(value)
            if picture is None:
                self.drawn.append(f" {key}={value!r}".encode())
            else:
                self.drawn.append(f" {key}=data".encode())
                if self._policy is not None:
                    self._cut(*span.span(1), _cleaned(picture[1], picture[2], self._policy))

    def _attribute_goes(self, key: str, value: str) -> bool:
        if key == "xmlns" or key.startswith("xmlns:"):
            return value not in _DRAWN
        namespace, local = self._resolved(key, "")
        if (namespace == "" and local.lower().startswith("on")) or _PROGRAM.match(value):
            raise _program()
        is_root = len(self._scopes) == _ROOT_DEPTH
        if is_root and namespace == "" and local not in ROOT_ATTRIBUTES:
            return True
        return namespace not in _DRAWN or local.startswith("data-")


def _cleaned(parameters: str, text: str, policy: Policy) -> bytes:
    """A picture in an attribute, cleaned, in quotes."""
    from mapy.clean.copying import copy_of  # noqa: PLC0415 - it asks for this module by name

    try:
        content = _ESCAPE.sub(_unescaped, text.encode())
        if parameters.endswith(";base64"):
            content = base64.b64decode(b"".join(content.split()), validate=True)
    except (binascii.Error, ValueError):
        raise CannotClean("svg.bad-picture", "A picture in the drawing cannot be read.") from None
    copy = copy_of(content, policy)
    if copy.before.format == "SVG":
        raise CannotClean("svg.nested", "The drawing holds another drawing, which is not cleaned.")
    encoded = base64.b64encode(copy.content)
    return b'"data:' + copy.before.media_type.encode() + b";base64," + encoded + b'"'


def _unescaped(escape: re.Match[bytes]) -> bytes:
    return bytes.fromhex(escape[1].decode())


def _without_entities(content: bytes) -> bytes:
    """The text with its own entities put in, so that nothing needs the document type.

    Raises:
        CannotClean: an encoding whose places cannot be counted in bytes, or an entity of elements.
    """
    if b"\0" in content:
        raise CannotClean("svg.encoding", "The drawing is written in UTF-16. Save it as UTF-8.")
    if b"<!ENTITY" not in content:
        return content
    entities = _entities(content)
    start = content.index(b"<!ENTITY")
    names = [name for name in _ENTITY.findall(content, start) if name not in _PREDEFINED]
    if len(names) > _MOST_ENTITIES or any(name not in entities for name in names):
        raise _unsure()
    return _ENTITY.sub(lambda match: entities.get(match[1], match[0]), content)


def _entities(content: bytes) -> dict[bytes, bytes]:
    """The entities that the document type declares, which are short and plain."""
    found: dict[bytes, bytes] = {}

    def declare(name: str, is_parameter: bool, value: str | None, *_: object) -> None:  # noqa: FBT001 - expat's signature
        plain = value is not None and not set(value) & set("&<%\"'")
        if is_parameter or value is None or not plain or len(value) > _LONGEST_ENTITY:
            raise _unsure()
        found[name.encode()] = value.encode()

    parser = expat.ParserCreate()
    parser.EntityDeclHandler = declare
    try:
        parser.Parse(content, True)  # noqa: FBT003 - expat's own signature
    except (expat.ExpatError, LookupError, ValueError):
        raise CannotClean(
            "svg.not-well-formed", "The drawing is not well-formed XML, so nothing is sure."
        ) from None
    return found


def _unsure() -> CannotClean:
    return CannotClean("svg.unsure", "The drawing is written in a way that cannot be cleaned.")


def _program() -> CannotClean:
    return CannotClean("svg.program", "The drawing holds a program, and no one can tell its use.")
