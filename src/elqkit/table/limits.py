"""Every limit of the CSV reader, in one place. Each is checked before memory or time is spent."""

from __future__ import annotations

from dataclasses import dataclass

MAX_BYTES = 5 * 1000 * 1000
"""The most bytes of a file. An administrator may change it: ELQKIT_MAX_CSV_BYTES."""

MAX_STREAM_BYTES, MAX_STREAM_ROWS = 1000 * MAX_BYTES // 5, 20_000_000
"""Of a file that the command line checks as a stream: 1 GB."""

MAX_ROWS = 200_000
"""The most rows that are checked and, later, sent."""

MAX_COLUMNS = 1_000

MAX_CELL_CHARS = 32_000
"""The length of Eloqua's largest field, the large text."""

MAX_PLACES = 20
"""The lines that a problem names, at most; its count has no limit."""

MAX_DISTINCT = 500_000
"""The different values that a profile remembers, over all columns together."""

PREVIEW_ROWS = 10
PREVIEW_COLUMNS = 100
PREVIEW_CHARS = 200
"""What a report shows of the first rows; longer values are cut, and marked as cut."""

NAME_CHARS = 120
"""The letters of a file's name that are shown."""

SAMPLE_ROWS = 200
SAMPLE_CHARS = 128 * 1024
"""What the search for the delimiter looks at."""

BINARY_SAMPLE_CHARS = 64 * 1024
"""What the search for control characters looks at."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits that a caller may set."""

    max_bytes: int = MAX_BYTES
    max_rows: int = MAX_ROWS
    max_columns: int = MAX_COLUMNS
    max_cell_chars: int = MAX_CELL_CHARS
    max_distinct: int = MAX_DISTINCT
