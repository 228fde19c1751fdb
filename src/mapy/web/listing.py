"""Everything in the file: its tags as rows, by group, each with an address on the page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mapy.output.json import selected
from mapy.output.table import shown
from mapy.tags.meanings import meaning_of
from mapy.text import ENGLISH
from mapy.web.tag_rows import Row, tag_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from markupsafe import Markup

    from mapy import Metadata, Tag
    from mapy.text import Speech
    from safelight.api import OptionValue


MOST_ROWS = 3_000
"""Tags that a page lists; pictures have a few hundred, and hostile files a hundred thousand."""


@dataclass(frozen=True, slots=True)
class Group:
    """The tags of all directories of one name."""

    name: str
    count: int
    rows: Markup
    """The body of their table."""


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
        return sum(group.count for group in self.groups) + self.left_out

    def evidence(self, tags: Iterable[Tag]) -> tuple[Evidence, ...]:
        """Tags as a sentence refers to them, each key once."""
        found: dict[str, Evidence] = {}
        for tag in tags:
            anchor = self.anchors.get(id(tag), "")
            found.setdefault(tag.key, Evidence(tag.key, anchor))
        return tuple(found.values())

    def as_shown(self) -> Listing:
        """What the page shows of it: it knows no tag any more."""
        return replace(self, anchors={})


NOT_LISTED = Listing((), {})


def listing_of(
    metadata: Metadata, options: Mapping[str, OptionValue], prefix: str, speech: Speech = ENGLISH
) -> Listing:
    """The tags that the options choose, as `speech` says what they mean.

    Addresses begin with `prefix`.
    """
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
    groups = tuple(Group(name, len(found), tag_rows(found, speech)) for name, found in rows.items())
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
