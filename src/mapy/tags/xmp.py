"""The properties of XMP: from a path of names to a tag's group and name.

The table is `xmp.tsv`, a section a namespace; a section is parsed when its namespace is first met.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources
import re
from typing import Final, NamedTuple

from mapy.explain import xmp_values
from mapy.tags.definition import Definition, Names, Value
from mapy.tags.xmp_namespaces import NAMESPACES, RENAMED_PREFIXES

XMPTOOLKIT: Final = Definition("xmptk", "XMPToolkit")
ABOUT: Final = Definition("about", "About")
_SAME_PROPERTIES: Final = {"crd": "crs"}


class Row(NamedTuple):
    """One property of the table."""

    name: str
    kind: str = ""
    """`date` or `rational` where the text is converted."""
    one_of: Names | None = None


def group_of(prefix: str, uri: str) -> str:
    """The prefix by which a namespace is known, whatever the packet calls it."""
    return NAMESPACES.get(uri) or RENAMED_PREFIXES.get(prefix, prefix)


@cache
def _sections() -> dict[str, str]:
    text = resources.files("mapy.tags").joinpath("xmp.tsv").read_text("utf-8")
    found: dict[str, str] = {}
    for section in text.split("\n[")[1:]:
        prefix, _, body = section.partition("]\n")
        found[prefix] = body
    return found


@cache
def _table(prefix: str) -> dict[str, Row]:
    """The properties of a namespace, by path; empty where the table does not have it."""
    body = _sections().get(_SAME_PROPERTIES.get(prefix, prefix), "")
    return dict(_row(line) for line in body.splitlines() if line)


def _row(line: str) -> tuple[str, Row]:
    path, name, kind, said = [*line.split("\t"), "", "", ""][:4]
    one_of: dict[int | str, str] = {}
    for each in filter(None, said.split("|")):
        code, _, word = each.partition("=")
        one_of[int(code) if code.lstrip("-").isdigit() else code] = word
    return path, Row(name or _capital(path), kind, one_of or None)


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


_NO_PART_OF_NAMES: Final = re.compile(r"[^-\w]", re.ASCII)


def own_name(path: str) -> str:
    """The name of a property that no table has: its own letters, but not all in capitals."""
    path = _NO_PART_OF_NAMES.sub("", path)
    name = path.capitalize() if path.isupper() else _capital(path)
    return name if len(name) > 1 else f"Tag{name}"


def is_tabled(path: tuple[str, ...]) -> bool:
    """Whether the table has the namespace of the property at a path of qualified names."""
    prefix = path[0].partition(":")[0]
    return prefix in _sections() or prefix in _NEWER


def has_property(prefix: str, path: str) -> bool:
    """Whether the table has the property at a path without prefixes: `LocationShownCity`."""
    return prefix in _sections() and path in _table(prefix)


def _measured(value: Value) -> Value:
    """A measured number, of which only some are codes."""
    return value


_EXTENSIONS: Final = "mwg-rs:Extensions"
_NEWER: Final = frozenset({"seal"})
"""Namespaces that are known, but younger than the table."""


def define(path: tuple[str, ...], language: str) -> tuple[str, Definition]:
    """The group and the definition of the property at a path of qualified names."""
    if _EXTENSIONS in path[:-1]:  # a region holds properties of other namespaces, too
        _, found = define(path[path.index(_EXTENSIONS) + 1 :], language)
        return "XMP-mwg-rs", found._replace(name=f"RegionExtensions{found.name}")
    prefix = path[0].partition(":")[0]
    parts = [name.partition(":")[2] for name in path]
    property_path = parts[0] + "".join(map(_capital, parts[1:]))
    row = _table(prefix).get(property_path) if prefix in _sections() else None
    kind = row.kind if row else xmp_values.GUESS
    row = row or Row(own_name(property_path))
    name = f"{row.name}-{language}" if language else row.name
    convert, say = xmp_values.treatment(prefix, row.name, kind)
    if kind == "rational" and row.one_of:
        say = say or _measured
    return f"XMP-{prefix}", Definition(property_path, name, row.one_of, convert, say)


define_again = lru_cache(maxsize=4096)(define)
"""The same, remembered: for paths of no more than `MANY_NAMES`."""
MANY_NAMES: Final = 8
