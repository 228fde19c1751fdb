"""Comparing two or more files: which tags are the same, which differ, which are not in all."""

from __future__ import annotations

from hashlib import sha256
import json
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapy.tags.definition import Value

    Values: TypeAlias = "tuple[Value | None, ...]"
    """Of one tag, a value a file in the order given; None: it has none."""

LONGEST = 250
"""Characters of a value that is kept; of a longer one the beginning and a check sum, so that a line
of a table, which is cut too, still tells two values apart."""


class Comparison(NamedTuple):
    """The tags of several files, by what they have in common. Keys are `Group:Tag`."""

    names: tuple[str, ...]
    same: dict[str, Value]
    """In all files, with one value."""
    different: dict[str, Values]
    """In all files, with different values."""
    missing: dict[str, Values]
    """Not in all files."""

    @property
    def is_same(self) -> bool:
        """Whether the files have the same tags with the same values."""
        return not self.different and not self.missing


def compared(objects: Sequence[tuple[str, Mapping[str, Value]]]) -> Comparison:
    """Compare the objects of `mapy show`, two or more, by their names; tags in order of coming."""
    keys = dict.fromkeys(key for _, values in objects for key in values)
    found = Comparison(tuple(name for name, _ in objects), {}, {}, {})
    for key in keys:
        if ":" not in key:  # `SourceFile` is no tag
            continue
        values = tuple(values.get(key) for _, values in objects)
        if None in values:
            found.missing[key] = values
        elif all(_same(value, values[0]) for value in values):
            found.same[key] = values[0]  # type: ignore[assignment] # none is None here
        else:
            found.different[key] = values
    return found


def _same(one: Value | None, other: Value | None) -> bool:
    """Whether two values are written alike: 1 is neither True nor 1.0."""
    return one == other and type(one) is type(other)


def bounded(values: Mapping[str, Value]) -> dict[str, Value]:
    """A file's object of which no value is long, but no two different ones become equal."""
    return {key: _bounded(value) for key, value in values.items()}


def _bounded(value: Value) -> Value:
    if not isinstance(value, (str, list)):
        return value
    text = value if isinstance(value, str) else json.dumps(value)
    if len(text) <= LONGEST:
        return value
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{text[:LONGEST]}… ({len(text)} characters, SHA-256 {digest})"
