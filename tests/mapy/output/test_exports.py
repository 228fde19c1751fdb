"""The table of what can be taken away."""

from __future__ import annotations

import pytest

from mapy.batch import Facts
from mapy.model import Position
from mapy.output.exports import EXPORTS, Export


@pytest.mark.parametrize("export", EXPORTS.values(), ids=list(EXPORTS))
def test_each_row_can_be_written(export: Export) -> None:
    """Its function is there, and takes facts."""
    pieces = export.writer()([Facts("a.jpg", position=Position(1.5, 2.5))])

    assert "2.5" in "".join(pieces)
    assert "/" in export.media_type
