"""Single cells that a person has corrected, over rows that stay as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from elqkit.table.values import Rows


class EditedRows:
    """Rows with other values in a few cells."""

    def __init__(self, rows: Rows, edits: Mapping[tuple[int, int], str]) -> None:
        """Prepare; nothing of the file is changed.

        Args:
            rows: the rows as they were.
            edits: new values by row, from 0, and column, from 1.

        Raises:
            ValueError: a cell that there is not.
        """
        self._rows = rows
        self.header = rows.header
        self.lines = rows.lines
        self._edits: dict[int, dict[int, str]] = {}
        for (row, column), value in edits.items():
            if not (0 <= row < len(rows) and 1 <= column <= len(rows.header)):
                raise ValueError("a cell of the file")
            self._edits.setdefault(row, {})[column] = value

    def __len__(self) -> int:
        return len(self._rows)

    def values_of(self, indices: Sequence[int]) -> list[list[str]]:
        """The values of some rows, with the corrections."""
        blocks = self._rows.values_of(indices)
        for index, values in zip(indices, blocks, strict=True):
            for column, value in self._edits.get(index, {}).items():
                if column <= len(values):
                    values[column - 1] = value
        return blocks
