"""`Note`: one maker note while it is read, and the two shapes that makers use: IFDs and records.

The tables tell names; what the tables cannot tell is a maker's `Meanings`: how its numbers become
values and words, and which tags depend on what other tags say.
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - compiled, a named tuple looks its types up
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from mapy import blocks
from mapy.blocks.ifd import BYTE_ORDERS, Vocabulary, Walker
from mapy.errors import OutOfBounds
from mapy.tags import maker_tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapy.blocks.ifd_entry import Entry
    from mapy.buffer import ByteView
    from mapy.errors import Span
    from mapy.model import Tag
    from mapy.reading import Reading
    from mapy.tags.definition import Converter, Definition, Formatter, Names

Hook: TypeAlias = "Callable[[Note, Tag], Tag | None]"
"""Sees a tag with the note around it; returns it, another in its place, or None to leave it out."""
Handler: TypeAlias = "Callable[[Note, Piece], None]"
"""Reads what an entry of a maker's IFD leads to."""


class Meanings(NamedTuple):
    """What a maker's tables do not tell, by the names of the tags."""

    convert: Mapping[str, Converter] = {}
    """Makes the machine value."""
    say: Mapping[str, Formatter] = {}
    """Makes the readable value from the machine value."""
    hooks: Mapping[str, Hook] = {}
    """Sees the tag when it is read."""
    handlers: Mapping[int, Handler] = {}
    """By number: entries of the maker's main IFD that lead to further blocks."""
    names: Mapping[str, Names | None] = {}
    """What codes mean, where the table's own words do not hold; None: they are no codes."""


class Piece:
    """A block inside a note."""

    __slots__ = ("around", "entry", "order", "view")

    def __init__(self, view: ByteView, order: str, entry: Entry, around: ByteView) -> None:
        self.view = view
        """Its bytes."""
        self.order = order
        """`<` or `>`."""
        self.entry = entry
        """The entry that leads to it. Its raw value may be the offset of an IFD instead."""
        self.around = around
        """What the offsets of that entry's IFD count from."""


class Note:
    """One maker note. Offsets count from the start of `view`, the TIFF structure that holds it."""

    __slots__ = ("at", "block", "make", "model", "order", "reading", "seen", "view")

    def __init__(self, view: ByteView, block: ByteView, order: str, reading: Reading) -> None:
        self.view = view
        self.block = block
        """The note's own bytes."""
        self.at = block.start - view.start
        """Where the note begins in `view`."""
        self.order = order
        self.reading = reading
        self.make, self.model = _camera(reading)
        self.seen: dict[str, Any] = {}
        """What tags said that others depend on; hooks keep it."""

    @classmethod
    def of(cls, walker: Walker, entry: Entry) -> Note:
        """The note that an entry of EXIF holds."""
        block = walker.view.sub(entry.place, entry.length)
        return cls(walker.view, block, walker.layout.order, walker.reading)

    def order_at(self, at: int, view: ByteView | None = None) -> str:
        """The byte order in which the IFD there has fewer entries: some notes do not tell theirs.

        Raises:
            OutOfBounds: there is no room for an IFD.
        """
        view = view or self.view
        little, big = view.u16le(at), view.u16be(at)
        if little == big:
            return self.order
        return "<" if little < big else ">"

    def ifd(
        self,
        table: IfdTable,
        at: int,
        *,
        view: ByteView | None = None,
        order: str = "",
    ) -> None:
        """Read an IFD of the maker's, and what its entries lead to.

        Args:
            table: what its numbers mean.
            at: where it begins in `view`.
            view: what its offsets count from; the TIFF structure around the note, unless given.
            order: `<` or `>`; that of the TIFF structure, unless given.
        """
        order = order or self.order
        layout = BYTE_ORDERS[b"II" if order == "<" else b"MM"][0]
        handlers = {**_SHARED, **table.handlers}

        def complete(_walker: Walker, tags: list[Tag], _group: str) -> list[Tag]:
            return self.hooked(tags, table.hooks)

        def descend(walker: Walker, entry: Entry, _depth: int) -> None:
            try:
                block = walker.view.sub(entry.place, entry.length)
                handlers[entry.id](self, Piece(block, order, entry, walker.view))
            except OutOfBounds:  # of this entry alone: those behind it may be whole
                self.part_is_cut_short(walker.view.span(entry.place, 0))

        vocabulary = Vocabulary({}, table.definitions, table.places, handlers, complete, descend)
        walker = Walker(view or self.view, self.reading, layout, vocabulary)
        walker.directory(at, table.group, 1)

    def part_is_cut_short(self, span: Span) -> None:
        """Note as a problem that a block of this note is."""
        self.reading.problem(
            "maker-note.cut-short", "A part of the maker's note is cut short.", span
        )

    def add(self, group: str, tags: list[Tag], view: ByteView, hooks: Mapping[str, Hook]) -> None:
        """Add the tags of a block of this note as a directory, past their hooks.

        Raises:
            LimitExceeded: with these there are more tags than `Limits.entries`.
        """
        self.reading.budget.spend("entries", len(tags))  # many entries may lead to one block
        self.reading.add(group, self.hooked(tags, hooks), view.span(0, view.size))

    def hooked(self, tags: list[Tag], hooks: Mapping[str, Hook]) -> list[Tag]:
        """The tags as their hooks leave them."""
        if not hooks:
            return tags
        seen = [place for place, tag in enumerate(tags) if tag.definition.name in hooks]
        if not seen:
            return tags
        found: list[Tag | None] = [*tags]
        for place in seen:
            tag = tags[place]
            found[place] = hooks[tag.definition.name](self, tag)
        return [tag for tag in found if tag is not None]


def _camera(reading: Reading) -> tuple[str, str]:
    """The camera's maker and model, as IFD0 names them."""
    found: dict[str, str] = {}
    for directory in reading.directories:
        if directory.name == "IFD0":
            for tag in directory.tags:
                name = tag.definition.name
                if name in _CAMERA and name not in found:
                    found[name] = str(tag.machine)
    return found.get("Make", ""), found.get("Model", "")


_CAMERA: Final = frozenset({"Make", "Model"})


class IfdTable(NamedTuple):
    """What the numbers of a maker's IFD mean."""

    group: str
    definitions: dict[int, Definition]
    hooks: Mapping[str, Hook]
    handlers: Mapping[int, Handler]
    places: frozenset[int] = frozenset()


def ifd_table(maker: str, section: str, meanings: Meanings) -> IfdTable:
    """The table of an IFD: names of the maker's section, values by its meanings."""
    group, definitions = maker_tables.table(maker, section, meanings)
    return IfdTable(group, definitions, meanings.hooks, meanings.handlers)


def _print_im(note: Note, piece: Piece) -> None:
    blocks.parse("print-im", piece.view, note.reading, f"0x{_PRINT_IM:04X}")


_PRINT_IM: Final = 0x0E00
_SHARED: Final[Mapping[int, Handler]] = {_PRINT_IM: _print_im}
"""Entries that mean the same in the notes of many makers."""
