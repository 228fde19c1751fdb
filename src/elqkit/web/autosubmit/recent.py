"""Sheets that pages of this process have read just now, so that the next page need not.

It saves time and holds nothing of its own: in memory alone, bounded, and forgotten with the draft,
or minutes after the last page that asked. Who has no draft has no way to it, as its names are the
random keys of the vault.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
import sys
from threading import Lock, Timer
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from elqkit.autosubmit.preparing import Prepared, Sheet
    from elqkit.table.report import Report

MAX_BYTES = 96 * 1024 * 1024
"""Of all sheets; one of 5 MB takes about 15 MB."""
IDLE_S = 300.0
_ROW_BYTES = 80
"""What is known of each row: its place, and what the checks say."""


@dataclass(slots=True)
class Read:
    """A sheet, and what was found out of it last."""

    sheet: Sheet
    report: Report | None = None
    prepared: tuple[Hashable, Prepared] | None = None
    """With the choices that it was made for: one value, as threads may share it."""

    @property
    def size_bytes(self) -> int:
        """About what it takes, whatever is found out of it."""
        table = self.sheet.report.table
        if table is None:
            return len(self.sheet.content)
        text = sys.getsizeof(table.text)
        return len(self.sheet.content) + 2 * text + _ROW_BYTES * len(table)


class Recent:
    """The sheets that were asked for last, by the name of their file and how it is read.

    Args:
        max_bytes: of all of them.
        idle_s: how long one is remembered that nobody asks for.
        clock: seconds; another one in tests.
    """

    def __init__(
        self,
        max_bytes: int = MAX_BYTES,
        idle_s: float = IDLE_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._max_bytes, self._idle_s, self._clock = max_bytes, idle_s, clock
        self._known: OrderedDict[tuple[str, Hashable], tuple[Read, float]] = OrderedDict()
        self._lock = Lock()
        self._timer: Timer | None = None

    def get(self, file: str, reading: Hashable, read: Callable[[], Sheet]) -> Read:
        """A sheet; read now if it is not known.

        Args:
            file: the name of the file, which stands for its content.
            reading: how it is read, edits and fixes included.
            read: reads it.
        """
        key = (file, reading)
        with self._lock:
            self._drop_idle()
            found = self._known.pop(key, None)
            if found is not None:
                self._known[key] = (found[0], self._clock())
                return found[0]
        new = Read(read())
        with self._lock:
            self._known[key] = (new, self._clock())
            self._make_room()
            self._wake_later()
        return new

    def forget(self, file: str) -> None:
        """Forget all readings of a file."""
        with self._lock:
            for key in [key for key in self._known if key[0] == file]:
                del self._known[key]

    def __len__(self) -> int:
        with self._lock:
            return len(self._known)

    def _make_room(self) -> None:
        total = sum(each.size_bytes for each, _ in self._known.values())
        while total > self._max_bytes:
            _, (oldest, _) = self._known.popitem(last=False)
            total -= oldest.size_bytes

    def _drop_idle(self) -> None:
        end = self._clock() - self._idle_s
        while self._known and next(iter(self._known.values()))[1] <= end:
            self._known.popitem(last=False)

    def _wake_later(self) -> None:
        """Look again when nobody asks any more: what is idle goes by itself."""
        if self._timer is None and self._known:
            self._timer = Timer(self._idle_s, self._wake)
            self._timer.daemon = True
            self._timer.start()

    def _wake(self) -> None:
        with self._lock:
            self._timer = None
            self._drop_idle()
            self._wake_later()


RECENT = Recent()
"""Of this process."""
