"""No core dumps: one would write the memory of this process, uploads and keys in it, to a disk."""

from __future__ import annotations

import sys

NO_DUMP_BYTES = 1
"""Less than any dump. Zero would do for files; where dumps are piped to a program, Linux ignores
every limit but this one, which it takes for that program's own crash (fs/coredump.c)."""


def switch_off() -> None:
    """Keep this process and its children from leaving a dump, for good."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - Unix only

    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    least = NO_DUMP_BYTES if hard == resource.RLIM_INFINITY else min(hard, NO_DUMP_BYTES)
    resource.setrlimit(resource.RLIMIT_CORE, (least, least))
