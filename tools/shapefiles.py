"""Reads polygons of a shapefile and their table (ESRI Shapefile Technical Description, 1998)."""

from __future__ import annotations

from itertools import pairwise
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from topology import Ring

POLYGON = 5


def polygons(path: Path) -> Iterator[tuple[dict[str, str], list[Ring]]]:
    """Each row of the table with the rings of its shape."""
    yield from zip(rows(path.with_suffix(".dbf")), shapes(path.with_suffix(".shp")), strict=True)


def shapes(path: Path) -> Iterator[list[Ring]]:
    """The rings of each shape, first point last again."""
    content = path.read_bytes()
    at = 100
    while at < len(content):
        (words,) = struct.unpack_from(">I", content, at + 4)
        kind, _, parts, points = struct.unpack_from("<I32sII", content, at + 8)
        if kind != POLYGON:
            raise SystemExit(f"a shape of kind {kind}")
        starts = [*struct.unpack_from(f"<{parts}I", content, at + 52), points]
        numbers = struct.unpack_from(f"<{2 * points}d", content, at + 52 + 4 * parts)
        line = list(zip(numbers[::2], numbers[1::2], strict=True))
        yield [line[start:end] for start, end in pairwise(starts)]
        at += 8 + 2 * words


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a dBASE table in UTF-8."""
    content = path.read_bytes()
    count, head, length = struct.unpack_from("<IHH", content, 4)
    fields = []
    for at in range(32, head - 1, 32):
        name = content[at : at + 11].split(b"\0")[0].decode()
        fields.append((name, content[at + 16]))
    for row in range(count):
        at = head + row * length + 1
        found = {}
        for name, size in fields:
            found[name] = content[at : at + size].decode("utf-8", "replace").strip(" \0")
            at += size
        yield found
