"""Brotli (RFC 7932): the compression of `brob` boxes. Unpacks only, and within the limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.blocks.brotli.bits import Malformed
from mapy.blocks.brotli.stream import Stream

if TYPE_CHECKING:
    from mapy.buffer import ByteView
    from mapy.reading import Reading


def unpack(packed: bytes, reading: Reading, view: ByteView) -> bytes | None:
    """What a stream holds; None with a problem where it is broken.

    Raises:
        LimitExceeded: it grows beyond what is allowed, or costs too much work.
    """
    try:
        return Stream(packed, reading.budget).unpack()
    except Malformed as malformed:
        reading.problem(malformed.code, malformed.message, view.span(0, len(view)))
        return None
