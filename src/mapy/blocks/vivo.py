"""What Vivo's phones put behind a picture: a text of JSON, then bytes of no known meaning."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tiff_types import UTF8

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

_JSON = re.compile(rb"vivo(\{[^\0}]*\})")
_DEFINITION = Definition("JSONInfo", "JSONInfo")


def parse(view: ByteView, reading: Reading) -> None:
    """Parse the trailer from its signature on."""
    match = _JSON.match(view.take(0, len(view)))
    if match:
        start, size = view.start + match.start(1), len(match[1])
        tag = Tag("Vivo", _DEFINITION, UTF8, size, match[1], start, size)
        reading.add("Vivo", [tag], view.span(0, len(view)))
