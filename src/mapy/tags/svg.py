"""What the elements and attributes of an SVG are called: their own names, joined."""

from __future__ import annotations

import re

from mapy.explain.numbers import binary
from mapy.tags.definition import Definition, Value
from mapy.tags.xmp import own_name

_NAMES = {
    "Id": "ID",
    "MetadataId": "MetadataID",
    "Height": "ImageHeight",
    "Width": "ImageWidth",
    "Version": "SVGVersion",
}
_PIXELS = re.compile(r"(\d+(?:\.\d+)?)px")
_MANIFEST = Definition("manifest", "JUMBF", None, binary)


def _in_pixels(tag: object) -> Value:
    raw = str(getattr(tag, "raw", ""))
    found = _PIXELS.fullmatch(raw)
    return found[1] if found else raw


def define(path: tuple[str, ...]) -> tuple[str, Definition]:
    """The group and the definition of what stands at a path of names."""
    if path == ("c2pa:manifest", "JUMBF"):
        return "SVG-c2pa", _MANIFEST
    prefix = next((each.partition(":")[0] for each in path if ":" in each), "")
    name = "".join(_capital(each.rpartition(":")[2]) for each in path)
    if prefix:
        return f"SVG-{prefix}", Definition(name, own_name(name))
    name = _NAMES.get(name, name)
    convert = _in_pixels if name in ("ImageWidth", "ImageHeight") else None
    return "SVG", Definition(name, f"Tag{name}" if len(name) == 1 else name, None, convert)


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
