"""The blocks: what containers hold. Each parser turns the bytes of one kind of block into directories.

A parser is a row of `PARSERS`; a container names the kind and never the parser. Parsers are imported
when the first block of their kind is met, so that a reader of EXIF never pays for XML.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias

from mapy.errors import LimitExceeded, OutOfBounds

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading

Parser: TypeAlias = "Callable[[ByteView, Reading], None]"

PARSERS = {
    "adobe": "mapy.blocks.adobe",
    "exif": "mapy.blocks.ifd",
    "jfif": "mapy.blocks.jfif",
    "xmp": "mapy.blocks.xmp",
}
"""Module of each kind of block; its `parse` does the work."""

_loaded: dict[str, Parser] = {}


def parse(kind: str, view: ByteView, reading: Reading, name: str = "") -> None:
    """Parse a block; whatever is wrong with it is a problem, never the loss of the other blocks."""
    reading.found(kind, view, name)
    parser = _loaded.get(kind)
    if parser is None:
        if kind not in PARSERS:
            return
        parser = _loaded[kind] = import_module(PARSERS[kind]).parse
    try:
        parser(view, reading)
    except OutOfBounds:
        reading.problem(
            f"{kind}.cut-short",
            "A block refers to bytes that it does not have.",
            view.span(0, len(view)),
        )
    except LimitExceeded as exceeded:
        reading.problem(exceeded.code, exceeded.message, view.span(0, len(view)))
