"""Values inside values, as JSON and CBOR have them, laid out flat: each a tag with a name.

The name of a value is made of the keys that lead to it; what lists hold comes together under one
name. `{"actions": [{"action": "a"}, {"action": "b"}]}` is the tag `ActionsAction`: a and b.
"""

from __future__ import annotations

from functools import lru_cache
import re
from typing import TYPE_CHECKING, Any, Final

from mapy.errors import LimitExceeded
from mapy.model import Tag
from mapy.tags.definition import Definition
from mapy.tiff_types import PLAIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mapy.buffer import ByteView
    from mapy.reading import Reading
    from mapy.tags.definition import Value

_LONGEST_NAME: Final = 256
"""Characters of the keys that lead to a value, all together; the rest is cut."""
_LETTER_BEHIND_NONE: Final = re.compile(r"([^a-zA-Z])([a-z])")
_NOT_OF_NAMES: Final = re.compile(r"[^-_a-zA-Z0-9]")
_C2PA: Final = re.compile("C2[Pp]a")
_SHORTEST_NAME: Final = 2


def tag_name(key: str) -> str:
    """A key as the name of a tag: letters, digits, hyphens and underscores."""
    name = key if key.isalpha() and key.isascii() else _NOT_OF_NAMES.sub("", key.replace(":", "_"))
    name = name[:1].upper() + name[1:]
    if "C2" in name:
        name = _C2PA.sub("C2PA", name)
    if len(name) < _SHORTEST_NAME or not (name[0].isascii() and name[0].isalpha()):
        return f"Tag{name}"
    return name


def add_tags(
    group: str, value: object, view: ByteView, reading: Reading, names: Mapping[str, str]
) -> None:
    """Add the tags of a structure that fills a view: one directory.

    `names` has the names of keys that are not called as `tag_name` would call them. How many
    values there are is for the caller to bound, by `Limits.nodes`.

    Raises:
        LimitExceeded: the values lie deeper than `Limits.box_depth`.
    """
    flat = _Flat(reading.limits.box_depth)
    for key, each in _items(value):
        flat.add(str(key)[:_LONGEST_NAME], each, 1)
    start, length = view.start, view.size
    tags = [
        Tag(
            group,
            _definition(path, names.get(path, "")),
            PLAIN,
            len(values),
            values if len(values) > 1 else values[0],
            start,
            length,
        )
        for path, values in flat.values.items()
    ]
    reading.add(group, tags, view.span(0, length))


@lru_cache(maxsize=1024)
def _definition(path: str, name: str) -> Definition:
    """The definition of a value by its keys, and by its name where that has one of its own."""
    return Definition(path, name or tag_name(path), None, as_value)


def _items(value: object) -> Iterable[tuple[object, object]]:
    """The values at the top: of a map by its keys, of a list by their numbers."""
    if isinstance(value, dict):
        return value.items()
    values = value if isinstance(value, list) else [value]
    return [(f"item{number}", each) for number, each in enumerate(values)]


class _Flat:
    """Lays a structure flat."""

    __slots__ = ("_deepest", "values")

    def __init__(self, deepest: int) -> None:
        self._deepest = deepest
        self.values: dict[str, list[Any]] = {}
        """By name: the values, in their order."""

    def add(self, path: str, value: Any, depth: int) -> None:  # noqa: ANN401 - a value of JSON or CBOR
        """Add a value that lies inside so many others."""
        kind = type(value)
        if kind is not dict and kind is not list:
            found = self.values.get(path)
            if found is None:
                self.values[path] = [value]
            else:
                found.append(value)
            return
        if depth >= self._deepest and value:
            raise LimitExceeded("limit.box-depth", "Values lie too deep inside each other.")
        if kind is list:
            for each in value:
                self.add(path, each, depth + 1)
            return
        for key, each in value.items():
            self.add(_joined(path, key), each, depth + 1)


@lru_cache(maxsize=1024)
def _joined(path: str, key: str) -> str:
    """The name of a value below another: its key begins with a capital, as each word does."""
    key = key[:_LONGEST_NAME]
    gap = "_" if path[-1:].isdigit() and key[:1].isdigit() else ""
    joined = f"{path}{gap}{key[:1].upper()}{key[1:]}"[:_LONGEST_NAME]
    if joined.isalpha() and joined.isascii():
        return joined
    return _LETTER_BEHIND_NONE.sub(lambda found: found[1] + found[2].upper(), joined)


def as_value(tag: Tag) -> Value:
    """The value of a tag for programs."""
    return _value(tag.raw)


def _value(raw: Any) -> Value:  # noqa: ANN401 - a value of JSON or CBOR
    kind = type(raw)
    if kind in _PLAIN:
        plain: Value = raw
        return plain
    if kind is list:
        return [_value(each) for each in raw]
    if kind is bytes:
        return f"(Binary data {len(raw)} bytes, use -b option to extract)"
    return "null" if raw is None else str(raw)


_PLAIN: Final = frozenset({bool, int, float, str})
