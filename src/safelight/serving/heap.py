"""The memory of a process that works for a long time: its heap, and its collector of rings."""

from __future__ import annotations

import ctypes
import gc
import os
import sys

_ARENA_MAX = -8
"""`M_ARENA_MAX` of glibc's `malloc.h`."""
SERVER_HEAP = "_RJEM_MALLOC_CONF", "narenas:1,dirty_decay_ms:200,muzzy_decay_ms:0"
"""What granian's own heap is told by the environment: one for all threads too, and what was given
back is the system's again after a fifth of a second, not after ten seconds."""

COLLECTED_AT = 10_000
"""New objects after which the collector looks for rings among them. Looking every 700, as Python
does by itself, takes a twentieth of the time. A request leaves some 150 in rings, of templates for
the most part, and a hundred kilobytes with them."""


def settle() -> None:
    """Let the collector pass over what is there now, and look less often at what is new."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECTED_AT)


def have_one() -> None:
    """Let all threads share a heap: before granian is loaded, and where the C library is glibc.

    It makes one for each thread that allocates, up to eight for a processor, so that none waits for
    another; Python's threads take turns anyway. What one of them gave back no other could use: at
    two hundred uploads that was a fifth of the memory.
    """
    os.environ.setdefault(*SERVER_HEAP)
    if sys.platform != "linux":
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_ARENA_MAX, 1)
