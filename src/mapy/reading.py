"""`Reading`: one file while it is read. What was found so far, and what may still be spent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mapy.errors import LimitExceeded, Problem, Severity, Span
from mapy.model import Block, Directory
from mapy.wanted import wanted

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapy.buffer import ByteView
    from mapy.formats import FileKind
    from mapy.limits import Budget
    from mapy.model import Tag


_block: Final[Callable[[type[Block], tuple[str, Span, str]], Block]] = tuple.__new__
"""Named tuples at half the price."""


class Reading:
    """Collects blocks, directories and problems as parsers find them."""

    __slots__ = (
        "blocks",
        "budget",
        "depth",
        "directories",
        "file",
        "is_embedded",
        "joined",
        "kind",
        "limits",
        "numbers",
        "only",
        "problems",
        "thumbnail",
        "value_bytes_left",
        "visited",
        "xml_nodes_left",
    )

    def __init__(self, file: ByteView, budget: Budget, only: frozenset[str] | None = None) -> None:
        self.file = file
        self.only = None if only is None else wanted(only)
        """What is to be read; None: all."""
        self.budget = budget
        self.limits = budget.limits
        self.blocks: list[Block] = []
        self.directories: list[Directory] = []
        self.joined: list[tuple[Span, ...]] = []
        """Of each block that fills several segments: its portions, in their order."""
        self.problems: list[Problem] = []
        self.depth = 0
        """How many blocks inside each other are being read."""
        self.numbers: dict[str, int] = {}
        """How many blocks of a kind were met, of kinds whose groups are numbered."""
        self.visited: set[int] = set()
        """Offsets of the IFDs that were read: each is read once."""
        self.value_bytes_left = budget.limits.total_value_bytes
        """`Limits.total_value_bytes`, counted down for every value of an IFD."""
        self.xml_nodes_left = budget.limits.xml_nodes
        """`Limits.xml_nodes`, counted down for every element."""
        self.thumbnail: bytes | None = None
        self.is_embedded = False
        """Whether what is read now is inside the file, and not about the picture itself."""
        self.kind: FileKind | None = None
        """What the file is, where that is more than its container: a raw file shaped like TIFF."""

    def wants(self, name: str) -> bool:
        """Whether a kind of block, or a directory of EXIF, is to be read."""
        return self.only is None or name in self.only.kinds

    def found(self, kind: str, view: ByteView, name: str = "") -> None:
        """Note a block."""
        self.blocks.append(_block(Block, (kind, view.span(0, view.size), name)))

    def number(self, kind: str) -> int:
        """The number of a block among those of its kind, from 1."""
        number = self.numbers[kind] = self.numbers.get(kind, 0) + 1
        return number

    def spend_value(self, length: int) -> None:
        """Take the bytes of a value that may share them with others.

        Raises:
            LimitExceeded: `Limits.total_value_bytes` is used up.
        """
        self.value_bytes_left -= length
        if self.value_bytes_left < 0:
            raise LimitExceeded("limit.total-value-bytes", "The values are too long to be read.")

    def add(self, name: str, tags: list[Tag], span: Span) -> None:
        """Note a directory, if it has tags."""
        if tags:
            self.directories.append(Directory(name, tuple(tags), span, self.is_embedded))

    def problem(
        self, code: str, message: str, span: Span, severity: Severity = Severity.LOSS
    ) -> None:
        """Note a problem; after `Limits.problems` of them only that there are more."""
        if len(self.problems) < self.limits.problems:
            self.problems.append(Problem(code, message, span, severity))
        elif len(self.problems) == self.limits.problems:
            self.problems.append(
                Problem("limit.problems", "There are more problems than are kept.", span)
            )

    def check_pixels(self, width: int, height: int) -> None:
        """Refuse a picture that no decoder should be given.

        Raises:
            LimitExceeded: more pixels than `Limits.pixels`.
        """
        if width * height > self.limits.pixels:
            raise LimitExceeded(
                "image.too-many-pixels",
                "The picture declares more pixels than is allowed.",
                hint="Its header may be damaged, or made to exhaust a program that decodes it.",
            )
