"""The tables of the makers' notes: ids, names, types and meanings. Data, a file a maker.

A file holds shared lists of words (`@3`, then `code=word` columns), and sections (`=Main`, then
the group of its tags). A row of a section: id, variant, name, type, how many values, `binary` or
nothing, and the words of its codes: `code=word` columns, or the name of a shared list. The id is a
tag number, or the place in a record, counted in units of the record's type; `1.2` is the second
bit field of place 1. Rows that share an id are variants, of which the camera decides. A code `?`
tells how others are said that have no word: in hexadecimal (`0x`) or by their bits (`bits`). Of a
list, `*` tells which places have words of their own, as codes such as `1:5`.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import NamedTuple, TypeAlias

Names: TypeAlias = "dict[int | str, str]"


class Row(NamedTuple):
    """One tag of a maker's table."""

    id: str
    variant: int
    """Which of the rows of its id; 0 where there is one."""
    name: str
    type: str
    """`int16u`, `string`, ...: as the maker's camera writes it; empty where that is not known."""
    values: int
    """How many values of the type; 1 where the table does not tell."""
    is_binary: bool
    """Whether the value is for programs only."""
    names: Names | None
    """What each code means."""

    @property
    def number(self) -> int:
        """The tag number, or the whole part of the place in a record."""
        return int(self.id.partition(".")[0])


class Section(NamedTuple):
    """One table."""

    group: str
    """The group that its tags go by: `Canon`."""
    rows: tuple[Row, ...]


@cache
def section(maker: str, name: str) -> Section:
    """The table of that name, parsed when it is first met.

    Raises:
        KeyError: the maker has no such table.
    """
    lists, sections = _read(maker)
    group, lines = sections[name]
    return Section(group, tuple(_row(line.split("\t"), lists) for line in lines))


@cache
def _read(maker: str) -> tuple[dict[str, list[str]], dict[str, tuple[str, list[str]]]]:
    """The shared lists and the sections of one maker's file, as lines."""
    text = resources.files(__name__).joinpath(f"{maker}.tsv").read_text(encoding="utf-8")
    lists: dict[str, list[str]] = {}
    sections: dict[str, tuple[str, list[str]]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        if line.startswith("@"):
            name, *meanings = line.split("\t")
            lists[name] = meanings
        elif line.startswith("="):
            name, _, group = line[1:].partition("\t")
            lines = []
            sections[name] = (group, lines)
        elif not line.startswith("#"):
            lines.append(line)
    return lists, sections


def _row(columns: list[str], lists: dict[str, list[str]]) -> Row:
    columns += [""] * (6 - len(columns))
    id_, variant, name, kind, count, binary, *meanings = columns
    if meanings and meanings[0].startswith("@"):
        meanings = lists[meanings[0]]
    return Row(
        id_, int(variant or 0), name, kind, int(count or 1), bool(binary), _names(meanings) or None
    )


def _names(meanings: list[str]) -> Names:
    found: Names = {}
    for meaning in meanings:
        code, _, word = meaning.partition("=")
        found[int(code) if code.lstrip("-").isdigit() else code] = word
    return found
