"""What readers of notes must survive: bytes that are cut or changed, every value asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from hypothesis import strategies as st

import mapy

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

Changes: TypeAlias = list[tuple[int, int]]
"""Places and the bytes that come to stand there."""


def read_all(data: bytes) -> None:
    """Read, and ask for every value."""
    try:
        found = mapy.read(data)
    except mapy.MapyError:
        return
    for tag in found:
        assert tag.machine is not None
        assert tag.readable is not None


def changes_of(whole: bytes, most: int = 8) -> SearchStrategy[Changes]:
    """Up to so many changes anywhere in some bytes."""
    return st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), max_size=most)


def changed(whole: bytes, changes: Changes) -> bytes:
    """The bytes with these changes."""
    data = bytearray(whole)
    for place, value in changes:
        data[place] = value
    return bytes(data)
