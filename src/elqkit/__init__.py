"""CSV files for Oracle Eloqua: read exactly, checked as a whole before anything is sent.

    report = elqkit.check_file(content, "people.csv")
    if report.is_usable:
        for row in report.table: ...

The library uses Python's standard library only and makes no connection.
"""

from elqkit.errors import ElqError, UnreadableTable
from elqkit.table import (
    Cause,
    Column,
    Limits,
    Place,
    Problem,
    ReadOptions,
    Report,
    Row,
    Severity,
    Table,
    check_file,
    check_rows,
    read_table,
)

__all__ = [
    "Cause",
    "Column",
    "ElqError",
    "Limits",
    "Place",
    "Problem",
    "ReadOptions",
    "Report",
    "Row",
    "Severity",
    "Table",
    "UnreadableTable",
    "check_file",
    "check_rows",
    "read_table",
]
