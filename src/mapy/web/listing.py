"""Everything in the file: its tags as rows, by group, each with an address on the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from mapy.output.json import selected
from mapy.output.table import shown
from mapy.tags.meanings import meaning_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mapy import Metadata, Tag
    from safelight.api import OptionValue


MOST_ROWS = 3_000
"""Tags that a page lists; pictures have a few hundred, and hostile files a hundred thousand."""


class Row(NamedTuple):
    """One tag. The template takes it apart: there are hundreds of them on a page."""

    anchor: str
    name: str
    readable: str
    stored: str
    meaning: str
    where: str


@dataclass(frozen=True, slots=True)
class Group:
    """The tags of all directories of one name."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A tag that a finding rests on."""

    key: str
    anchor: str
    """Of its row; empty where the page does not list it."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The tags of a picture."""

    groups: tuple[Group, ...]
    anchors: Mapping[int, str]
    """Where each tag stands on the page, by the identity of the tag."""
    left_out: int = 0
    """Tags beyond `MOST_ROWS`."""

    @property
    def count(self) -> int:
        """How many tags there are."""
        return sum(len(group.rows) for group in self.groups) + self.left_out

    def evidence(self, tags: Iterable[Tag]) -> tuple[Evidence, ...]:
        """Tags as a sentence refers to them, each key once."""
        found: dict[str, Evidence] = {}
        for tag in tags:
            anchor = self.anchors.get(id(tag), "")
            found.setdefault(tag.key, Evidence(tag.key, anchor))
        return tuple(found.values())


NOT_LISTED = Listing((), {})


def listing_of(metadata: Metadata, options: Mapping[str, OptionValue], prefix: str) -> Listing:
    """The tags that the options choose; addresses begin with `prefix`."""
    group, name = options.get("group"), options.get("tag")
    is_numeric = bool(options.get("numeric"))
    rows: dict[str, list[Row]] = {}
    anchors: dict[int, str] = {}
    chosen = selected(
        metadata,
        group if isinstance(group, str) else None,
        name if isinstance(name, str) else None,
    )
    left_out = 0
    for number, tag in enumerate(chosen):
        if number >= MOST_ROWS:
            left_out += 1
            continue
        anchor = f"{prefix}{number}"
        anchors[id(tag)] = anchor
        rows.setdefault(tag.group, []).append(_row(tag, anchor, is_numeric=is_numeric))
    groups = tuple(Group(name, tuple(found)) for name, found in rows.items())
    return Listing(groups, anchors, left_out)


def _row(tag: Tag, anchor: str, *, is_numeric: bool) -> Row:
    machine = tag.machine
    stored = shown(machine)
    value = machine if is_numeric else tag.in_words(machine)
    readable = stored if value is machine else shown(value)
    name = tag.definition.name
    return Row(
        anchor,
        name,
        readable,
        "" if stored == readable else stored,
        meaning_of(tag.group, name),
        where(tag.offset, tag.length),
    )


def where(offset: int, length: int) -> str:
    """A place in the file: its first byte and the one behind its last."""
    return f"{offset:#x}–{offset + length:#x}" if length else ""
