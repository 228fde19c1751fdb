"""CSV bytes to rows: encoding, dialect, checks and a profile of the columns."""

from elqkit.table.columns import Column
from elqkit.table.limits import Limits
from elqkit.table.model import Row, Table
from elqkit.table.problems import Cause, Place, Problem, Severity
from elqkit.table.reading import ReadOptions, read_table
from elqkit.table.report import Report, check_file, check_rows

__all__ = [
    "Cause",
    "Column",
    "Limits",
    "Place",
    "Problem",
    "ReadOptions",
    "Report",
    "Row",
    "Severity",
    "Table",
    "check_file",
    "check_rows",
    "read_table",
]
