"""From a section of a maker's table to definitions and records; a maker's module adds meanings."""

from __future__ import annotations

from struct import calcsize
from typing import TYPE_CHECKING, NamedTuple, Protocol

from mapy.explain import numbers
from mapy.records import REVERSED, TYPES, Field, Record
from mapy.tags import makers
from mapy.tags.definition import Definition

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapy.tags.definition import Converter, Formatter, Names


class AnyMeanings(Protocol):
    """What a maker's tables do not tell of values, by the names of the tags."""

    @property
    def convert(self) -> Mapping[str, Converter]:
        """Makes the machine value."""

    @property
    def say(self) -> Mapping[str, Formatter]:
        """Makes the readable value from the machine value."""

    @property
    def names(self) -> Mapping[str, Names | None]:
        """What codes mean, where the table's own words do not hold; None: they are no codes."""


class ValueMeanings(NamedTuple):
    """These meanings, and nothing more."""

    convert: Mapping[str, Converter] = {}
    say: Mapping[str, Formatter] = {}
    names: Mapping[str, Names | None] = {}


class Table(NamedTuple):
    """What the numbers of an IFD mean."""

    group: str
    definitions: dict[int, Definition]


def table(maker: str, section: str, meanings: AnyMeanings) -> Table:
    """The table of an IFD: names of the maker's section, values by its meanings."""
    group, rows = makers.section(maker, section)
    definitions: dict[int, Definition] = {}
    for row in rows:
        definitions.setdefault(row.number, definition(row, meanings))
    return Table(group, definitions)


def record(
    maker: str,
    section: str,
    unit: str,
    meanings: AnyMeanings,
    *,
    masks: Mapping[str, int] | None = None,
    variants: Mapping[str, int] | None = None,
    more: tuple[makers.Row, ...] = (),
) -> Record:
    """The record of a section of a maker's table.

    A place is counted in units of the record's type. A row may name a type of its own; a place
    such as `3.1` is the first bit field of place 3.

    Args:
        maker: the name of the table's file.
        section: the name of the section.
        unit: the type that places are counted in, and that a field has unless its row names one.
        meanings: how numbers become values.
        masks: the bits of fields that share a place, by id; one without a mask is left out.
        variants: which of several rows of an id counts; the first, unless given.
        more: rows that the table lacks, or that stand for one of its own.
    """
    group, rows = makers.section(maker, section)
    size = calcsize("<" + TYPES[unit].code)
    masks, variants = masks or {}, variants or {}
    found: list[Field] = []
    ours = {row.id for row in more}
    for row in (*(row for row in rows if row.id not in ours), *more):
        mask = masks.get(row.id, 0)
        if row.variant != variants.get(row.id, 0) or ("." in row.id and not mask):
            continue
        kind = row.type if row.type.removesuffix(REVERSED) in TYPES else unit
        found.append(Field(row.number * size, kind, definition(row, meanings), row.values, mask))
    return Record(group, found)


def definition(row: makers.Row, meanings: AnyMeanings) -> Definition:
    """The definition that a row of a maker's table makes."""
    convert = meanings.convert.get(row.name)
    if convert is None and row.is_binary:
        convert = numbers.binary
    names = meanings.names.get(row.name, row.names)
    return Definition(row.number, row.name, names, convert, meanings.say.get(row.name))
