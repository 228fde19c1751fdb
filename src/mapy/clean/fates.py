"""`Fates`: whether a piece of a container stays, by the tags that were read from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.clean.selection import Fate

if TYPE_CHECKING:
    from mapy.clean.selection import Selection
    from mapy.model import Metadata


class Fates:
    """The tags of a file by where they begin."""

    def __init__(self, metadata: Metadata, selection: Selection | None) -> None:
        self._gone: set[tuple[str, int]] = set()
        self._known: set[tuple[str, int]] = set()
        self._selection = selection
        if selection is None:
            return
        for tag in metadata:
            place = (tag.group, tag.offset)
            self._known.add(place)
            if selection.fate(tag.group, tag.name) is not Fate.KEEP:
                self._gone.add(place)

    def keeps(self, at: int, group: str) -> bool:
        """Whether a piece at `at`, whose tags are of `group`, was read and loses none of them."""
        return (group, at) in self._known - self._gone
