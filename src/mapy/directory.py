"""`Directory`: the tags that stand together in a file, under the name of their group."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapy.errors import Span
    from mapy.tag import Tag


class Directory:
    """A named group of tags, in the order of the file."""

    __slots__ = ("is_embedded", "name", "span", "tags")

    def __init__(
        self,
        name: str,
        tags: tuple[Tag, ...],
        span: Span,
        is_embedded: bool = False,  # noqa: FBT001, FBT002 - a field, not a switch
    ) -> None:
        self.name = name
        self.tags = tags
        self.is_embedded = is_embedded
        """Whether it tells of something inside the file, and not of the picture itself."""
        self.span = span
        """Where the directory itself stands; its values may lie elsewhere."""

    def __iter__(self) -> Iterator[Tag]:
        return iter(self.tags)

    def __len__(self) -> int:
        return len(self.tags)
