"""Everything in the file: its tags as rows, by group, each with an address on the page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count, groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from mapy.output.json import selected
from mapy.output.table import shown
from mapy.tags.meanings import meanings_in
from mapy.text import ENGLISH
from mapy.web.tag_rows import tag_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from markupsafe import Markup

    from mapy import Metadata, Tag
    from mapy.text import Speech
    from mapy.web.tag_rows import Row
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


class Evidence(NamedTuple):
    """A tag that a finding rests on."""

    key: str
    anchor: str
    """Of its row; empty where the page does not list it."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The tags of a picture."""

    groups: tuple[Group, ...]
    numbers: Mapping[int, int]
    """Of the rows, by the identity of their tags."""
    prefix: str = ""
    """What the address of a row has in front of its number."""
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
            key = tag.key
            if key not in found:
                number = self.numbers.get(id(tag))
                found[key] = Evidence(key, "" if number is None else f"{self.prefix}{number}")
        return tuple(found.values())

    def as_shown(self) -> Listing:
        """What the page shows of it: it knows no tag any more."""
        return replace(self, numbers={})


_DASH = "&ndash;"
"""As HTML says it in letters: a page of them alone takes half the memory, and is copied quicker."""
NOT_LISTED = Listing((), {})


def listing_of(
    metadata: Metadata, options: Mapping[str, OptionValue], prefix: str, speech: Speech = ENGLISH
) -> Listing:
    """The tags that the options choose, as `speech` says what they mean.

    Addresses begin with `prefix`.
    """
    group, name = options.get("group"), options.get("tag")
    is_numeric = bool(options.get("numeric"))
    chosen = selected(
        metadata,
        group if isinstance(group, str) else None,
        name if isinstance(name, str) else None,
    )
    listed = chosen[:MOST_ROWS]
    rows: dict[str, list[Row]] = {}
    numbers = count()
    for title, tags in groupby(listed, attrgetter("group")):
        meanings, of_others = meanings_in(title)
        of_group = rows.setdefault(title, [])
        for tag, number in zip(tags, numbers, strict=False):  # which have no end
            name = tag.definition.name
            meaning = meanings.get(name) or of_others
            readable, stored = _values(tag, is_numeric=is_numeric)
            place = where(tag.offset, tag.length, _DASH)
            of_group.append((number, name, readable, stored, meaning, place))
    return Listing(
        tuple(
            Group(title, len(found), tag_rows(found, prefix, speech))
            for title, found in rows.items()
        ),
        dict(zip(map(id, listed), count())),
        prefix,
        len(chosen) - len(listed),
    )


def _values(tag: Tag, *, is_numeric: bool) -> tuple[str, str]:
    """The value as it is shown, and as it is stored if that is another."""
    machine = tag.machine
    stored = shown(machine)
    value = machine if is_numeric else tag.in_words(machine)
    if value is machine:
        return stored, ""
    readable = shown(value)
    return readable, "" if stored == readable else stored


def where(offset: int, length: int, dash: str = "–") -> str:
    """A place in the file: its first byte and the one behind its last."""
    return f"{hex(offset)}{dash}{hex(offset + length)}" if length else ""
