"""CSV files for Oracle Eloqua: read exactly, checked as a whole before anything is sent.

    report = elqkit.check_file(content, "people.csv")
    if report.is_usable:
        for row in report.table: ...

    with elqkit.Eloqua() as eloqua:  # credentials of the environment
        print(eloqua.site.name)

Checking uses Python's standard library only and makes no connection. Eloqua's client needs httpx2;
it is loaded when it is asked for.
"""

from importlib import import_module as _import_module
from typing import TYPE_CHECKING

from elqkit.errors import (
    BadRow,
    EloquaError,
    ElqError,
    Fault,
    HostNotAllowed,
    NoSuchForm,
    NotSignedIn,
    Refused,
    Throttled,
    Unreachable,
    UnreadableTable,
    Unsure,
)
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

if TYPE_CHECKING:
    from elqkit.eloqua import Eloqua

__all__ = [
    "BadRow",
    "Cause",
    "Column",
    "Eloqua",
    "EloquaError",
    "ElqError",
    "Fault",
    "HostNotAllowed",
    "Limits",
    "NoSuchForm",
    "NotSignedIn",
    "Place",
    "Problem",
    "ReadOptions",
    "Refused",
    "Report",
    "Row",
    "Severity",
    "Table",
    "Throttled",
    "Unreachable",
    "UnreadableTable",
    "Unsure",
    "check_file",
    "check_rows",
    "read_table",
]


def __getattr__(name: str) -> object:
    """Load the client when it is asked for: a check of a file does not pay for it."""
    if name == "Eloqua":
        return _import_module("elqkit.eloqua").Eloqua
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
