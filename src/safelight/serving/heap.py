"""The heap of the C library, of which many threads would have many."""

from __future__ import annotations

import ctypes
import sys

_ARENA_MAX = -8
"""`M_ARENA_MAX` of glibc's `malloc.h`."""


def have_one() -> None:
    """Let all threads share a heap, where the C library is glibc.

    It makes one for each thread that allocates, up to eight for a processor, so that none waits for
    another; Python's threads take turns anyway. What one of them gave back no other could use: at
    two hundred uploads that was a fifth of the memory.
    """
    if sys.platform != "linux":
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_ARENA_MAX, 1)
