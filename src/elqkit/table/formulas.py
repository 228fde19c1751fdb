"""Cells that a spreadsheet program would run: made text in files for people, and back again."""

from __future__ import annotations

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")  # noqa: RUF001 - meant
_GUARD = "'"


def guarded(value: str) -> str:
    """A value that no spreadsheet program runs: a quote mark before what could begin a formula.

    A value that begins with quote marks before such a sign gets one more, so that `unguarded`
    always gives back what was there.
    """
    return _GUARD + value if value.lstrip(_GUARD).startswith(_STARTS) else value


def unguarded(value: str) -> str:
    """The value as it was before `guarded`."""
    is_guarded = value.startswith(_GUARD) and value.lstrip(_GUARD).startswith(_STARTS)
    return value[1:] if is_guarded else value
