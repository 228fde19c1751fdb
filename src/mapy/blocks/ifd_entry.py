"""`Entry`: an entry of a directory that leads to further ones."""

from __future__ import annotations

from typing import Any


class Entry:
    """What it says, and where. A value, never changed; no named tuple, for the reason of `Tag`."""

    __slots__ = ("id", "length", "place", "raw")

    def __init__(
        self,
        id: int,  # noqa: A002 - the field's word
        raw: Any,  # noqa: ANN401 - as Tag.raw
        place: int,
        length: int,
    ) -> None:
        self.id = id
        self.raw = raw
        """Its value."""
        self.place = place
        """Where the value lies in the view."""
        self.length = length
