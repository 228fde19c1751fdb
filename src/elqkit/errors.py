"""The errors of ElqKit, drawn.

    ElqError                 base; has .code, stable and documented; never holds anything of a file
    └─ UnreadableTable       no row could be read: empty, too large, not a CSV

A fault that leaves something to look at is not raised: it is a `Problem` in the report.
"""

from __future__ import annotations


class ElqError(Exception):
    """The base of all that ElqKit raises on purpose."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
        """`file.empty`: a row of `elqkit.table.causes`."""


class UnreadableTable(ElqError):  # noqa: N818 - a state of the file, read as a claim
    """The bytes hold no table that could be shown."""

    def __init__(self, code: str, expected: str = "", found: str = "") -> None:
        super().__init__(code)
        self.expected = expected
        self.found = found
        """What the bytes are instead, in words: `a PNG picture`. Never a part of them."""
