"""What Vivo's phones put behind a picture: a second picture, a text of JSON, other bytes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapy.explain.numbers import binary
from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tiff_types import UNDEFINED, UTF8

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

_GROUP = "Vivo"
PICTURE = b"streamdata\xff\xd8\xff"
"""How the second picture begins: the bright parts of one of high dynamic range."""
_PICTURE_AT = len(b"streamdata")
_PICTURE_END = re.compile(rb"\xff\xd9stream(?:info|coun)")
_END = len(b"\xff\xd9")
_JSON, _JSON_END = b'vivo{"', b"}\0"
_NAME = len(b"vivo")
_DEFINITION = Definition("JSONInfo", "JSONInfo")
_HIGHLIGHTS = Definition("HDRImage", "HDRImage", None, binary)


def parse(view: ByteView, reading: Reading) -> None:
    """Parse the trailer from the first of its signatures on."""
    content = view.take(0, len(view))
    tags: list[Tag] = []
    end = _PICTURE_END.search(content) if content.startswith(PICTURE) else None
    if end is not None:
        size = end.start() + _END - _PICTURE_AT
        start = view.start + _PICTURE_AT
        tags.append(Tag(_GROUP, _HIGHLIGHTS, UNDEFINED, size, None, start, size))
    at = content.find(_JSON, end.end() if end is not None else 0)
    behind = content.find(_JSON_END, at) + 1 if at >= 0 else 0
    if behind:
        at += _NAME
        text = content[at:behind]
        tags.append(Tag(_GROUP, _DEFINITION, UTF8, len(text), text, view.start + at, len(text)))
    reading.add(_GROUP, tags, view.span(0, len(view)))
