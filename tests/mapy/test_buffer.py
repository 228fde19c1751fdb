"""`ByteView`: no access leaves its bounds, whether in memory or over a source."""

from __future__ import annotations

from struct import Struct

from hypothesis import given
from hypothesis import strategies as st
import pytest

from mapy.buffer import ByteView
from mapy.errors import LimitExceeded, OutOfBounds
from mapy.limits import Budget, Limits
from mapy.source import BytesSource

CONTENT = bytes(range(256)) * 2048
"""Half a megabyte: more than is read at once."""


def over_source(limits: Limits | None = None) -> ByteView:
    """A view that has to read what lies further away."""
    return ByteView.over(BytesSource(CONTENT), Budget(limits or Limits()))


@given(st.integers(-10, len(CONTENT) + 10), st.integers(-10, 70_000))
def test_takes_what_lies_within_and_nothing_else(offset: int, size: int) -> None:
    """A view over a source and one in memory give the same bytes, or both refuse."""
    for view in (ByteView(CONTENT), over_source()):
        if offset >= 0 and size >= 0 and offset + size <= len(CONTENT):
            assert CONTENT[offset : offset + size] == view.take(offset, size)
            part = view.sub(offset, size)
            assert (offset, size) == (part.start, part.size)
            assert CONTENT[offset : offset + size] == part.whole()
        else:
            with pytest.raises(OutOfBounds):
                view.take(offset, size)
            with pytest.raises(OutOfBounds):
                view.sub(offset, size)


@given(st.lists(st.integers(-10, len(CONTENT) + 10), max_size=8))
def test_unpacks_at_any_place_in_any_order(offsets: list[int]) -> None:
    """The window may move to and fro."""
    layout, view = Struct(">I"), over_source()
    for offset in offsets:
        if 0 <= offset <= len(CONTENT) - 4:
            assert layout.unpack_from(CONTENT, offset) == view.unpack(layout, offset)
        else:
            with pytest.raises(OutOfBounds):
                view.unpack(layout, offset)


def test_a_view_of_a_view_knows_its_place() -> None:
    """Offsets begin at 0 again; the span is that of the file."""
    inner = ByteView(b"0123456789", 100).sub(2, 5).sub(1, 3)

    assert inner.take(0, 3) == b"345"
    assert inner.span(0, 3) == (103, 3)
    with pytest.raises(OutOfBounds):
        inner.take(1, 3)


def test_reads_numbers_of_either_order() -> None:
    """Big and little endian, one to four bytes."""
    view = ByteView(b"\x01\x02\x03\x04")

    assert (view.u8(0), view.u16be(0), view.u32be(0)) == (1, 0x0102, 0x01020304)
    assert (view.u16le(0), view.u32le(0)) == (0x0201, 0x04030201)


def test_spends_what_it_reads() -> None:
    """Reading beyond the first bytes is bounded."""
    view = over_source(Limits(read_bytes=40_000))
    view.take(200_000, 100)

    with pytest.raises(LimitExceeded):
        view.take(300_000, 30_000)


def test_a_source_that_shrinks_is_an_error() -> None:
    """A file that is cut short while it is read gives an error, and no wrong bytes."""
    source = BytesSource(CONTENT)
    view = ByteView.over(source, Budget(Limits()))
    source.__init__(CONTENT[:200_000])  # type: ignore[misc]

    with pytest.raises(OutOfBounds):
        view.take(250_000, 10)
