"""Rows as files: for people to open, or with the exact values, for programs and to send again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from elqkit.table.writing import rows_with_reasons, write_rows
from elqkit.text import Text
from elqkit.workbooks.writing import MEDIA_TYPE, TooLarge, workbook_of
from safelight.api import Download, Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from elqkit.table.values import Rows

CSV = "text/csv; charset=utf-8"
KINDS = {
    "xlsx": Text("XLSX, every cell as text"),
    "safe": Text("CSV for a spreadsheet program"),
    "exact": Text("CSV with the exact values"),
}
"""What a download is for."""


def rows_file(
    name: str, kind: str, rows: Rows, reasons: Mapping[int, str], delimiter: str
) -> Download:
    """Some rows with their lines and reasons, in one of the `KINDS`.

    Raises:
        Refusal: a cell of a workbook can't hold a value.
    """
    if kind == "xlsx":
        try:
            content = workbook_of(rows_with_reasons(rows, reasons))
        except TooLarge:
            raise Refusal(
                "download.cell",
                "A value is longer than a cell of a workbook may be.",
                "Take the CSV: it holds the exact values.",
                status=422,
            ) from None
        return Download(f"{name}.xlsx", MEDIA_TYPE, content)
    pieces = write_rows(rows, reasons, delimiter=delimiter, is_formula_safe=kind == "safe")
    return Download(f"{name}.csv", CSV, pieces)
