"""Rows as files: for people to open, or with the exact values, for programs and to send again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from elqkit.table.writing import write_rows
from safelight.api import Download

if TYPE_CHECKING:
    from collections.abc import Mapping

    from elqkit.table.values import Rows

CSV = "text/csv; charset=utf-8"
KINDS: dict[str, str] = {
    "safe": "CSV for a spreadsheet program",
    "exact": "CSV with the exact values",
}
"""What a download is for."""


def rows_file(
    name: str, kind: str, rows: Rows, reasons: Mapping[int, str], delimiter: str
) -> Download:
    """Some rows with their lines and reasons, in one of the `KINDS`."""
    pieces = write_rows(rows, reasons, delimiter=delimiter, is_formula_safe=kind == "safe")
    return Download(f"{name}.csv", CSV, pieces)
