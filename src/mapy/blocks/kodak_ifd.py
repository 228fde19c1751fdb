"""The directories that Kodak's raw files have below IFD0: KodakIFD and KDC_IFD."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from mapy.blocks.ifd import Vocabulary, Walker
from mapy.explain.words import dotted
from mapy.tags import maker_tables
from mapy.tags.maker_tables import Table, ValueMeanings

if TYPE_CHECKING:
    from mapy.blocks.ifd_entry import Entry
    from mapy.model import Tag

KODAK_IFD, KDC_IFD = 0x8290, 0xFE00
_SECTIONS = {KODAK_IFD: "IFD", KDC_IFD: "KDC_IFD"}


@cache
def _table(number: int) -> Table:
    return maker_tables.table(
        "kodak", _SECTIONS[number], ValueMeanings(say={"KodakVersion": dotted})
    )


def parse(walker: Walker, entry: Entry) -> None:
    """Read the directory that an entry of IFD0 leads to."""
    if not isinstance(entry.raw, int) or not walker.view.has(entry.raw, 2):
        walker.problem("ifd.outside", "A directory lies outside the file.", entry.place)
        return
    table = _table(entry.id)
    vocabulary = Vocabulary({}, table.definitions, frozenset(), frozenset(), _as_it_is, _no_more)
    inner = Walker(walker.view, walker.reading, walker.layout, vocabulary)
    inner.directory(entry.raw, table.group, 1)


def _as_it_is(_: Walker, tags: list[Tag], __: str) -> list[Tag]:
    return tags


def _no_more(_: Walker, __: Entry, ___: int) -> None:
    """Nothing hangs below these directories."""
