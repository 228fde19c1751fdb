"""Makers' notes: how much they may cost."""

from __future__ import annotations

import mapy
from mapy.limits import DEFAULT_LIMITS
from mapy_canon_builders import SHORT, canon, words

SETTINGS = 0x0001


def test_blocks_of_many_entries_have_no_more_tags_than_the_limits_allow() -> None:
    """Each entry may lead to a record, and each record has dozens of tags."""
    entries = [(SETTINGS, SHORT, words(47, {}))] * 4_000
    found = mapy.read(canon(*entries))
    assert len(found) < DEFAULT_LIMITS.entries + 100
    assert "limit.entries" in [problem.code for problem in found.problems]
