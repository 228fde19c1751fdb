"""The text of `mapy show`: the tags of a file as a table, by group."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mapy.model import Tag
    from mapy.tags.definition import Value

_INDENT = 2
_LONGEST = 400
"""Characters of a value; a table is for looking, the JSON has all."""


def rows(tags: Iterable[Tag], *, is_numeric: bool = False) -> Iterator[str]:
    """The lines of the table: each group's name, then its tags, names and values aligned."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for tag in tags:
        value = shown(tag.machine if is_numeric else tag.readable)
        groups.setdefault(tag.group, []).append((tag.name, value))
    width = max((len(name) for pairs in groups.values() for name, _ in pairs), default=0)
    for group, pairs in groups.items():
        yield f"{' ' * _INDENT}{group}"
        for name, value in pairs:
            yield f"{' ' * _INDENT * 2}{name:<{width}}  {value}".rstrip()


def shown(value: Value) -> str:
    """A value as one line in which nothing can steer a terminal."""
    text = ", ".join(map(shown, value)) if isinstance(value, list) else str(value)
    if len(text) <= _LONGEST and text.isprintable():  # nearly all are
        return text
    text = text[: _LONGEST + 1]
    if not text.isprintable():
        text = "".join(map(_visible, text))
    return f"{text[:_LONGEST]}…" if len(text) > _LONGEST else text


def _visible(character: str) -> str:
    if character.isprintable():
        return character
    return " " if character in "\r\n\t" else "\N{REPLACEMENT CHARACTER}"
